from collections import Counter

from odoo import models

from ..issuer.channels import BOLETA

# The SII's states of one boleta (PROTOCOL 4.2); light objections are objections.
_STATES = {"DOK": "accepted", "RPR": "objected", "RLV": "objected", "RCH": "rejected"}


class Envio(models.Model):
    """From the SII's answer about an envelope to the verdict over each of its documents."""

    _inherit = "l10n_cl.envio"

    def _apply_verdicts(self, status, text):
        """Verdicts of a processed envelope (sii.EnvelopeStatus). ``in_doubt`` afterwards: some of
        its documents may be at the SII by another copy, and stay undecided."""
        self.in_doubt = False
        doubtful = self._apply_details(status.details)
        for count in status.counts:
            self._apply_count(count, text, doubtful)
        if not status.counts:
            # RPR and RLV may come without counters: received, with objections
            for document in self._undecided() - doubtful:
                self._apply_document_status(document, objected=True)

    def _apply_details(self, details):
        """Verdicts over the boletas that the SII names: those that it found fault with. Returns
        those that stay in doubt."""
        doubtful = self.dte_ids.browse()
        documents = {(dte.document_code, dte.folio): dte for dte in self._undecided()}
        for detail in details:
            document = documents.get((detail.kind, detail.folio))
            state = _STATES.get(detail.state.split(" ")[0])
            if document and state:
                given = detail.reasons and document._reasons_given(detail.reasons)
                reasons = given or document._verdict_reasons(state)
                if not document._judged(state, detail.state, reasons, detail.reasons):
                    doubtful |= document
        self.in_doubt |= bool(doubtful)
        return doubtful

    def _undecided(self):
        """Its documents that the SII has not decided about."""
        return self.dte_ids.filtered(lambda dte: dte.state in ("signed", "sent"))

    def _apply_count(self, count, text, doubtful):
        """Counters of one type become verdicts: at once when they agree, else one by one.

        Documents that the SII named have theirs already, and leave the counters; doubtful: those
        of them that it rejected and whose equal it holds.
        """
        alike = self.dte_ids.filtered(lambda dte: dte.document_code == count.document_type)
        documents = (alike & self._undecided()) - doubtful
        named = Counter("rejected" if dte in doubtful else dte.state for dte in alike - documents)
        informed = count.informed - named.total()
        for state, number in (
            ("accepted", count.accepted - named["accepted"]),
            ("objected", count.objected - named["objected"]),
            ("rejected", count.rejected - named["rejected"]),
        ):
            if number > 0 and number == informed:
                for document in documents:
                    reasons = document._verdict_reasons(state)
                    self.in_doubt |= not document._judged(state, text, reasons)
                return
        all_taken = not count.rejected
        for document in documents:
            self._apply_document_status(document, bool(count.objected), all_taken)

    def _reasons_of_refused(self, status):
        """Commands for the reasons of an envelope refused as a whole."""
        given = tuple(reason for detail in status.details for reason in detail.reasons)
        if given:
            return self.dte_ids._reasons_given(given)
        return self.dte_ids._reasons("envelope", status.sii_code, status.text)

    def _refused(self, text, answer, reasons, all_alike=False):
        """The SII took none of it.

        Of many boletas one may be at fault: they go out again in two halves, until it stands
        alone. all_alike: the fault is common to all of them.
        """
        documents = self._undecided()
        self._move_to("refused", text, answer, sii_text=text)
        if all_alike or len(documents) == 1 or self.channel != BOLETA:
            documents._move_to("rejected", text, sii_text=text, reason_ids=reasons)
            return
        documents._move_to(
            "signed",
            self.env._(
                "The SII refused the envelope as a whole: it goes out again in a smaller one."
            ),
            envio_id=False,
        )
        middle = len(documents) // 2
        for half in (documents[:middle], documents[middle:]):
            self._seal_or_stop(half)
        self._wake("send")

    def _apply_document_status(self, document, objected, all_taken=True):
        """The SII's counters do not name the documents: ask for this one. all_taken: the SII
        rejected none of the envelope, so what it holds is ours.

        Where some were objected and some not, this service does not show which (PROTOCOL 3.1):
        the document is legal in both cases, and the doubt is shown as an objection.
        """
        status = document._ask_status() if all_taken else document._ask_whether_ours()
        if status.is_foreign:
            document._found_foreign(status)
            return
        if status.is_held and not (all_taken or status.is_ours):
            self.in_doubt = True
            return
        text = status.words
        if status.is_held:
            state = "objected" if objected else "accepted"
            reasons = document._verdict_reasons(state)
        else:
            state = "rejected"
            reasons = document._reasons("document", status.sii_code, status.text)
        document._move_to(state, text, status.raw, sii_text=text, reason_ids=reasons)
