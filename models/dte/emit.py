from odoo import api, models

from ...sii import clock, states
from ...sii.document import payload
from ...sii.dte import issue as dte
from ...sii.dte import ted


class Dte(models.Model):
    """From its source to signed bytes: its folio is taken when it is posted, and in the same
    transaction its content is stamped, signed and stored.

    Nothing here speaks to the network. What cannot be signed leaves no trace: the transaction
    gives its folio back.
    """

    _inherit = "l10n_cl.dte"

    @api.model
    def _open_for(self, sources):
        """The documents of invoices, or of other sources, in their order, with their folios taken;
        made in the transaction that posts them."""
        return self._with_folios([self._opened_for(source) for source in sources])

    def _opened_for(self, source):
        """The values with which the document of a source begins."""
        issuer = source.company_id.l10n_cl_issuer_id
        document_type = source._l10n_cl_document_type()
        return {
            "company_id": source.company_id.id,
            "issuer_id": issuer.id,
            "issuer_rut": issuer.company_rut,
            "environment": issuer.environment,
            "document_type_id": document_type.id,
            "document_code": int(document_type.code),
            **source._l10n_cl_link(),
        }

    def _sign(self, document):
        """Stamp, sign and store; no network. ``document`` is the sii.Document this row stands for.

        Raises InvalidDocument, CafProblem or CertificateProblem, and then nothing is stored.
        """
        self._keep_signed({self: self._signed(document, {})})

    def _signed(self, document, desks):
        """The sii.Document of this row under its folio, and its signed bytes; nothing is stored.

        desks: signer and schemas of each issuer, by issuer: filled here, for whoever signs many.
        Raises as ``_sign`` does.
        """
        self.ensure_one()
        document = self._with_folio(document)
        self._wait_for_others(document)
        issuer = self.issuer_id
        if issuer not in desks:
            desks[issuer] = issuer._signer(), issuer._schemas()
        signer, schemas = desks[issuer]
        caf = self.caf_id._open(issuer)
        signed = dte.issue(document, self.folio, caf, signer, clock.now(), schemas=schemas)
        return document, signed.xml

    def _keep_signed(self, signed):
        """Store what was signed, of many at once. signed: what ``_signed`` gave, by row."""
        documents = self.browse().concat(*signed)
        values = {row: row._signed_values(content) for row, (content, _xml) in signed.items()}
        documents._keep_files({row: xml for row, (_content, xml) in signed.items()}, values)
        for row, written in values.items():
            row.write(written)
        documents._move_to("signed", self.env._("Stamped and signed."))

    def _signed_values(self, document):
        """What the row shows of its document."""
        return {
            "payload": payload.dump(document),
            "issued_on": document.issued_on,
            "receiver_rut": document.receiver.rut,
            "receiver_name": document.receiver.name,
            "receiver_id": self._source()._l10n_cl_buyer().id,
            "amount_total": document.totals.total,
        }

    def _with_folio(self, document):
        """Hook for addons: the sii.Document with what can be stated only now that its folio is
        known."""
        return document

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
            ("waits_for_id.state", "in", states.LEGAL),
        ]

    def _pdf417_payload(self):
        """The stamp as its bar code carries it, to the byte (PROTOCOL 6.3)."""
        return ted.pdf417_payload(self._xml_bytes())
