from odoo import models
from odoo.addons.l10n_cl_sii.models.statement.past import PAST
from odoo.addons.l10n_cl_sii.sii import clock, states

from ...schemas.transport import CONFIRMABLE


class EmissionRequest(models.Model):
    """What became of a request: its state, what keeps it, and its document.

    It only reads: a program's question never moves a request.
    """

    _inherit = "l10n_cl.emission.request"

    def _l10n_cl_outcome(self):
        """``emission`` of a statement, for programs; None when no document is to come."""
        if not self:
            return None
        document = self.dte_id
        outcome = {"state": self._l10n_cl_outcome_state(), "reason": self._l10n_cl_outcome_reason()}
        return {**outcome, **document._l10n_cl_api_values()}

    def _l10n_cl_outcome_state(self):
        if self.state == "cancelled":
            return "canceled"
        if self.state != "done":
            return self.state
        return _state(self.dte_id) or "exception"

    def _l10n_cl_outcome_reason(self):
        """What keeps it, also while it still waits; and what the SII had against it."""
        if self.state == "parked" or (self.state == "cancelled" and self.reason_code == PAST):
            return _reason(self.reason_code, self._l10n_cl_parked_text(), self.reason_field)
        if self.state in ("waiting", "ready"):
            known = self._obstacle()
            early = known and known.code == "rate_missing" and self._pesos_day() > clock.today()
            return _reason(known.code, known.text, known.field) if known and not early else None
        document = self.dte_id
        if document.state in states.FAULTY:
            reason = document.reason_ids[-1:]
            if document.state == "foreign":
                return _reason("folio_used_elsewhere", document._foreign_text(), None)
            code = reason.code or f"document_{document.state}"
            return _reason(code, _words(reason) or document.sii_text, reason.field)
        return None

    def _l10n_cl_parked_text(self):
        """What was kept is in the language of the company; who asks has one of his own."""
        if self.reason_code == PAST:
            return self._past_text()
        now = self._obstacle()
        same = now and (now.code, now.field) == (self.reason_code, self.reason_field or "")
        return now.text if same else self.reason_text


def _state(document):
    """The state of a document as programs know it; False without one."""
    return document.state and states.STATES[document.state].api


def _words(reason):
    """What the SII had against it, or what its bare verdict means: never the envelope's status."""
    meaning = (reason.title, reason.cause, reason.remedy)
    return reason.sii_text or " ".join(filter(None, meaning))


def _reason(code, message, field):
    reason = {"code": code, "message": message or None, "field": field or None}
    return {**reason, "confirmable": True} if code == CONFIRMABLE else reason


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _l10n_cl_api_values(self):
        """Type, folio, track id and links, for programs; None each when there is no document."""
        printable = bool(self._printed())
        page = self._public_url() if printable else None
        return {
            "document_type": self.document_code or None,
            "folio": self.folio or None,
            "track_id": self.track_id or None,
            "pdf_url": page and f"{page}/pdf",
            "xml_url": page and f"{page}/xml",
        }


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    def _l10n_cl_documents(self):
        """The tax documents of a statement: its invoice, and what corrected it."""
        invoice = self.move_id
        moves = invoice | invoice.reversal_move_ids | invoice.debit_note_ids
        return [
            {
                "state": _state(document),
                **document._l10n_cl_api_values(),
                **move._l10n_cl_kind_values(),
            }
            for move in moves
            for document in move.l10n_cl_dte_id
        ]


class AccountMove(models.Model):
    _inherit = "account.move"

    def _l10n_cl_kind_values(self):
        """Why a credit note was made, and whether it lowers VAT; empty for other documents."""
        if not self.l10n_cl_asks_reason:
            return {}
        day = self.l10n_cl_returned_on
        return {
            "kind": self.l10n_cl_note_reason or None,
            "returned_on": day.isoformat() if day else None,
            "lowers_vat": not self.l10n_cl_late,
        }
