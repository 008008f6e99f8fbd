from odoo import fields, models

from ...sii import clock
from ..access.entry import MANAGER, entry
from ..access.guard import ALWAYS
from ..base.big_integer import BigInteger


class FolioVoid(models.Model):
    """A folio that will never be a document: it must be declared void on the SII's portal."""

    _name = "l10n_cl.folio.void"
    _description = "Void folio"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.given.mixin"]
    _order = "state desc, id desc"
    _legal_moves = {"to_declare": {"declared"}, "declared": set()}
    _open_to_people = {"receipt": ALWAYS}

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    caf_id = fields.Many2one("l10n_cl.caf", "CAF", required=True, readonly=True)
    document_type_id = fields.Many2one(related="caf_id.document_type_id", store=True)
    dte_id = fields.Many2one("l10n_cl.dte", "Document", required=True, readonly=True)
    folio = BigInteger(required=True, readonly=True)
    reason = fields.Char(readonly=True)
    state = fields.Selection(
        [("to_declare", "To declare"), ("declared", "Declared")],
        default="to_declare",
        required=True,
        readonly=True,
    )
    declared_on = fields.Date(readonly=True)
    receipt = fields.Char(help="Number of the receipt that the SII's portal gave.")

    _folio_once = models.UniqueIndex("(dte_id)", "This folio is on the list already.")

    @entry("write", MANAGER)
    def action_declared(self):
        """Button: the folio was declared void on the SII's portal."""
        waiting = self.sudo().filtered(lambda void: void.state == "to_declare")
        waiting._move_to("declared", declared_on=clock.today())

    def _note(self, text, answer="", before=None):
        """The day and the receipt are all there is."""
