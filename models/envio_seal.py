import base64
import hashlib

from odoo import api, models

from ..sii import clock, envelope, rut
from ..sii.errors import CertificateProblem, InvalidDocument, SignatureProblem
from .text_certificate import certificate_problem_text, signature_problem_text
from .text_rules import problems_text


class Envio(models.Model):
    _inherit = "l10n_cl.envio"

    @api.model
    def _seal(self, documents):
        """Put signed documents of one issuer into a signed envelope and store it, ready to go."""
        issuer = documents.issuer_id
        documents = documents.sorted("folio")
        caratula = envelope.Caratula(
            issuer_rut=issuer.company_rut,
            sender_rut=rut.canonical(issuer.sender_rut),
            resolution_date=issuer.resolution_date,
            resolution_number=issuer.resolution_number,
        )
        sealed = envelope.seal(
            caratula,
            [document._xml_bytes() for document in documents],
            issuer._signer(),
            clock.now(),
            schemas=issuer._schemas(),
        )
        envio = self.create(
            {
                "company_id": documents.company_id.id,
                "issuer_id": issuer.id,
                "xml": base64.b64encode(sealed),
                "xml_sha256": hashlib.sha256(sealed).hexdigest(),
            }
        )
        documents.envio_id = envio
        return envio

    @api.model
    def _seal_one(self, document):
        """One document, one envelope: only so its counters are the document's own verdict.

        The SII's status service counts, but does not say which document of an envelope it
        objected to (PROTOCOL 3.1).
        """
        try:
            self._seal(document)
        except CertificateProblem as problem:
            document._stop(certificate_problem_text(self.env, problem))
        except SignatureProblem as problem:
            document._stop(signature_problem_text(self.env, problem))
        except InvalidDocument as invalid:
            document._stop(problems_text(self.env, invalid.problems))

    @api.model
    def _cron_send(self):
        """Seal the signed documents and send the sealed envelopes."""
        documents = self.env["l10n_cl.dte"]
        documents._process_queue(documents._to_seal(), self._seal_one)
        self._process_queue(self._due("ready"), lambda envio: envio._send())
