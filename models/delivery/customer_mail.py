from .mails import KINDS, OfDocument


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


KINDS["customer"] = Customer()
