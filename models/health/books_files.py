from odoo import api, models

from ...sii import rut, states
from ...sii.errors import UnsafeXml
from ...sii.received import document as received

_UP_TO = "l10n_cl_sii.books_files_up_to"
# Some hundredths of a second each: a night looks at so many, the next one goes on.
_A_NIGHT = 2000
_BATCH = 100


class BooksDifference(models.Model):
    """Each document compared with its own signed file, in turn.

    Invoice and document can be changed together in the database, so that they agree; what was
    signed still states what it did. A file that is missing or altered is reported on the way.
    """

    _inherit = "l10n_cl.books.difference"

    @api.model
    def _cron_files(self):
        """Compare the next documents with their files; behind the last one it begins anew."""
        parameters = self.env["ir.config_parameter"].sudo()
        up_to = int(parameters.get_param(_UP_TO) or 0)
        self._compare_known()
        for _batch in range(_A_NIGHT // _BATCH):
            signed = [
                ("id", ">", up_to),
                ("state", "in", states.SIGNED),
                ("xml_sha256", "!=", False),
            ]
            documents = self.env["l10n_cl.dte"].sudo().search(signed, order="id", limit=_BATCH)
            self._compare_files(documents)
            up_to = documents[-1:].id or 0
            parameters.set_param(_UP_TO, str(up_to))
            if not self._worker()._commit_processed(1) or not up_to:
                return

    @api.model
    def _compare_known(self):
        """What differed is looked at again each night; what was rejected since is removed."""
        known = self.search([("kind", "=", "file")], limit=_A_NIGHT)
        stand = known.dte_id.filtered(lambda document: document.state in states.SIGNED)
        known.filtered(lambda each: each.dte_id not in stand).unlink()
        self._compare_files(stand)

    @api.model
    def _compare_files(self, documents):
        """Note which documents are not what was signed, and take back what is right again."""
        self.search([("dte_id", "in", documents.ids), ("kind", "=", "file")]).unlink()
        differing = []
        for document in documents.filtered(lambda each: each._is_whole()):
            kept, signed = document._key_data(), document._key_data_signed()
            if kept != signed:
                differing.append(
                    {
                        "dte_id": document.id,
                        "issuer_id": document.issuer_id.id,
                        "company_id": document.company_id.id,
                        "move_id": document.move_id.id,
                        "kind": "file",
                        "in_books": kept,
                        "in_document": signed,
                    }
                )
        self.create(differing)


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _key_data(self):
        """What makes a document this one, as the database has it: a line for people."""
        return _line(
            self.issuer_rut,
            self.document_code,
            self.folio,
            self.issued_on,
            self.receiver_rut,
            self.amount_total,
        )

    def _key_data_signed(self):
        """The same as its signed file has it; why it cannot be read, where that is so."""
        try:
            [signed] = received.read(self._xml_bytes())
        except (UnsafeXml, ValueError) as unreadable:
            return str(unreadable)[:200]
        return _line(
            signed.issuer_rut,
            signed.kind,
            signed.folio,
            signed.issued_on,
            signed.receiver_rut,
            signed.totals.total,
        )


def _line(issuer, kind, folio, day, receiver, total):
    issuer, receiver = (
        rut.canonical(text) if rut.is_valid(text or "") else text for text in (issuer, receiver)
    )
    return f"{issuer} T{kind} F{folio} {day} {receiver} ${total}"
