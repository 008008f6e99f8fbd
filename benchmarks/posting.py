"""Inside Odoo: drafts posted together and one at a time, their seconds and queries counted."""

import json
import time

from odoo import Command

_WARM_UP = 3
_ITEMS = (("Cañería de cobre", 4, 10990), ("Codo de bronce", 24, 1490), ("Estaño", 2, 15990))


def measure(env, batch: int, single: int, mark: str) -> None:
    """Post so many together and so many one by one; print one line of JSON after the mark.

    Nothing stays in the database.
    """
    for draft in _drafts(env, _WARM_UP):
        _post(draft)
    together = _post(_drafts(env, batch))
    alone = [_post(draft) for draft in _drafts(env, single)]
    env.cr.rollback()
    figures = {
        "batch": together[0] / batch,
        "batch_queries": together[1] / batch,
        "single": sorted(seconds for seconds, _ in alone)[single // 2],
        "first_queries": alone[0][1],
        "last_queries": alone[-1][1],
    }
    print(mark + json.dumps(figures))


def _post(moves) -> tuple[float, int]:
    """Seconds and queries from a click on Confirm to the last row written."""
    moves.env.flush_all()
    moves.env.invalidate_all()  # a click arrives with nothing read yet
    queries, start = moves.env.cr.sql_log_count, time.perf_counter()
    moves.action_post()
    moves.env.flush_all()
    return time.perf_counter() - start, moves.env.cr.sql_log_count - queries


def _drafts(env, count: int):
    company = env.ref("base.main_company")
    partner = env["res.partner"].search([("ref", "=", "bench")])
    tax = company.account_sale_tax_id
    lines = [
        Command.create(
            {
                "name": name,
                "quantity": pieces,
                "price_unit": price,
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
