"""Look before you emit; then emit what can be, each invoice on its own."""

from contextlib import closing
from dataclasses import dataclass

from ...sii.document import Document
from ..access.unforeseen import attempt
from ..base.obstacle import Obstacle


@dataclass(frozen=True, slots=True)
class Outlook:
    """What posting would make of an invoice.

    document: the sii.Document, None for what is none. skipped: why it is not emitted now, empty
    when it would be. obstacles: an Obstacle each.
    """

    document: Document | None
    skipped: str
    obstacles: list


def outlooks_of(moves):
    """Outlook of each invoice, by invoice. Reads only."""
    of_company = {company: company._l10n_cl_obstacles() for company in moves.company_id}
    outlooks, taken = {}, {}
    for move in moves._l10n_cl_in_order():
        electronic = move._l10n_cl_is_electronic() and move.partner_id
        document, reason = None, ""
        if electronic:
            document, reason = attempt(move, type(move)._l10n_cl_document)
        skipped = not_emitted_text(move)
        obstacles = [Obstacle(reason, move)] if reason else []
        if not skipped and not obstacles:
            obstacles = of_company[move.company_id] + move._l10n_cl_obstacles(document)
        if not skipped and not obstacles:
            obstacles = _missing_folio(move, taken)
        outlooks[move] = Outlook(document, skipped, obstacles)
    return outlooks


def not_emitted_text(move):
    """Why posting would not emit this, for people; empty when it would."""
    if move._l10n_cl_is_issued_kind() and not move._l10n_cl_emits():
        return move.env._(
            "%s issues no tax documents yet: see “Emits from” on its issuer.",
            move.company_id.name,
        )
    if not move._l10n_cl_is_electronic():
        return move.env._("Not a document that is issued to the SII.")
    if move.state == "posted" and move.sudo().l10n_cl_dte_id:
        return move.env._("Emitted already: %s.", move.name)
    if not move._l10n_cl_is_emitted():
        return move.env._("Issued by another system before.")
    if move.state != "draft":
        return move.env._("Not a draft.")
    return ""


def _missing_folio(move, taken):
    """The missing folio, when the invoices before this one take the last ones.

    taken: how many folios they take, by issuer and type; counted on here.
    """
    if move.sudo().l10n_cl_dte_id:
        return []
    issuer, document_type = move.company_id.l10n_cl_issuer_id, move.l10n_latam_document_type_id
    key = (issuer, document_type)
    left, count = taken.get(key) or (issuer._folios_left(int(document_type.code)), 0)
    taken[key] = (left, count + 1)
    if count < left:
        return []
    text = move._l10n_cl_no_folio_text(document_type, count + 1, left)
    return [Obstacle(text, move.env["l10n_cl.caf"])]


def emit_each(moves):
    """Post each invoice on its own: one that fails does not stop the others.

    Returns the reason of each that failed, by invoice; keeps none of it.
    """
    model = type(moves)
    tried = {move: attempt(move, model.action_post) for move in moves._l10n_cl_in_order()}
    return {move: reason for move, (_result, reason) in tried.items() if reason}


def rehearse(moves):
    """Post, stamp and sign each draft, and take it back: no folio is spent, nothing is kept.

    Returns the reason of each that could not be, by invoice.
    """
    failed = {}
    for move in moves._l10n_cl_in_order():
        with closing(moves.env.cr.savepoint()):
            _result, reason = attempt(move, type(moves).action_post)
        if reason:
            failed[move] = reason
    return failed
