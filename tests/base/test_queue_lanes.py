"""The queue's workers are called when there is work, each once, and only those switched on."""

from ..common import SiiCase


class TestLanes(SiiCase):
    def triggers(self, name):
        cron = self.env.ref(f"l10n_cl_sii.{name}")
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

    def test_a_batch_wakes_each_lane_once(self):
        lane = self.env.ref("l10n_cl_sii.cron_send_lane_2")
        lane.active = True
        before = [self.triggers(name) for name in ("cron_send", "cron_send_lane_2")]
        (self.draft() + self.draft() + self.draft()).action_post()
        after = [self.triggers(name) for name in ("cron_send", "cron_send_lane_2")]
        self.assertEqual(after, [count + 1 for count in before])
        self.assertEqual(self.triggers("cron_send_lane_3"), 0)

    def test_every_lane_of_every_queue_is_called(self):
        crons = self.env["ir.cron"].with_context(active_test=False)
        lanes = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("name", "=like", r"cron\_%\_lane\_%")]
        )
        self.assertTrue(lanes)
        for lane in crons.browse(lanes.mapped("res_id")):
            lane.active = True
            queue = lane.code.removeprefix("model._cron_").removesuffix("()")
            self.env[lane.model_id.model]._wake(queue)
            called = self.env["ir.cron.trigger"].search_count([("cron_id", "=", lane.id)])
            self.assertEqual(called, 1, lane.name)

    def test_each_queue_knows_its_scheduled_actions(self):
        crons = self.env["ir.cron"].with_context(active_test=False)
        named = {name: getattr(each, "_queue", "") for name, each in self.env.registry.items()}
        queues = {name: queue for name, queue in named.items() if queue}
        self.assertIn("l10n_cl.emission.request", queues)
        for name, queue in queues.items():
            code = f"model._cron_{queue}()"
            lanes = crons.search([("model_id.model", "=", name), ("code", "=", code)])
            self.assertTrue(lanes, name)
            lanes.active = True
            self.env[name]._call_workers()
            called = self.env["ir.cron.trigger"].search([("cron_id", "in", lanes.ids)]).cron_id
            self.assertEqual(called, lanes, name)

    def test_a_second_lane_does_the_same_work(self):
        move = self.post()
        self.env.ref("l10n_cl_sii.cron_send_lane_2").active = True
        self.run_crons("cron_send_lane_2", "cron_poll")
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
