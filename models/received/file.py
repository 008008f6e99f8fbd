from odoo import api, models

from ...sii import rut
from ...sii.errors import UnsafeXml
from ..base import document_type as document_types
from ..base.texts.errors import error_text
from .verdicts import WAITING


class ReceivedDte(models.Model):
    """In: documents read from suppliers' files. Out: one record a document, with its verdicts.

    Never replaces a file by an altered one, nor asks the SII itself: workers do.
    """

    _inherit = "l10n_cl.received.dte"

    @api.model
    def _take(self, filed, company, sender, authorities):
        """The record of a document, new or as it was received before.

        authorities: whose certificates the company believes (sii.authority.authorities.Store).
        """
        document = filed.document
        known = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("issuer_rut", "=", _rut(document.issuer_rut)),
                ("document_code", "=", document.kind),
                ("folio", "=", document.folio),
            ]
        )
        values = self._values(filed, company, sender, authorities)
        if known:
            known._seen_again(values, document)
            return known.sudo(False)
        received = self.sudo().create(values)
        received._note(received.env._("Arrived in the file %s.", filed.file_name))
        received._judge()
        return received.sudo(False)

    @api.model
    def _values(self, filed, company, sender, authorities):
        document, totals = filed.document, filed.document.totals
        verdicts = self._verdict_values(document, authorities)
        issuer_rut = _rut(document.issuer_rut)
        if not rut.is_valid(issuer_rut):
            text = self.env._("%s is no valid RUT.", issuer_rut)
            verdicts["problems"] = "\n".join(filter(None, [verdicts["problems"], text]))
        return {
            "company_id": company.id,
            "issuer_rut": issuer_rut,
            "issuer_name": document.issuer_name,
            "receiver_rut": _rut(document.receiver_rut),
            "document_code": document.kind,
            "document_type_id": document_types.of_code(self.env, document.kind).id,
            "folio": document.folio,
            "issued_on": document.issued_on,
            "due_on": document.due_on,
            "amount_net": totals.net,
            "amount_exempt": totals.exempt,
            "amount_vat": totals.vat,
            "amount_total": totals.total,
            "amount_not_billable": totals.not_billable,
            "amount_previous_balance": totals.previous_balance,
            "amount_payable": totals.payable,
            **self._file_values(document.xml),
            "file_name": filed.file_name,
            "envelope_id": filed.envelope_id,
            "envelope_digest": filed.envelope_digest,
            "sender": sender,
            "variant": document.authenticity.variant,
            **verdicts,
            "sums_wrong": bool(document.sums),
        }

    def _judge(self):
        """What cannot be genuine is suspect at once; the SII is asked about the others."""
        if self.problems:
            self._move_to("suspect", self.problems)
        else:
            self._call_workers()

    def _seen_again(self, values, document):
        """The same document by another way; an altered copy gives way to the genuine one.

        document: sii.received.document.ReceivedDte, of which the values are.
        """
        name = values["file_name"]
        if values["xml_sha256"] == self.xml_sha256:
            self._note(self.env._("Arrived again in the file %s.", name))
            self.sender = self.sender or values["sender"]
        elif self.state == "suspect" and self.problems and not values["problems"]:
            self._keep_own_file(document.xml)
            self.write({**values, "sii_verdict": WAITING})
            self._move_to("new", self.env._("Arrived again in the file %s, unaltered.", name))
        else:
            self._take_other_file(values, document)

    # -- documents of former versions, whose verdicts were one: they are read anew

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
            text = error_text(self.env, problem)
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


def _rut(text):
    """In canonical form, or as written when it is none."""
    return rut.canonical(text) if rut.is_valid(text) else text
