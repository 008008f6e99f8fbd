"""What somebody types into the form of a contact states who it is to the SII."""

import re

from stdnum.util import clean

from odoo import api, models

from ...sii import rut

_TAXPAYER = "1"
_SHAPE = re.compile(r"\s*\d{1,2}\.?\d{3}\.?\d{3}-[\dkK]\s*")


class ResPartner(models.Model):
    """A contact made from what was typed as customer or supplier, in a Chilean company.

    Odoo proposes the identification "VAT", no country and no kind of taxpayer: without this the
    document becomes a boleta, and is printed with the wrong name of the number.
    """

    _inherit = "res.partner"

    @api.onchange("name", "vat", "l10n_cl_activity_description")
    def _onchange_l10n_cl_typed(self):
        if self.env.company.country_code != "CL" or self.country_code not in (False, "CL"):
            return
        # hyphens copied from a PDF only look like one
        name, number = clean(self.name or ""), clean(self.vat or "")
        if not self._origin and not self.vat and _SHAPE.fullmatch(name) and rut.is_valid(name):
            self.name, self.vat = False, rut.canonical(name)
            number = self.vat
        if not _SHAPE.fullmatch(number):
            return
        chosen = self.l10n_latam_identification_type_id
        if not chosen or chosen == self.env.ref("l10n_latam_base.it_vat"):
            self.l10n_latam_identification_type_id = self.env.ref("l10n_cl.it_RUT")
        self.country_id = self.country_id or self.env.ref("base.cl")
        if self.l10n_cl_activity_description and not self.l10n_cl_sii_taxpayer_type:
            self.l10n_cl_sii_taxpayer_type = _TAXPAYER
