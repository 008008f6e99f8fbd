from odoo import api, models

from .account_move_send import DELIVERS

# what the queue's writing of a mail means by it
_OURS = ("l10n_cl_delivers", "mail_notify_force_send")


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _send_mail(self, move, mail_template, **kwargs):
        # an invoice comes with the context of who called, which may be somebody's of Odoo's
        ours = {key: value for key, value in self.env.context.items() if key in _OURS}
        return super()._send_mail(move.with_context(**ours), mail_template, **kwargs)


class AccountMove(models.Model):
    """Who gets a mail with a tax document: those it is written to, and contacts that follow it.

    Whoever works here and follows the invoice reads the mail there: a copy to each of them would
    be every third mail of a month's end.
    """

    _inherit = "account.move"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if self.env.context.get("l10n_cl_delivers") is not DELIVERS:
            return recipients
        written_to = (msg_vals or {}).get("partner_ids") or message.partner_ids.ids
        return [row for row in recipients if row["share"] or row["id"] in written_to]


class Delivery(models.Model):
    """What the mail server did with the mails of a message; only its addressees decide."""

    _inherit = "l10n_cl.delivery"

    def _refusals(self, mails):
        """Why addressees did not get it, a reason each; empty when all did.

        Followers only listen: one without an address spoils nothing, not even where Odoo puts both
        into one mail. Where Odoo keeps a notice for an addressee, that decides, else the mail.
        """
        addressees = self.message_id.partner_ids
        notices = self.message_id.notification_ids.filtered(
            lambda notice: notice.res_partner_id in addressees
        )
        unnoticed = addressees - notices.res_partner_id
        refused = mails.exists().filtered(
            lambda mail: (
                mail.state == "exception" and (mail.email_to or mail.recipient_ids & unnoticed)
            )
        )
        failed = notices.filtered(
            lambda notice: (
                notice.notification_status in ("exception", "bounce")
                or (
                    notice.notification_status in ("ready", "process")
                    and notice.mail_mail_id.state == "exception"
                )
            )
        )
        unknown = self.env._("The mail server gave no reason.")
        reasons = [*refused.mapped("failure_reason"), *failed.mapped("failure_reason")]
        return [reason or unknown for reason in reasons]
