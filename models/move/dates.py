"""The date of a tax document: what cannot be is refused, what is far from today is asked."""

from datetime import timedelta

from odoo.tools.misc import format_date

from ...sii import clock, kinds
from ..base.obstacle import Obstacle

# What is sent later than this is objected to (DTE-1-650).
_TERM = timedelta(days=3)


def date_obstacles(move):
    day, today = move.invoice_date or clock.today(), clock.today()
    since = move.company_id.l10n_cl_issuer_id.sudo().resolution_date
    texts = []
    if since and day < since:
        texts.append(
            move.env._(
                "Its date, %(day)s, is before %(since)s, the date of the SII's resolution: the "
                "SII rejects it. Correct the date of the invoice.",
                day=format_date(move.env, day),
                since=format_date(move.env, since),
            )
        )
    if day > today:
        texts.append(
            move.env._(
                "Its date, %s, is still to come, and no tax document is dated beyond today. "
                "Correct the date of the invoice, or confirm it when that day has come.",
                format_date(move.env, day),
            )
        )
    texts += [
        move.env._(
            "Reference %(folio)s is dated %(day)s, which is still to come. Correct its date.",
            folio=reference.folio,
            day=format_date(move.env, reference.issued_on),
        )
        for reference in move.l10n_cl_reference_ids
        # of tax documents the library checks it: none is later than what cites it
        if reference.issued_on > today
        and not kinds.of(reference.l10n_cl_reference_doc_type_selection).is_target
    ]
    return [Obstacle(text, move) for text in texts]


def is_far(move):
    day, today = move.invoice_date, clock.today()
    if not day or move.state != "draft":
        return False
    if today - _TERM <= day <= today and day.month == today.month:
        return False
    # "Ignore future alerts" is of Odoo's guess at a customer's habits, and not of the law
    return move._l10n_cl_is_emitted()


def far_text(move):
    day, today = move.invoice_date, clock.today()
    names = {"day": format_date(move.env, day), "today": format_date(move.env, today)}
    if day > today:
        return move.env._(
            "The document would be dated %(day)s, which is still to come (today is %(today)s).",
            **names,
        )
    if today - day > _TERM:
        return move.env._(
            "The document would be dated %(day)s (today is %(today)s): the SII objects to what "
            "it gets more than three days late.",
            **names,
        )
    return move.env._(
        "The document would be dated %(day)s, in the month before (today is %(today)s): its "
        "VAT belongs to that month.",
        **names,
    )
