"""Who sees and does what: evidence is read-only, keys stay with the system, companies apart."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..common import SiiCase


class TestRights(SiiCase):
    def new_user(self, login, groups, company=None):
        company = company or self.company
        return new_test_user(
            self.env,
            login,
            groups,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def test_a_clerk_posts_and_sees_the_document(self):
        clerk = self.new_user("clerk", "account.group_account_invoice")
        move = self.draft().with_user(clerk)
        move.action_post()
        self.assertEqual(move.l10n_cl_dte_state, "signed")
        self.assertTrue(move.l10n_cl_event_ids)
        self.assertTrue(move.l10n_cl_dte_id.xml)

    def test_nobody_edits_evidence(self):
        move = self.post()
        document = move.l10n_cl_dte_id
        for login, groups in (
            ("clerk2", "account.group_account_invoice"),
            ("boss", "account.group_account_manager"),
        ):
            mine = document.with_user(self.new_user(login, groups))
            for change in (
                lambda mine=mine: mine.write({"folio": 7}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({}),
                lambda mine=mine: mine.event_ids.unlink(),
                lambda mine=mine: mine.envio_id.create({}),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_keys_are_the_systems(self):
        manager = self.new_user("boss2", "account.group_account_manager")
        self.assertNotIn("certificate_id", self.issuer.with_user(manager).fields_get())
        with self.assertRaises(AccessError):
            self.env["certificate.key"].with_user(manager).search([])

    def test_a_reader_does_not_retry(self):
        self.sii.add_to_script({"on": "upload", "do": "status:1"})
        move = self.post()
        self.run_crons("cron_send")
        reader = self.new_user("reader", "account.group_account_readonly")
        self.assertEqual(move.with_user(reader).l10n_cl_dte_state, "exception")
        with self.assertRaises(AccessError):
            move.l10n_cl_dte_id.with_user(reader).action_retry()

    def test_companies_stay_apart(self):
        move = self.post()
        self.run_crons("cron_send")
        other = self.env["res.company"].create({"name": "Otra empresa"})
        stranger = self.new_user("stranger", "account.group_account_manager", other)
        for records in (
            move.l10n_cl_dte_id,
            move.l10n_cl_dte_id.envio_id,
            move.l10n_cl_dte_id.event_ids,
            move.l10n_cl_dte_id.caf_id,
            self.issuer,
        ):
            seen = records.with_user(stranger)
            self.assertFalse(seen.search([("id", "in", records.ids)]), records._name)
            with self.assertRaises(AccessError):
                seen.read(["display_name"])

    def test_a_branch_issues_with_its_parents_rut(self):
        branch = self.env["res.company"].create(
            {
                "name": "Sucursal Norte",
                "parent_id": self.company.id,
                "country_id": self.company.country_id.id,
            }
        )
        self.assertEqual(branch.l10n_cl_issuer_id, self.issuer)
        # a branch gets its chart of accounts when it is committed
        self.cr.precommit.run()
        self.env.user.company_ids += branch
        root = self.env
        moves = self.post()
        # who works in both posts in the branch
        companies = [branch.id, self.company.id]
        self.env = root(context={**root.context, "allowed_company_ids": companies})
        moves += self.post(company_id=branch.id)
        self.env = root
        moves += self.post()
        documents = moves.l10n_cl_dte_ids
        self.assertEqual(documents.company_id, self.company + branch)
        first = self.cafs[33].first
        self.assertEqual(documents.mapped("folio"), [first, first + 1, first + 2])
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})
        # who works in the branch alone sees its documents, and the folios that they share
        clerk = self.new_user("clerk3", "account.group_account_invoice", branch)
        self.assertEqual(self.env["l10n_cl.dte"].with_user(clerk).search([]), documents[1])
        self.assertEqual(self.cafs[33].with_user(clerk).left, self.cafs[33].left)
