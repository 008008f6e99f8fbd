from odoo import Command, models

from ...sii.errors import Busy

# "Documento Repetido", "Folio para este tipo de documento ya fue recibido": a second copy gets
# either (PROTOCOL 2.2)
_FOLIO_TAKEN = ("DTE-3-100", "DTE-3-101")


class Dte(models.Model):
    """A folio under which the SII holds another document than ours (DNK, PROTOCOL 3.3).

    Another system, a copy of this database, or this one before it was restored has used it.
    Ours is not at the SII and never will be: it needs another folio.
    """

    _inherit = "l10n_cl.dte"

    def _foreign_text(self):
        """What happened and what to do, for people."""
        return self.env._(
            "The SII holds another document as %s: another system, a copy of this database or "
            "this one before it was restored used the folio. An SII manager gives the folio up; "
            "then confirm the invoice again: it takes a new one.",
            self.display_name,
        )

    def _found_foreign(self, status):
        """The SII showed another document (sii.DocumentStatus) under this one's folio."""
        text = status.words
        self._move_to(
            "foreign",
            self._foreign_text(),
            status.raw,
            sii_text=text,
            reason_ids=self._reasons("document", status.sii_code, status.text),
        )
        # one is seldom alone: the next folios are looked at before others meet the same
        self.issuer_id._examine_beside(self.caf_id)

    def _judged(self, state, text, reasons, given=()):
        """Take over the SII's verdict over this document; returns whether it is decided.

        given: the reasons that the SII itself gave (sii.transport.result_mail.Reason). Without any
        a rejected document may have met another under its folio: then the SII is asked.
        """
        doubtful = state == "rejected" and (not given or any(map(_is_folio_taken, given)))
        status = self._shown_after_rejection() if doubtful else None
        if status and status.is_ours:
            # an earlier copy of this very document was taken, only this one was refused
            text = status.words
            self._move_to("accepted", text, status.raw, sii_text=text, reason_ids=[Command.clear()])
        elif status and status.is_foreign:
            self._found_foreign(status)
        elif status and status.is_held:
            return False
        else:
            self._move_to(state, text, sii_text=text, reason_ids=reasons)
        return True

    def _shown_after_rejection(self):
        """What the SII shows under the folio of a document that it rejected; None: it shows
        nothing."""
        try:
            return self._ask_whether_ours()
        except Busy as error:
            # it has no answer about this document: then the verdict is all that is known
            if error.code != "document_status_failed":
                raise
            return None


def _is_folio_taken(reason):
    return reason.code in _FOLIO_TAKEN or "recibido" in reason.text.lower()
