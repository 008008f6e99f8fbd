"""Numbers of invoices: a folio makes one that is free, and what another system issued keeps its
own, whose folio is used then."""

import re

from odoo.exceptions import RedirectWarning, UserError
from odoo.tools.misc import format_date

_FOLIO = re.compile(r"0*([1-9][0-9]{0,17})")


def check_name_free(move, name):
    """Raise RedirectWarning when another posted entry has the name that a folio gives."""
    if other := _has_name(move, name):
        text = move.env._(
            "The next folio makes this document %(name)s, and %(other)s of %(date)s "
            "(%(customer)s) has that number already. If another system issued that one, press "
            "“Issued by another system” on it: the folio is left out then. Otherwise give it "
            "another number.",
            name=name,
            **_values(other),
        )
        _open(move, other, text)


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
