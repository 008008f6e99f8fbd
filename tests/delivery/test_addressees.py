"""Only the addressee decides whether a document was mailed; who works here gets no copy."""

from odoo.tests import new_test_user

from .mail_case import MailCase

ADDRESS = "compras@penalolen.example"


class TestAddressees(MailCase):
    def accepted(self, *followers):
        move = self.post()
        for follower in followers:
            move.message_subscribe(follower.ids)
        self.run_crons()
        self.deliver()
        return move

    def colleague(self, email):
        user = new_test_user(self.env, f"colleague {email}", "account.group_account_invoice")
        user.email = email
        return user.partner_id

    def contact(self, **values):
        return self.env["res.partner"].create({"name": "Bodega", **values})

    def notices(self, move):
        return self.delivery(move).message_id.notification_ids

    def assert_sent(self, move):
        self.assertEqual(self.delivery(move).state, "sent", self.delivery(move).failure)
        self.assertEqual(len(self.mails_to(ADDRESS)), 1)
        self.deliver()
        self.assertEqual(len(self.mails_to(ADDRESS)), 1)

    def test_a_follower_without_address(self):
        """A contact, whom Odoo puts into one mail with the customer, and who works here."""
        move = self.accepted(self.contact(), self.contact(parent_id=self.customer.id))
        failed = self.notices(move).filtered(lambda n: n.notification_status == "exception")
        self.assertTrue(failed, "the follower's notice says that he has no address")
        self.assertNotIn(self.customer, failed.res_partner_id)
        self.assert_sent(move)

    def test_who_works_here_gets_no_copy(self):
        colleagues = self.colleague("contadora@nandu.example"), self.colleague(False)
        contact = self.contact(email="bodega@penalolen.example")
        move = self.accepted(*colleagues, contact)
        self.assertEqual(self.delivery(move).state, "sent")
        self.assertFalse(self.mails_to("contadora@nandu.example"))
        self.assertTrue(self.mails_to("bodega@penalolen.example"))
        self.assertFalse(self.notices(move).res_partner_id & (colleagues[0] | colleagues[1]))
        about = [mail for mail in self.mail_server.mails if "Factura" in mail["Subject"]]
        self.assertEqual(len(about), 2)

    def test_who_works_here_and_is_written_to_gets_it(self):
        colleague = self.colleague("contadora@nandu.example")
        move = self.post()
        wizard = self.env["account.move.send.wizard"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        with self.allow_pdf_render():
            wizard.create(
                {"mail_partner_ids": (self.customer | colleague).ids}
            ).action_send_and_print()
        self.run_crons()
        self.deliver()
        self.assertEqual(len(self.mails_to("contadora@nandu.example")), 1)

    def test_the_addressees_own_failure_counts(self):
        self.customer.email = ADDRESS
        move = self.post()
        move.message_subscribe(self.contact(email="bodega@penalolen.example").ids)
        self.run_crons()
        self.take_mail_server_down()
        self.deliver()
        self.assertEqual(self.delivery(move).state, "to_send")
        self.assertTrue(self.delivery(move).failure)

    def test_nothing_european_is_put_into_the_pdf(self):
        """In tests Odoo keeps what it would embed as a file beside the invoice."""
        move = self.accepted()
        self.assert_sent(move)
        files = self.env["ir.attachment"].sudo().search([("name", "=", "factur-x.xml")])
        self.assertNotIn(("account.move", move.id), [(f.res_model, f.res_id) for f in files])
        self.assertEqual(len(self.files(self.mails_to(ADDRESS)[0])), 2)
