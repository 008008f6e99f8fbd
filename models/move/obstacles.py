"""What keeps an invoice from being a legal document, and where each of it is fixed."""

import re

from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from ...sii import rules
from ...sii.rules import boleta
from ..amounts.obstacles import rate_texts, unstated_amounts
from ..base.obstacle import Obstacle
from ..base.texts.rules import problems_text
from .dates import date_obstacles
from .export import export_obstacles

# Fields of a document's receiver that come from the invoice's own address when it has one.
_OF_ADDRESS = ("receiver.address", "receiver.comuna", "receiver.city")
_OF_DESTINATION = ("transport.address", "transport.comuna")
_OF_PLACE = ("issuer.address", "issuer.comuna", "issuer.city")
# The sums of a document, in pesos and in another currency, and what its discounts leave.
_OF_SUMS = re.compile(r"(totals|foreign|adjustments|lines$|lines\[\d+\]\.foreign)")


def texts_of(obstacles):
    """The sentences of obstacles, without the records to fix."""
    return [obstacle.text for obstacle in obstacles]


def obstacles_of(move, document):
    """All that is wrong with this invoice at once: an Obstacle each.

    document: its sii.Document, or None without a customer. What the company lacks stands once
    for all its invoices, in the company's own ``_l10n_cl_obstacles``.
    """
    move.ensure_one()
    folio = _folio_obstacles(move)
    if document is None:
        return [*folio, Obstacle(move.env._("Choose the customer."), move)]
    return [
        *folio,
        *_content_obstacles(move, document),
        *_boleta_obstacles(move, document),
        *(Obstacle(text, move) for text in move._l10n_cl_note_texts(document)),
        *move._l10n_cl_reason_obstacles(),
        *_core_obstacles(move),
    ]


def _core_obstacles(move):
    """What Odoo refuses to post for its receiver, said before; a missing RUT our rules tell."""
    receiver = move.commercial_partner_id
    if not receiver.vat or move.state != "draft":
        return []
    try:
        move._check_document_types_post()
    except ValidationError as error:
        return [Obstacle(error.args[0], receiver)]
    return []


def _content_obstacles(move, document):
    """What the rules of the SII object to, and what no document can state."""
    if _is_nothing_left(move):
        return [Obstacle(_nothing_left_text(move), move)]
    found, unstated = rules.check(document), unstated_amounts(move)
    if export := export_obstacles(move):
        found = [problem for problem in found if not problem.where.startswith("receiver")]
    of_company = [
        problem
        for problem in found
        if problem.where.startswith("issuer")
        and not (problem.where in _OF_PLACE and move._l10n_cl_branch())
    ]
    if of_company and move.company_id._l10n_cl_obstacles():
        found = [problem for problem in found if problem not in of_company]
    if unstated:
        # one cause, one sentence: what it does to the sums is not repeated
        found = [problem for problem in found if not _OF_SUMS.match(problem.where)]
    return [
        *export,
        *unstated,
        *(Obstacle(text, move) for text in rate_texts(move)),
        *date_obstacles(move),
        *move._l10n_cl_goods_obstacles(),
        *_of_problems(move, found),
        *(() if unstated else _other_total(move, document)),
    ]


def _is_nothing_left(move):
    """Whether what was paid in advance, or taken off, is all that an invoice comes to."""
    return (
        move.move_type == "out_invoice"
        and not move.debit_origin_id
        and move.currency_id.is_zero(move.amount_total)
        and any(line.price_subtotal < 0 for line in move.invoice_line_ids)
    )


def _nothing_left_text(move):
    return move.env._(
        "Nothing is left to invoice: what was invoiced in advance, or taken off, is all that "
        "its lines come to, and there is no tax document of 0. Delete this draft; or, to close "
        "the order with it, choose a journal that does not use documents."
    )


def _other_total(move, document):
    total = document.totals.total
    # of a negative one the rules speak
    if total < 0 or not float_compare(total, abs(move.amount_total_signed), precision_digits=0):
        return []
    text = move.env._(
        "The document's total (%(document)s) is not the invoice's (%(invoice)s).",
        document=total,
        invoice=abs(move.amount_total_signed),
    )
    return [Obstacle(text, move)]


def place_of(move, where):
    """The record in which the field ``where`` of a sii.Document is fixed."""
    if where in _OF_ADDRESS and move.partner_id.street:
        return move.partner_id
    if where.startswith("receiver"):
        return move.commercial_partner_id
    if where in _OF_DESTINATION:
        return move._l10n_cl_goods_destination()
    if where in _OF_PLACE and move._l10n_cl_branch():
        return move._l10n_cl_branch()
    if where.startswith("issuer.acteco"):
        return move.company_id.l10n_cl_issuer_id
    return move.company_id if where.startswith("issuer") else move


def _boleta_obstacles(move, document):
    """Who must be named above the limit of the year."""
    if not document.traits.is_boleta:
        return []
    limit = move.company_id.l10n_cl_issuer_id._boleta_limit(document.issued_on.year)
    problems = [] if limit is None else list(boleta.check_buyer(document, limit))
    return _of_problems(move, problems)


def _of_problems(move, problems):
    """Problems that the library found, in sentences, and where each of them is fixed."""
    texts = problems_text(move.env, problems)
    return [
        Obstacle(text, place_of(move, problem.where))
        for text, problem in zip(texts, problems, strict=True)
    ]


def _folio_obstacles(move):
    """A rejected document is corrected under its own folio, which is of one type and one issuer."""
    kept = move.sudo().l10n_cl_dte_id
    if kept.state == "foreign":
        return [Obstacle(kept._foreign_text(), kept)]
    same_type = kept.document_type_id == move.l10n_latam_document_type_id
    same_issuer = kept.issuer_id == move.company_id.l10n_cl_issuer_id
    if not kept or (same_type and same_issuer):
        return []
    data = {"kept": kept.display_name, "issuer": kept.issuer_id.display_name}
    if same_type:
        text = move.env._(
            "Its folio %(kept)s is of another issuer, %(issuer)s. An SII manager gives it up "
            "on the tax document; then confirm this one with a new folio.",
            **data,
        )
    else:
        text = move.env._(
            "Its folio %(kept)s is of another document type. Choose that type again, or have "
            "an SII manager give the folio up on the tax document.",
            **data,
        )
    return [Obstacle(text, kept)]
