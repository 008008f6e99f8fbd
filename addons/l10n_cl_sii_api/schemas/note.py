"""Body of ``POST /documents/{id}/notes``."""

from typing import Annotated

from pydantic import ConfigDict, Field

from odoo.addons.l10n_cl_sii.models.note.texts import CORRECTED

from .base import Amount, Body, DueDay, Identifier, Text, choice


class NoteLine(Body):
    """A line of the document, by its number; quantity: so many of it; amount: so much of it."""

    line: Annotated[int, Field(ge=1, le=60)]
    quantity: Amount | None = None
    amount: Amount | None = None


class Correction(Body):
    """before: the text on the document, where it is not the one that is known."""

    field: choice("field", *(code for code, _label in CORRECTED))
    before: Text | None = None
    after: Text | None = None


class NoteBody(Body):
    """What a note does to a document, and why. confirm: codes of questions that were answered."""

    action: choice("action", "annul", "correct_text", "credit", "debit")
    kind: choice("kind", "return", "error", "discount") | None = None
    returned_on: DueDay | None = None
    reason: Annotated[Text, Field(max_length=90)] | None = None
    lines: Annotated[list[NoteLine], Field(min_length=1, max_length=60)] | None = None
    corrections: Annotated[list[Correction], Field(min_length=1, max_length=1)] | None = None
    confirm: Annotated[list[Identifier], Field(max_length=10)] | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "action": "credit",
                "kind": "return",
                "returned_on": "2026-11-30",
                "lines": [{"line": 1, "quantity": 2}],
            }
        }
    )
