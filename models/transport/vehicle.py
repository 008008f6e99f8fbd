from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...sii.document.goods import fold_plate, is_plate
from ..access.guard import ALWAYS, BIRTH, EDITABLE


class Vehicle(models.Model):
    """A vehicle or trailer that carries goods, so that its plate is picked and not typed."""

    _name = "l10n_cl.vehicle"
    _description = "Vehicle that carries goods"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _order = "is_trailer, plate, id"
    _rec_name = "plate"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of
    _open_to_people = {EDITABLE: ALWAYS, "company_id": BIRTH}
    _people_may_delete = True

    plate = fields.Char(
        "License Plate", required=True, size=20, help="Blanks and hyphens are taken out."
    )
    is_trailer = fields.Boolean("Trailer", help="A trailer or semi-trailer (carro).")
    carrier_id = fields.Many2one(
        "res.partner",
        default=lambda self: self.env.company.partner_id,
        help="The company that carries with it; its RUT is told.",
    )
    driver_id = fields.Many2one("res.partner", "Usual Driver")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _one_each = models.UniqueIndex("(company_id, plate)", "This plate is in the table already.")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_folded(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(_folded(vals))

    @api.model
    def _search_display_name(self, operator, value):
        """However its plate is typed: ``abcd-12`` finds ABCD12."""
        if isinstance(value, str):
            value = fold_plate(value)
        elif isinstance(value, (list, tuple, set)):
            value = [fold_plate(each) if isinstance(each, str) else each for each in value]
        return super()._search_display_name(operator, value)

    @api.onchange("plate")
    def _onchange_plate(self):
        self.plate = fold_plate(self.plate or "")

    @api.constrains("plate")
    def _check_plate(self):
        for vehicle in self:
            if not is_plate(vehicle.plate or ""):
                raise ValidationError(
                    self.env._(
                        "“%s” is not a plate: five to eight letters and digits, such as ABCD12.",
                        vehicle.plate,
                    )
                )


def _folded(vals):
    return vals | {"plate": fold_plate(vals["plate"])} if vals.get("plate") else vals
