"""The strict SII of these tests, over real HTTP on this machine, and who believes it."""

import os
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.tests.common import _super_send
from odoo.tools import SQL

from ..simulator import Simulator

CRONS = ("cron_send", "cron_poll", "cron_probe")


class Simulated:
    """Beside a case of Odoo's: ``sii`` runs, this database asks it, and nothing else is set up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sii = Simulator()
        cls.sii.start()
        cls.addClassCleanup(cls.sii.stop)
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("l10n_cl_sii.base_url", cls.sii.url)
        parameters.set_param("l10n_cl_sii.caf_authority.666", cls.sii.caf_public_key())
        parameters.set_param("l10n_cl_sii.authority.simulator", cls.sii.ca_certificate())

    def setUp(self):
        super().setUp()
        # the database forgets what each test sent, so its mark must forget it as well
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(patch.dict(os.environ, {"L10N_CL_SII_MARK": folder.name}))
        # every step is visible at once, unless a test sets otherwise
        self.sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        """The harness lets requests to this machine through, but chokes on a pair of timeouts."""
        if request.url.startswith(cls.sii.url):
            return _super_send(session, request, **kwargs)
        return super()._request_handler(session, request, **kwargs)

    def hours_pass(self):
        """What is being sent has been so for long: its worker is gone."""
        self.env.flush_all()
        for table in ("l10n_cl_envio", "l10n_cl_claim", "l10n_cl_delivery"):
            self.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = write_date - interval '1 hour'"
                    " WHERE state = 'sending'",
                    SQL.identifier(table),
                )
            )
        self.env.invalidate_all()

    def run_crons(self, *names):
        """Run crons as the scheduler does, every waiting step brought forward to now."""
        for name in names or CRONS:
            self.env["l10n_cl.envio"].sudo().search([]).next_attempt_at = False
            self.hours_pass()
            with self.enter_registry_test_mode():
                self.env.ref(f"l10n_cl_sii.{name}").method_direct_trigger()
