from dataclasses import replace

from odoo import fields, models

from ..sii.codes import BOLETA_KINDS, NOTE_KINDS, TipoDespacho
from ..sii.document import Transport
from .account_move_document import rut_or_text


class AccountMove(models.Model):
    """Who carries what is invoiced, and where to (PROTOCOL 5.3, Transporte)."""

    _inherit = "account.move"

    l10n_cl_dispatch = fields.Selection(
        [
            (str(TipoDespacho.BY_RECEIVER.value), "By the customer"),
            (str(TipoDespacho.TO_RECEIVER.value), "By us, to the customer"),
            (str(TipoDespacho.ELSEWHERE.value), "By us, elsewhere"),
        ],
        "Dispatch",
        copy=False,
        help="TipoDespacho: who has the goods carried, and where to.",
    )
    l10n_cl_plate = fields.Char("License Plate", size=8, copy=False)
    l10n_cl_carrier_id = fields.Many2one(
        "res.partner", "Carrier", copy=False, help="The company that carries; its RUT is told."
    )
    l10n_cl_driver_id = fields.Many2one(
        "res.partner", "Driver", copy=False, help="The person who drives; RUT and name are told."
    )

    def _l10n_cl_document(self):
        document = super()._l10n_cl_document()
        if document.kind in NOTE_KINDS | BOLETA_KINDS:
            return document
        return replace(document, transport=self._l10n_cl_transport())

    def _l10n_cl_transport(self):
        """None when nothing is carried, or to the customer's own address by nobody named."""
        place = self.partner_shipping_id
        if not place.street or place == self.partner_id:
            place = place.browse()
        carrier, driver = self.l10n_cl_carrier_id, self.l10n_cl_driver_id
        if not (place or carrier or driver or self.l10n_cl_plate or self.l10n_cl_dispatch):
            return None
        return Transport(
            plate=self.l10n_cl_plate or "",
            carrier_rut=rut_or_text(carrier._l10n_cl_rut()),
            driver_rut=rut_or_text(driver._l10n_cl_rut()),
            driver_name=driver.name or "",
            address=", ".join(filter(None, [place.street, place.street2])),
            comuna=place.city_id.name or "",
            city=place.city or "",
            dispatch=TipoDespacho(int(self.l10n_cl_dispatch)) if self.l10n_cl_dispatch else None,
        )
