from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sii import kinds
from ...sii.mail import files as mail_files
from ...sii.received import file_kind
from ...sii.xml import reader
from .bill_words import beside_total, match_orders, received_text
from .texts import unread_text

_FILE_TYPE = "l10n_cl.dte"
_PRIORITY = 20
_ORDER = "801"
_FOR_PEOPLE = (file_kind.PDF, file_kind.PICTURE, file_kind.OFFICE)


class AccountMove(models.Model):
    """Bills that come from a supplier's XML, dropped on the list of bills or mailed to it.

    None stays empty without a message: what came for it and cannot be read is named. Who drops a
    file on a list reads it there; for a mail, somebody is called.
    """

    _inherit = "account.move"

    l10n_cl_received_ids = fields.One2many("l10n_cl.received.dte", "bill_id", readonly=True)
    l10n_cl_received_warning = fields.Char(compute="_compute_l10n_cl_received_warning")
    l10n_cl_answer = fields.Selection(related="l10n_cl_dte_id.answer")
    l10n_cl_answer_until = fields.Datetime(related="l10n_cl_dte_id.answer_until")
    l10n_cl_claim_event_ids = fields.One2many(
        related="l10n_cl_dte_id.claim_event_ids", string="Customer's answers at the SII"
    )

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
            move.l10n_cl_received_warning = received_text(move, document)

    def _l10n_cl_check_received(self):
        """Raise UserError for bills whose document the SII does not confirm."""
        for move in self.filtered(lambda move: move.is_purchase_document(include_receipts=True)):
            document = move.sudo().l10n_cl_received_ids[:1]
            if document.state in ("new", "suspect") or document.bill_stale:
                raise UserError(received_text(move, document))

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
            self.move_type = "in_invoice"  # what the card of a journal makes means nothing yet
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
            # Odoo writes the name of the file before it
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
            match_orders(self, orders)
        sentences = [
            self.env._("Filled from the XML of %s, which the SII knows.", document.display_name)
        ]
        sentences += beside_total(self, content.totals)
        self.message_post(body=" ".join(sentences))

    def _l10n_cl_note_archived(self):
        """Somebody archived this supplier, and he still issues: the bill states it."""
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

    def _l10n_cl_types_received(self):
        """What the supplier issued, whatever type its contact has; empty where no
        document names one."""
        if not self.is_purchase_document():
            return self.env["l10n_latam.document.type"]
        saved = self._origin.sudo()
        entries = saved.l10n_cl_rcv_entry_ids
        types = saved.l10n_cl_received_ids.document_type_id | entries.document_type_id
        own = saved.l10n_latam_document_type_id
        fees = kinds.of(own.code).family is kinds.Family.FEES
        if fees and any(entries.mapped("is_services_invoice")):
            types |= own
        return types

    def _l10n_cl_is_unread(self, attachment):
        """Whether a file came to be read and cannot be."""
        return self._l10n_cl_awaits_files() and bool(
            unread_text(self.env, attachment.raw or b"", attachment.name or "")
        )

    def _extend_with_attachments(self, files_data, new=False):
        if not self._l10n_cl_awaits_files():
            return super()._extend_with_attachments(files_data, new)
        texts = [self._l10n_cl_unread(file_data, new) for file_data in files_data]
        texts = "\n".join(filter(None, texts))
        if texts:
            self.message_post(body=texts)
        done = super()._extend_with_attachments(files_data, new)
        refused = not done and any(file_data["decoder_info"] for file_data in files_data)
        if texts or refused:
            why = self.env._(
                "What came with the mail cannot be used; why, is told in the messages below."
            )
            self._l10n_cl_call_about_mail(texts or why)
        return done

    def _message_post_after_hook(self, new_message, message_values):
        files = new_message.attachment_ids
        result = super()._message_post_after_hook(new_message, message_values)
        mailed = new_message.message_type == "email" and self._l10n_cl_awaits_files()
        if mailed and not any(_is_of_use(file.raw or b"", file.name or "") for file in files):
            self._l10n_cl_call_about_mail(
                self.env._("The mail brought no file that a bill can be made of.")
            )
        return result

    def _l10n_cl_awaits_files(self):
        """Whether this is an empty bill of a company that receives tax documents."""
        return bool(
            len(self) == 1
            and self.journal_id.type == "purchase"
            and self.state == "draft"
            and not self.invoice_line_ids
            and self.company_id.sudo().l10n_cl_issuer_id.company_rut
        )

    def _l10n_cl_unread(self, file_data, new):
        """Why nothing comes of a file that neither we nor Odoo can read; empty for others."""
        if "decoder_info" not in file_data:
            file_data["decoder_info"] = self._get_edi_decoder(file_data, new=new)
        if file_data["decoder_info"]:
            return ""
        name = file_data["name"] or ""
        text = unread_text(self.env, file_data["raw"] or b"", name)
        return text and self.env["l10n_cl.received.dte"]._refusal(name, text)

    def _l10n_cl_call_about_mail(self, text):
        """A person sees to a bill of which a mail brought nothing that can be read."""
        if not self.env.context.get("from_alias") or self.activity_ids:
            return
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("This bill came by mail and is empty"),
            note=Markup("<p>%s</p>") % text,
            user_id=self.company_id._l10n_cl_responsible(self.env.user, record=self).id,
        )


def _is_dte(file_data):
    """By its bytes, whatever it is called."""
    raw = file_data["raw"] or b""
    kind = mail_files.kind_of(raw, file_data["name"] or "")
    return kind == "zip" or (kind == "xml" and mail_files.is_document(raw))


def _is_of_use(content, name):
    """Whether a person, or we, may make something of a file, or why not."""
    return file_kind.of(content) in _FOR_PEOPLE or bool(mail_files.kind_of(content, name))
