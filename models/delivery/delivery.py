from odoo import api, fields, models

from ..access.entry import EMITTER, entry
from ..base.incident import reporting
from .mails import KINDS


class Delivery(models.Model):
    """A signed document on its way to somebody by mail: the customer, or its exchange mailbox.

    One row for each document and each kind; sent again, the row is used again. Every mail with a
    tax document passes here: it goes out from the queue, never from a user's request. What the
    mail is about and how it is written stands in the object of its kind (kinds.py).
    """

    _name = "l10n_cl.delivery"
    _description = "Mail with a tax document"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.queue.mixin", "l10n_cl.intact.mixin"]
    _order = "id desc"
    _queue = "deliver"
    _check_company_auto = True
    _sends_to_others = True
    _claim_turns = "company_id"

    # waiting --the SII accepted--> to_send --written--> sending --the server took it--> sent
    # to_send --it cannot be written--> failed
    # sending --the server did not--> to_send (later) | failed (tries used up, or its worker died)
    # to_send, waiting, none --no address--> none
    # sent --it came back--> failed
    # waiting, to_send, none, sent, failed --the SII rejected--> dropped
    # sent, failed, none, dropped --somebody sends it again--> waiting | to_send
    state = fields.Selection(
        [
            ("waiting", "Waits for the SII"),
            ("to_send", "To mail"),
            ("sending", "Being mailed"),
            ("sent", "Mailed"),
            ("failed", "Not delivered"),
            ("none", "No address"),
            ("dropped", "Not mailed"),
        ],
        required=True,
        default="to_send",
        readonly=True,
    )
    kind = fields.Selection(
        [("customer", "Customer"), ("exchange", "Exchange mailbox")],
        "Addressee",
        required=True,
        readonly=True,
    )
    dte_id = fields.Many2one("l10n_cl.dte", "Document", readonly=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    address = fields.Char(readonly=True)
    settings = fields.Json(readonly=True, help="The mail as it was written in Send & Print.")
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="set null", index=True)
    sent_at = fields.Datetime("Mailed on", readonly=True)
    failure = fields.Char(readonly=True)
    xml_name = fields.Char(compute="_compute_xml_name")

    # what waits, not all that was ever mailed
    _to_send_first = models.Index("(company_id, id) WHERE state = 'to_send'")
    _in_between = models.Index("(state) WHERE state IN ('sending', 'failed')")
    _one_each = models.UniqueIndex(
        "(dte_id, kind)", "This document is on its way to that addressee already."
    )

    _legal_moves = {
        "waiting": {"waiting", "to_send", "none", "dropped"},
        "to_send": {"waiting", "to_send", "sending", "failed", "none", "dropped"},
        "sending": {"to_send", "sent", "failed"},
        "sent": {"waiting", "to_send", "none", "failed", "dropped"},
        "failed": {"waiting", "to_send", "none", "dropped"},
        "none": {"waiting", "to_send", "none", "dropped"},
        "dropped": {"waiting", "to_send", "none"},
    }

    # a row is created with its kind and with what it is about, and keeps both
    @api.depends("kind")
    def _compute_company_id(self):
        for delivery in self:
            delivery.company_id = delivery._about().company_id

    @api.depends("kind")
    def _compute_xml_name(self):
        for delivery in self:
            delivery.xml_name = delivery.kind and KINDS[delivery.kind].xml_name(delivery)

    def _about(self):
        """The document that the mail is about."""
        return KINDS[self.kind].about(self)

    def _note(self, text, answer="", before=None):
        """What became of a mail stands in the history of its document."""
        for delivery in self if text else ():
            delivery._about()._note(text, answer)

    def _state_changed(self, before):
        if self.filtered(lambda delivery: delivery.state == "to_send"):
            self._call_workers()
        for delivery in self:
            failed = delivery._siblings().filtered(lambda row: row.state == "failed")
            if delivery.state == "failed":
                delivery._call_a_person()
            elif before == "failed" and not failed:
                KINDS[delivery.kind].dismiss(delivery)

    def _siblings(self):
        return self.dte_id.delivery_ids - self

    @reporting
    def _call_a_person(self):
        KINDS[self.kind].call_a_person(self)

    @api.model
    def _plan(self, document, kind, state="to_send", settings=None, planner=False):
        """Put a document's mail into the queue; the row there is, is used again.

        settings: of Send & Print, as ``planner`` wrote them.
        """
        delivery = document.delivery_ids.filtered(lambda row: row.kind == kind)
        if not delivery:
            delivery = self.create({"dte_id": document.id, "kind": kind, "state": "none"})
        planned = {"settings": settings, "planned_by_id": planner and planner.id}
        planned["printed"] = False
        delivery.write({**planned, "message_id": False, **self._file_values(b"")})
        delivery._start(state)
        return delivery

    def _start(self, state="to_send"):
        """To the addressee's present address, if there is one."""
        kind = KINDS[self.kind]
        self.address = kind.address(self)
        state, text = (state, "") if self.address else ("none", kind.no_address_text(self))
        self._move_to(state, text, attempts=0, next_attempt_at=False, failure=text)

    @entry("read", EMITTER)
    def action_retry(self):
        """Button: send what was not delivered, to the address that the customer has now."""
        for delivery in self.sudo().filtered(lambda row: row.state in ("failed", "none")):
            # the addressees may have been corrected: the mail is written anew
            delivery.message_id = False
            delivery._start()
