"""A lane without a worker of its own does nothing but wait: health says so."""

from odoo.tests import Form

from ..common import SiiCase

LANES = ("cron_send_lane_2", "cron_send_lane_3", "cron_poll_lane_2")


class TestLanes(SiiCase):
    def found(self):
        findings = self.env["l10n_cl.health"]._findings(self.issuer)
        return [
            (each.data["lanes"], each.data["workers"]) for each in findings if each.code == "lanes"
        ]

    def have_workers(self, count):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("l10n_cl_sii.cron_workers", str(count))

    def switch_on(self, *names):
        for name in names:
            self.env.ref(f"l10n_cl_sii.{name}").active = True

    def test_lanes_that_have_no_worker(self):
        self.have_workers(4)
        self.assertEqual(self.found(), [])
        self.switch_on(LANES[0])
        self.assertEqual(self.found(), [], "three lanes, and a worker for the rest")
        self.switch_on(*LANES)
        self.assertEqual(self.found(), [(5, 4)])
        self.assertIn("docs/scale.md", self.issuer.warnings)
        self.have_workers(6)
        self.assertEqual(self.found(), [])

    def test_the_smallest_server(self):
        """One lane of each there is always: with two workers, or one, they take turns."""
        for count in (1, 2):
            self.have_workers(count)
            self.assertEqual(self.found(), [])

    def test_nobody_knows(self):
        """This process runs no scheduled actions, and nobody has told how many others do."""
        self.switch_on(*LANES)
        self.assertEqual(self.found(), [])

    def test_their_number_is_a_setting(self):
        self.switch_on(*LANES)
        settings = self.env["res.config.settings"]
        with Form(settings) as form:
            form.l10n_cl_cron_workers = 4
        form.record.execute()
        self.assertEqual(self.found(), [(5, 4)])
        form.record.l10n_cl_cron_workers = 0
        form.record.execute()
        self.assertEqual(self.found(), [])
