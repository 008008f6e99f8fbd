from odoo import fields, models

from ...sii import clock, kinds, rut
from ...sii.codes import SII_RUT
from ...sii.dte import envelope
from ..base.mail_activity import as_html

# What a customer's program looks for among its mails; it matches by the XML anyway (PROTOCOL 8.1).
_SUBJECT = "EnvioDTE %s"


class ResPartner(models.Model):
    _inherit = "res.partner"

    l10n_cl_exchange_mailbox = fields.Char(
        "Exchange mailbox",
        help="E-mail address that the SII lists for this taxpayer's electronic documents (casilla "
        "de intercambio). The signed documents are sent there once the SII has accepted them.",
    )

    def _commercial_fields(self):
        return super()._commercial_fields() + ["l10n_cl_exchange_mailbox"]


class Delivery(models.Model):
    """The second envelope: the same signed bytes, addressed to the customer (PROTOCOL 8.1)."""

    _inherit = "l10n_cl.delivery"

    def _write_exchange_mail(self):
        document = self.dte_id
        self.write(self._file_values(self._seal()))
        company = document.company_id
        mail = self.env["mail.mail"].create(
            {
                "subject": _SUBJECT % document.display_name,
                "body_html": as_html(self._exchange_text()),
                "email_from": company.email_formatted,
                "email_to": self.address,
                "reply_to": company.email_formatted,
                "model": "account.move",
                "res_id": document.move_id.id,
                "auto_delete": False,
                "attachment_ids": [
                    fields.Command.create(
                        {
                            "name": self.xml_name,
                            "raw": self._xml_bytes(),
                            "mimetype": "text/xml",
                            "res_model": "mail.message",
                        }
                    )
                ],
            }
        )
        return mail.mail_message_id

    def _exchange_text(self):
        document = self.dte_id
        return self.env._(
            "Electronic exchange of tax documents: %(document)s of %(issuer)s (RUT %(rut)s), "
            "accepted by the SII.",
            document=document.display_name,
            issuer=document.company_id.name,
            rut=document.issuer_rut,
        )

    def _seal(self):
        """The EnvioDTE whose receiver is the customer, around the document as it was signed."""
        document = self.dte_id
        issuer = document.issuer_id
        caratula = envelope.Caratula(
            issuer_rut=document.issuer_rut,
            sender_rut=rut.canonical(issuer.sender_rut),
            resolution_date=issuer.resolution_date,
            resolution_number=issuer.resolution_number,
            receiver_rut=document.receiver_rut,
        )
        return envelope.seal(
            caratula,
            [document._xml_bytes()],
            issuer._signer_for(self.env._("Envelope for the receiver"), document),
            clock.now(),
            schemas=issuer._schemas(),
        )


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _is_exchanged(self):
        """Whether its receiver must get the document by exchange: boletas never are."""
        self.ensure_one()
        taxpayer = rut.is_valid(self.receiver_rut or "") and self.receiver_rut != SII_RUT
        return taxpayer and not kinds.of(self.document_code).is_boleta
