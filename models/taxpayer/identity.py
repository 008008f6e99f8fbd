from odoo import models

from ...sii import rut

_RUTS = ("l10n_cl.it_RUT", "l10n_cl.it_RUN")


class ResPartner(models.Model):
    """A number is a RUT by what kind of number it is, not because it is there."""

    _inherit = "res.partner"

    def _l10n_cl_rut(self):
        """The RUT or RUN of a contact as it was typed; empty for a passport and its like."""
        return (self.vat or "") if self._l10n_cl_has_rut() else ""

    def _l10n_cl_other_number(self):
        """The number of a contact that is no RUT: of a passport, or of another country."""
        return "" if self._l10n_cl_has_rut() else (self.vat or "")

    def _l10n_cl_has_rut(self):
        kind = self.l10n_latam_identification_type_id
        if kind in [self.env.ref(name, raise_if_not_found=False) for name in _RUTS]:
            return True
        if kind and (not kind.is_vat or kind.country_id.code not in (False, "CL")):
            return False
        # "VAT", or nothing said: who lives abroad has a RUT when it is one
        return self.country_code in (False, "CL") or rut.is_valid(self.vat or "")
