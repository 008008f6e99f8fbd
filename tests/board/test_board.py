"""SII hoy: what its one call gives, to whom, with how many queries."""

import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from ..access.access_case import AccessCase

VIEWER = "base.group_user,l10n_cl_sii.group_viewer"


class TestBoard(AccessCase):
    def board(self, user=None):
        return self.env["l10n_cl.board"].with_user(user or self.owner).with_company(self.company)

    def today(self, user=None):
        self.env.invalidate_all()
        return self.board(user).today()

    def tile(self, name, user=None):
        return next(tile for tile in self.today(user)["tiles"] if tile["name"] == name)

    def opened(self, name, ids=None, user=None):
        action = self.board(user).open_list(name, ids)
        model = self.env[action["res_model"]].with_user(user or self.owner)
        if action.get("res_id"):
            return model.browse(action["res_id"])
        return model.search(action["domain"])

    def test_each_tile_opens_what_it_counts(self):
        self.post()
        self.boleta()
        for tile in self.today()["tiles"]:
            if tile["count"]:
                found = self.opened(tile["open"])
                self.assertEqual(len(found), tile["count"], tile)
        self.assertEqual(self.tile("waiting")["count"], 2)

    def test_what_was_accepted_is_of_today(self):
        before = self.tile("accepted")["count"]
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        tile = self.tile("accepted")
        self.assertEqual(tile["count"], before + 2)  # with the one of setUp
        self.assertIn("$ ", tile["text"])

    def test_rejected_ones_are_grouped_by_cause(self):
        moves = self.post() | self.post()
        document = moves.l10n_cl_dte_id
        for each in document.sudo():
            each._move_to("rejected", "x", reason_ids=each._reasons("reason", "HED-3-861", "x"))
        tile = self.tile("rejected")
        self.assertEqual((tile["count"], tile["level"]), (2, "bad"))
        [cause] = [line for line in self.today()["todo"] if line.get("figure") == "rejected"]
        self.assertEqual(cause["count"], 2)
        self.assertEqual(self.opened(cause["open"], cause["ids"]), moves)
        viewer = self.user_of("board_viewer", VIEWER, self.company)
        self.assertEqual(self.opened("rejected", user=viewer), document)
        self.assertEqual(self.today(viewer)["may"]["load"], False)

    def test_an_outage_says_that_nothing_has_to_be_done(self):
        self.assertFalse(self.today()["banner"])
        self.post()
        self.issuer._pause("dte")
        banner = self.today()["banner"]
        self.assertIn("do not have to do anything", banner["title"])
        self.assertEqual(banner["count"], 1)
        self.assertEqual(self.tile("waiting")["level"], "look")
        self.assertFalse([line for line in self.today()["todo"] if "unreachable" in line["text"]])

    def test_folios_never_last_longer_than_their_file(self):
        [bar] = [bar for bar in self.today()["folios"] if bar["code"] == 33]
        caf = self.cafs[33]
        lives = (caf.expires_on - fields.Date.today()).days + 1
        days = int(bar["text"].split()[0])
        self.assertLessEqual(days, lives + 1)
        self.assertEqual(bar["left"], self.issuer._folios_left(33))
        caf.sudo().expires_on = fields.Date.today() + timedelta(days=9)
        [bar] = [bar for bar in self.today()["folios"] if bar["code"] == 33]
        self.assertEqual(bar["level"], "look")

    def test_what_suppliers_sent_counts_until_it_is_answered(self):
        received = self.row("l10n_cl.received.dte")
        received.write({"deadline": fields.Datetime.now() + timedelta(hours=5)})
        tile = self.tile("to_answer")
        self.assertEqual(tile["count"], 1)
        self.assertIn(tile["level"], ("bad", "look"))
        [row] = self.today()["received"]
        self.assertEqual((row["id"], row["level"]), (received.id, "bad"))
        self.assertEqual(self.opened("to_answer"), received)

    def test_a_new_company_sees_its_steps(self):
        self.assertFalse(self.today()["steps"])
        new = self.setup_other_company(name="Nueva")["company"]
        user = self.user_of("board_new", "account.group_account_manager", new)
        today = self.env["l10n_cl.board"].with_user(user).with_company(new).today()
        self.assertEqual(len(today["steps"]["steps"]), 8)
        self.assertFalse(today["folios"] or today["signer"])

    def test_folios_are_dropped_here(self):
        files = [
            {"name": "bueno.xml", "content": self.caf_file(33, 5).decode()},
            {"name": "malo.xml", "content": base64.b64encode(b"<x/>").decode()},
            {"name": "cortado.xml", "content": "*"},
        ]
        results = self.board().load_folios(files)
        self.assertEqual([result["done"] for result in results], [True, False, False])
        clerk = self.user_of("board_clerk", "account.group_account_invoice", self.company)
        with self.assertRaises(AccessError):
            self.board(clerk).load_folios(files)

    def test_files_of_folios_and_of_suppliers_go_where_they_belong(self):
        folios = {"name": "folios.xml", "content": self.caf_file(33, 5).decode()}
        loaded = self.board().load_files([folios])
        self.assertEqual([result["done"] for result in loaded["results"]], [True])
        self.assertFalse(loaded["action"])
        clerk = self.user_of("board_clerk", "account.group_account_invoice", self.company)
        refused = self.board(clerk).load_files([folios])["results"]
        self.assertEqual([result["done"] for result in refused], [False])
        nothing = {"name": "nada.xml", "content": base64.b64encode(b"<x/>").decode()}
        with self.assertRaises(UserError):
            self.board(clerk).load_files([nothing])

    def test_all_companies_of_an_accountant(self):
        """A row each, red first; of a company that he may not read, no figure."""
        self.assertFalse(self.today()["companies"])
        self.with_one_more("Otra", "76086428-5")
        hidden = self.setup_other_company(name="Ajena", vat="96790240-3")["company"]
        self.env["l10n_cl.issuer"].sudo().create({"company_id": hidden.id})
        self.post().l10n_cl_dte_id.sudo()._move_to("exception", "x")
        rows = self.today()["companies"]
        self.assertEqual([row["name"] for row in rows], [self.company.name, "Otra"])
        self.assertEqual(rows[0]["level"], "bad")
        self.assertEqual(len(rows[0]["figures"]), 8)

    def test_queries_do_not_grow(self):
        """Neither with documents nor with companies."""
        self.with_one_more("Dos", "76086428-5")
        few = self.queries()
        for _each in range(3):
            self.post()
        self.with_one_more("Tres", "77123456-9")
        self.assertLessEqual(self.queries(), few)

    def with_one_more(self, name, vat):
        company = self.setup_other_company(name=name, vat=vat)["company"]
        self.env["l10n_cl.issuer"].sudo().create({"company_id": company.id})
        self.owner.sudo().company_ids |= company
        return company

    def queries(self):
        self.today()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.board().today()
        return self.env.cr.sql_log_count - before

    def test_the_alarm_counts_what_keeps_documents(self):
        before = self.board().critical()
        self.post().l10n_cl_dte_id.sudo()._move_to("exception", "x")
        self.assertEqual(self.board().critical(), before + 1)

    def test_asking_the_sii_brings_it_forward(self):
        move = self.post()
        self.run_crons("cron_seal", "cron_send")
        envio = move.l10n_cl_dte_id.envio_id.sudo()
        envio.next_attempt_at = fields.Datetime.now() + timedelta(hours=1)
        self.board().ask_sii()
        self.assertFalse(envio.next_attempt_at)
