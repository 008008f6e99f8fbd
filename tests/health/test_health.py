"""The figures where people and programs look at them: journal card, filters, endpoint."""

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..common import COMPANY_RUT, SiiCase
from ..tour_case import TourCase

PATH = "/l10n_cl_sii/v1/health"


class TestJournalCard(SiiCase):
    def card(self, user=None):
        journal = self.company_data["default_journal_sale"]
        journal.invalidate_recordset()
        if user:
            journal = journal.with_user(user)
        return json.loads(journal.kanban_dashboard).get("l10n_cl_sii")

    def counters(self):
        others = ("warnings", "parked", "due_unpaid")
        return {name: number for name, number in self.card().items() if name not in others}

    def test_counters_follow_the_documents(self):
        self.assertEqual(self.card(), dict.fromkeys(self.card(), 0) | {"warnings": []})
        move = self.post()
        self.post()
        self.assertEqual(self.counters(), {"to_send": 2, "sent": 0, "rejected": 0, "attention": 0})
        self.sii.add_to_script({"on": "upload", "do": "status:1"})
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861", "match": {"type": 33}})
        self.run_crons("cron_send")
        self.assertEqual(self.counters(), {"to_send": 0, "sent": 1, "rejected": 0, "attention": 1})
        self.run_crons("cron_poll")
        self.assertEqual(self.counters(), {"to_send": 0, "sent": 0, "rejected": 1, "attention": 1})
        self.assertEqual(len(self.card()["warnings"]), 2)
        self.assertTrue(move.l10n_cl_dte_id)

    def test_filters_show_what_the_card_counts(self):
        self.post()
        view = self.env["account.move"].get_view(
            self.env.ref("account.view_account_invoice_filter").id, "search"
        )
        for name in ("to_send", "sent", "objected", "rejected", "attention"):
            self.assertIn(f'name="l10n_cl_{name}"', view["arch"])

    def test_who_sees_it(self):
        clerk = new_test_user(
            self.env,
            "cajera",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.post()
        self.assertEqual(self.card(clerk)["to_send"], 1)

    def test_other_journals_stay_as_they_are(self):
        journal = self.company_data["default_journal_purchase"]
        self.assertNotIn("l10n_cl_sii", json.loads(journal.kanban_dashboard))

    def test_the_warning_opens_the_issuer(self):
        action = self.company_data["default_journal_sale"].l10n_cl_action_open_issuer()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (self.issuer._name, self.issuer.id)
        )


@tagged("post_install_l10n", "post_install", "-at_install")
class TestHealthEndpoint(SiiCase, TourCase):
    def setUp(self):
        super().setUp()
        self.watcher = self.new_user("monitor", "account.group_account_readonly", self.company)

    def new_user(self, login, groups, company):
        return new_test_user(
            self.env(su=True),
            login,
            groups,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
            lang="en_US",
        )

    def ask(self, user):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        key = self.env(user=user)["res.users.apikeys"]._generate(None, "monitoring", tomorrow)
        return self.url_open(PATH, headers={"Authorization": f"Bearer {key}"})

    def test_all_is_well(self):
        self.post()
        answer = self.ask(self.watcher)
        self.assertEqual(answer.status_code, 200)
        report = answer.json()
        self.assertEqual(report["status"], "ok")
        (issuer,) = report["issuers"]
        self.assertEqual((issuer["rut"], issuer["findings"]), (COMPANY_RUT, []))
        self.assertTrue(issuer["oldest_waiting_since"])
        stock = next(each for each in issuer["folios"] if each["type"] == 33)
        self.assertEqual((stock["left"], stock["days_left"]), (99, 2970))

    def test_a_warning_is_no_alarm(self):
        self.sii.add_to_script({"on": "upload", "do": "status:7"})
        self.post()
        self.run_crons("cron_send")
        answer = self.ask(self.watcher)
        self.assertEqual((answer.status_code, answer.json()["status"]), (200, "warning"))

    def test_alarm(self):
        self.env.ref("l10n_cl_sii.cron_send").active = False
        answer = self.ask(self.watcher)
        self.assertEqual((answer.status_code, answer.json()["status"]), (503, "critical"))
        (finding,) = answer.json()["issuers"][0]["findings"]
        self.assertEqual((finding["code"], finding["severity"]), ("cron_off", "critical"))
        self.assertIn("SII: send tax documents", finding["text"])

    def test_no_secrets(self):
        self.post()
        text = self.ask(self.watcher).text
        for secret in ("PRIVATE KEY", "RSASK", "TOKEN", "password", "database"):
            self.assertNotIn(secret.lower(), text.lower())

    def test_a_stranger_sees_no_other_company(self):
        company = self.env["res.company"].create({"name": "Ajena"})
        stranger = self.new_user("monitor_ajeno", "account.group_account_readonly", company)
        self.assertEqual(self.ask(stranger).json()["issuers"], [])

    def test_who_may_not_see_documents_sees_nothing(self):
        nobody = self.new_user("empleado", "base.group_user", self.company)
        self.assertEqual(self.ask(nobody).status_code, 403)

    def test_without_a_key(self):
        self.assertEqual(self.url_open(PATH).status_code, 401)
        answer = self.url_open(PATH, headers={"Authorization": "Bearer " + "0" * 40})
        self.assertEqual(answer.status_code, 401)
