"""What is due within the minute is announced to Odoo's cron workers at its moment."""

import select
from contextlib import closing
from datetime import timedelta

import psycopg2

from odoo import fields, sql_db
from odoo.tests import TransactionCase, tagged

from ...models.base.ir_cron import wake_at

PATIENCE = 30  # seconds until a loaded machine is given up; nothing waits as long


@tagged("post_install", "-at_install")
class TestWake(TransactionCase):
    def listener(self):
        """Listens as Odoo's cron workers do."""
        _name, options = sql_db.connection_info_for("postgres")
        link = self.enterContext(closing(psycopg2.connect(**options)))
        link.autocommit = True
        link.cursor().execute("LISTEN cron_trigger")
        return link

    def receives(self, link, payload):
        while select.select([link], [], [], PATIENCE)[0]:
            link.poll()
            if payload in [each.payload for each in link.notifies]:
                return True
        return False

    def hooks(self):
        """What would be done after the commit, which no test does."""
        hooks = self.env.cr.postcommit
        hooks.clear()
        return hooks

    def test_the_workers_are_notified(self):
        link = self.listener()
        wake_at("some_database_of_this_test", 0.1)
        self.assertTrue(self.receives(link, "some_database_of_this_test"))

    def test_a_trigger_of_ours_wakes_at_its_moment(self):
        link, hooks = self.listener(), self.hooks()
        cron = self.env.ref("l10n_cl_sii.cron_poll").sudo()
        cron._trigger(at=fields.Datetime.now() + timedelta(seconds=1))
        hooks.run()
        self.assertTrue(self.receives(link, self.env.cr.dbname))

    def test_what_odoo_handles_by_itself_is_left_to_it(self):
        hooks = self.hooks()
        ours = self.env.ref("l10n_cl_sii.cron_poll").sudo()
        ours._trigger(at=fields.Datetime.now() + timedelta(minutes=5))
        theirs = self.env.ref("base.autovacuum_job").sudo()
        theirs._trigger(at=fields.Datetime.now() + timedelta(seconds=5))
        self.assertFalse(hooks._funcs)
