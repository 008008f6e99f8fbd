"""``/payment_plans``: what one buyer pays by instalments (a confirmed sale.order)."""

from typing import Any

from fastapi import APIRouter

from ..models.payment.payment_plan import Due
from ..refused import Refused
from ..schemas.payment_plan import Installment, PaymentPlan, PaymentPlanBody
from . import buyers
from .statements import serialise_all
from .support import invoicing
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
from .support.listing import (
    ExternalId,
    Page,
    check_external_id,
    find_by_uuid,
    of_external_id,
    page_of,
)
from .support.money import checked, currency_of

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
def list_payment_plans(
    caller: CurrentCaller, page: Page, external_id: ExternalId = None
) -> dict[str, Any]:
    ours = [("company_id", "=", caller.company.id), *_OURS]
    domain = [*ours, *of_external_id(caller, external_id)]
    orders = caller.env["sale.order"]
    return page_of(orders, domain, page, lambda found: [serialise(caller, each) for each in found])


@router.post("/payment_plans", status_code=201)
def create_payment_plan(caller: CurrentCaller, body: given(PaymentPlanBody)) -> dict[str, Any]:
    part = body.payment_plan
    no_status(part, _KIND)
    buyer = buyers.find(caller, required(part, "buyer_id", _KIND), f"{_KIND}.buyer_id")
    sent = part.invoice_information
    data = invoicing.tax_data_of_new(caller, bool(part.emit_document), sent, _INFORMATION)
    required(part, "name", _KIND)
    check_external_id(caller.env["sale.order"], part, _KIND, _OURS)
    dues = _dues(caller, required(part, "installments", _KIND))
    contact = buyer if data is None else buyer._l10n_cl_tax_contact(data)
    plan = caller.env["sale.order"]._l10n_cl_create_plan(
        buyer,
        dues,
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
    check_not_canceled(part, {"installments"}, plan.l10n_cl_plan_state, _KIND)
    ends = is_called_off(part, plan.l10n_cl_plan_state, _KIND)
    check_external_id(plan.browse(), part, _KIND, _OURS, own=plan)
    plan.write(values_of(part, _FIELDS))
    invoicing.configure(plan, part, body)
    emits = plan.l10n_cl_emit_document
    data = invoicing.tax_data(caller, part.invoice_information if emits else None, _INFORMATION)
    if data:
        plan._l10n_cl_give_invoice_information(data)
    if part.installments is not None:
        _replace_installments(caller, plan, part.installments)
    if ends:
        plan._l10n_cl_call_off(_KIND)
    return _answer(caller, plan, part, emits)


def _replace_installments(caller: Caller, plan: Any, installments: list[Installment]) -> None:
    dues = _dues(caller, installments)
    others = {due.currency for due in dues} - {plan.currency_id}
    if others and plan.currency_id != caller.company.currency_id:
        text = "A plan that was made in UF alone stays so: make another one for pesos"
        raise Refused("unchangeable_parameter", text, _INSTALLMENTS)
    plan._l10n_cl_replace_installments(dues)


def _dues(caller: Caller, installments: list[Installment]) -> list[Due]:
    """What is owed, each in its currency; or 400."""
    codes = {each.currency for each in installments}
    currencies = {code: currency_of(caller, code) for code in codes}
    return [
        Due(
            each.id,
            checked(each.amount, currencies[each.currency], f"{_INSTALLMENTS}.{index}.amount"),
            currencies[each.currency],
            each.due_date,
        )
        for index, each in enumerate(installments)
    ]


def _answer(caller: Caller, plan: Any, part: PaymentPlan, is_used: bool) -> dict[str, Any]:
    """is_used: whether the tax data that were sent are used."""
    sent = part.invoice_information if is_used else None
    warnings = invoicing.service_warnings(caller, plan, part)
    warnings += invoicing.information_warnings(plan.partner_invoice_id, sent, _INFORMATION)
    return invoicing.answer(serialise(caller, plan), warnings)
