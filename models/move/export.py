from odoo import api, fields, models

from ...sii import kinds, rut
from ...sii.codes import FOREIGN_RUT


class AccountMove(models.Model):
    """What is sold to a company abroad is exported, and documents of exports are not issued here.

    Odoo proposes a factura for it all the same: said while one looks at the draft, and when it is
    confirmed, in place of all that a company abroad lacks for a factura.
    """

    _inherit = "account.move"

    l10n_cl_export_text = fields.Char("Export", compute="_compute_l10n_cl_export_text")

    @api.depends(
        "state",
        "move_type",
        "country_code",
        "l10n_latam_document_type_id",
        "partner_id.l10n_cl_document",
        "commercial_partner_id.vat",
    )
    def _compute_l10n_cl_export_text(self):
        for move in self:
            told = move.state == "draft" and move._l10n_cl_is_export()
            move.l10n_cl_export_text = told and move._l10n_cl_export_sentence()

    def _l10n_cl_is_export(self):
        """Whether this is a factura for a company abroad that has no RUT of its own."""
        kind = kinds.of(self.l10n_latam_document_type_id.code)
        if (
            self.move_type != "out_invoice"
            or self.country_code != "CL"
            or kind.family is not kinds.Family.FACTURA
            or not kind.issued
            or not self.partner_id
            or self.partner_id.l10n_cl_document
            or not self._l10n_cl_emits()
            or self._l10n_cl_from_elsewhere()
        ):
            return False
        number = self.commercial_partner_id._l10n_cl_rut()
        return not rut.is_valid(number) or rut.canonical(number) == FOREIGN_RUT

    def _l10n_cl_export_sentence(self):
        return self.env._(
            "%s is abroad: what is sold there is exported, with an export invoice (type 110), and "
            "documents of exports are not issued here. Issue it on the SII's site and record it in "
            "a journal that does not use documents. Who buys in Chile gets a factura with a RUT of "
            "his own, or else a boleta.",
            self.partner_id.display_name,
        )

    def _l10n_cl_export_obstacles(self):
        if self._l10n_cl_is_export():
            return [(self._l10n_cl_export_sentence(), self.commercial_partner_id)]
        return []
