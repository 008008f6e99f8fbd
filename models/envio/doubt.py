from odoo import fields, models

from ...sii.transport.replies import EnvelopeVerdict

# So often the SII is asked about a track id that a person typed, before it is taken for wrong.
_POLLS_OF_TYPED = 5


class Envio(models.Model):
    """The SII holds equals of its documents, and does not show whether they are ours.

    It is asked again and again, and in the end a person looks on the SII's portal: the track id of
    our envelope, once known, lets the SII itself decide.
    """

    _inherit = "l10n_cl.envio"

    in_doubt = fields.Boolean(
        readonly=True,
        copy=False,
        help="The SII holds a document equal to one of these, perhaps another system's.",
    )

    track_id_told = fields.Boolean(
        readonly=True, copy=False, help="A person found the track id on the SII's portal."
    )

    def _doubt_text(self):
        return self.env._(
            "The SII holds a document with this folio, day, customer and total, and does not tell "
            "whether it is ours: another system may have used the folio."
        )

    def _stop_in_doubt(self):
        """The SII has been asked long enough."""
        self._stop(
            self.env._(
                "%s Nothing is sent again. An SII manager looks on the SII's portal for the "
                "envelope that was sent from here: if it is there, press “Track ID from the "
                "Portal” on the tax document; if the portal shows another system's document, "
                "press “Another's on the Portal”, which gives the folio up.",
                self._doubt_text(),
            )
        )

    def _follow_track_id(self, track_id):
        """A person found its track id on the SII's portal: the SII answers the rest."""
        self._move_to(
            "sent",
            self.env._("Track id %s, as the SII's portal shows.", track_id),
            track_id=track_id,
            track_id_told=True,
            stopped_in=False,
            **self._first_poll(),
        )
        self.dte_ids.filtered(lambda dte: dte.state == "exception")._move_to(
            "sent", self.env._("Followed under the track id %s.", track_id)
        )

    def _is_wrong_track_id(self, status):
        """Whether a track id that a person typed is not this envelope's: the SII does not know it,
        or informs of other types or other numbers of documents (sii.EnvelopeStatus)."""
        if not self.track_id_told:
            return False
        if status.verdict == EnvelopeVerdict.PENDING:
            return self.polls >= _POLLS_OF_TYPED
        codes = self.dte_ids.mapped("document_code")
        informed = {count.document_type: count.informed for count in status.counts}
        return bool(informed) and informed != {code: codes.count(code) for code in codes}

    def _drop_track_id(self, status):
        track_id = self.track_id
        self.write({"track_id": False, "track_id_told": False, "in_doubt": True})
        self._stop(
            self.env._(
                "The SII does not know the envelope %s as this one. Look for the right track id on "
                "the SII's portal.",
                track_id,
            ),
            status.raw,
        )
