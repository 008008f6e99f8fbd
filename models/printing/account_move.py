from odoo import api, fields, models
from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.exceptions import UserError

from ...sii import kinds
from ...sii.document import Line, payload
from ...sii.errors import MissingLibrary
from ...sii.printing import bars, pdf417, qr, sheet, words
from ..access.entry import entry
from ..amounts.totals import tax_amounts
from ..base.texts.errors import errors_as_user_errors
from . import ticket

# An unpatched wkhtmltopdf draws web fonts as outlines: a PDF without text, and five times as large.
INSTALLED_FONTS = "font-family: 'Liberation Sans', Arial, 'DejaVu Sans Condensed', sans-serif"


_XML = "l10n_cl_dte"  # one more kind of file in Odoo's Print menu


class AccountMove(models.Model):
    """A document on paper, as PDF, ticket and file (PROTOCOL 6.3).

    What is signed is printed as it was signed; of a draft, what it would become. Figures come from
    the rows that the document was made of; the cedible copy is the one that the buyer signs and the
    seller may cede (Ley 19.983).
    """

    _inherit = "account.move"

    l10n_cl_has_cedible = fields.Boolean(
        "Has a cedible copy", compute="_compute_l10n_cl_has_cedible"
    )

    @api.depends("l10n_latam_document_type_id", "l10n_cl_dte_id.state", "l10n_cl_dte_id.issuer_id")
    def _compute_l10n_cl_has_cedible(self):
        for move in self:
            dte = move._l10n_cl_printed_dte()
            move.l10n_cl_has_cedible = (
                kinds.of(move.l10n_latam_document_type_id.code).cedible
                and bool(dte)
                and dte.issuer_id.print_cedible != "never"
            )

    def _l10n_cl_printed_dte(self):
        """The signed document that a print stands for; empty when there is none, or it is void."""
        self.ensure_one()
        return self.sudo().l10n_cl_dte_id._printed()

    def _l10n_cl_pdf(self):
        """The print, as bytes."""
        report = self.env["ir.actions.report"]
        return report._render_qweb_pdf("account.account_invoices", self.ids)[0]

    def _l10n_cl_legal_name(self):
        """Name of the document in the words of the law, such as 'Factura Electrónica'."""
        self.ensure_one()
        code = self.l10n_latam_document_type_id.code
        return words.document_name(code) if code else False

    def _l10n_cl_printed_document(self):
        """The sii.Document that a print shows: the signed one, or what a draft would become.

        False for documents that this addon does not issue.
        """
        self.ensure_one()
        if dte := self._l10n_cl_printed_dte():
            with errors_as_user_errors(self.env, kinds=MissingLibrary):
                return payload.load(dte.payload)
        return self._l10n_cl_is_electronic() and self._l10n_cl_document()

    def _l10n_cl_words(self):
        """The module of words and rows, for templates."""
        return words

    def _l10n_cl_sii_office(self):
        """Unit of the SII that the issuer belongs to, printed below the box, or False."""
        self.ensure_one()
        move = self.sudo()
        issuer = move.l10n_cl_dte_id.issuer_id or move.company_id.l10n_cl_issuer_id
        return issuer.sii_office_id.name

    def _l10n_cl_stamp_image(self):
        """Data URI of the drawing of the stamp's bar code; False when there is nothing signed, or
        it is not printed."""
        dte = self._l10n_cl_printed_dte()
        stamped = bool(dte) and self._l10n_cl_prints_stamp()
        with errors_as_user_errors(self.env, kinds=MissingLibrary):
            return stamped and bars.data_uri(pdf417.svg(dte._pdf417_payload()))

    def _l10n_cl_qr_image(self):
        """The same as a QR code; False unless the issuer wants it beside the bar code."""
        dte = self._l10n_cl_printed_dte()
        with errors_as_user_errors(self.env, kinds=MissingLibrary):
            wanted = dte.issuer_id.print_qr and self._l10n_cl_prints_stamp()
            return wanted and bars.data_uri(qr.svg(dte._pdf417_payload()))

    def _l10n_cl_prints_stamp(self):
        """Boletas bear their stamp only where the issuer, or the SII for its samples, wants it."""
        issuer = self._l10n_cl_printed_dte().issuer_id
        sample = self.env.context.get("l10n_cl_samples")
        kind = kinds.of(self.l10n_latam_document_type_id.code)
        return bool(sample or issuer.print_boleta_stamp or kind.stamped)

    def _l10n_cl_page_qr_image(self):
        """QR code of the document's own page, for boletas without stamp; False on all others."""
        document = self._l10n_cl_printed_dte()
        if not document or self._l10n_cl_prints_stamp():
            return False
        return self._l10n_cl_page_qr()

    def _l10n_cl_page_qr(self):
        document = self._l10n_cl_printed_dte()
        with errors_as_user_errors(self.env, kinds=MissingLibrary):
            return bars.data_uri(qr.svg(document._public_url().encode()))

    def _l10n_cl_query_address(self):
        """Where anybody finds the printed document, without what browsers add by themselves."""
        document = self._l10n_cl_printed_dte()
        return document._query_url(document.issuer_id).removeprefix("https://")

    def _l10n_cl_resolution_legend(self):
        """The SII's authorisation of the issuer, as printed below the stamp: 'Res. 80 de 2014'."""
        issuer = self._l10n_cl_printed_dte().issuer_id
        return f"Res. {issuer.resolution_number} de {issuer.resolution_date.year}"

    def _l10n_cl_print_warning(self):
        """Why this print is no tax document, in the reader's language; False when it is one."""
        self.ensure_one()
        if self.sudo().l10n_cl_dte_id.state == "rejected":
            return self.env._("Rejected by the SII: not valid as a tax document")
        if self.sudo().l10n_cl_dte_id.state == "foreign":
            return self.env._("Not held by the SII: not valid as a tax document")
        if self.state == "cancel":
            return self.env._("Cancelled: not valid as a tax document")
        if self.state == "draft":
            return self.env._("Draft: not valid as a tax document")
        if self._l10n_cl_is_emitted() and not self._l10n_cl_printed_dte():
            return self.env._("Not signed: not valid as a tax document")
        return False

    def _l10n_cl_print_style(self):
        """CSS of the page: the company's own font, or one of the machine's where it must be."""
        return False if _wkhtml().is_patched_qt else INSTALLED_FONTS

    def _l10n_cl_print_margin_bottom(self):
        """Millimetres below the page; False is the paper format's, which leaves room for a footer.

        An unpatched wkhtmltopdf drops the footer: its room goes to the lines.
        """
        return not _wkhtml().is_patched_qt and 5

    def _l10n_cl_appends_cedible(self):
        """Whether the cedible copy follows the invoice in every PDF."""
        self.ensure_one()
        issuer = self._l10n_cl_printed_dte().issuer_id
        return self.l10n_cl_has_cedible and issuer.print_cedible == "appended"

    def _l10n_cl_printed_totals(self):
        """The sii.Totals of the document that a print shows, or will be."""
        return self._l10n_cl_printed_document().totals

    def _l10n_cl_printed_lines(self):
        """The sii.Line that a print shows of each invoice line, by the id of the latter.

        What adjusts the others is no line of the document: of it there is the amount, signed.
        """
        lines = iter(self._l10n_cl_printed_document().lines)
        return {
            row.base_line["record"].id: Line("", row.amount) if row.adjusts else next(lines)
            for row in self._l10n_cl_rows()
        }

    def _l10n_cl_get_amounts(self):
        values = super()._l10n_cl_get_amounts()
        if not self._l10n_cl_is_electronic():
            return values
        totals = self._l10n_cl_printed_totals()
        return {
            **values,
            "subtotal_amount_taxable": totals.net or 0,
            "subtotal_amount_exempt": totals.exempt or 0,
            "vat_amount": totals.vat or 0,
            "vat_percent": f"{totals.vat_rate:.2f}" if totals.vat_rate else False,
            "total_amount": totals.total,
        }

    def _l10n_cl_get_withholdings(self):
        """Each additional tax, retention and credit; what takes off the total is negative."""
        if not self._l10n_cl_is_electronic():
            return super()._l10n_cl_get_withholdings()
        rows = self._l10n_cl_rows()
        booked = tax_amounts(rows)
        return [
            {
                "tax_code": tax.l10n_cl_sii_code,
                "tax_name": tax.name,
                "tax_base": sum(row.amount for row in rows if tax.l10n_cl_sii_code in row.codes),
                "tax_percent": abs(tax.amount),
                "tax_amount_currency": amount,
                "tax_amount": amount,
            }
            for tax, amount in booked.items()
            if tax._l10n_cl_is_additional() or tax.l10n_cl_is_construction_credit
        ]

    def _get_invoice_legal_documents(self, filetype, allow_fallback=False):
        if filetype != _XML:
            return super()._get_invoice_legal_documents(filetype, allow_fallback)
        document = self._l10n_cl_printed_dte()
        return document and {
            "filename": document.xml_name,
            "filetype": "text/xml",
            "content": document._xml_bytes(),
        }

    @entry()
    def get_extra_print_items(self):
        items = super().get_extra_print_items()
        signed = self.filtered(lambda move: move._l10n_cl_printed_dte())
        if signed:
            ids = ",".join(map(str, signed.ids))
            url = f"/account/download_invoice_documents/{ids}/{_XML}"
            items.append(
                {
                    "key": _XML,
                    "description": self.env._("Tax Document (XML)"),
                    "type": "ir.actions.act_url",
                    "url": url,
                    "target": "download",
                }
            )
        return items

    def _l10n_cl_check_tickets(self):
        """A ticket stands for what is signed; before that there is nothing to stamp.

        Odoo renders any report for whoever is logged in, and a ticket's words are read as system.
        """
        self.check_access("read")
        for move in self:
            if not move._l10n_cl_printed_dte():
                raise UserError(
                    self.env._(
                        "%s is not signed: there is no ticket of it. Confirm it first; what the "
                        "SII rejected is corrected and confirmed again.",
                        move.display_name,
                    )
                )

    def _l10n_cl_ticket_values(self):
        """What the ticket's template shows, read from the signed XML."""
        self.ensure_one()
        content = sheet.read(self._l10n_cl_printed_dte()._xml_bytes())
        query = self._l10n_cl_query_address()
        return {
            "sheet": content,
            "words": words,
            "ticket": ticket.read(content, self.company_id.name, query),
            "office": self._l10n_cl_sii_office(),
            "resolution": self._l10n_cl_resolution_legend(),
            "stamp": self._l10n_cl_stamp_image(),
            "stamp_qr": self._l10n_cl_qr_image(),
            "page_qr": self._l10n_cl_prints_ticket_page() and self._l10n_cl_page_qr(),
        }

    def _l10n_cl_prints_ticket_page(self):
        """Whether the ticket bears the QR code of the document's page."""
        wanted = self._l10n_cl_printed_dte().issuer_id.ticket_page_qr
        return wanted or not self._l10n_cl_prints_stamp()

    def _l10n_cl_ticket_height(self):
        """Millimetres of paper that the ticket takes."""
        document = self._l10n_cl_printed_dte()
        stamped = self._l10n_cl_prints_stamp()
        codes = (document.issuer_id.print_qr and stamped) + self._l10n_cl_prints_ticket_page()
        content = sheet.read(document._xml_bytes())
        query = self._l10n_cl_query_address()
        return ticket.read(content, self.company_id.name, query).height(stamped, codes)
