"""Inside Odoo: accepted facturas mailed with their prints, and what that costs which processor."""

import importlib.util
import json
import os
import time
from pathlib import Path

from . import issued, posting, posting_company

_TICK = os.sysconf("SC_CLK_TCK")
_WARM_UP = 3


def measure(env, url: str, count: int, mark: str) -> None:
    """Mail so many facturas through a mail server of this process; one line of JSON after the mark.

    url: of an Odoo that serves the style sheets of prints. Seconds of a mail by the clock, and of
    the processor: of Odoo, of wkhtmltopdf, of PostgreSQL.
    """
    from odoo.addons.l10n_cl_sii.simulator import Simulator

    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        parameters = env["ir.config_parameter"]
        parameters.set_param("l10n_cl_sii.base_url", sii.url)
        parameters.set_param("report.url", url)
        posting_company.settle(env)
        posting_company.enrol(env, sii.url)
        env["res.partner"].search([("ref", "=", "bench")]).email = "compras@bench.example"
        env.company.email = "ventas@bench.example"
        server = _mail_server(env)
        env["l10n_cl.issuer"].search([]).write({"mail_auto": True, "exchange_auto": False})
        env.cr.commit()
        _accept(env, _WARM_UP)
        _deliver(env)
        server.mails.clear()
        moves = _accept(env, count)
        figures = _deliver(env)
    states = set(moves.l10n_cl_dte_id.delivery_ids.mapped("state"))
    assert (states, len(server.mails)) == ({"sent"}, count), (states, len(server.mails))
    print(mark + json.dumps({name: value / count for name, value in figures.items()}))


def _mail_server(env):
    place = Path(__file__).parents[1] / "tests" / "smtp.py"
    spec = importlib.util.spec_from_file_location("smtp", place)
    smtp = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(smtp)
    server = smtp.MailServer()
    values = {"name": "Correo", "smtp_host": "127.0.0.1", "smtp_encryption": "none"}
    env["ir.mail_server"].create({**values, "smtp_port": server.port})
    return server


def _accept(env, count: int):
    moves = posting.drafts(env, count)
    issued.accept(env, moves)
    return moves


def _deliver(env) -> dict[str, float]:
    """All that waits, by one lane."""
    backend = env.cr._cnx.info.backend_pid
    before = _spent(backend)
    queries = env.cr.sql_log_count
    env.ref("l10n_cl_sii.cron_deliver").ir_actions_server_id.run()
    env.cr.commit()
    figures = {name: after - before[name] for name, after in _spent(backend).items()}
    return {**figures, "queries": env.cr.sql_log_count - queries}


def _spent(backend: int) -> dict[str, float]:
    times = os.times()
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    return {
        "clock": time.perf_counter(),
        "odoo": time.thread_time(),
        "wkhtmltopdf": times.children_user + times.children_system,
        "postgres": (int(fields[11]) + int(fields[12])) / _TICK,
    }
