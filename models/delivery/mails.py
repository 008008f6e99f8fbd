"""A mail has a kind: for each there is one object that knows what the mail is about, where it goes
to and how it is written. A delivery is the row in the queue, and the same for all of them.
"""

# kind of a delivery -> the object that fills it; received adds the answers to suppliers
KINDS = {}


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
