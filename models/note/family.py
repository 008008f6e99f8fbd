"""What a note may still take: it, what it changes, and the other notes over that, as a family."""

from dataclasses import dataclass
from functools import cached_property

from ...sii import kinds, states
from ...sii.codes import CodRef
from ...sii.rules.note_family import Family, Member
from ..base.texts.values import dotted
from .family_rows import family_rows, was_issued


def family_of(move, document):
    """The NoteFamily of this note, or invoice. document: its sii.Document."""
    issuer = move.company_id.l10n_cl_issuer_id.sudo()
    own = document.traits.text, move.sudo().l10n_cl_dte_id.folio
    totals = document.totals
    untaxed = (totals.net or 0) + (totals.exempt or 0)
    member = _member(own, totals.total, untaxed, move.sudo().l10n_cl_reference_ids)
    keys = [key for key in (own, *member.changes) if key[1]]
    rows = family_rows(issuer, keys) if keys and issuer.company_rut else {}
    return NoteFamily(own, member, rows, move.env)


@dataclass
class NoteFamily:
    """The family of one note or invoice as it will be: ``rule`` judges, ``names`` are for people.

    own: its key; folio 0 before it has one. rows: by key, its document and another system's
    invoice, either of which may be empty.
    """

    own: tuple
    member: Member
    rows: dict
    env: object

    @cached_property
    def rule(self):
        return Family([*self._others(), self.member])

    def in_doubt(self):
        """The keys of notes that the SII has not accepted yet, and may still refuse."""
        return [
            each.key
            for each in self._others()
            if each.changes and self._document(each.key).state not in (False, *states.LEGAL)
        ]

    def document(self, key):
        return self.rows[key][0]

    def named(self, keys):
        """``FAC 000012 ($1587), N/C 000003 ($396)``: for people."""
        return ", ".join(self._named(key) for key in keys)

    def names(self, keys):
        return ", ".join(map(self._name, keys))

    def _document(self, key):
        document = self.rows[key][0]
        return document if was_issued(document) else document.browse()

    def _others(self):
        """The members but this one; what is neither issued nor recorded here is none."""
        others = []
        for key, (_row, invoice) in self.rows.items():
            document = self._document(key)
            if key == self.own or not (document or invoice):
                continue
            move = document.move_id or invoice
            total = document.amount_total if document else _pesos(invoice.amount_total_signed)
            untaxed = _pesos(move.amount_untaxed_signed) if move else None
            others.append(_member(key, total, untaxed, move.l10n_cl_reference_ids))
        return others

    def _named(self, key):
        total = self.rule.total(key)
        return self._name(key) if total is None else f"{self._name(key)} (${dotted(total)})"

    def _name(self, key):
        record = next(filter(None, self.rows.get(key, ())), None)
        if record:
            return record.display_name
        kind, folio = key
        types = self.env["l10n_latam.document.type"].search(
            [("code", "=", kind), ("country_id.code", "=", "CL")], limit=1
        )
        return f"{types.doc_code_prefix or kind} {folio:06d}"


def _member(key, total, untaxed, references):
    changing = references.filtered("changed_folio")
    if not kinds.of(key[0]).is_note:
        changing = changing.browse()
    return Member(
        key,
        total,
        tuple(dict.fromkeys(each._changed_key() for each in changing)),
        str(CodRef.ANNULS.value) in changing.mapped("code"),
        untaxed,
    )


def _pesos(amount):
    return round(abs(amount))
