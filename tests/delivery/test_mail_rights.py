"""What somebody put into a mail is sent later with that person's rights, and nothing else is."""

import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .mail_case import MailCase


class TestMailRights(MailCase):
    def setUp(self):
        super().setUp()
        self.other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        self.clerk = new_test_user(
            self.env(su=True),
            "clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
            email="clerk@nandu.example",
        )
        self.move = self.post()
        self.run_crons()

    def plan(self, user=None, **values):
        """Send & Print as the clerk, over RPC: values are written into the wizard."""
        wizard = self.env["account.move.send.wizard"].with_user(user or self.clerk)
        wizard = wizard.with_context(active_model="account.move", active_ids=self.move.ids)
        wizard = wizard.create({"sending_methods": ["email"]})
        widget = [*wizard.mail_attachments_widget, *values.pop("files", [])]
        wizard.write({"mail_attachments_widget": widget, **values})
        with self.allow_pdf_render():
            wizard.action_send_and_print()
        return self.delivery(self.move).sudo()

    def refused(self, **values):
        before = self.delivery(self.move).sudo().settings
        with self.assertRaisesRegex(AccessError, "may not send"), self.cr.savepoint():
            self.plan(**values)
        self.assertEqual(self.delivery(self.move).sudo().settings, before)

    def file(self, name="secret.txt", **values):
        """Of something that the clerk may not read."""
        values = {"res_model": "res.company", "res_id": self.other.id, **values}
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": name, "raw": b"what the clerk may not read", **values})
        )
        return {"id": attachment.id, "name": name, "mimetype": "text/plain", "manual": True}

    def secrets_sent(self):
        return [mail for mail in self.mail_server.mails if b"may not read" in mail.as_bytes()]

    def test_own_files_are_mailed(self):
        mine = self.env["ir.attachment"].with_user(self.clerk).create(
            {"name": "own.txt", "raw": b"mine", "res_model": "account.move",
             "res_id": self.move.id}
        )  # fmt: skip
        self.plan(files=[{"id": mine.id, "name": "own.txt", "manual": True}], body="<p>Hola</p>")
        self.deliver()
        self.assertEqual(self.delivery(self.move).state, "sent")
        (mail,) = self.mails_to(self.customer.email)
        self.assertEqual(self.files(mail)["own.txt"], b"mine")
        self.assertIn(self.move.l10n_cl_dte_id.xml_name, self.files(mail))
        self.assertEqual(len(self.files(mail)), 3)
        self.assertEqual(self.delivery(self.move).planned_by_id, self.clerk)

    def test_files_of_others(self):
        vault_file = self.file(res_model="l10n_cl.caf", res_id=self.cafs[33].id, res_field="xml")
        for entry in (
            self.file(),
            vault_file,
            self.file(res_model=False, res_id=False),
            {**self.file(), "id": str(self.file()["id"])},
            {**self.file(), "placeholder": True},
            {**self.file(), "manual": False, "protect_from_deletion": True},
        ):
            with self.subTest(entry=entry):
                self.refused(files=[entry])
        self.deliver()
        self.assertFalse(self.secrets_sent())

    def test_reports_that_are_not_of_invoices_or_not_the_clerk_s(self):
        report = (
            self.env["ir.actions.report"]
            .sudo()
            .create(
                {
                    "name": "All users",
                    "model": "res.users",
                    "report_type": "qweb-pdf",
                    "report_name": "l10n_cl_sii.report_of_users",
                    "is_invoice_report": True,
                }
            )
        )
        entry = {"id": "placeholder_x", "name": "x.pdf", "placeholder": True}
        for name in (report.report_name, "base.report_irmodulereference", "no.such"):
            with self.subTest(name=name):
                self.refused(files=[{**entry, "dynamic_report": name}])
        report.write({"model": "account.move", "group_ids": [
            Command.link(self.env.ref("base.group_system").id)]})  # fmt: skip
        self.refused(files=[{**entry, "dynamic_report": report.report_name}])

    def test_templates_of_other_things(self):
        template = (
            self.env["mail.template"]
            .sudo()
            .create(
                {
                    "name": "x",
                    "model_id": self.env["ir.model"]._get_id("res.users"),
                    "body_html": "x",
                }
            )
        )
        delivery = self.plan()
        delivery.settings = {**delivery.settings, "mail_template": template.id}
        self.deliver()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("report or template", delivery.failure)

    def test_contacts_of_another_company(self):
        contact = (
            self.env["res.partner"]
            .sudo()
            .create({"name": "x", "email": "x@x.example", "company_id": self.other.id})
        )
        self.refused(mail_partner_ids=[Command.set(contact.ids)])
        self.deliver()
        self.assertFalse(self.mails_to("x@x.example"))

    def test_rights_that_were_lost_meanwhile(self):
        entry = self.file(res_model="account.move", res_id=self.move.id)
        delivery = self.plan(files=[entry])
        attachment = self.env["ir.attachment"].browse(entry["id"]).sudo()
        attachment.write({"res_model": "res.company", "res_id": self.other.id})
        self.deliver()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("may not send a file", delivery.failure)
        self.assertFalse(self.mail_server.mails)

    def test_who_left(self):
        for leave in (
            lambda: self.clerk.sudo().write({"active": False}),
            lambda: self.clerk.sudo().write(
                {"active": True, "group_ids": [Command.set(self.env.ref("base.group_user").ids)]}
            ),
        ):
            delivery = self.plan(self.env.user)
            self.assertEqual(delivery.planned_by_id, self.env.user)
            delivery.planned_by_id = self.clerk
            leave()
            self.deliver()
            self.assertEqual(delivery.state, "failed")
            self.assertTrue(delivery.failure)
        self.assertFalse(self.mail_server.mails)

    def test_what_was_planned_is_not_changed(self):
        delivery = self.plan()
        for user in (self.clerk, self.env.user):
            with self.assertRaises(AccessError):
                delivery.with_user(user).write({"settings": {}})
            with self.assertRaises(AccessError):
                delivery.with_user(user).write({"planned_by_id": self.env.user.id})

    def test_planned_before_the_upgrade(self):
        """Settings that were not checked when they were kept, of somebody or of nobody known."""
        delivery = self.plan()
        settings = json.loads(json.dumps(delivery.settings))
        settings["mail_attachments_widget"].append(self.file())
        settings["author_user_id"] = self.env.ref("base.user_admin").id
        for planner in (self.clerk, self.env["res.users"]):
            delivery.sudo().write({"settings": settings, "planned_by_id": planner.id})
            delivery._move_to("to_send") if delivery.state != "to_send" else None
            self.deliver()
            self.assertEqual(delivery.state, "failed")
        self.assertFalse(self.mail_server.mails)

    def test_odoos_own_queue(self):
        """Settings that a user writes for Odoo's own scheduled action: in one's own name only."""
        move = self.move.with_user(self.clerk)
        admin = self.env.ref("base.user_admin")
        for data in (
            {"author_user_id": admin.id, "author_partner_id": admin.partner_id.id},
            {"author_user_id": self.clerk.id, "author_partner_id": admin.partner_id.id},
            {"mail_attachments_widget": [self.file()]},
            [1],
        ):
            with self.subTest(data=data), self.assertRaises(AccessError):
                move.write({"sending_data": data})
        mine = {
            "author_user_id": self.clerk.id,
            "author_partner_id": self.clerk.partner_id.id,
            "mail_attachments_widget": [self.file()],
        }
        move.write({"sending_data": mine})
        with self.enter_registry_test_mode(), self.allow_pdf_render():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.deliver()
        self.assertFalse(self.secrets_sent())
        self.assertEqual(self.delivery(self.move).state, "sent")
        self.assertEqual(self.delivery(self.move).planned_by_id, self.clerk)
