import json
import uuid
from datetime import UTC, datetime

from odoo import api, models

_EVENTS = {
    "signed": "document.emitted",
    "accepted": "document.accepted",
    "objected": "document.objected",
    "rejected": "document.rejected",
    "foreign": "document.rejected",
}


class Webhook(models.Model):
    """An event goes in; a delivery for each program that asks for it comes out.

    Nothing is sent here: the deliveries are written in the transaction of the event.
    """

    _inherit = "l10n_cl.webhook"

    @api.model
    def _announce(self, event, statement, company, data, **values):
        """Write an event for each program of the company that asks for it.

        statement: what it is about, or none. data: what else is sent. values: of
        l10n_cl.webhook.delivery; programs get each once.
        """
        ours = [("company_id", "=", company.id)]
        webhooks = self.sudo().search(ours).filtered(lambda each: event in each._events())
        if not webhooks:
            return
        identifier = f"evt_{uuid.uuid4().hex}"
        body = self._body(identifier, event, statement.sudo(), data)
        deliveries = self.env["l10n_cl.webhook.delivery"].sudo()
        deliveries.create(
            [
                {
                    "webhook_id": webhook.id,
                    "event": identifier,
                    "type": event,
                    "body": body,
                    "statement_id": statement.id,
                    **values,
                }
                for webhook in webhooks
            ]
        )
        deliveries._call_workers()

    def _body(self, identifier, event, statement, data):
        """What is sent, to the byte, however often."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        body = {
            "id": identifier,
            "type": event,
            "created_at": now.replace("+00:00", "Z"),
            "data": {
                "statement_id": statement.uuid or None,
                **self._payable_reference(statement),
                "emission": statement.request_id._l10n_cl_outcome(),
                **data,
            },
            "object": "event",
        }
        return json.dumps(body, ensure_ascii=False)

    def _payable_reference(self, statement):
        order = statement.order_id
        return order._l10n_cl_payable_reference() if order else {}


class Dte(models.Model):
    """A document changes its state; programs that sold it get one event of a state, never two."""

    _inherit = "l10n_cl.dte"

    def _state_changed(self, before):
        result = super()._state_changed(before)
        for document in self:
            document._l10n_cl_announce()
        return result

    def _l10n_cl_announce(self):
        """Announce the document of a statement, or a note over it, to programs, once a state."""
        source = self._source()
        statement = source._l10n_cl_program_statement()
        event = _EVENTS.get(self.state)
        known = statement and source._l10n_cl_is_known_to_request()
        if event and known and not self._l10n_cl_is_announced(event):
            self.env["l10n_cl.webhook"]._announce(
                event,
                statement,
                statement.company_id,
                self.sudo()._l10n_cl_api_values(),
                dte_id=self.id,
                generation=self.generation,
            )

    def _l10n_cl_is_announced(self, event):
        domain = [
            ("dte_id", "=", self.id),
            ("type", "=", event),
            ("generation", "=", self.generation),
        ]
        return bool(self.env["l10n_cl.webhook.delivery"].sudo().search_count(domain, limit=1))


class Source(models.AbstractModel):
    _inherit = "l10n_cl.dte.source.mixin"

    def _l10n_cl_program_statement(self):
        """The statement whose programs are informed of its document; empty: of no statement."""
        return self.env["l10n_cl.statement"]

    def _l10n_cl_is_known_to_request(self):
        """Whether the statement's request knows its document; else the request informs."""
        return True


class AccountMove(models.Model):
    _inherit = "account.move"

    def _l10n_cl_program_statement(self):
        """Its own, or the one of the invoice that a note is over."""
        return (self | self._l10n_cl_original()).l10n_cl_statement_id

    def _l10n_cl_is_known_to_request(self):
        """Not while it is emitted."""
        statement = self._l10n_cl_program_statement()
        return bool(self._l10n_cl_original() or statement.request_id.move_id)

    def _l10n_cl_original(self):
        """The invoice that a note is over."""
        return self.reversed_entry_id or self.debit_origin_id


class EmissionRequest(models.Model):
    """A request is done or parked; programs get its document, or why there is none yet."""

    _inherit = "l10n_cl.emission.request"

    def _state_changed(self, before):
        result = super()._state_changed(before)
        for request in self:
            if request.state == "done":
                request.dte_id.sudo()._l10n_cl_announce()
            if request.state == "parked":
                request._l10n_cl_announce_parked()
        return result

    def _l10n_cl_announce_parked(self):
        """Parked again for the reason that was announced last is no news."""
        statement, event = self.statement_id, "document.parked"
        reason = f"{self.reason_code} {self.reason_field or ''} {self.reason_text}"
        announced = [("statement_id", "=", statement.id), ("type", "=", event)]
        last = self.env["l10n_cl.webhook.delivery"].sudo().search(announced, limit=1)
        if last.reason != reason:
            no_document = self.env["l10n_cl.dte"]._l10n_cl_api_values()
            self.env["l10n_cl.webhook"]._announce(
                event, statement, statement.company_id, no_document, reason=reason
            )
