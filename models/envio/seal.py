from uuid import uuid4

from odoo import api, models

from ...sii import clock, kinds
from ...sii.dte import envelope
from ...sii.dte.envelope import BOLETA_LIMIT
from ...sii.errors import CertificateProblem, InvalidDocument, SignatureProblem
from ..access.intact import AlteredFile
from ..base.queue.run import Step
from ..base.texts.errors import error_text

# A person's document waits behind so much of bulk work at most.
_SEALED_AT_ONCE, _SENT_IN_TURN = 50, 10
# So many a person may post together and wait for.
_FEW = 10


class Envio(models.Model):
    """Signed documents go into an envelope, which is signed and stored, and then sent.

    A document that cannot be sealed stops alone, with its reason: it holds back no other one.
    """

    _inherit = "l10n_cl.envio"

    @api.model
    def _seal(self, documents, channel=None):
        """Put signed documents of one issuer into a signed envelope and store it, ready to go.

        They go in the order given. channel: the one of the documents' kind unless given.
        """
        envio = self.create(documents._envelope_values(channel))
        documents.envio_id = envio
        return envio

    @api.model
    def _sealed_values(self, documents):
        """Values of an envelope sealed now around these documents, in their order."""
        issuer = documents.issuer_id
        sealed = envelope.seal(
            issuer._caratula(),
            [document._xml_bytes() for document in documents],
            issuer._signer(),
            clock.now(),
            # A document confirmed again within its second has the bytes that the SII refused: in
            # an equal envelope it would pass for a file sent twice, and wait forever.
            envelope_id=f"SetDoc_{uuid4().hex}",
            schemas=issuer._schemas(),
        )
        return {**self._file_values(sealed), "sealed_as": issuer._seal_name()}

    @api.model
    def _seal_next(self, documents):
        """Facturas: one document, one envelope, so that its counters are its own verdict.

        The SII's status service counts, but does not name which document of an envelope it
        objected to (PROTOCOL 3.1). Boletas go together with those that wait beside them: the
        first one of these decides which.
        """
        boletas = documents.filtered("is_boleta")
        self._seal_apart(documents - boletas)
        if first := boletas[:1]:
            together = first | first._may_share_envelope()
            self._seal_or_stop(together.sorted(lambda each: (each.document_code, each.folio)))

    @api.model
    def _seal_apart(self, documents):
        """Each in an envelope of its own. One that cannot be sealed stops alone."""
        try:
            envios = self.create([document._envelope_values() for document in documents])
        except (CertificateProblem, AlteredFile, SignatureProblem, InvalidDocument):
            for document in documents:
                self._seal_or_stop(document)
            return
        for document, envio in zip(documents, envios, strict=True):
            document.envio_id = envio

    @api.model
    def _seal_or_stop(self, documents):
        try:
            self._seal(documents)
        except CertificateProblem as problem:
            documents._stop(error_text(self.env, problem))
        except AlteredFile:
            if whole := documents._stop_altered():
                self._seal_or_stop(whole)
        except (SignatureProblem, InvalidDocument) as problem:
            if len(documents) == 1:
                documents._stop(error_text(self.env, problem))
                return
            # one of them spoils the envelope: the others must not suffer for it
            for document in documents:
                self._seal_or_stop(document)

    @api.model
    def _cron_send(self):
        """Seal the signed documents and send the sealed envelopes, a few of each in turn: what a
        person waits for overtakes what was posted in bulk."""
        documents = self.env["l10n_cl.dte"]
        self._process_steps(
            self._once("ready", lambda envio: envio._send(), size=_SENT_IN_TURN),
            Step(self, self._behind, lambda envios: envios._mark_documents_sent(), _SEALED_AT_ONCE),
            Step(documents, documents._to_seal, self._seal_next, size=_SEALED_AT_ONCE),
        )


class Dte(models.Model):
    """Which documents go into one envelope."""

    _inherit = "l10n_cl.dte"
    _claim_turns = "issuer_id"

    def _queue_up(self):
        """They were posted together and wait to be sealed; many of them are nobody's hurry."""
        self.bulk = len(self) > _FEW
        self.env["l10n_cl.envio"]._wake("send")

    def _envelope_values(self, channel=None):
        """Values of an envelope sealed now around these documents of one issuer."""
        return {
            "company_id": self.company_id.id,
            "issuer_id": self.issuer_id.id,
            "channel": channel or self[0]._channel(),
            "bulk": all(self.mapped("bulk")),
            **self.env["l10n_cl.envio"]._sealed_values(self),
        }

    def _stop_altered(self):
        """Stop those whose file is not the one that was signed; returns the others."""
        whole = self.browse()
        for document in self:
            try:
                document._xml_bytes()
            except AlteredFile as altered:
                document._stop(str(altered))
            else:
                whole |= document
        return whole

    def _may_share_envelope(self):
        """Boletas that wait like this one and may share its envelope, locked; this one is not
        among them.

        The service for boletas names each document it found fault with (PROTOCOL 4.2), the one
        for facturas only counts them: those go alone.
        """
        self.ensure_one()
        if not self._is_boleta():
            return self.browse()
        alike = [
            ("id", "!=", self.id),
            ("company_id", "=", self.company_id.id),
            ("issuer_id", "=", self.issuer_id.id),
            ("environment", "=", self.environment),
            ("bulk", "=", self.bulk),
            ("document_code", "in", kinds.codes(is_boleta=True)),
        ]
        domain = [*self._to_seal(), *alike]
        found = self.search(domain, limit=BOLETA_LIMIT - 1, order="document_code, folio")
        return found.try_lock_for_update(allow_referencing=True).filtered_domain(domain)
