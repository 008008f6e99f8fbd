"""``/received_documents``: what suppliers sent, handed over by programs, and what became of it."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object

from ..refused import Refused, not_found
from .support.auth import Caller
from .support.link import CurrentReader

router = APIRouter(tags=["received documents"])

_MODEL = "l10n_cl.received.dte"
_ID = re.compile(r"(?P<rut>[0-9]{1,8}-[0-9K])-(?P<type>[0-9]{1,9})-(?P<folio>[0-9]{1,18})")
_LONGEST_NAME = 200
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("application/xml", "application/zip")
        },
    }
}


async def _sent(request: Request) -> bytes:
    return await request.body()


@router.post("/received_documents", status_code=201, openapi_extra=_FILE)
def receive(
    caller: CurrentReader,
    response: Response,
    data: Annotated[bytes, Depends(_sent)],
    name: Annotated[str, Query(max_length=_LONGEST_NAME)] = "api.xml",
) -> list[dict[str, Any]]:
    """Keep the documents of a file (DTE, EnvioDTE or a zip of them), which is the body as it is.

    What was received before is the same document. What cannot be kept comes after the others, as
    ``refused_file``. A file above 1 MB or 50 documents is kept whole and read later: 202, and a
    ``received_file`` whose id ``/received_files`` knows.
    """
    if not data:
        raise Refused("missing_parameter", "The body is the file, and it is empty.")
    heavy = caller.env["l10n_cl.received.heavy"]
    if heavy._is_heavy(data):
        response.status_code = 202
        return [_serialise_file(heavy._keep(data, _shown(name), caller.company))]
    found, refused = (
        caller.env[_MODEL].sudo()._receive_with_refusals(data, _shown(name), caller.company)
    )
    return [
        *(_serialise(each) for each in found.sudo()),
        *({"object": "refused_file", "message": text} for text in refused),
    ]


@router.get("/received_files/{file_id}")
def read_file(caller: CurrentReader, file_id: str) -> dict[str, Any]:
    """What came of a file that is read in the background."""
    files = caller.env["l10n_cl.received.heavy"].sudo()
    if _UUID.fullmatch(file_id):
        files = files.search([("uuid", "=", file_id), ("company_id", "=", caller.company.id)])
    if not files:
        raise not_found("received file", "id")
    return _serialise_file(files)


def _serialise_file(file: Any) -> dict[str, Any]:
    return {
        "id": file.uuid,
        "object": "received_file",
        "name": file.name,
        "state": {"waiting": "reading", "done": "read"}[file.state],
        "documents_kept": file.kept,
        "documents_refused": file.refused,
        "problems": file.text or None,
    }


def _shown(name: str) -> str:
    """A name as a database can have it."""
    return name.replace("\0", "").encode("utf-8", "replace").decode() or "api.xml"


@router.get("/received_documents/{document_id}")
def read_received(caller: CurrentReader, document_id: str) -> dict[str, Any]:
    """A document by its id: RUT of the issuer, type and folio, joined by ``-``."""
    return _serialise(_find(caller, document_id))


def _find(caller: Caller, document_id: str) -> Any:
    documents = caller.env[_MODEL].sudo()
    if named := _ID.fullmatch(document_id):
        documents = documents.search(
            [
                ("company_id", "=", caller.company.id),
                ("issuer_rut", "=", named["rut"]),
                ("document_code", "=", int(named["type"])),
                ("folio", "=", int(named["folio"])),
            ]
        )
    if not documents:
        raise not_found("received document", "id")
    return documents


def _serialise(document: Any) -> dict[str, Any]:
    return {
        "id": f"{document.issuer_rut}-{document.document_code}-{document.folio}",
        "object": "received_document",
        "document_type": document.document_code,
        "number": str(document.folio),
        "date": rcv_object.day_text(document.issued_on),
        "issuer": {
            "id": document.issuer_rut.replace("-", ""),
            "name": document.issuer_name or "",
        },
        "total_amount": int(document.amount_total),
        "state": document.state,
        "problems": document.problems or None,
        "verdicts": {
            "file": document.bytes_verdict or None,
            "stamp": document.stamp_verdict or None,
            "signer": document.chain_verdict or None,
            "institution": document.sii_verdict,
        },
        "signer": {
            "id": (document.signer_rut or "").replace("-", "") or None,
            "name": document.signer_name or None,
            "certified_by": document.signer_issuer or None,
        },
        "other_files": len(document.file_ids),
        "institution_message": document.sii_text or None,
        "received_at": _moment(document.received_at),
        "claim_until": _moment(document.deadline),
        "bill": document.bill_id.name or None,
    }


def _moment(moment: datetime | None) -> str | None:
    return rcv_object.moment_text(moment.replace(tzinfo=UTC)) if moment else None
