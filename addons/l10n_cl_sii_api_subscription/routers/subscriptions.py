"""``/subscriptions``: what is paid by periods (sale.subscription.template)."""

from typing import Any

from fastapi import APIRouter

from odoo.addons.l10n_cl_sii_api.refused import Refused
from odoo.addons.l10n_cl_sii_api.routers import products
from odoo.addons.l10n_cl_sii_api.routers.support.auth import Caller, CurrentCaller
from odoo.addons.l10n_cl_sii_api.routers.support.body import given
from odoo.addons.l10n_cl_sii_api.routers.support.fields import (
    SHARED,
    required,
    shared_fields,
    unchanged,
    values_of,
)
from odoo.addons.l10n_cl_sii_api.routers.support.invoicing import (
    answer,
    configuration_of,
    configure,
    service_warnings,
)
from odoo.addons.l10n_cl_sii_api.routers.support.listing import (
    ExternalId,
    Page,
    check_external_id,
    find_by_uuid,
    of_external_id,
    page_of,
)

from ..schemas.subscription import SubscriptionBody
from .days import values_of_days

router = APIRouter(tags=["subscriptions"])

_KIND = "subscription"
_MODEL = "sale.subscription.template"
_FIELDS = {"name": "name", "description": "l10n_cl_description", **SHARED}
# a template that a person made has prices of its own
_OURS = (("l10n_cl_currency_id", "!=", False),)


def serialise(caller: Caller, template: Any) -> dict[str, Any]:
    currency, sold = template.l10n_cl_currency_id, template.l10n_cl_product_ids
    limited = template.recurring_rule_boundary == "limited"
    return {
        **shared_fields(template),
        "name": template.name,
        "description": template.l10n_cl_description or None,
        "recurrence": template.l10n_cl_recurrence,
        "dop": template.l10n_cl_dop if template.l10n_cl_has_dop else None,
        "mop": template.l10n_cl_mop or None,
        "periods": template.recurring_rule_count if limited else None,
        "products": [
            products.serialise(line.product_id, line.name, line.value, currency) for line in sold
        ],
        **configuration_of(caller, template),
    }


def find(caller: Caller, uuid: str, param: str | None = None) -> Any:
    return find_by_uuid(caller, _MODEL, uuid, _KIND, param, _OURS)


@router.get("/subscriptions")
def list_subscriptions(
    caller: CurrentCaller, page: Page, external_id: ExternalId = None
) -> dict[str, Any]:
    ours = [("company_id", "=", caller.company.id), *_OURS]
    domain = [*ours, *of_external_id(caller, external_id)]
    return page_of(caller.env[_MODEL], domain, page, lambda f: [serialise(caller, t) for t in f])


@router.post("/subscriptions", status_code=201)
def create_subscription(caller: CurrentCaller, body: given(SubscriptionBody)) -> dict[str, Any]:
    part = body.subscription
    required(part, "name", _KIND)
    recurrence = required(part, "recurrence", _KIND)
    if not body.products:
        raise Refused("missing_parameter", "products is required", "products")
    values = {"company_id": caller.company.id, "l10n_cl_recurrence": recurrence}
    check_external_id(caller.env[_MODEL], part, _KIND)
    template = caller.env[_MODEL].create({**values, **_values(part, recurrence)})
    return _write(caller, template, body)


@router.get("/subscriptions/{uuid}")
def read_subscription(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return answer(serialise(caller, find(caller, uuid)))


@router.put("/subscriptions/{uuid}")
@router.patch("/subscriptions/{uuid}")
def update_subscription(
    caller: CurrentCaller, uuid: str, body: given(SubscriptionBody)
) -> dict[str, Any]:
    template, part = find(caller, uuid), body.subscription
    unchanged(part, "recurrence", template.l10n_cl_recurrence, _KIND)
    if "name" in part.model_fields_set:
        required(part, "name", _KIND)
    check_external_id(template.browse(), part, _KIND, own=template)
    template.write(_values(part, template.l10n_cl_recurrence))
    return _write(caller, template, body)


def _values(part: Any, recurrence: str) -> dict[str, Any]:
    values = {**values_of(part, _FIELDS), **values_of_days(part, recurrence, _KIND)}
    if part.periods is not None:
        values |= {"recurring_rule_boundary": "limited", "recurring_rule_count": part.periods}
    return values


def _write(caller: Caller, template: Any, body: SubscriptionBody) -> dict[str, Any]:
    if body.products is not None:
        template._l10n_cl_give_products(*products.priced(caller, body.products))
    configure(template, body.subscription, body)
    return answer(
        serialise(caller, template), service_warnings(caller, template, body.subscription)
    )
