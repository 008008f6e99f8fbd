from odoo import api, fields, models
from odoo.fields import Domain

from ...sii.document import limits
from ..access.guard import ALWAYS, BIRTH, EDITABLE
from ..base.big_integer import BigInteger

_DIGITS = 19  # more than any number that a row holds


class Branch(models.Model):
    """A place that documents are issued from and goods leave from: a sucursal of the SII's."""

    _name = "l10n_cl.branch"
    _description = "Branch (sucursal)"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _order = "code, name, id"
    _rec_names_search = ["name", "street"]
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of
    _open_to_people = {EDITABLE: ALWAYS, "company_id": BIRTH}
    _people_may_delete = True

    name = fields.Char(size=limits.BRANCH, help="As documents show it (Sucursal).")
    code = BigInteger(
        "SII Branch Code",
        aggregator=False,
        help="Number that the SII gave to this branch (CdgSIISucur).",
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", help="Whose street and commune these are; empty: typed here."
    )
    street = fields.Char(
        compute="_compute_address", store=True, readonly=False, help="Written as DirOrigen."
    )
    city_id = fields.Many2one(
        "res.city",
        "Commune",
        compute="_compute_address",
        store=True,
        readonly=False,
        domain=[("country_id.code", "=", "CL")],
    )
    city = fields.Char(compute="_compute_city")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    active = fields.Boolean(default=True)

    @api.depends("name", "code", "street")
    def _compute_display_name(self):
        for branch in self:
            code = str(branch.code) if branch.code else ""
            parts = [branch.name, code and f"({code})"] if branch.name else [code, branch.street]
            branch.display_name = " ".join(filter(None, parts)) or self.env._("Branch")

    @api.model
    def _search_display_name(self, operator, value):
        """By its code too, which is shown with its name or in its place."""
        found = Domain(super()._search_display_name(operator, value))
        is_code = str(value).isdecimal() and len(str(value)) < _DIGITS
        if operator in Domain.NEGATIVE_OPERATORS or not is_code:
            return found
        return found | Domain("code", "=", int(value))

    @api.depends("partner_id.street", "partner_id.city_id")
    def _compute_address(self):
        for branch in self.filtered("partner_id"):
            branch.street = branch.partner_id.street
            branch.city_id = branch.partner_id.city_id

    @api.depends("partner_id.city", "city_id")
    def _compute_city(self):
        for branch in self:
            branch.city = branch.partner_id.city or branch.city_id.name

    def _has_address(self):
        """Whether it states where it is; else it is where its company is."""
        return bool(self.partner_id or self.street or self.city_id)
