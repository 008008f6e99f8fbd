"""``/single_payment_buyers``: who pays a single payment (a confirmed sale.order of it)."""

from typing import Any

from fastapi import APIRouter

from ..schemas.single_payment import SinglePaymentBuyerBody
from . import buyers, single_payments
from .statements import serialise_all
from .support.auth import Caller, CurrentCaller
from .support.body import given
from .support.fields import (
    SHARED,
    check_not_canceled,
    is_called_off,
    no_status,
    required,
    shared_fields,
    unchanged,
    values_of,
)
from .support.invoicing import (
    answer,
    information_of,
    information_warnings,
    tax_data,
    tax_data_of_new,
)
from .support.listing import (
    ExternalId,
    Page,
    check_external_id,
    find_by_uuid,
    of_external_id,
    page_of,
)
from .transport import transport_of, transport_warnings

router = APIRouter(tags=["single payment buyers"])

_KIND = "single_payment_buyer"
_OURS = (("l10n_cl_payable", "=", _KIND),)
_INFORMATION = f"{_KIND}.invoice_information"
_STATUS = {
    "pending": "pending",
    "up_to_date": "pending",
    "in_debt": "indebt",
    "finished": "finished",
    "canceled": "canceled",
}


def serialise(caller: Caller, order: Any) -> dict[str, Any]:
    return {
        **shared_fields(order),
        "single_payment_id": order.sale_order_template_id.l10n_cl_uuid,
        "buyer_id": order.partner_id.l10n_cl_uuid,
        "status": _STATUS[order.l10n_cl_plan_state],
        **order._l10n_cl_links(),
        "statements": serialise_all(caller, order.l10n_cl_statement_ids),
        **information_of(caller, order.partner_invoice_id),
    }


def find(caller: Caller, uuid: str) -> Any:
    return find_by_uuid(caller, "sale.order", uuid, "single payment buyer", None, _OURS)


@router.get("/single_payment_buyers")
def list_single_payment_buyers(
    caller: CurrentCaller, page: Page, external_id: ExternalId = None
) -> dict[str, Any]:
    ours = [("company_id", "=", caller.company.id), *_OURS]
    domain = [*ours, *of_external_id(caller, external_id)]
    orders = caller.env["sale.order"]
    return page_of(orders, domain, page, lambda found: [serialise(caller, each) for each in found])


@router.post("/single_payment_buyers", status_code=201)
def create_single_payment_buyer(
    caller: CurrentCaller, body: given(SinglePaymentBuyerBody)
) -> dict[str, Any]:
    part = body.single_payment_buyer
    no_status(part, _KIND)
    template_id = required(part, "single_payment_id", _KIND)
    template = single_payments.find(caller, template_id, f"{_KIND}.single_payment_id")
    buyer = buyers.find(caller, required(part, "buyer_id", _KIND), f"{_KIND}.buyer_id")
    sent, emits = part.invoice_information, template.l10n_cl_emit_document
    data = tax_data_of_new(caller, emits, sent, _INFORMATION)
    contact = buyer if data is None else buyer._l10n_cl_tax_contact(data)
    check_external_id(caller.env["sale.order"], part, _KIND, _OURS)
    travels = transport_of(caller, part, _KIND)
    order = template._l10n_cl_sell(
        buyer,
        part.due_date,
        partner_invoice_id=contact.id,
        user_id=caller.responsible.id,
        **values_of(part, SHARED),
    )
    order.l10n_cl_statement_ids._l10n_cl_write_transport(travels)
    warnings = [] if data is None else information_warnings(contact, sent, _INFORMATION)
    warnings += transport_warnings(caller, order.l10n_cl_statement_ids, _KIND)
    return answer(serialise(caller, order), warnings)


@router.get("/single_payment_buyers/{uuid}")
def read_single_payment_buyer(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return answer(serialise(caller, find(caller, uuid)))


@router.put("/single_payment_buyers/{uuid}")
@router.patch("/single_payment_buyers/{uuid}")
def update_single_payment_buyer(
    caller: CurrentCaller, uuid: str, body: given(SinglePaymentBuyerBody)
) -> dict[str, Any]:
    order, part = find(caller, uuid), body.single_payment_buyer
    unchanged(part, "single_payment_id", order.sale_order_template_id.l10n_cl_uuid, _KIND)
    unchanged(part, "buyer_id", order.partner_id.l10n_cl_uuid, _KIND)
    status = _STATUS[order.l10n_cl_plan_state]
    check_not_canceled(part, {"due_date"}, status, _KIND)
    ends = is_called_off(part, status, _KIND)
    check_external_id(order.browse(), part, _KIND, _OURS, own=order)
    order.write(values_of(part, SHARED))
    if part.due_date:
        order.l10n_cl_statement_ids.due_date = part.due_date
    sent = part.invoice_information if order.l10n_cl_emit_document else None
    if data := tax_data(caller, sent, _INFORMATION):
        order._l10n_cl_give_invoice_information(data)
    statements = order.l10n_cl_statement_ids
    statements._l10n_cl_write_transport(transport_of(caller, part, _KIND))
    if ends:
        order._l10n_cl_call_off(_KIND)
    warnings = information_warnings(order.partner_invoice_id, sent, _INFORMATION)
    warnings += transport_warnings(caller, statements, _KIND)
    return answer(serialise(caller, order), warnings)
