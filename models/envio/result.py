from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from ...sii import rut
from ...sii.errors import UnsafeXml
from ...sii.transport import result_mail as result
from ...sii.xml import reader

# States in which the SII may have found fault with a document.
_EXPLAINABLE = ("signed", "sent", "objected", "rejected", "foreign", "exception")
# What the SII has not received, no mail of the SII's can be about.
_EXPLAINABLE_BY_MAIL = ("sent", "objected", "rejected", "foreign", "exception")
# Family of reasons that add nothing to the verdict: a mail's take their place.
_BARE = "envelope"


class Envio(models.Model):
    """The SII's result mail brings the reasons that its services do not give (PROTOCOL 3.5).

    The mail is not signed: it explains verdicts, and never makes one. What only a mail gives
    is shown as that, and takes no place of what the SII's services or a person gave.
    """

    _inherit = "l10n_cl.envio"

    @api.model
    def _read_result(self, data, mailed=False):
        """Attach the reasons of a RESULTADO_ENVIO to our documents; returns them.

        data: the XML file, as bytes. mailed: a mail brought it, whoever sent that. Raises
        UserError when it is none, or of no envelope of ours.
        """
        try:
            read = result.read(data)
        except UnsafeXml as error:
            raise UserError(
                self.env._(
                    "This is not a result of the SII (RESULTADO_ENVIO). Load the XML file that "
                    "came with the SII's mail, as it came."
                )
            ) from error
        envio = self._of_result(read).sudo()
        if envio.state == "sent":
            # the SII has judged: ask at once for the verdict itself
            envio.next_attempt_at = False
            envio._wake("poll")
        return envio._explain(read, reader.decode(data), mailed)

    @api.model
    def _of_result(self, read):
        found = self.search([("track_id", "=like", f"%{read.track_id}")]).filtered(
            lambda envio: (
                int(envio.track_id) == int(read.track_id)
                and rut.is_valid(read.issuer_rut)
                and envio.issuer_id.company_rut == rut.canonical(read.issuer_rut)
            )
        )
        if not found:
            raise UserError(
                self.env._(
                    "No envelope of ours has the track ID %(track_id)s (issuer %(rut)s).",
                    track_id=read.track_id,
                    rut=read.issuer_rut,
                )
            )
        return found[:1]

    def _explain(self, read, answer, mailed):
        reasons = {(each.kind, each.folio): each.reasons for each in read.documents}
        states = _EXPLAINABLE_BY_MAIL if mailed else _EXPLAINABLE
        documents = self.dte_ids.filtered(lambda dte: dte.state in states)
        explained = documents.browse()
        for document in documents:
            key = (document.document_code, document.folio)
            if found := reasons.get(key) or read.errors:
                document._explain(found, answer, mailed)
                explained |= document
        return explained


class Dte(models.Model):
    """A document takes over the reasons of the result mail, and notes so on its source."""

    _inherit = "l10n_cl.dte"

    def _explain(self, reasons, answer, mailed):
        """Take over the reasons (sii.transport.result_mail.Reason) of the SII's result mail."""
        self.ensure_one()
        if mailed and any(not row.mailed and row.family != _BARE for row in self.reason_ids):
            return
        if [(row.code, row.sii_text) for row in self.reason_ids] == [
            (each.code, each.text) for each in reasons
        ]:
            return
        self.reason_ids = self._reasons_given(reasons, mailed)
        text = (
            self.env._("A mail that names the SII gave reasons; who sent it is not proven.")
            if mailed
            else self.env._("The SII's result mail gave its reasons.")
        )
        self._note(text, answer)
        if mailed and self.state not in ("objected", "rejected"):
            return  # the SII has not judged yet, and whoever wrote may not know it either
        self._source().message_post(body=Markup("<p>%s</p>%s") % (text, self.explanation))
        if self.state == "rejected":
            self._call_a_person()
