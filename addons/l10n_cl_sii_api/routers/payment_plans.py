"""``/payment_plans``: what one buyer pays by instalments (a confirmed sale.order)."""

from typing import Any

from fastapi import APIRouter

from ..errors import ApiError
from ..schemas.payment_plan import Installment, PaymentPlan, PaymentPlanBody
from . import buyers, invoicing
from .auth import Caller, CurrentCaller
from .body import given
from .fields import SHARED, required, shared_fields, unchanged, values_of
from .listing import Page, find_by_uuid, page_of
from .money import checked, one_currency
from .statements import serialise_all

router = APIRouter(tags=["payment plans"])

_KIND = "payment_plan"
_OURS = (("l10n_cl_payable", "=", _KIND),)
_INFORMATION = f"{_KIND}.invoice_information"
_INSTALLMENTS = f"{_KIND}.installments"
_FIELDS = {"name": "l10n_cl_plan_name", "description": "l10n_cl_description", **SHARED}


def serialise(caller: Caller, plan: Any) -> dict[str, Any]:
    installments = serialise_all(caller, plan._l10n_cl_installments())
    return {
        **shared_fields(plan),
        "buyer_id": plan.partner_id.l10n_cl_uuid,
        "name": plan.l10n_cl_plan_name,
        "description": plan.l10n_cl_description or None,
        "status": plan.l10n_cl_plan_state,
        **plan._l10n_cl_links(),
        "installments": installments,
        "statements": installments,
        **invoicing.configuration_of(caller, plan),
        **invoicing.information_of(caller, plan.partner_invoice_id),
    }


def find(caller: Caller, uuid: str) -> Any:
    return find_by_uuid(caller, "sale.order", uuid, "payment plan", None, _OURS)


@router.get("/payment_plans")
def list_payment_plans(caller: CurrentCaller, page: Page = 1) -> dict[str, Any]:
    domain = [("company_id", "=", caller.company.id), *_OURS]
    orders = caller.env["sale.order"]
    return page_of(orders, domain, page, lambda found: [serialise(caller, each) for each in found])


@router.post("/payment_plans", status_code=201)
def create_payment_plan(caller: CurrentCaller, body: given(PaymentPlanBody)) -> dict[str, Any]:
    part = body.payment_plan
    buyer = buyers.find(caller, required(part, "buyer_id", _KIND), f"{_KIND}.buyer_id")
    sent = part.invoice_information
    data = invoicing.tax_data_of_new(caller, bool(part.emit_document), sent, _INFORMATION)
    required(part, "name", _KIND)
    currency, dues = _dues(caller, required(part, "installments", _KIND))
    contact = buyer if data is None else buyer._l10n_cl_tax_contact(data)
    plan = caller.env["sale.order"]._l10n_cl_create_plan(
        buyer,
        currency,
        [(amount, day) for _uuid, amount, day in dues],
        partner_invoice_id=contact.id,
        user_id=caller.responsible.id,
        **values_of(part, _FIELDS),
    )
    invoicing.configure(plan, part, body)
    return _answer(caller, plan, part, data is not None)


@router.get("/payment_plans/{uuid}")
def read_payment_plan(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return invoicing.answer(serialise(caller, find(caller, uuid)))


@router.put("/payment_plans/{uuid}")
@router.patch("/payment_plans/{uuid}")
def update_payment_plan(
    caller: CurrentCaller, uuid: str, body: given(PaymentPlanBody)
) -> dict[str, Any]:
    plan, part = find(caller, uuid), body.payment_plan
    unchanged(part, "buyer_id", plan.partner_id.l10n_cl_uuid, _KIND)
    if "name" in part.model_fields_set:
        required(part, "name", _KIND)
    plan.write(values_of(part, _FIELDS))
    invoicing.configure(plan, part, body)
    emits = plan.l10n_cl_emit_document
    data = invoicing.tax_data(caller, part.invoice_information if emits else None, _INFORMATION)
    if data:
        plan._l10n_cl_give_invoice_information(data)
    if part.installments is not None:
        _replace_installments(caller, plan, part.installments)
    return _answer(caller, plan, part, emits)


def _replace_installments(caller: Caller, plan: Any, installments: list[Installment]) -> None:
    currency, dues = _dues(caller, installments)
    if currency != plan.currency_id:
        said = "The currency of a plan cannot be changed"
        raise ApiError(400, "unchangeable_parameter", said, _INSTALLMENTS)
    plan._l10n_cl_replace_installments(dues)


def _dues(caller: Caller, installments: list[Installment]) -> tuple[Any, list[tuple]]:
    """Currency, and id, amount and due date of each; or 400."""
    currency = one_currency(caller, [each.currency for each in installments], _INSTALLMENTS)
    return currency, [
        (each.id, checked(each.amount, currency, f"{_INSTALLMENTS}.{index}.amount"), each.due_date)
        for index, each in enumerate(installments)
    ]


def _answer(caller: Caller, plan: Any, part: PaymentPlan, heeded: bool) -> dict[str, Any]:
    """heeded: whether the tax data that were sent count."""
    sent = part.invoice_information if heeded else None
    warnings = invoicing.service_warnings(caller, plan)
    warnings += invoicing.information_warnings(plan.partner_invoice_id, sent, _INFORMATION)
    return invoicing.answer(serialise(caller, plan), warnings)
