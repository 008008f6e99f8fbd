"""Numbers of invoices: a folio makes one that is free, and what another system issued keeps its
own, whose folio is used then."""

import re

from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

_FOLIO = re.compile(r"0*([1-9][0-9]{0,17})")


def check_names_free(names):
    """Raise RedirectWarning when another posted entry has the name that a folio gives.

    names: of moves that are being posted, by move. One that got its name in this transaction may
    be in no table yet: then the unique index of names refuses the same.
    """
    for move, other in _holders(names).items():
        text = move.env._(
            "The next folio makes this document %(name)s, and %(other)s of %(date)s "
            "(%(customer)s) has that number already. If another system issued that one, press "
            "“Issued by another system” on it: the folio is left out then. Otherwise give it "
            "another number.",
            name=names[move],
            **_values(other),
        )
        _open(move, other, text)


def _holders(names):
    """The other posted entry that has the name of a move, by move; those that there are."""
    sales = {
        move: name for move, name in names.items() if move.is_sale_document(include_receipts=True)
    }
    found = _sale_holders(sales) if sales else {}
    for move in names.keys() - sales.keys():
        if other := _has_name(move, names[move]):
            found[move] = other
    return found


def _sale_holders(names):
    """The same of sales, in one query. What waits to be written is not written for it: at each
    posting that would be all of its invoices, twice."""
    moves = next(iter(names)).browse().concat(*names)
    parts = [name.rpartition(" ") for name in names.values()]
    rows = moves.env.execute_query(
        SQL(
            # as the index of sequences has it
            """
            SELECT journal_id, name, id FROM account_move
             WHERE journal_id IN %s AND sequence_prefix IN %s AND sequence_number IN %s
               AND name IN %s AND state = 'posted' AND id NOT IN %s
            """,
            tuple(moves.journal_id.ids),
            tuple({f"{prefix} " for prefix, _separator, _number in parts}),
            tuple({int(number) for _prefix, _separator, number in parts}),
            tuple(set(names.values())),
            tuple(moves.ids),
        )
    )
    others = {(journal_id, name): moves.browse(move_id) for journal_id, name, move_id in rows}
    keys = {move: (move.journal_id.id, name) for move, name in names.items()}
    return {move: others[key].sudo() for move, key in keys.items() if key in others}


def _check_typed_name(move):
    """Raise RedirectWarning when another posted entry has the number that was typed."""
    if other := _has_name(move, move.name):
        text = move.env._(
            "%(name)s is the number of %(other)s of %(date)s (%(customer)s) already. Type the "
            "number that the other system gave this one.",
            name=move.name,
            **_values(other),
        )
        _open(move, other, text)


def _open(move, other, text):
    action = other.with_env(move.env)._get_records_action()
    raise RedirectWarning(text, action, move.env._("Open it"))


def _has_name(move, name):
    """The other posted entry that has this name; or empty."""
    domain = [("name", "=", name), ("state", "=", "posted"), ("id", "!=", move.id)]
    if move.is_sale_document(include_receipts=True):
        prefix, _separator, number = name.rpartition(" ")
        # as the index of sequences has it
        domain += [
            ("journal_id", "=", move.journal_id.id),
            ("sequence_prefix", "=", f"{prefix} "),
            ("sequence_number", "=", int(number)),
        ]
    else:
        domain += [
            ("company_id", "=", move.company_id.id),
            ("commercial_partner_id", "=", move.commercial_partner_id.id),
            ("l10n_latam_document_type_id", "=", move.l10n_latam_document_type_id.id),
        ]
    return move.sudo().search(domain, limit=1)


def _values(other):
    return {
        "other": other.l10n_latam_document_type_id.display_name or other.display_name,
        "date": format_date(other.env, other.date),
        "customer": other.partner_id.display_name or "",
    }


def check_typed_folios(moves):
    """Raise RedirectWarning when what another system issued has the number of another entry."""
    for move in moves:
        if _FOLIO.fullmatch(move.l10n_latam_document_number or ""):
            _check_typed_name(move)


def mark_folio_used(move):
    """Its folio is used, and never given out here. Raises UserError where that cannot be."""
    number = _FOLIO.fullmatch(move.l10n_latam_document_number or "")
    if not number:
        raise UserError(move.env._("%s is no folio of the SII.", move.l10n_latam_document_number))
    issuer, folio = move.company_id.l10n_cl_issuer_id.sudo(), int(number[1])
    kind = move.l10n_latam_document_type_id
    why = move.env._("Issued by another system: %s.", move.display_name)
    if not issuer._mark_used_elsewhere(kind, folio, folio, why):
        known = issuer._documents_of(kind, folio)
        if set(known.mapped("state")) != {"elsewhere"}:
            raise UserError(move.env._("The folio of %s was used here already.", move.display_name))
    move.sudo().l10n_cl_issued_elsewhere = True
