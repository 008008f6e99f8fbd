"""Inside Odoo: what a document that the SII has accepted leaves behind, in database and files."""

import json
import os
from contextlib import closing
from pathlib import Path

import psycopg2

from . import posting, posting_company
from .desk import ISSUER, RESOLVED_ON, SENDER

FACTURAS, BOLETAS = 300, 500
# The first rows of a table cost pages that are nearly empty.
WARM_UP = 150
_TABLES = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_STEPS = ("cron_send", "cron_poll")


def measure(env, mark: str) -> None:
    """Issue and archive facturas, then boletas; print one line of JSON after the mark.

    Bytes a document, of each table and of the files, after VACUUM FULL and the nightly cleaning.
    """
    from odoo.addons.l10n_cl_sii.simulator import Simulator

    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        env["ir.config_parameter"].set_param("l10n_cl_sii.base_url", sii.url)
        posting_company.settle(env)
        posting_company.enrol(env, sii.url)
        _add_boletas(env, sii)
        env.cr.commit()
        _issue(env, 33, WARM_UP)
        _issue(env, 39, WARM_UP)
        grown = {}
        for kind, code, count in (("factura", 33, FACTURAS), ("boleta", 39, BOLETAS)):
            before = _sizes(env)
            _issue(env, code, count)
            after = _sizes(env)
            grown[kind] = {
                name: (size - before.get(name, 0)) / count
                for name, size in after.items()
                if size != before.get(name, 0)
            }
    print(mark + json.dumps(grown))


def _add_boletas(env, sii) -> None:
    company = {
        "rut": ISSUER.rut,
        "name": ISSUER.name,
        "resolution_date": RESOLVED_ON.isoformat(),
        "resolution_number": 0,
        "actecos": [str(ISSUER.actecos[0])],
        "types": [33, 39],
        "users": [SENDER],
    }
    sii.register_company(company)
    caf = sii.issue_caf({"rut": ISSUER.rut, "type": 39, "count": BOLETAS + WARM_UP})
    issuer = env["l10n_cl.issuer"].search([], limit=1)
    env["l10n_cl.caf"].create({"issuer_id": issuer.id, "file": posting_company.caf_file(caf)})


def _issue(env, code: int, count: int) -> None:
    """Posted together, accepted, and gone through by the nightly cleaning."""
    moves = posting.drafts(env, count)
    if code == 39:
        boleta = env["l10n_latam.document.type"].search(
            [("code", "=", "39"), ("country_id.code", "=", "CL")]
        )
        moves.write(
            {
                "partner_id": env.ref("l10n_cl.par_cfa").id,
                "l10n_latam_document_type_id": boleta.id,
            }
        )
    moves.action_post()
    env.cr.commit()
    for name in _STEPS:
        env.cr.execute("UPDATE l10n_cl_envio SET next_attempt_at = NULL")
        env.cr.commit()
        env.ref(f"l10n_cl_sii.{name}").ir_actions_server_id.run()
        env.cr.commit()
    states = set(moves.mapped("l10n_cl_dte_state"))
    assert states == {"accepted"}, states
    while env["l10n_cl.envio"]._gc_envelopes()[1]:
        env.cr.commit()
    env.cr.commit()
    env["ir.attachment"]._gc_file_store_unsafe()
    env.cr.commit()


def _sizes(env) -> dict[str, int]:
    """Bytes of each table with its indexes, and of the files."""
    env.cr.commit()
    with closing(psycopg2.connect(env.cr._cnx.dsn)) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute("VACUUM FULL")
            cursor.execute(_TABLES)
            sizes = dict(cursor.fetchall())
    files = [
        Path(folder, name)
        for folder, _folders, names in os.walk(env["ir.attachment"]._filestore())
        for name in names
    ]
    sizes["files"] = sum(path.stat().st_size for path in files)
    sizes["count of files"] = len([path for path in files if path.stat().st_size])
    return sizes
