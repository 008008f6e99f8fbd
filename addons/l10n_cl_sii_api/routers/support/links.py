"""``/links/{link_id}``: the fiscal link by which client libraries get at the invoices."""

from datetime import UTC
from typing import Any

from fastapi import APIRouter

from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object

from .link import CurrentReader, check_link

router = APIRouter(tags=["links"])

_INSTITUTION = {
    "id": rcv_object.INSTITUTION,
    "name": "Servicio de Impuestos Internos",
    "country": "cl",
}


@router.get("/links/{link_id}")
def read_link(caller: CurrentReader, link_id: str) -> dict[str, Any]:
    """Whose documents it leads to; a link of somebody else is an invalid one."""
    check_link(caller.client, link_id)
    made_at = caller.client.create_date.replace(tzinfo=UTC)
    return {
        "id": link_id,
        "object": "link",
        "active": True,
        "created_at": rcv_object.moment_text(made_at),
        "holder_id": (caller.company.vat or "").replace("-", "") or None,
        "holder_name": caller.company.name,
        "holder_type": "business",
        "institution": _INSTITUTION,
    }
