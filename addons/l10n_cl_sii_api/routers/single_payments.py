"""``/single_payments``: what is paid once (sale.order.template)."""

from typing import Any

from fastapi import APIRouter

from ..refused import Refused
from ..schemas.single_payment import SinglePaymentBody
from . import products
from .support.auth import Caller, CurrentCaller
from .support.body import given
from .support.fields import SHARED, required, shared_fields, values_of
from .support.invoicing import answer, configuration_of, configure, service_warnings
from .support.listing import (
    ExternalId,
    Page,
    check_external_id,
    find_by_uuid,
    of_external_id,
    page_of,
)

router = APIRouter(tags=["single payments"])

_KIND = "single_payment"
_MODEL = "sale.order.template"
_FIELDS = {"name": "name", "description": "l10n_cl_description", **SHARED}


def serialise(caller: Caller, template: Any) -> dict[str, Any]:
    currency = template.l10n_cl_currency_id
    lines = template.sale_order_template_line_ids.filtered("l10n_cl_value")
    return {
        **shared_fields(template),
        "name": template.name,
        "description": template.l10n_cl_description or None,
        "products": [
            products.serialise(line.product_id, line.name, line.l10n_cl_value, currency)
            for line in lines
        ],
        **configuration_of(caller, template),
    }


def find(caller: Caller, uuid: str, param: str | None = None) -> Any:
    return find_by_uuid(caller, _MODEL, uuid, "single payment", param, _OURS)


# a template that a person made has prices of its own, in a currency of the order's
_OURS = (("l10n_cl_currency_id", "!=", False),)


@router.get("/single_payments")
def list_single_payments(
    caller: CurrentCaller, page: Page, external_id: ExternalId = None
) -> dict[str, Any]:
    ours = [("company_id", "=", caller.company.id), *_OURS]
    domain = [*ours, *of_external_id(caller, external_id)]
    return page_of(caller.env[_MODEL], domain, page, lambda f: [serialise(caller, t) for t in f])


@router.post("/single_payments", status_code=201)
def create_single_payment(caller: CurrentCaller, body: given(SinglePaymentBody)) -> dict[str, Any]:
    required(body.single_payment, "name", "single_payment")
    if not body.products:
        raise Refused("missing_parameter", "products is required", "products")
    values = values_of(body.single_payment, _FIELDS)
    check_external_id(caller.env[_MODEL], body.single_payment, _KIND)
    template = caller.env[_MODEL].create({**values, "company_id": caller.company.id})
    return _write(caller, template, body)


@router.get("/single_payments/{uuid}")
def read_single_payment(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return answer(serialise(caller, find(caller, uuid)))


@router.put("/single_payments/{uuid}")
@router.patch("/single_payments/{uuid}")
def update_single_payment(
    caller: CurrentCaller, uuid: str, body: given(SinglePaymentBody)
) -> dict[str, Any]:
    template = find(caller, uuid)
    if "name" in body.single_payment.model_fields_set:
        required(body.single_payment, "name", "single_payment")
    check_external_id(template.browse(), body.single_payment, _KIND, own=template)
    template.write(values_of(body.single_payment, _FIELDS))
    return _write(caller, template, body)


def _write(caller: Caller, template: Any, body: SinglePaymentBody) -> dict[str, Any]:
    if body.products is not None:
        template._l10n_cl_give_products(*products.priced(caller, body.products))
    configure(template, body.single_payment, body)
    return answer(
        serialise(caller, template), service_warnings(caller, template, body.single_payment)
    )
