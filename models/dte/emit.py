from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sii import clock, states
from ...sii.document import payload
from ...sii.dte import issue as dte
from ...sii.dte import ted
from ..folio.texts import no_folio_text


class Dte(models.Model):
    """From its source to signed bytes: its folio is taken when it is posted, and in the same
    transaction its content is stamped, signed and stored.

    Nothing here speaks to the network. What cannot be signed leaves no trace: the transaction
    gives its folio back.
    """

    _inherit = "l10n_cl.dte"

    @api.model
    def _open_for(self, source):
        """The document of an invoice, or of another source, with its folio taken; made in the
        transaction that posts it."""
        issuer = source.company_id.l10n_cl_issuer_id
        document_type = source._l10n_cl_document_type()
        document = self.create(
            {
                "company_id": source.company_id.id,
                "issuer_id": issuer.id,
                "issuer_rut": issuer.company_rut,
                "environment": issuer.environment,
                "document_type_id": document_type.id,
                "document_code": int(document_type.code),
                **source._l10n_cl_link(),
            }
        )
        document._allocate_folio()
        return document

    def _allocate_folio(self):
        """Take the next folio of this type, without gaps and without two takers.

        The table of documents is the ledger: a folio is used if and only if a row holds it.
        The unique index makes us wait for a neighbour that took the same number and has not
        ended, and then fails; a counter row would raise 40001 under REPEATABLE READ instead.
        A rollback gives the folio back by itself.
        """
        self.ensure_one()
        self.flush_recordset()
        for folio, caf in self._folio_candidates():
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(
                        SQL(
                            "UPDATE l10n_cl_dte SET folio = %s, caf_id = %s WHERE id = %s",
                            folio,
                            caf.id,
                            self.id,
                        ),
                        log_exceptions=False,
                    )
            except UniqueViolation:
                continue
            self.invalidate_recordset(["folio", "caf_id", "track_id"])
            self.modified(["folio", "caf_id"])
            return
        raise UserError(no_folio_text(self.env, self.document_type_id, 1, 0))

    def _folio_candidates(self):
        """(folio, CAF) from the highest used one onward, through the CAFs in use.

        Before them, those that the SII called free after a restored backup.
        """
        for caf in self._usable_cafs():
            highest = self.env.execute_query(
                SQL(
                    "SELECT max(folio) FROM l10n_cl_dte WHERE issuer_rut = %s AND environment = %s"
                    " AND document_code = %s AND folio BETWEEN %s AND %s",
                    self.issuer_rut,
                    self.environment,
                    self.document_code,
                    caf.first,
                    caf.last,
                )
            )[0][0]
            for folio in caf._free_folios(highest or 0):
                yield folio, caf
            for folio in range((highest or caf.first - 1) + 1, caf.last + 1):
                yield folio, caf

    def _usable_cafs(self):
        cafs = (
            self.env["l10n_cl.caf"]
            .sudo()
            .search(
                [
                    ("issuer_id", "=", self.issuer_id.id),
                    ("issuer_rut", "=", self.issuer_rut),
                    ("environment", "=", self.environment),
                    ("document_code", "=", self.document_code),
                ],
                order="first",
            )
        )
        return cafs.filtered(lambda caf: caf._usable_on(clock.today()))

    def _sign(self, document):
        """Stamp, sign and store; no network. ``document`` is the sii.Document this row stands for.

        Raises InvalidDocument, CafProblem or CertificateProblem, and then nothing is stored.
        """
        self.ensure_one()
        document = self._with_folio(document)
        self._wait_for_others(document)
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
            receiver_id=self._source()._l10n_cl_buyer().id,
            amount_total=document.totals.total,
            **self._file_values(signed.xml),
        )

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
