from markupsafe import Markup

from odoo import fields, models

# What of the settings of Send & Print a mail that waits is sent with.
_KEPT = (
    "author_partner_id",
    "author_user_id",
    "invoice_edi_format",
    "mail_attachments_widget",
    "mail_lang",
    "mail_partner_ids",
    "mail_subject",
)


class Issuer(models.Model):
    _inherit = "l10n_cl.issuer"

    mail_waits = fields.Boolean(
        "Mail accepted invoices only",
        default=True,
        help="The mail to the customer goes out once the SII has accepted the invoice.",
    )


class AccountMove(models.Model):
    """The customer gets the invoice once it is sure to be one."""

    _inherit = "account.move"

    l10n_cl_xml_file = fields.Binary("DTE", attachment=True, copy=False, readonly=True)
    l10n_cl_xml_id = fields.Many2one(
        "ir.attachment",
        "DTE for the customer",
        compute=lambda self: self._compute_linked_attachment_id(
            "l10n_cl_xml_id", "l10n_cl_xml_file"
        ),
        depends=["l10n_cl_xml_file"],
    )
    l10n_cl_waiting_mail = fields.Json(copy=False, help="Settings of the mail that waits.")

    def _l10n_cl_mail_waits(self):
        """Whether a mail to the customer must wait for the SII."""
        self.ensure_one()
        document = self.sudo().l10n_cl_dte_id
        return (
            bool(document)
            and document.issuer_id.mail_waits
            and document.state not in ("accepted", "objected")
        )

    def _is_ready_to_be_sent(self):
        return super()._is_ready_to_be_sent() and not self._l10n_cl_mail_waits()

    def _get_fields_to_detach(self):
        return super()._get_fields_to_detach() + ["l10n_cl_xml_file"]

    def _l10n_cl_attach_xml(self):
        """Keep the signed document beside the invoice's PDF, under its own name."""
        for move in self.filtered(lambda move: not move.l10n_cl_xml_id):
            if document := move._l10n_cl_printed_dte():
                self.env["ir.attachment"].sudo().create(
                    {
                        "name": document.xml_name,
                        "raw": document._xml_bytes(),
                        "mimetype": "text/xml",
                        "res_model": move._name,
                        "res_id": move.id,
                        "res_field": "l10n_cl_xml_file",
                    }
                )
                move.invalidate_recordset(["l10n_cl_xml_id", "l10n_cl_xml_file"])

    def _l10n_cl_keep_mail(self, settings):
        """Keep a mail as it was written in Send & Print, until the SII has accepted."""
        self.l10n_cl_waiting_mail = {
            **{key: settings[key] for key in _KEPT if key in settings},
            "sending_methods": ["email"],
            "extra_edis": [],
            "mail_body": str(settings["mail_body"] or ""),
            "mail_template": settings["mail_template"].id,
            "pdf_report": settings["pdf_report"].id,
        }
        self.message_post(
            body=self.env._("The mail to the customer goes out once the SII has accepted this.")
        )

    def _l10n_cl_kept_settings(self):
        """Settings of a mail that waited and may go now, as Send & Print takes them."""
        kept = dict((self.sending_data or {}).get("l10n_cl_waiting_mail") or {})
        if kept:
            kept["mail_body"] = Markup(kept["mail_body"])
            kept["mail_template"] = self.env["mail.template"].browse(kept["mail_template"])
            kept["pdf_report"] = self.env["ir.actions.report"].browse(kept["pdf_report"])
        return kept

    def _action_invoice_ready_to_be_sent(self):
        result = super()._action_invoice_ready_to_be_sent()
        waiting = self.filtered("l10n_cl_waiting_mail")
        for move in waiting:
            kept = move.l10n_cl_waiting_mail
            move.sending_data = {
                "author_user_id": kept["author_user_id"],
                "author_partner_id": kept["author_partner_id"],
                "l10n_cl_waiting_mail": kept,
            }
        if waiting:
            waiting.l10n_cl_waiting_mail = False
            self.env.ref("account.ir_cron_account_move_send")._trigger()
        return result

    def _l10n_cl_drop_mail(self):
        """What was rejected is no invoice: the mail that waited for it is not sent."""
        for move in self.filtered("l10n_cl_waiting_mail"):
            move.l10n_cl_waiting_mail = False
            move.message_post(body=self.env._("The mail to the customer was not sent."))


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _state_changed(self, before):
        result = super()._state_changed(before)
        if self.state in ("accepted", "objected"):
            self.move_id._action_invoice_ready_to_be_sent()
        elif self.state in ("rejected", "void"):
            self.move_id._l10n_cl_drop_mail()
        return result
