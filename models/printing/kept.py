import hashlib
import io
import json

from odoo import models, tools

# Raise it when the code of a print changes what stands on the paper.
_LAYOUT = 2
# What the layout of a print takes from its issuer
_OF_ISSUER = (
    "environment",
    "print_cedible",
    "print_boleta_stamp",
    "print_qr",
    "resolution_number",
    "resolution_date",
)
# What of an invoice may change after it was signed, and is printed
_OF_MOVE = (
    "state",
    "payment_state",
    "amount_residual",
    "narration",
    "payment_reference",
    "ref",
    "invoice_origin",
    "invoice_date_due",
)


class Dte(models.Model):
    """A print is made once and kept, with the hash of all that it says and of how it looks.

    Mail, portal, Print menu, public page and API get the kept one. It is made anew when the hash
    differs: another verdict, payment, logo, template or setting. The hash stands in the
    attachment, so that printing touches no row that the queues work on.
    """

    _inherit = "l10n_cl.dte"

    def _kept_print(self):
        """The print of this document (bytes), if it still says what it should; else None."""
        kept = self._print_attachment() if self else None
        return kept.raw if kept and kept.description == self.sudo()._print_key() else None

    def _keep_print(self, content):
        """content: of the PDF, as bytes."""
        self._print_attachment().unlink()
        self.env["ir.attachment"].sudo().create(
            {
                "name": "public_pdf",
                "res_model": self._name,
                "res_field": "public_pdf",
                "res_id": self.id,
                "mimetype": "application/pdf",
                "description": self.sudo()._print_key(),
                "raw": content,
            }
        )
        self.invalidate_recordset(["public_pdf"])

    def _print_attachment(self):
        of_this = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("res_field", "=", "public_pdf"),
        ]
        return self.env["ir.attachment"].sudo().search(of_this)[:1]

    def _print_key(self):
        """SHA-256 over what the print says and looks like."""
        company, issuer = self.company_id, self.issuer_id
        says = [
            _LAYOUT,
            self._print_templates(),
            self.xml_sha256,
            company.write_date,
            company.partner_id.write_date,
            company.paperformat_id.id,
            issuer.sii_office_id.name,
            *(issuer[name] for name in _OF_ISSUER),
            *self._source()._l10n_cl_print_says(),
        ]
        return hashlib.sha256(json.dumps(says, default=str).encode()).hexdigest()

    @tools.ormcache(cache="templates")
    def _print_templates(self):
        """Which state the templates are in, whoever changed one of them."""
        self.env.cr.execute("SELECT max(write_date), count(*) FROM ir_ui_view WHERE type = 'qweb'")
        return "{} {}".format(*self.env.cr.fetchone())


class Source(models.AbstractModel):
    _inherit = "l10n_cl.dte.source.mixin"

    def _l10n_cl_print_says(self):
        """What its print says beside the signed document: values that compare by their text."""
        return [self._name, self.env.lang]


class AccountMove(models.Model):
    _inherit = "account.move"

    def _l10n_cl_print_says(self):
        warned = self._l10n_cl_print_warning() and self.sudo().l10n_cl_dte_id.state
        return [self._name, warned, self._l10n_cl_lang(), *(self[name] for name in _OF_MOVE)]


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _l10n_cl_kept_streams(self, moves):
        """Of those invoices whose print is kept: id -> what Odoo collects of it."""
        moves.check_access("read")
        kept = {move.id: move._l10n_cl_printed_dte()._kept_print() for move in moves}
        return {res_id: stream(content) for res_id, content in kept.items() if content}

    def _l10n_cl_keep_streams(self, moves, collected):
        for move in moves:
            if document := move._l10n_cl_printed_dte():
                document._keep_print(collected[move.id]["stream"].getvalue())


def stream(content):
    """A PDF (bytes), as Odoo collects them."""
    return {"stream": io.BytesIO(content), "attachment": None}
