from odoo import api, models

from ...sii.errors import UnsafeXml
from .texts import file_problem_text


class ReceivedDte(models.Model):
    """Documents of former versions, whose verdicts nobody told apart: they are read anew."""

    _inherit = "l10n_cl.received.dte"

    @api.model
    def _cron_judge(self):
        """Give their verdicts to the documents that have none."""
        self._process_queue([("bytes_verdict", "=", False)], lambda received: received._rejudge())

    def _rejudge(self):
        """Verdicts by today's reader. The state stays; a person is called when one is bad."""
        before = self.problems
        try:
            document = self._document()
        except UnsafeXml as problem:
            text = file_problem_text(self.env, problem)
            values = {
                "bytes_verdict": "altered",
                "stamp_verdict": "invalid",
                "chain_verdict": "missing",
                "problems": text,
            }
        else:
            values = self._verdict_values(document, self._issuer()._authorities())
        self.write({**values, "problems": values["problems"] or before})
        if values["problems"] and self.state not in ("new", "suspect"):
            text = self.env._(
                "Read anew, by stricter rules than when it arrived: %s", values["problems"]
            )
            self._note(text)
            self._call_a_person(text)
        elif values["problems"] and self.state == "new":
            self._move_to("suspect", values["problems"])

    def _process_failed(self, error):
        """Whatever it is that this document cannot be judged for, the others are."""
        if not self.bytes_verdict:
            self.write({"bytes_verdict": "altered", "stamp_verdict": "invalid"})
        return super()._process_failed(error)
