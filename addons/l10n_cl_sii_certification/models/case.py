from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.base import document_type as document_types
from odoo.addons.l10n_cl_sii.models.base.big_integer import BigInteger
from odoo.addons.l10n_cl_sii.sii.certification import content as certification_content


class CertificationCase(models.Model):
    """One document that a set asks for."""

    _name = "l10n_cl.certification.case"
    _description = "Case of a test set"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    set_id = fields.Many2one(
        "l10n_cl.certification.set", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)
    sequence = fields.Integer(readonly=True)
    name = fields.Char("Case", required=True, readonly=True)
    document_type_id = fields.Many2one(
        "l10n_latam.document.type", "Document", required=True, readonly=True
    )
    original = fields.Char("Refers to case", readonly=True)
    reason = fields.Char(readonly=True)
    items = fields.Text(readonly=True)
    amount_total = BigInteger("Total", readonly=True, help="Pesos.")
    move_ids = fields.One2many(
        "account.move", "l10n_cl_certification_case_id", "Attempts", readonly=True
    )
    move_id = fields.Many2one(
        "account.move", "Made document", compute="_compute_move_id", store=True, readonly=True
    )
    dte_state = fields.Selection(related="move_id.l10n_cl_dte_state")

    @api.depends("move_ids")
    def _compute_move_id(self):
        for case in self:
            case.move_id = case.move_ids.sorted("id")[-1:]

    @api.model
    def _values(self, test_set, case):
        """Values of a row. test_set, case: as sii reads them."""
        content = certification_content.content(test_set, case)
        return {
            "sequence": len([each for each in test_set.cases if each.line <= case.line]),
            "name": case.name,
            "document_type_id": document_types.of_code(self.env, case.kind.value).id,
            "original": case.original,
            "reason": case.reason,
            "items": "\n".join(map(_item_text, content.lines)),
            "amount_total": content.totals.total,
        }

    def _reference(self, folio, issued_on):
        """The reference to the set that its document carries first (sii Reference)."""
        test_set = self.set_id._test_set()
        case = test_set.case(self.name)
        return certification_content.set_reference(test_set, case, folio, issued_on)


def _item_text(line):
    """A line as the set's table has it."""
    if line.quantity is None:
        return line.name
    percent = f" -{line.discount.percent:f}%" if line.discount else ""
    unit = f" {line.unit}" if line.unit else ""
    return f"{line.quantity:f}{unit} × {line.name}: {line.unit_price:f}{percent}"
