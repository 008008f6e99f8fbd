"""``/documents/{type}-{folio}/notes``: credit and debit notes over what the company issued."""

import re
from typing import Any

from fastapi import APIRouter

from ..refused import not_found
from ..schemas.note import NoteBody
from .support.auth import Caller, CurrentCaller
from .support.body import given
from .support.invoicing import answer

router = APIRouter(tags=["notes"])

_ID = re.compile(r"(?P<type>[0-9]{1,3})-(?P<folio>[0-9]{1,10})")


@router.post("/documents/{document_id}/notes", status_code=201)
def make_note(caller: CurrentCaller, document_id: str, body: given(NoteBody)) -> dict[str, Any]:
    """Make and sign a note over a document, named by type and folio as in ``33-401``."""
    note = _find(caller, document_id)._l10n_cl_note_of_program(body)
    return answer(note._l10n_cl_note_answer())


def _find(caller: Caller, document_id: str) -> Any:
    found, asked = caller.env["l10n_cl.dte"].sudo(), _ID.fullmatch(document_id)
    if asked:
        found = found.search(
            [
                ("company_id", "=", caller.company.id),
                ("document_code", "=", int(asked["type"])),
                ("folio", "=", int(asked["folio"])),
                ("move_id", "!=", False),
            ],
            order="id desc",
            limit=1,
        )
    if not found:
        raise not_found("document", "id")
    return caller.env["account.move"].browse(found.move_id.id)
