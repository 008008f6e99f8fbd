from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sii.mail import files as mail_files
from ...sii.received import file_kind
from ...sii.xml import reader
from .verdicts import UNASKED

_FILE_TYPE = "l10n_cl.dte"
_PRIORITY = 20
_ORDER = "801"


class AccountMove(models.Model):
    """Bills that come from a supplier's XML, dropped on the list of bills or mailed to it."""

    _inherit = "account.move"

    l10n_cl_received_ids = fields.One2many("l10n_cl.received.dte", "bill_id", readonly=True)
    l10n_cl_received_warning = fields.Char(compute="_compute_l10n_cl_received_warning")

    @api.depends(
        "l10n_cl_received_ids.state",
        "l10n_cl_received_ids.sii_verdict",
        "l10n_cl_received_ids.bill_stale",
        "l10n_cl_received_ids.bill_lost",
        "amount_total",
        "invoice_line_ids",
    )
    def _compute_l10n_cl_received_warning(self):
        for move in self:
            document = move.sudo().l10n_cl_received_ids[:1]
            move.l10n_cl_received_warning = move._l10n_cl_received_text(document)

    def _l10n_cl_received_text(self, document):
        if document.state == "new" and document.sii_verdict == UNASKED:
            return self.env._(
                "The SII was not asked about the signature of this bill's XML: it is filled in "
                "when somebody takes the document all the same."
            )
        if document.state == "new":
            return self.env._(
                "The SII is being asked about the XML of this bill: it is filled in when the SII "
                "knows the document."
            )
        if document.state == "suspect":
            return self.env._(
                "The XML of this bill is suspect. %s", document.problems or document.sii_text or ""
            )
        if document.bill_stale:
            return document.bill_problem
        if document.bill_difference:
            return self.env._(
                "This bill comes to %(bill)s and its XML to %(xml)s.",
                bill=f"{self.amount_total:,.0f}",
                xml=f"{document.amount_total:,.0f}",
            )
        if document.sums_wrong:
            return self.env._("The totals of the XML do not follow from its lines.")
        return document.bill_lost

    def _l10n_cl_check_received(self):
        """Raise UserError for bills whose document the SII does not confirm."""
        for move in self.filtered(lambda move: move.is_purchase_document(include_receipts=True)):
            document = move.sudo().l10n_cl_received_ids[:1]
            if document.state in ("new", "suspect") or document.bill_stale:
                raise UserError(move._l10n_cl_received_text(document))

    def _should_attach_to_record(self, attachment):
        """What a supplier sent stays with the bill that it came to, by whatever entrance: a tax
        document, and what was meant to be one and cannot be read."""
        if super()._should_attach_to_record(attachment):
            return True
        return bool(
            attachment
            and not attachment.res_field
            and (
                _is_dte({"name": attachment.name, "raw": attachment.raw})
                or self._l10n_cl_is_unread(attachment)
            )
        )

    @api.model
    def _get_xml_tree(self, file_data):
        """Files that are attacks are not parsed at all; tax documents by our reader only."""
        if _is_dte(file_data) or not reader.is_harmless(file_data["raw"] or b""):
            return None
        return super()._get_xml_tree(file_data)

    @api.model
    def _get_import_file_type(self, file_data):
        if _is_dte(file_data):
            return _FILE_TYPE
        return super()._get_import_file_type(file_data)

    def _get_edi_decoder(self, file_data, new=False):
        if file_data["import_file_type"] == _FILE_TYPE and self._l10n_cl_may_hold(file_data):
            return {"priority": _PRIORITY, "decoder": type(self)._l10n_cl_decode_dte}
        return super()._get_edi_decoder(file_data, new)

    def _l10n_cl_may_hold(self, file_data):
        """Whether a file is ours to read: an archive may be of another country's documents."""
        company = self.company_id or self.env.company
        archive = file_kind.of(file_data["raw"] or b"") == file_kind.ZIP
        return not archive or bool(company.sudo().l10n_cl_issuer_id)

    def _l10n_cl_decode_dte(self, file_data, new=False):
        """Keep the documents of a file, the first of them for this bill.

        Returns why this bill is not filled from it; nothing when it will be.
        """
        if self.move_type == "entry" and self.journal_id.type == "purchase":
            self.move_type = "in_invoice"  # what the card of a journal makes says nothing yet
        if not self.is_purchase_document():
            return self.env._("A supplier's tax document belongs on a vendor bill.")
        documents, later = self.env["l10n_cl.received.dte"], self.env["l10n_cl.received.heavy"]
        try:
            if later._is_heavy(file_data["raw"]):
                return later._keep(
                    file_data["raw"], file_data["name"], self.company_id
                )._being_read_text()
            found, refused = documents._receive_parts(
                file_data["raw"], file_data["name"], self.company_id
            )
        except UserError as problem:
            return str(problem)
        texts = documents._refusals(
            # Odoo says the name of the file before it
            [
                text if part == file_data["name"] else documents._refusal(part, text)
                for part, text in refused
            ]
        )
        if not found:
            return texts
        if texts:
            self.message_post(body=texts)
        waiting = found.filtered(lambda each: not each.bill_id and each.state == "new")
        if waiting:
            waiting[0].sudo().bill_id = self
            return None
        return " ".join(
            self.env._(
                "%(document)s was received already: %(bill)s",
                document=each.display_name,
                bill=each.bill_id.display_name or each.sii_text or each.problems or "",
            )
            for each in found
        )

    def _l10n_cl_received(self, document, content):
        """Filled from a document: the origin that it names, and a line in the chatter."""
        orders = [each.folio for each in content.references if each.document_type == _ORDER]
        if orders:
            self.invoice_origin = ", ".join(orders)
            self._l10n_cl_match_orders(orders)
        sentences = [
            self.env._("Filled from the XML of %s, which the SII knows.", document.display_name)
        ]
        sentences += self._l10n_cl_beside_total(content.totals)
        self.message_post(body=" ".join(sentences))

    def _l10n_cl_note_archived(self):
        """Somebody put this supplier away, and he issues all the same: it is told on the bill."""
        supplier = self.commercial_partner_id
        if supplier and not supplier.active:
            self.message_post(
                body=self.env._(
                    "%(supplier)s (RUT %(rut)s) is archived. The bill is of that contact, which "
                    "stays archived: restore it if you go on buying there.",
                    supplier=supplier.display_name,
                    rut=supplier.vat,
                )
            )

    def _l10n_cl_beside_total(self, totals):
        """Sentences about amounts that a document tells and a bill has no place for."""
        amounts = {
            self.env._("not billed"): totals.not_billable,
            self.env._("previous balance"): totals.previous_balance,
            self.env._("to pay"): totals.payable,
        }
        texts = [f"{name} {amount:,.0f}" for name, amount in amounts.items() if amount]
        if texts:
            yield self.env._(
                "Beside its total the XML says: %s. The bill holds the total alone.",
                ", ".join(texts),
            )

    def _l10n_cl_match_orders(self, names):
        """Link the lines to those of the purchase order, where purchases are installed."""
        if "purchase.order" not in self.env:
            return
        orders = self.env["purchase.order"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "child_of", self.commercial_partner_id.id),
                ("state", "=", "purchase"),
                "|",
                ("name", "in", names),
                ("partner_ref", "in", names),
            ]
        )
        open_lines = list(orders.order_line.filtered(lambda line: not line.display_type))
        for line in self.invoice_line_ids:
            match = next(
                (
                    each
                    for each in open_lines
                    if each.price_subtotal == line.price_subtotal
                    or (each.price_unit == line.price_unit and each.product_qty >= line.quantity)
                ),
                None,
            )
            if match:
                open_lines.remove(match)
                line.write({"purchase_line_id": match.id, "product_id": match.product_id.id})


def _is_dte(file_data):
    """By its bytes, whatever it is called."""
    raw = file_data["raw"] or b""
    kind = mail_files.kind_of(raw, file_data["name"] or "")
    return kind == "zip" or (kind == "xml" and mail_files.is_document(raw))
