from odoo import fields, models
from odoo.exceptions import UserError

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
        """The day and the receipt say all there is."""


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    void_ids = fields.One2many("l10n_cl.folio.void", "dte_id", readonly=True)

    @entry("read", MANAGER)
    def action_void(self):
        """Give up the folio of a document that the SII does not hold: rejected, or never sent, or
        another one is there in its place.

        The invoice is free again: it can be cancelled, or confirmed with a new folio.
        """
        for document in self.sudo():
            if not document._may_void():
                raise UserError(
                    self.env._(
                        "%s was sent to the SII, or may have been: its folio cannot be given up.",
                        document.display_name,
                    )
                )
            if document.state == "foreign":
                document._leave_to_other()
            else:
                document._void()
            # the index that keeps one document per invoice must see it before the next one
            document.flush_recordset(["state"])
            # the number was the folio's; posting again takes the next one
            document.move_id.filtered(lambda move: move.state != "posted").name = False

    def _void(self):
        text = self.env._("Folio given up. Declare it void on the SII's portal.")
        self._move_to("void", text)
        self.env["l10n_cl.folio.void"].sudo().create(
            {
                "company_id": self.company_id.id,
                "caf_id": self.caf_id.id,
                "dte_id": self.id,
                "folio": self.folio,
                "reason": self.sii_text,
            }
        )

    def _may_void(self):
        """Rejected, or signed and never on its way: nothing of it is at the SII. One that stopped
        before it was sealed, as when its file is lost, never was either."""
        return self.state in ("rejected", "foreign") or (
            self.state in ("signed", "exception") and not self.envio_id
        )
