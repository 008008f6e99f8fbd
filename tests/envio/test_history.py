"""Lines of history age and go, where the issuer wants it; what is evidence stays."""

from odoo.tests import tagged

from ..common import SiiCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestHistory(SiiCase):
    def setUp(self):
        super().setUp()
        self.events = self.env["l10n_cl.event"].sudo()

    def aged(self, move, days=40):
        """The invoice's document and envelope, as old as that."""
        self.env.flush_all()
        document = move.l10n_cl_dte_id
        history = document.event_ids | document.envio_id.event_ids
        rows = ((history, "create_date"), (document, "write_date"))
        for records, name in (*rows, (document.envio_id, "write_date")):
            self.cr.execute(
                f"UPDATE {records._table} SET {name} = {name} - interval '{days} days'"
                " WHERE id = ANY(%s)",
                [records.ids],
            )
        self.env.invalidate_all()
        return document

    def clean(self):
        left = True
        while left:
            _done, left = self.events._gc_history()
        self.env.invalidate_all()

    def history(self, document):
        return set((document.event_ids | document.envio_id.event_ids).mapped("to_state"))

    def test_steps_go_and_verdicts_stay(self):
        move = self.post()
        self.run_crons()
        document = self.aged(move)
        self.assertIn("sent", self.history(document))
        signed, sent = document._xml_bytes(), document.envio_id._xml_bytes()
        self.clean()
        self.assertIn("sent", self.history(document), "at 0 everything stays")
        self.issuer.sudo().history_days = 30
        self.clean()
        self.assertEqual(self.history(document), {"accepted", "processed"})
        self.assertTrue(all(document.envio_id.event_ids.mapped("answer")), "the SII's answer")
        self.assertEqual(document._xml_bytes(), signed)
        self.assertEqual(document.envio_id._xml_bytes(), sent)

    def test_what_is_young_or_undecided_keeps_all(self):
        self.issuer.sudo().history_days = 30
        young, waiting = self.post(), self.post()
        self.run_crons()
        young = self.aged(young, days=20)
        waiting = self.post()
        self.run_crons("cron_send")
        waiting = self.aged(waiting)
        before = self.history(young), self.history(waiting)
        self.clean()
        self.assertEqual((self.history(young), self.history(waiting)), before)

    def test_what_was_rejected_keeps_all(self):
        self.issuer.sudo().history_days = 30
        move = self.post()
        folio = {"type": 33, "folio": move.l10n_cl_dte_id.folio}
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861", "match": folio})
        self.run_crons()
        document = self.aged(move)
        self.assertEqual(document.state, "rejected")
        before = self.history(document)
        self.clean()
        self.assertEqual(self.history(document), before)
