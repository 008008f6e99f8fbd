from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError

from ...sii import kinds, states
from ..access.entry import INTERNAL
from .account_move_send import DELIVERS

# What of the settings of Send & Print a mail is sent with; who planned it is kept apart.
_KEPT = (
    "invoice_edi_format",
    "mail_lang",
    "mail_partner_ids",
    "mail_subject",
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
    l10n_cl_delivery_ids = fields.One2many(related="l10n_cl_dte_id.delivery_ids", groups=INTERNAL)

    def _l10n_cl_mail_waits(self):
        """Whether a mail to the customer must wait for the SII."""
        self.ensure_one()
        document = self.sudo().l10n_cl_dte_id
        return (
            bool(document)
            and document.issuer_id.mail_waits
            and not kinds.of(document.document_code).is_boleta
            and document.state not in states.LEGAL
        )

    def _is_ready_to_be_sent(self):
        return super()._is_ready_to_be_sent() and not self._l10n_cl_mail_waits()

    def _get_fields_to_detach(self):
        return super()._get_fields_to_detach() + ["l10n_cl_xml_file"]

    def _get_mail_template(self):
        if all(move.sudo().l10n_cl_dte_id for move in self):
            return self.env.ref("l10n_cl_sii.mail_template_document")
        return super()._get_mail_template()

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

    def _l10n_cl_plan_mail(self, settings, waits):
        """Put a mail, as it was written in Send & Print, into the queue; ``waits``: for the SII.

        Raises AccessError when it names what its writer may not send.
        """
        kept = {
            **{key: settings[key] for key in _KEPT if key in settings},
            "mail_attachments_widget": _widget(settings.get("mail_attachments_widget")),
            "mail_body": str(settings["mail_body"] or ""),
            "mail_template": settings["mail_template"].id,
            "pdf_report": settings["pdf_report"].id,
        }
        deliveries = self.env["l10n_cl.delivery"].sudo()
        delivery = deliveries._plan(
            self.sudo().l10n_cl_dte_id,
            "customer",
            "waiting" if waits else "to_send",
            kept,
            self._l10n_cl_planner(settings),
        )
        # in Odoo's own queue nobody is there to read it: ours fails later, with the same sentence
        if self.env.uid != SUPERUSER_ID and (refusal := delivery._refusal()):
            raise AccessError(refusal)
        if delivery.state == "waiting":
            text = self.env._("The mail to the customer goes out once the SII has accepted this.")
            self.message_post(body=text)

    def _l10n_cl_planner(self, settings):
        """Who wrote the mail: who is logged in, or who put it into Odoo's own queue before."""
        if self.env.uid == SUPERUSER_ID:
            return self.env["res.users"].browse(settings.get("author_user_id")).exists()
        return self.env.user

    def _l10n_cl_write_mail(self, kept, planner):
        """Post the mail to the customer without sending it; returns its mail.message.

        kept: what of Send & Print's settings was kept; its defaults stand for the others.
        planner: whose rights it is written with; nobody's for what is mailed by itself.
        """
        move = self.with_user(planner) if kept else self
        settings = {"sending_methods": ["email"], "extra_edis": []}
        if kept:
            settings |= {
                key: kept[key] for key in (*_KEPT, "mail_attachments_widget") if key in kept
            }
            settings["mail_body"] = Markup(kept["mail_body"])
            settings["mail_template"] = move.env["mail.template"].browse(kept["mail_template"])
            settings["pdf_report"] = move.env["ir.actions.report"].browse(kept["pdf_report"])
        written = self.message_ids
        move.env["account.move.send"].with_context(
            l10n_cl_delivers=DELIVERS, mail_notify_force_send=False
        )._generate_and_send_invoices(move, **settings)
        return (self.message_ids - written).filtered("partner_ids")[:1]

    def _message_receive_bounce(self, email, partner):
        result = super()._message_receive_bounce(email, partner)
        self.sudo().l10n_cl_dte_id.delivery_ids._in_language_of_company()._came_back(email)
        return result

    def _l10n_cl_check_author(self, vals):
        """Odoo's own queue mails in the name that stands in sending_data: only one's own."""
        if (data := vals.get("sending_data")) and not self.env.su:
            mine = {
                "author_user_id": self.env.uid,
                "author_partner_id": self.env.user.partner_id.id,
            }
            if not isinstance(data, dict) or any(data.get(key) != mine[key] for key in mine):
                raise AccessError(
                    self.env._("Mails are put into the queue in one's own name only.")
                )


def _widget(entries):
    """The files of Send & Print, their ids as Odoo reads them later: numbers, or none at all."""
    return [{**entry, "id": _number(entry.get("id"))} for entry in entries or []]


def _number(text):
    try:
        return int(text)
    except (TypeError, ValueError):
        return str(text)
