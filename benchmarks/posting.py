"""Inside Odoo: drafts posted together and one at a time, their seconds and queries counted."""

import json
import statistics
import time
from typing import NamedTuple

from odoo import Command

from . import processor

_WARM_UP = 3
_ITEMS = (("Cañería de cobre", 4, 10990), ("Codo de bronce", 24, 1490), ("Estaño", 2, 15990))


class _Posting(NamedTuple):
    """seconds: by the clock. python: seconds of this process, without PostgreSQL and others.
    postgres: seconds of its server's process, counted in hundredths."""

    seconds: float
    python: float
    postgres: float
    queries: int


def measure(env, batch: int, single: int, mark: str) -> None:
    """Post so many together and so many one by one; print one line of JSON after the mark.

    Nothing stays in the database.
    """
    for draft in drafts(env, _WARM_UP):
        _post(draft)
    together = _post(drafts(env, batch))
    alone = [_post(draft) for draft in drafts(env, single)]
    env.cr.rollback()
    figures = {
        "batch": together.seconds / batch,
        "batch_python": together.python / batch,
        "batch_postgres": together.postgres / batch,
        "batch_queries": together.queries / batch,
        "single": statistics.median(each.seconds for each in alone),
        "single_python": statistics.median(each.python for each in alone),
        "single_postgres": statistics.mean(each.postgres for each in alone),
        "first_queries": alone[0].queries,
        "last_queries": alone[-1].queries,
    }
    print(mark + json.dumps(figures))


def _post(moves) -> _Posting:
    """From a click on Confirm to the last row written."""
    moves.env.flush_all()
    moves.env.invalidate_all()  # a click arrives with nothing read yet
    before = _now(moves.env)
    moves.action_post()
    moves.env.flush_all()
    after = _now(moves.env)
    return _Posting(*(end - start for start, end in zip(before, after, strict=True)))


def _now(env) -> _Posting:
    return _Posting(time.perf_counter(), *processor.seconds(env), env.cr.sql_log_count)


def drafts(env, count: int):
    """Facturas of three lines, not posted yet."""
    company = env.ref("base.main_company")
    partner = env["res.partner"].search([("ref", "=", "bench")])
    tax = company.account_sale_tax_id
    # named, so that Odoo does not look for the customer's usual one among all of his invoices
    account = env["account.account"].search(
        [("company_ids", "=", company.id), ("account_type", "=", "income")], limit=1
    )
    lines = [
        Command.create(
            {
                "name": name,
                "quantity": pieces,
                "price_unit": price,
                "account_id": account.id,
                "tax_ids": [Command.set(tax.ids)],
            }
        )
        for name, pieces, price in _ITEMS
    ]
    factura = env["l10n_latam.document.type"].search(
        [("code", "=", "33"), ("country_id.code", "=", "CL")]
    )
    values = {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "l10n_latam_document_type_id": factura.id,
        "invoice_line_ids": lines,
    }
    return env["account.move"].create([values] * count)
