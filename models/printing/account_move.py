from odoo import models
from odoo.addons.base.models.ir_actions_report import _wkhtml

from ...sii.document import payload
from ...sii.printing import bars, pdf417, qr, words
from ..base.texts.library import libraries_told
from ..dte.state import DEAD_STATES

# An unpatched wkhtmltopdf draws web fonts as outlines: a PDF without text, and five times as large.
INSTALLED_FONTS = "font-family: 'Liberation Sans', Arial, 'DejaVu Sans Condensed', sans-serif"


class AccountMove(models.Model):
    """What the printed document says beside the figures (PROTOCOL 6.3)."""

    _inherit = "account.move"

    def _l10n_cl_printed_dte(self):
        """The signed document that a print stands for; empty when there is none, or it is void."""
        self.ensure_one()
        dte = self.sudo().l10n_cl_dte_id
        return dte.filtered(
            lambda dte: dte.xml_sha256 and dte.state not in ("pending", *DEAD_STATES)
        )

    def _l10n_cl_legal_name(self):
        """Name of the document in the words of the law, such as 'Factura Electrónica'."""
        self.ensure_one()
        code = self.l10n_latam_document_type_id.code
        return words.document_name(code) if code else False

    def _l10n_cl_said(self):
        """The sii.Document that a print shows: the signed one, or what a draft would become.

        False for documents that this addon does not issue.
        """
        self.ensure_one()
        if dte := self._l10n_cl_printed_dte():
            with libraries_told(self.env):
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
        with libraries_told(self.env):
            return stamped and bars.data_uri(pdf417.svg(dte._pdf417_payload()))

    def _l10n_cl_qr_image(self):
        """The same as a QR code; False unless the issuer wants it beside the bar code."""
        dte = self._l10n_cl_printed_dte()
        with libraries_told(self.env):
            wanted = dte.issuer_id.print_qr and self._l10n_cl_prints_stamp()
            return wanted and bars.data_uri(qr.svg(dte._pdf417_payload()))

    def _l10n_cl_prints_stamp(self):
        """Boletas bear their stamp only where the issuer, or the SII for its samples, wants it."""
        issuer = self._l10n_cl_printed_dte().issuer_id
        sample = self.env.context.get("l10n_cl_samples")
        return bool(sample or issuer.print_boleta_stamp or not self._l10n_cl_is_boleta())

    def _l10n_cl_page_qr_image(self):
        """QR code of the document's own page, for boletas without stamp; False on all others."""
        document = self._l10n_cl_printed_dte()
        if not document or self._l10n_cl_prints_stamp():
            return False
        return self._l10n_cl_page_qr()

    def _l10n_cl_page_qr(self):
        document = self._l10n_cl_printed_dte()
        with libraries_told(self.env):
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
        return not _wkhtml().is_patched_qt and 12
