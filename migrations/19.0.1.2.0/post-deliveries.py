"""Mails that wait for another try are held back from Odoo's own queue, as they are from now on."""


def migrate(cr, version):
    cr.execute(
        """UPDATE mail_mail SET state = 'cancel'
             FROM l10n_cl_delivery delivery
            WHERE mail_mail.mail_message_id = delivery.message_id
              AND delivery.state IN ('to_send', 'sending') AND mail_mail.state <> 'sent'"""
    )
