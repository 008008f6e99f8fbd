from odoo import models
from odoo.exceptions import UserError

from ...access.entry import EMITTER, VIEWER, entry


class RcvEntry(models.Model):
    """What a person does about a difference, in one click."""

    _inherit = "l10n_cl.rcv.entry"

    @entry("read", VIEWER)
    def action_open_move(self):
        """Button: the invoice or bill."""
        return self.move_id._get_records_action()

    @entry("read", VIEWER)
    def action_match(self):
        """Button: look at Odoo's books again."""
        self._match(self.ids)

    @entry("read", EMITTER)
    def action_create_bill(self):
        """Button: a draft bill of what the register states; from the XML when it has come."""
        self.ensure_one()
        if self.issue_type != "received" or self.move_id or self.is_summary:
            raise UserError(self.env._("Only a received document without a bill can get one."))
        received = self._received_document()
        if received:
            return received._get_records_action()
        bill = self.env["account.move"].with_company(self.company_id).create(self._bill_values())
        bill._l10n_cl_note_archived()
        self.sudo()._match(self.ids)
        return bill._get_records_action()

    def _received_document(self):
        return self.env["l10n_cl.received.dte"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("issuer_rut", "=", self.counterpart_rut),
                ("document_code", "=", self.document_type),
                ("folio", "=", int(self.number) if self.number.isdecimal() else 0),
            ],
            limit=1,
        )

    def _ignore(self, reason):
        """Take a difference from the lists; None puts it back. Nothing else of an entry is ours."""
        self.check_access("read")
        self.sudo().write({"ignored_because": reason})
        self._match(self.ids)

    @entry("read", EMITTER)
    def action_ignore(self):
        """Button: ask why."""
        wizard = self.env["l10n_cl.rcv.ignore"].create({"entry_ids": self.ids})
        return wizard._get_records_action(name=self.env._("Ignore"), target="new")

    @entry("read", EMITTER)
    def action_heed(self):
        """Button: not ignored any more."""
        self._ignore(None)
