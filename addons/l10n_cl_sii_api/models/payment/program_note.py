from odoo import models
from odoo.addons.l10n_cl_sii.models.amounts.given import sold_of
from odoo.addons.l10n_cl_sii.models.note.obstacles import (
    annulled_texts,
    dead_text,
    limit_texts,
)
from odoo.addons.l10n_cl_sii.sii import kinds, states

from ...refused import Refused

_DOES = {"annul": "1", "correct_text": "2", "credit": "3", "debit": "3"}
_LATE = "note_late"


class AccountMove(models.Model):
    """Notes that programs make, by the wizards that people use."""

    _inherit = "account.move"

    def _l10n_cl_note_of_program(self, asked):
        """The posted note over this document. asked: NoteBody.

        Raises Refused with the code of what forbids it, and UserError of what else does.
        """
        self.ensure_one()
        self.check_access("read")
        if text := dead_text(self.sudo().l10n_cl_dte_ids[:1]):
            raise Refused("document_not_valid", text, "id")
        wizard = self._l10n_cl_note_wizard(asked)
        if wizard._name == "account.debit.note":
            action = wizard.create_debit()
        else:
            action = wizard.reverse_moves()
        note = self.browse(action["res_id"])
        if asked.lines:
            note._l10n_cl_take_lines(asked)
        note._l10n_cl_check_note_of_program(asked)
        if note.state == "draft":
            note.action_post()
        return note

    def _l10n_cl_note_wizard(self, asked):
        """The filled in wizard; its own check reports what no note does to this document."""
        over_credit = kinds.of(self.l10n_latam_document_type_id.code).is_credit_note
        adds = asked.action == "debit" or (asked.action == "annul" and over_credit)
        self._l10n_cl_check_asked(asked, adds)
        model = "account.debit.note" if adds else "account.move.reversal"
        wizards = self.env[model].with_context(
            active_model="account.move",
            active_ids=self.ids,
            allowed_company_ids=self.company_id.ids,
        )
        values = {"l10n_cl_does": _DOES[asked.action], "reason": asked.reason}
        if adds:
            values["copy_lines"] = True
        else:
            values["journal_id"] = self.journal_id._l10n_cl_for_notes().id
            values["l10n_cl_note_reason"] = asked.kind
        if asked.returned_on:
            values["l10n_cl_returned_on"] = asked.returned_on
        for correction in asked.corrections or ():
            values["l10n_cl_corrected"] = correction.field
            values["l10n_cl_right_text"] = correction.after
            if correction.before:
                values["l10n_cl_wrong_text"] = correction.before
        wizard = wizards.create(values)
        if text := wizard._l10n_cl_forbidden(self, values["l10n_cl_does"]):
            raise Refused("note_not_possible", text, "action")
        return wizard

    def _l10n_cl_check_asked(self, asked, adds):
        """What is missing, or means nothing here, is refused by the name of its field."""
        takes_off = asked.action in ("annul", "credit") and not adds
        needed = {
            "kind": takes_off,
            "lines": asked.action in ("credit", "debit"),
            "corrections": asked.action == "correct_text",
        }
        for name, needs in needed.items():
            given = getattr(asked, name)
            if needs and not given:
                raise Refused("missing_parameter", f"{name} is required", name)
            if given and not needs:
                text = f"{name} says nothing of a note that does this"
                raise Refused("invalid_parameter", text, name)
        if asked.returned_on and asked.kind != "return":
            text = "Only what is of kind return has a day of the return"
            raise Refused("invalid_parameter", text, "returned_on")

    def _l10n_cl_take_lines(self, asked):
        """Keep on this draft the lines that are asked for, of so many or of so much."""
        lines = self._l10n_cl_numbered_lines()
        words = self.with_context(lang=self._l10n_cl_lang()).env
        kept = lines.browse()
        for index, wanted in enumerate(asked.lines):
            param = f"lines.{index}"
            line = lines[wanted.line - 1 : wanted.line]
            if not line or line in kept:
                text = "The document has no such line, or it is told twice"
                raise Refused("invalid_parameter", text, f"{param}.line")
            if (wanted.quantity is None) == (wanted.amount is None):
                text = "A line is told by its quantity or by its amount"
                raise Refused("invalid_parameter", text, param)
            kept |= line
            if wanted.quantity is not None:
                line.quantity = float(wanted.quantity)
            else:
                name = words._("Adjustment: %s", line.name)
                amount = float(wanted.amount)
                line.write({"name": name, "quantity": 1, "price_unit": amount, "discount": 0})
        (self.invoice_line_ids - kept).unlink()
        if self.currency_id.is_zero(self.amount_total):
            raise Refused("invalid_parameter", "The note would be of nothing", "lines")

    def _l10n_cl_numbered_lines(self):
        """Its lines as documents number them: discounts of the whole, which have no number there,
        come after those."""
        rows = self._l10n_cl_rows()
        numbered = [*sold_of(rows), *(row for row in rows if row.adjusts)]
        return self.env["account.move.line"].concat(*(row.base_line["record"] for row in numbered))

    def _l10n_cl_check_note_of_program(self, asked):
        """The family's obstacles and the term, by their codes, before anything is signed."""
        family = self._l10n_cl_family(self._l10n_cl_document())
        for code, texts in (
            ("already_annulled", annulled_texts(family)),
            ("exceeds_what_is_left", limit_texts(family)),
        ):
            if texts:
                raise Refused(code, texts[0])
        if self.l10n_cl_late and _LATE not in (asked.confirm or ()):
            raise Refused(_LATE, self.l10n_cl_term_text, "confirm")

    def _l10n_cl_note_answer(self):
        """The note's document, for programs."""
        document = self.sudo().l10n_cl_dte_id
        origin = document.waits_for_id
        waits = origin if origin.state not in (False, *states.LEGAL) else origin.browse()
        return {
            "state": document.state,
            **document._l10n_cl_api_values(),
            "total": document.amount_total,
            "waits_for": f"{waits.document_code}-{waits.folio}" if waits else None,
            **self._l10n_cl_kind_values(),
        }
