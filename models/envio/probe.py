from datetime import timedelta

from odoo import api, fields, models

from ...sii.errors import CertificateProblem, TransportError
from ..base.texts.errors import error_text

# How often, and how far apart, the SII is asked before we believe that it never got the bytes.
PROBES = 3
PROBE_PAUSE = timedelta(hours=1)
_DOCUMENTS_ASKED = 3
# What the SII does not answer in this time is a person's business.
GIVE_UP_AFTER = timedelta(days=2)


class Envio(models.Model):
    """An upload without a clear answer: did the SII get it?

    Three times, an hour apart, the SII is asked for its documents. The same bytes are sent again
    only when it shows none of them; never while one of them may be ours.
    """

    _inherit = "l10n_cl.envio"

    @api.model
    def _cron_probe(self):
        """Find out what became of uploads whose answer was lost or whose worker died."""
        self._process_queue(self._left_sending(), lambda envio: envio._sender_died())
        self._process_queue(self._due("unknown"), lambda envio: envio._probe())

    def _sender_died(self):
        # We hold the lock that a living sender would hold.
        self._outcome_unknown(self.env._("The sending was interrupted; its outcome is unknown."))

    def _probe(self):
        try:
            found = self._is_found()
        except CertificateProblem as problem:
            self._stop(error_text(self.env, problem))
        except TransportError as error:
            self._probe_again(error_text(self.env, error), self.probes)
            self._sii_did_not_answer()
        else:
            self._judge_probe(found)
            self._sii_answered()

    def _is_found(self):
        """Whether the SII shows one of a few of its documents. Another one under the folio of
        ours shows nothing of our upload: that document is decided, and the next one is asked.
        One that may be ours or another leaves it in doubt, and then nothing is sent again."""
        self.in_doubt = False
        for document in self._undecided()[:_DOCUMENTS_ASKED]:
            status = document._ask_whether_ours()
            if status.is_ours:
                self.in_doubt = False
                return True
            if status.is_foreign:
                document._found_foreign(status)
            elif status.is_held:
                self.in_doubt = True
        return False

    def _judge_probe(self, found):
        probes = self.probes + 1
        if not self._undecided():
            self._move_to("processed", self.env._("Each of its documents is decided."))
        elif found:
            self._move_to(
                "sent",
                self.env._("The SII holds it. It is followed document by document."),
                **self._first_poll(),
            )
        elif self.in_doubt:
            self._probe_in_doubt()
        elif probes < PROBES:
            self._probe_again(self.env._("The SII does not show it (yet)."), probes)
        else:
            self._move_to(
                "ready",
                self.env._("The SII never got it: the same bytes are sent again."),
                next_attempt_at=False,
            )
            self._wake("send")

    def _probe_in_doubt(self):
        if fields.Datetime.now() > self.first_sent_at + GIVE_UP_AFTER:
            self._stop_in_doubt()
            return
        text = self.env._("%s It is asked again; nothing is sent.", self._doubt_text())
        self.sii_text = text
        self._probe_again(text, self.probes)

    def _probe_again(self, text, probes):
        at = fields.Datetime.now() + PROBE_PAUSE
        self.write({"probes": probes, "next_attempt_at": at})
        self._note(text)
        self._wake("probe", at)
