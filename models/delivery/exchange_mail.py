from dataclasses import replace

from ...sii import clock
from ...sii.dte import envelope
from .mails import KINDS, OfDocument

# What a customer's program looks for among its mails; it matches by the XML anyway (PROTOCOL 8.1).
_SUBJECT = "EnvioDTE %s"


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
        cover = issuer._caratula(document.receiver_rut)
        return envelope.seal(
            replace(cover, issuer_rut=document.issuer_rut),
            [document._xml_bytes()],
            issuer._signer_for(delivery.env._("Envelope for the receiver"), document),
            clock.now(),
            schemas=issuer._schemas(),
        )


KINDS["exchange"] = Exchange()
