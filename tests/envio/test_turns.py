"""Whose document goes first, and what becomes of batches: urgent before bulk, issuer after issuer,
and one odd answer among many."""

from ...models.base.queue.run import Run, with_run
from ..common import SiiCase

_MANY = 12


class TestTurns(SiiCase):
    def post_together(self, count):
        moves = self.env["account.move"].union(*(self.draft() for _each in range(count)))
        moves.action_post()
        return moves

    def uploaded(self):
        """Ids of the envelopes, in the order in which the SII got them."""
        sent = [("envio_id", "!=", False), ("to_state", "=", "sent")]
        return self.env["l10n_cl.event"].sudo().search(sent, order="id").envio_id.ids

    def asked(self):
        return sum(each["operation"] == "envelope_status" for each in self.exchanges())

    def test_what_a_person_posts_overtakes_many(self):
        many = self.post_together(_MANY)
        mine = self.post()
        self.run_crons("cron_send")
        first, *others = self.uploaded()
        self.assertEqual(first, mine.l10n_cl_dte_id.envio_id.id)
        self.assertEqual(others, many.l10n_cl_dte_id.envio_id.sorted("id").ids)

    def test_a_few_together_are_waited_for(self):
        self.assertEqual(set(self.post_together(_MANY).l10n_cl_dte_id.mapped("bulk")), {True})
        self.assertEqual(set(self.post_together(2).l10n_cl_dte_id.mapped("bulk")), {False})

    def test_nobodys_month_end_holds_up_another_issuer(self):
        """Two issuers with as much to send: their envelopes are claimed by turns."""
        envios, company = self.env["l10n_cl.envio"].sudo(), self.setup_other_company()["company"]
        other = self.env["l10n_cl.issuer"].sudo().create({"company_id": company.id})
        for move in self.post_together(_MANY) | self.post_together(_MANY):
            envios._seal(move.l10n_cl_dte_id.sudo())
        late = envios.search([], order="id desc", limit=_MANY)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE l10n_cl_envio SET issuer_id = %s WHERE id = ANY(%s)", [other.id, late.ids]
        )
        self.env.invalidate_all()
        queue, ready = with_run(envios, Run()), [("state", "=", "ready")]
        turns = [next(queue._in_turns(ready, 5)).issuer_id for _turn in range(4)]
        self.assertEqual(turns, [self.issuer, other, self.issuer, other])

    def test_accepted_together(self):
        moves = self.post_together(_MANY)
        self.run_crons("cron_send", "cron_poll")
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})
        self.assertEqual(self.asked(), _MANY, "each was asked about once")
        for move in moves:
            document = move.l10n_cl_dte_id
            told = document.event_ids.sorted("id").mapped("to_state")
            self.assertEqual(told, ["signed", "sent", "accepted"])
            self.assertEqual(document.envio_id.state, "processed")
            self.assertIn(document.envio_id.track_id, document.envio_id.event_ids[0].answer)
            self.assertIn("accepted", move.message_ids[0].body)

    def test_one_odd_answer_among_many(self):
        for does, state in (
            ("html", "sent"),
            ("503", "sent"),
            ("reject:HED-3-861", "rejected"),
            ("object:HED-2-260", "objected"),
        ):
            on = "document" if ":" in does else "envelope_status"
            self.sii.add_to_script({"on": on, "do": does, "times": 1 if ":" in does else 2})
            moves = self.post_together(3)
            self.run_crons("cron_send", "cron_poll")
            states = moves.sorted("id").mapped("l10n_cl_dte_state")
            self.assertEqual(states, [state, "accepted", "accepted"], does)
            self.sii.clear_script()
            self.run_crons("cron_poll")

    def test_not_judged_yet(self):
        """Whoever waits is asked once a round, not once more alone."""
        self.sii.change_settings({"stage_seconds": 3600})
        self.addCleanup(self.sii.change_settings, {"stage_seconds": 0})
        moves = self.post_together(3)
        self.run_crons("cron_send", "cron_poll")
        self.assertEqual(self.asked(), 3)
        envios = moves.l10n_cl_dte_id.envio_id
        self.assertEqual(envios.mapped("polls"), [1, 1, 1])
        self.assertTrue(all(envio.next_attempt_at for envio in envios))

    def test_what_is_just_being_sent_is_not_taken_for_interrupted(self):
        """Between the commit of the intent and the lock nobody holds the row."""
        move = self.post()
        envio = self.env["l10n_cl.envio"].sudo()._seal(move.l10n_cl_dte_id.sudo())
        envio._move_to("sending")
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_probe").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(envio.state, "sending")
        self.run_crons("cron_probe")
        self.assertEqual(envio.state, "unknown")
