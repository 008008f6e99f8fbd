"""Inside Odoo: what a document that the SII has accepted leaves behind, in database and files."""

import json
import os
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import psycopg2

from . import issued, posting, posting_company
from .desk import ISSUER, RESOLVED_ON, SENDER

FACTURAS, BOLETAS = 300, 500
# The first rows of a table cost pages that are nearly empty.
WARM_UP = 150
_TABLES = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def measure(env, mark: str) -> None:
    """Issue and archive facturas, then boletas; print one line of JSON after the mark.

    Bytes a document after the nightly cleaning: rows of each table after VACUUM FULL; loose, all
    of them as they grow with VACUUM alone; of the files, and how many these are.
    """
    from odoo.addons.l10n_cl_sii.simulator import Simulator

    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        env["ir.config_parameter"].set_param("l10n_cl_sii.base_url", sii.url)
        posting_company.settle(env)
        posting_company.enrol(env, sii.url)
        _add_boletas(env, sii)
        env.cr.commit()
        for code in (33, 39):
            _issue(env, code, WARM_UP)
        grown = {
            "factura": _grown(env, 33, FACTURAS),
            "boleta": _grown(env, 39, BOLETAS),
        }
    print(mark + json.dumps(grown))


def _grown(env, code: int, count: int) -> dict:
    """What a document leaves, of so many and of those that first fill the space VACUUM keeps."""
    before = _sizes(env)
    filled = _issue(env, code, WARM_UP)
    loose = _issue(env, code, count) - filled
    after, count_all = _sizes(env), WARM_UP + count
    return {
        "rows": {
            name: (size - before.rows.get(name, 0)) / count_all
            for name, size in after.rows.items()
            if size != before.rows.get(name, 0)
        },
        "loose": loose / count,
        "bytes": (after.bytes - before.bytes) / count_all,
        "files": (after.files - before.files) / count_all,
    }


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
    caf = sii.issue_caf({"rut": ISSUER.rut, "type": 39, "count": BOLETAS + 2 * WARM_UP})
    issuer = env["l10n_cl.issuer"].search([], limit=1)
    env["l10n_cl.caf"].create({"issuer_id": issuer.id, "file": posting_company.caf_file(caf)})


def _issue(env, code: int, count: int) -> int:
    """Posted, accepted and cleaned as by night, fifty by fifty with a VACUUM after each; bytes of
    all rows in the end."""
    size = 0
    for _fifty in range(0, count, 50):
        moves = posting.drafts(env, 50)
        if code == 39:
            moves.write(_as_boleta(env))
        issued.accept(env, moves)
        while env["l10n_cl.envio"]._gc_envelopes()[1]:
            env.cr.commit()
        env.cr.commit()
        env["ir.attachment"]._gc_file_store_unsafe()
        size = sum(_rows(env, "VACUUM").values())
    return size


def _as_boleta(env) -> dict:
    boleta = env["l10n_latam.document.type"].search(
        [("code", "=", "39"), ("country_id.code", "=", "CL")]
    )
    return {
        "partner_id": env.ref("l10n_cl.par_cfa").id,
        "l10n_latam_document_type_id": boleta.id,
    }


class _Sizes(NamedTuple):
    """rows: bytes of each table with its indexes. bytes: of all files."""

    rows: dict[str, int]
    bytes: int
    files: int


def _rows(env, vacuum: str) -> dict[str, int]:
    env.cr.commit()
    with closing(psycopg2.connect(env.cr._cnx.dsn)) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(vacuum)
            cursor.execute(_TABLES)
            return dict(cursor.fetchall())


def _sizes(env) -> _Sizes:
    files = [
        Path(folder, name)
        for folder, _folders, names in os.walk(env["ir.attachment"]._filestore())
        for name in names
    ]
    sizes = [size for path in files if (size := path.stat().st_size)]
    return _Sizes(_rows(env, "VACUUM FULL"), sum(sizes), len(sizes))
