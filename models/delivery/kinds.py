"""A mail has a kind: for each there is one object that knows what the mail is about, where it goes
to and how it is written. A delivery is the row in the queue, and the same for all of them.
"""

from ...sii import clock, rut
from ...sii.dte import envelope

# kind of a delivery -> the object that fills it; received adds the answers to suppliers
KINDS = {}

# What a customer's program looks for among its mails; it matches by the XML anyway (PROTOCOL 8.1).
_SUBJECT = "EnvioDTE %s"


class OfDocument:
    """What mails about a document of ours have in common. In goes a delivery, always."""

    def about(self, delivery):
        """The document that it is about: its history, and its company."""
        return delivery.dte_id

    def xml_name(self, delivery):
        return f"envio_{delivery.dte_id.xml_name}"

    def address(self, delivery):
        """Where it goes to, or False."""
        raise NotImplementedError

    def no_address_text(self, delivery):
        raise NotImplementedError

    def write_mail(self, delivery):
        """The mail.message of this delivery, its mails not sent yet."""
        raise NotImplementedError

    def call_a_person(self, delivery):
        source = delivery.dte_id._source()
        self.dismiss(delivery)
        source.activity_schedule(
            "l10n_cl_sii.activity_delivery",
            summary=delivery.env._("%s was not delivered by mail", delivery.dte_id.display_name),
            note=delivery.failure,
            user_id=source._l10n_cl_person().id,
        )

    def dismiss(self, delivery):
        """Nobody needs to look after it any more."""
        delivery.dte_id._source().activity_unlink(["l10n_cl_sii.activity_delivery"])


class Customer(OfDocument):
    """The mail to the customer, as somebody wrote it in Send & Print or as its template has it."""

    def address(self, delivery):
        if partner_ids := (delivery.settings or {}).get("mail_partner_ids"):
            partners = delivery.env["res.partner"].browse(partner_ids).exists()
            partners = partners.with_user(delivery.planned_by_id)._filtered_access("read")
            return ", ".join(partner.email for partner in partners if partner.email)
        return delivery.dte_id._customer_address()

    def no_address_text(self, delivery):
        return delivery.env._("The customer has no e-mail address.")

    def write_mail(self, delivery):
        source = delivery.dte_id._source()
        return source._l10n_cl_write_mail(delivery.settings or {}, delivery.planned_by_id)


class Exchange(OfDocument):
    """The second envelope: the same signed bytes, addressed to the customer (PROTOCOL 8.1)."""

    def address(self, delivery):
        return delivery.dte_id._source()._l10n_cl_taxpayer().l10n_cl_exchange_mailbox

    def no_address_text(self, delivery):
        return delivery.env._("The customer has no exchange mailbox.")

    def write_mail(self, delivery):
        document = delivery.dte_id
        subject = _SUBJECT % document.display_name
        text = self._text(delivery)
        signed = self._seal(delivery)
        return delivery._write_file_mail(document._source(), subject, text, signed)

    def _text(self, delivery):
        document = delivery.dte_id
        return delivery.env._(
            "Electronic exchange of tax documents: %(document)s of %(issuer)s (RUT %(rut)s), "
            "accepted by the SII.",
            document=document.display_name,
            issuer=document.company_id.name,
            rut=document.issuer_rut,
        )

    def _seal(self, delivery):
        """The EnvioDTE whose receiver is the customer, around the document as it was signed."""
        document = delivery.dte_id
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
            issuer._signer_for(delivery.env._("Envelope for the receiver"), document),
            clock.now(),
            schemas=issuer._schemas(),
        )


KINDS["customer"] = Customer()
KINDS["exchange"] = Exchange()
