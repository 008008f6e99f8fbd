from uuid import uuid4

from odoo import api, models

from ...sii import clock, kinds
from ...sii.dte import envelope
from ...sii.dte.envelope import BOLETA_LIMIT
from ...sii.errors import CertificateProblem, InvalidDocument, SignatureProblem
from ..access.intact import AlteredFile
from ..base.texts.errors import error_text


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
        envio = self.create(
            {
                "company_id": documents.company_id.id,
                "issuer_id": documents.issuer_id.id,
                "channel": channel or documents[0]._channel(),
                **self._sealed_values(documents),
            }
        )
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
    def _seal_next(self, document):
        """Facturas: one document, one envelope, so that its counters are its own verdict.

        The SII's status service counts, but does not name which document of an envelope it
        objected to (PROTOCOL 3.1). Boletas go together with those that wait beside them.
        """
        together = document | document._may_share_envelope()
        self._seal_or_stop(together.sorted(lambda each: (each.document_code, each.folio)))

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
        """Seal the signed documents and send the sealed envelopes."""
        documents = self.env["l10n_cl.dte"]
        documents._process_queue(documents._to_seal(), self._seal_next)
        self._process_once(self._due("ready"), lambda envio: envio._send())


class Dte(models.Model):
    """Which documents go into one envelope."""

    _inherit = "l10n_cl.dte"

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
            ("document_code", "in", kinds.codes(is_boleta=True)),
        ]
        domain = [*self._to_seal(), *alike]
        found = self.search(domain, limit=BOLETA_LIMIT - 1, order="document_code, folio")
        return found.try_lock_for_update(allow_referencing=True).filtered_domain(domain)
