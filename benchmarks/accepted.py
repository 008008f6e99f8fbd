"""Inside Odoo: facturas from posted to accepted by the simulator, in one process and no hurry."""

import json
import time
from collections import Counter
from unittest import mock

from . import posting, posting_company, processor

_STEPS = ("cron_send", "cron_poll")


def measure(env, count: int, mark: str) -> None:
    """Post so many together, let them be accepted, and print one line of JSON after the mark.

    seconds of this thread and of its PostgreSQL backend, queries and commits, of each document.
    """
    from odoo.addons.l10n_cl_sii.simulator import Simulator

    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        env["ir.config_parameter"].set_param("l10n_cl_sii.base_url", sii.url)
        posting_company.settle(env)
        posting_company.enrol(env, sii.url)
        env.cr.commit()
        moves = posting.drafts(env, count)
        moves.action_post()
        env.cr.commit()
        figures = _drain(env)
        states = Counter(moves.mapped("l10n_cl_dte_state"))
    assert states == {"accepted": count}, states
    print(mark + json.dumps({name: value / count for name, value in figures.items()}))


def _drain(env) -> dict[str, float]:
    commits = 0
    cursor = type(env.cr)
    commit = cursor.commit

    def counted(self):
        nonlocal commits
        commits += 1
        return commit(self)

    backend = env.cr._cnx.info.backend_pid
    odoo, postgres = time.thread_time(), processor.of_process(backend)
    queries = env.cr.sql_log_count
    with mock.patch.object(cursor, "commit", counted):
        for name in _STEPS:
            env.cr.execute("UPDATE l10n_cl_envio SET next_attempt_at = NULL")
            env.cr.commit()
            _run(env.ref(f"l10n_cl_sii.{name}"))
    return {
        "odoo": time.thread_time() - odoo,
        "postgres": processor.of_process(backend) - postgres,
        "queries": env.cr.sql_log_count - queries,
        "commits": commits,
    }


def _run(cron) -> None:
    """As Odoo runs it, in our cursor and without its limit of time."""
    cron, progress = cron._add_progress()
    context = {"ir_cron_progress_id": progress.id, "cron_id": cron.id}
    cron.env.cr.commit()
    cron.ir_actions_server_id.with_context(context).run()
