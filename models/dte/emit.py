from odoo import api, models

from ...sii import clock
from ...sii.document import payload
from ...sii.dte import issue as dte
from ...sii.dte import ted


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    @api.model
    def _open_for_move(self, move):
        """The invoice's document with its folio taken; made in the transaction that posts it."""
        issuer = move.company_id.l10n_cl_issuer_id
        document = self.create(
            {
                "company_id": move.company_id.id,
                "issuer_id": issuer.id,
                "issuer_rut": issuer.company_rut,
                "environment": issuer.environment,
                "document_type_id": move.l10n_latam_document_type_id.id,
                "document_code": int(move.l10n_latam_document_type_id.code),
                "move_id": move.id,
            }
        )
        document._allocate_folio()
        return document

    def _sign(self, document):
        """Stamp, sign and store; no network. ``document`` is the sii.Document this row stands for.

        Raises InvalidDocument, CafProblem or CertificateProblem, and then nothing is stored.
        """
        self.ensure_one()
        signed = dte.issue(
            document,
            self.folio,
            self.caf_id._open(),
            self.issuer_id._signer(),
            clock.now(),
            schemas=self.issuer_id._schemas(),
        )
        self._move_to(
            "signed",
            self.env._("Stamped and signed."),
            payload=payload.dump(document),
            issued_on=document.issued_on,
            receiver_rut=document.receiver.rut,
            receiver_name=document.receiver.name,
            receiver_id=self.move_id.partner_id.id,
            amount_total=document.totals.total,
            **self._file_values(signed.xml),
        )

    def _reopen(self):
        """A rejected document does not exist for the SII: its folio is used again, corrected."""
        for document in self:
            document._move_to(
                "pending",
                self.env._("Taken up again with the same folio."),
                generation=document.generation + 1,
                envio_id=False,
                sii_text=False,
            )

    def _to_seal(self):
        """Domain of the signed documents that may leave: a note waits for its original."""
        return [
            ("state", "=", "signed"),
            ("envio_id", "=", False),
            "|",
            ("waits_for_id", "=", False),
            ("waits_for_id.state", "in", ["accepted", "objected"]),
        ]

    def _ask_status(self):
        """What the SII holds of this document (sii.DocumentStatus). Speaks to the SII."""
        self.ensure_one()
        with self.issuer_id._gateway(self._channel()) as gateway:
            return gateway.document_status(
                self.issuer_rut,
                self.receiver_rut,
                self.document_code,
                self.folio,
                self.issued_on,
                self.amount_total,
            )

    def _pdf417_payload(self):
        """The stamp as its bar code carries it, to the byte (PROTOCOL 6.3)."""
        return ted.pdf417_payload(self._xml_bytes())
