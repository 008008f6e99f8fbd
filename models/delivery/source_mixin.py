from odoo import fields, models

from ..base.mail_activity import as_html


class Source(models.AbstractModel):
    """What has no mail of its own is mailed in a few plain lines, with its print and its XML."""

    _inherit = "l10n_cl.dte.source.mixin"

    def _l10n_cl_write_mail(self, settings, planner):
        """Write the mail to the customer without sending it; returns its mail.message.

        settings and planner: of Send & Print, which only invoices have.
        """
        document = self._l10n_cl_current()
        company = document.company_id
        name = f"{document._legal_name()} N° {document.folio}"
        xml_name = document.xml_name
        files = [
            (xml_name.removesuffix(".xml") + ".pdf", document._public_pdf_bytes()),
            (xml_name, document._xml_bytes()),
        ]
        mail = self.env["mail.mail"].create(
            {
                "subject": f"{name} - {company.name}",
                "body_html": as_html("\n".join([name, company.name, document._public_url()])),
                "email_from": company.email_formatted,
                "recipient_ids": [fields.Command.link(self._l10n_cl_mailed_to().id)],
                "reply_to": company.email_formatted,
                "model": self._name,
                "res_id": self.id,
                "auto_delete": False,
                "attachment_ids": [
                    fields.Command.create({"name": file, "raw": raw, "res_model": "mail.message"})
                    for file, raw in files
                ],
            }
        )
        mail.mail_message_id.partner_ids = mail.recipient_ids
        return mail.mail_message_id

    def _l10n_cl_mailed_to(self):
        """The card whose address is the customer's: the buyer's own, or its company's."""
        buyer = self._l10n_cl_buyer()
        return buyer if buyer.email else self._l10n_cl_taxpayer()
