"""``/buyers``: who pays."""

from typing import Any

from fastapi import APIRouter

from ..refused import Refused
from ..schemas.buyer import BuyerBody
from .support.auth import Caller, CurrentCaller
from .support.body import given
from .support.invoicing import answer, name_warnings
from .support.listing import (
    ExternalId,
    Page,
    check_external_id,
    find_by_uuid,
    of_external_id,
    page_of,
)

router = APIRouter(tags=["buyers"])

# who works here is no buyer
_OURS = (("partner_share", "=", True),)
_FIELDS = {"name": "name", "email": "email", "external_id": "l10n_cl_external_id"}


def serialise(partner: Any) -> dict[str, Any]:
    """A buyer as programs see it; instants in UTC without zone."""
    return {
        "id": partner.l10n_cl_uuid,
        "name": partner.name,
        "email": partner.email or None,
        "external_id": partner.l10n_cl_external_id or None,
        "created_at": partner.create_date.isoformat(timespec="milliseconds"),
        "updated_at": partner.write_date.isoformat(timespec="milliseconds"),
    }


def find(caller: Caller, uuid: str, param: str | None = None) -> Any:
    """The buyer of that id in the caller's company, or 404."""
    return find_by_uuid(caller, "res.partner", uuid, "buyer", param, _OURS)


@router.get("/buyers")
def list_buyers(
    caller: CurrentCaller, page: Page, external_id: ExternalId = None
) -> dict[str, Any]:
    domain = [("l10n_cl_uuid", "!=", False), ("company_id", "=", caller.company.id), *_OURS]
    domain += of_external_id(caller, external_id)
    partners = caller.env["res.partner"]
    return page_of(partners, domain, page, lambda found: [serialise(each) for each in found])


@router.post("/buyers", status_code=201)
def create_buyer(caller: CurrentCaller, body: given(BuyerBody)) -> dict[str, Any]:
    values = _values(body)
    if not values.get("name"):
        raise Refused("missing_parameter", "name is required", "buyer.name")
    check_external_id(caller.env["res.partner"], body.buyer, "buyer")
    partner = caller.env["res.partner"].create({**values, "company_id": caller.company.id})
    return answer(serialise(partner), name_warnings(caller, partner.name, "buyer.name"))


@router.get("/buyers/{uuid}")
def read_buyer(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return answer(serialise(find(caller, uuid)))


@router.put("/buyers/{uuid}")
@router.patch("/buyers/{uuid}")
def update_buyer(caller: CurrentCaller, uuid: str, body: given(BuyerBody)) -> dict[str, Any]:
    partner = find(caller, uuid)
    values = _values(body)
    if not values.get("name", partner.name):
        raise Refused("missing_parameter", "name is required", "buyer.name")
    check_external_id(partner.browse(), body.buyer, "buyer", own=partner)
    partner.write(values)
    return answer(serialise(partner), name_warnings(caller, partner.name, "buyer.name"))


def _values(body: BuyerBody) -> dict[str, Any]:
    return {_FIELDS[name]: value for name, value in body.buyer.given().items()}
