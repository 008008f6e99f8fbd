"""Posting by the thousand: what *Emit DTE* and *Confirm entries* ask a job for.

A job reserves the folios of each piece before it begins it, and commits that.
"""

from datetime import timedelta

from odoo import fields, models

from ...sii import clock
from ..access.entry import EMITTER
from ..base.job.job import OPEN
from ..base.job.works import WORKS, Outcome, Work
from . import outlook


class _Post(Work):
    model = "account.move"
    group = EMITTER
    # Neither two people nor two works post the same draft.
    claim = "account.move post"

    def in_order(self, moves):
        """Folios follow the dates of the invoices."""
        today = clock.today()
        fetched = moves.search_fetch([("id", "in", moves.ids)], ["company_id", "invoice_date"])
        return fetched.sorted(lambda move: (move.invoice_date or today, move.id))

    def prepare(self, job, moves):
        """Reserve folios, so that whoever posts while the piece is done does not wait for it."""
        emitted = moves.filtered(_takes_folio)
        for company, those in emitted.grouped("company_id").items():
            if company._l10n_cl_obstacles():
                continue
            types = those.grouped("l10n_latam_document_type_id")
            for document_type, alike in types.items():
                job._reserve_folios(company.l10n_cl_issuer_id, document_type, len(alike))

    def rest(self, job):
        job._give_back_folios()

    def obstacle(self, job, moves):
        """What the company lacks to emit at all, or the folios that each of these needs."""
        moves = job._holding(moves)
        emitted = moves.exists().filtered(lambda move: move._l10n_cl_is_emitted())
        if not emitted:
            return ""
        company = emitted.company_id[:1]
        if obstacles := company._l10n_cl_obstacles():
            return "\n".join(each.text for each in obstacles)
        return "\n".join(emitted._l10n_cl_missing_folios()) if _no_folio(emitted) else ""


def _takes_folio(move):
    return move.state == "draft" and move._l10n_cl_is_emitted() and not move.l10n_cl_dte_id


def _no_folio(moves):
    """Whether none of them can be posted for want of a folio."""
    issuer = moves.company_id.l10n_cl_issuer_id
    types = {} if moves.sudo().l10n_cl_dte_id else moves.grouped("l10n_latam_document_type_id")
    return bool(types) and not any(issuer._folios_left(int(each.code)) for each in types)


def _posted_many(moves):
    """Outcome of each. Nobody waits for them one by one, even where they were posted so."""
    moves.sudo().l10n_cl_dte_id.bulk = True
    return {move: _posted(move) for move in moves}


def _posted(move):
    """What became of an invoice that a work has posted, or of one that waits for its date."""
    if move.state != "posted":
        text = move.env._("It will be posted on %s.", move.date)
        return Outcome(text, skipped=True)
    pesos = round(abs(move.amount_total_signed)) if move.company_currency_id.name == "CLP" else 0
    return Outcome(move.name, move.sudo().l10n_cl_dte_id, pesos)


class _Emit(_Post):
    """Drafts become signed documents; what is none is left alone."""

    def label(self, env):
        return env._("Emit DTE")

    def skipped_text(self, job, move):
        return outlook.not_emitted_text(move)

    def do(self, job, moves):
        job._holding(moves).action_post()
        return _posted_many(moves)


class _Confirm(_Post):
    """Drafts are confirmed as Odoo's *Confirm entries* does, documents of ours among them.

    Option ``force``: those of a later date too.
    """

    def label(self, env):
        return env._("Confirm")

    def skipped_text(self, job, move):
        return "" if move.state == "draft" else move.env._("Not a draft.")

    def do(self, job, moves):
        force = bool(job.options.get("force"))
        if force:
            moves.auto_post = "no"
        job._holding(moves)._post(soft=not force)
        return _posted_many(moves)


WORKS["emit"] = _Emit()
WORKS["confirm"] = _Confirm()


# A job that goes on does so within minutes.
_IDLE = timedelta(hours=1)


class Job(models.Model):
    _name = "l10n_cl.job"
    _inherit = ["l10n_cl.job", "l10n_cl.folio.holder.mixin"]

    def _still_holds_folios(self):
        if not self.try_lock_for_update(allow_referencing=True):
            return True  # in the middle of a piece
        return self.state in OPEN and self.worked_at > fields.Datetime.now() - _IDLE
