"""What all companies share, and what moves records without writing them, changes no document."""

from odoo import Command
from odoo.exceptions import AccessError, UserError

from ...models.taxpayer import company_contact as taxpayer_company_contact
from .guard_case import GuardCase


class TestShared(GuardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "account.group_account_manager,base.group_partner_manager"
        cls.stranger = cls.person("manager_b", groups)
        cls.stranger.write(
            {
                "company_ids": [Command.set(cls.other_company.ids)],
                "company_id": cls.other_company.id,
            }
        )

    def shared_rows(self):
        """(row, values) of tables that have no company and that documents are made with."""
        chile = self.env.ref("base.cl")
        activity = self.issuer.acteco_ids[:1]
        code = self.env["l10n_cl.sii.code"].search([], limit=1)
        kinds = self.env["l10n_latam.document.type"].search([("country_id", "=", chile.id)])
        commune = self.env.ref("l10n_cl_sii.city_cl_13123")
        yield activity, {"code": "999999"}
        yield activity, {"name": "x"}
        yield self.issuer.sii_office_id, {"name": "x"}
        yield code, {"title": "x"}
        yield code, {"code": "x"}
        for values in ({"code": "34"}, {"doc_code_prefix": "X"}, {"active": False}):
            yield kinds.filtered(lambda kind: kind.code == "33"), values
        yield commune, {"name": "x"}
        yield commune, {"l10n_cl_cut_code": "99999"}

    def test_nobody_changes_the_tables_that_all_documents_are_made_with(self):
        for row, values in self.shared_rows():
            for user in (self.stranger, self.people["manager"]):
                mine = row.with_user(user)
                self.assert_closed(mine, values, (row, values, user.login))
                with self.assertRaises(AccessError, msg=row):
                    mine.unlink()
        code = self.env["l10n_cl.sii.code"].search([], limit=1).with_user(self.stranger)
        with self.assertRaises(AccessError):
            code.update_field_translations("title", {"en_US": "x"})
        self.assertTrue(self.issuer.acteco_ids)

    def test_one_adds_a_code_and_corrects_it(self):
        manager = self.people["manager"]
        activity = self.env["l10n_cl.acteco"].with_user(manager)
        activity = activity.create({"code": "999998", "name": "Nueva"})
        activity.name = "Nueva, corregida"
        with self.assertRaises(AccessError):
            activity.with_user(self.stranger).name = "x"
        self.assertTrue(activity.unlink())
        kind = self.env["l10n_latam.document.type"].with_user(manager).search([], limit=1)
        kind.with_user(self.env.ref("base.user_admin")).name = "Factura"

    def test_an_issuers_own_contact_is_its_own(self):
        contact = self.company.partner_id.with_user(self.stranger)
        for name in sorted(taxpayer_company_contact.ISSUER_FIELDS):
            if name in contact._fields:
                self.assert_closed(contact, {name: self.other_value(contact, name)}, name)
        manager = self.people["manager"]
        manager.write({"group_ids": [Command.link(self.env.ref("base.group_partner_manager").id)]})
        contact.with_user(manager).street = "Otra calle 5"
        self.customer.with_user(self.stranger).street = "Contacts are shared"

    def merge(self, sources, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.stranger)
        wizard = wizard.create(
            {
                "partner_ids": [Command.set((sources | target).ids)],
                "dst_partner_id": target.id,
                "state": "selection",
            }
        )
        with self.cr.savepoint():
            wizard.action_merge()
        self.env.invalidate_all()

    def test_an_invoice_stays_with_its_taxpayer_when_contacts_are_merged(self):
        move = self.accepted()
        same = self.customer.copy({"vat": self.customer.vat, "email": self.customer.email})
        other = self.customer.copy({"vat": "76354771-K", "email": self.customer.email})
        below = self.customer.create(
            {"name": "Bodega", "parent_id": self.customer.id, "email": self.customer.email}
        )
        with self.assertRaisesRegex(UserError, "another taxpayer"):
            self.merge(self.customer, other)
        self.assertEqual(move.partner_id, self.customer)
        move.sudo().l10n_cl_dte_id.receiver_id = below
        with self.assertRaisesRegex(UserError, "another taxpayer"):
            self.merge(below, other)
        self.merge(self.customer, same)
        self.assertEqual(move.partner_id, same)

    def test_a_company_does_not_become_another_contact(self):
        own, target = self.company.partner_id, self.customer
        (own | target).email = "same@example.com"
        with self.assertRaisesRegex(UserError, "company of this database"):
            self.merge(own, target)
        self.assertEqual(self.company.partner_id, own)

    def test_what_is_owed_follows_from_payments(self):
        move = self.accepted()
        line = move.line_ids.filtered(lambda each: each.display_type == "payment_term")
        for user in self.people.values():
            for values in (
                {"amount_residual": 0},
                {"amount_residual_currency": 0},
                {"reconciled": True},
                {"amount_residual": 0, "reconciled": True},
            ):
                self.assert_closed(line.with_user(user), values, (user.login, values))
                command = [Command.update(line.id, values)]
                mine = move.with_user(user).with_context(skip_readonly_check=True)
                self.assert_closed(mine, {"line_ids": command}, (user.login, values))
        self.assertEqual(move.payment_state, "not_paid")

    def test_nothing_is_matched_beyond_what_it_comes_to(self):
        move = self.accepted()
        owed = move.line_ids.filtered(lambda each: each.display_type == "payment_term")
        user = self.people["billing"]
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.customer.id,
                "amount": 1,
                "journal_id": self.bank.id,
                "outstanding_account_id": self.bank.default_account_id.id,
            }
        )
        payment.action_post()
        peso = payment.move_id.line_ids.filtered(lambda each: each.credit)
        partials = self.env["account.partial.reconcile"].with_user(user)
        values = {"debit_move_id": owed.id, "credit_move_id": peso.id}
        for amount in (owed.balance, 2):
            with self.assertRaises(AccessError), self.cr.savepoint():
                partials.create(
                    {
                        **values,
                        "amount": amount,
                        "debit_amount_currency": amount,
                        "credit_amount_currency": amount,
                    }
                )
        one = {**values, "amount": 1, "debit_amount_currency": 1, "credit_amount_currency": 1}
        with self.assertRaises(AccessError), self.cr.savepoint():
            partials.create([one, one])
        self.assertEqual(move.payment_state, "not_paid")
        (owed | peso).with_user(user).reconcile()
        self.assertEqual(move.payment_state, "partial")
        with self.assertRaises(AccessError), self.cr.savepoint():
            owed.with_user(user).matched_credit_ids.amount = owed.balance
        self.env.invalidate_all()
        self.assertEqual(owed.amount_residual, owed.balance - 1)

    def test_the_print_of_a_signed_document_is_no_other_file(self):
        move = self.accepted()
        send = self.env["account.move.send"]
        send._generate_and_send_invoices(move, sending_methods=[])
        printed = move.invoice_pdf_report_id
        self.assertTrue(printed)
        files = self.env["ir.attachment"]
        of_field = {
            "name": "x.pdf",
            "raw": b"x",
            "res_model": "account.move",
            "res_id": move.id,
            "res_field": "invoice_pdf_report_file",
        }
        for user in self.people.values():
            self.assert_closed(move.with_user(user), {"invoice_pdf_report_file": "eA=="}, user.name)
            mine = printed.with_user(user)
            for values in ({"raw": b"x"}, {"datas": "eA=="}, {"res_field": False}, {"res_id": 0}):
                self.assert_closed(mine, values, values)
            with self.assertRaises(AccessError):
                files.with_user(user).create(of_field)
            loose = files.with_user(user).create({"name": "x.pdf", "raw": b"x"})
            self.assert_closed(loose, {k: v for k, v in of_field.items() if k != "raw"}, user.name)
        mine.generate_access_token()
        mine.unlink()
        send._generate_and_send_invoices(move, sending_methods=[])
        self.assertTrue(move.invoice_pdf_report_id)
