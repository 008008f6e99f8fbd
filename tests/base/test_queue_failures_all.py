"""Claims, what suppliers sent, heavy files, the register: one stops no other."""

from ..received.received_case import ReceivedCase
from ..register.test_rcv_sync import purchase
from .test_queue_failures import FailureCase


class TestOtherQueues(ReceivedCase, FailureCase):
    def assert_incident(self, record):
        incident = self.incidents(record)
        self.assertEqual((incident.kind, incident.times), ("unwritten", 1))
        self.assertIn("forbidden by a test", incident.text)

    def test_a_heavy_file(self):
        heavy = self.env["l10n_cl.received.heavy"]
        files = [heavy._keep(self.issued()[1], f"{number}.xml", self.buyer) for number in range(3)]
        self.forbid("l10n_cl_received_heavy", f"NEW.id = {files[0].id}")
        self.run_alone("cron_read_heavy")
        self.assertEqual([each.state for each in files], ["waiting", "done", "done"])
        self.assert_incident(files[0])
        self.allow("l10n_cl_received_heavy")
        self.cr.execute("UPDATE l10n_cl_incident SET retry_at = now() - interval '1 day'")
        self.env.invalidate_all()
        self.run_alone("cron_read_heavy")
        self.assertFalse(self.incidents(files[0]), "over by itself")
        self.assertEqual((files[0].state, files[0].kept), ("done", 1))

    def test_a_claim(self):
        documents = self.receive() + self.receive()
        wizard = self.env["l10n_cl.claim.documents"].create(
            {"document_ids": documents.ids, "choice": "ACD"}
        )
        wizard.action_send()
        first, second = documents.claim_ids.sorted("id")
        for table in ("l10n_cl_claim", "l10n_cl_event"):
            condition = "NEW.id" if table == "l10n_cl_claim" else "NEW.received_id"
            record = first if table == "l10n_cl_claim" else first.received_id
            self.bring_claims_forward()
            self.forbid(table, f"{condition} = {record.id}")
            self.run_alone("cron_claim")
            self.assertEqual(second.state, "done")
            self.assertNotEqual(first.state, "done")
            self.assert_incident(first)
            self.allow(table)
            self.cr.execute("DELETE FROM l10n_cl_incident")
        self.env.invalidate_all()
        for _time in range(2):
            self.bring_claims_forward()
            self.run_alone("cron_claim")
        self.assertEqual(first.state, "done", first.sii_text)

    def bring_claims_forward(self):
        self.cr.execute("UPDATE l10n_cl_claim SET next_attempt_at = NULL")
        self.hours_pass()
        self.env.invalidate_all()

    def test_what_a_supplier_sent(self):
        documents = self.load(("uno.xml", self.issued()[1]))
        documents |= self.load(("dos.xml", self.issued()[1]))
        first, second = documents.sorted("id")
        for table, condition in (
            ("l10n_cl_received_dte", f"NEW.id = {first.id}"),
            ("l10n_cl_event", f"NEW.received_id = {first.id}"),
        ):
            self.forbid(table, condition)
            self.run_alone("cron_verify_received")
            self.assertEqual(second.state, "verified")
            self.assert_incident(first)
            self.allow(table)
            self.cr.execute("DELETE FROM l10n_cl_incident")
            self.env.invalidate_all()
        self.run_alone("cron_verify_received")
        self.assertEqual(first.state, "verified")

    def test_the_register(self):
        periods = self.env["l10n_cl.rcv.period"].sudo()
        this, before, *_earlier = periods._months_to_sync()
        load = {"rut": "76354771-K", "list": "COMPRA/REGISTRO"}
        self.sii.load_register({**load, "period": this, "rows": [purchase(1)]})
        self.sii.load_register({**load, "period": before, "rows": [purchase(2)]})
        stuck = periods.browse(periods._of(self.company, {(this, "received")})[this, "received"])
        self.forbid("l10n_cl_rcv_period", f"NEW.id = {stuck.id}")
        self.run_alone("cron_rcv_sync")
        entries = self.env["l10n_cl.rcv.entry"].search([("company_id", "=", self.company.id)])
        # what the tests before issued stands among the sales
        bought = entries.filtered(lambda each: each.issue_type == "received")
        self.assertEqual(bought.mapped("number"), ["1002"])
        self.assert_incident(stuck)

    def test_only_the_end_cannot_be_written(self):
        """The state that shows a failure is what is forbidden: the handler itself fails."""
        self.sii.add_to_script({"on": "upload", "do": "status:6", "times": 1})
        moves = self.post() | self.post()
        first = moves.sorted("id")[0].l10n_cl_dte_id
        self.forbid("l10n_cl_envio", "NEW.state = 'exception'")
        self.run_crons("cron_send")
        self.run_crons()
        stuck = first.envio_id
        self.assert_incident(stuck)
        self.assertEqual(moves.sorted("id")[1].l10n_cl_dte_state, "accepted")
        self.allow("l10n_cl_envio")
        self.cr.execute("DELETE FROM l10n_cl_incident")
        self.env.invalidate_all()
        for _time in range(4):
            self.run_crons()
        # it had been marked as being sent: it is asked about, and goes out with the same bytes
        for _time in range(4):
            self.run_crons()
        self.assertEqual(first.state, "accepted", first.sii_text)
