"""``/subscription_buyers``: who pays a subscription (a running sale.subscription of it)."""

from datetime import date
from typing import Any

from fastapi import APIRouter

from odoo.addons.l10n_cl_sii.sii import clock
from odoo.addons.l10n_cl_sii_api.refused import Refused
from odoo.addons.l10n_cl_sii_api.routers import buyers
from odoo.addons.l10n_cl_sii_api.routers.statements import serialise_all
from odoo.addons.l10n_cl_sii_api.routers.support.auth import Caller, CurrentCaller
from odoo.addons.l10n_cl_sii_api.routers.support.body import given
from odoo.addons.l10n_cl_sii_api.routers.support.fields import (
    SHARED,
    is_called_off,
    no_status,
    required,
    shared_fields,
    unchanged,
    values_of,
)
from odoo.addons.l10n_cl_sii_api.routers.support.invoicing import (
    answer,
    information_of,
    information_warnings,
    tax_data,
    tax_data_of_new,
)
from odoo.addons.l10n_cl_sii_api.routers.support.listing import (
    ExternalId,
    Page,
    check_external_id,
    find_by_uuid,
    of_external_id,
    page_of,
)
from odoo.addons.l10n_cl_sii_api.routers.transport import transport_of, transport_warnings

from ..schemas.subscription import SubscriptionBuyerBody
from . import subscriptions
from .days import values_of_days

router = APIRouter(tags=["subscription buyers"])

_KIND = "subscription_buyer"
_MODEL = "sale.subscription"
_INFORMATION = f"{_KIND}.invoice_information"
_FIELDS = {"end_date": "l10n_cl_end_date", **SHARED}
# what a person sells by a template of his own is no program's
_OURS = (("template_id.l10n_cl_currency_id", "!=", False),)


def serialise(caller: Caller, subscription: Any) -> dict[str, Any]:
    yearly = subscription.l10n_cl_recurrence == "year"
    return {
        **shared_fields(subscription),
        "subscription_id": subscription.template_id.l10n_cl_uuid,
        "buyer_id": subscription.partner_id.l10n_cl_uuid,
        "status": subscription.l10n_cl_status,
        "dop": subscription.l10n_cl_dop,
        "mop": subscription.l10n_cl_mop if yearly else None,
        "start_date": _iso(subscription.date_start),
        "end_date": _iso(subscription.l10n_cl_end_date),
        **subscription._l10n_cl_links(),
        "statements": serialise_all(caller, subscription._l10n_cl_owed_statements()),
        **information_of(caller, subscription.partner_invoice_id),
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def find(caller: Caller, uuid: str) -> Any:
    return find_by_uuid(caller, _MODEL, uuid, "subscription buyer", None, _OURS)


@router.get("/subscription_buyers")
def list_subscription_buyers(
    caller: CurrentCaller, page: Page, external_id: ExternalId = None
) -> dict[str, Any]:
    ours = [("company_id", "=", caller.company.id), *_OURS]
    domain = [*ours, *of_external_id(caller, external_id)]
    return page_of(caller.env[_MODEL], domain, page, lambda f: [serialise(caller, s) for s in f])


@router.post("/subscription_buyers", status_code=201)
def create_subscription_buyer(
    caller: CurrentCaller, body: given(SubscriptionBuyerBody)
) -> dict[str, Any]:
    part = body.subscription_buyer
    no_status(part, _KIND)
    template_id = required(part, "subscription_id", _KIND)
    template = subscriptions.find(caller, template_id, f"{_KIND}.subscription_id")
    buyer = buyers.find(caller, required(part, "buyer_id", _KIND), f"{_KIND}.buyer_id")
    sent, emits = part.invoice_information, template.l10n_cl_emit_document
    data = tax_data_of_new(caller, emits, sent, _INFORMATION)
    values = {**values_of(part, _FIELDS), **_values_of_days(part, template)}
    if part.start_date:
        values["date_start"] = _start(caller, part.start_date)
    check_external_id(caller.env[_MODEL], part, _KIND)
    _check_end(values.get("l10n_cl_end_date"), values.get("date_start") or clock.today())
    travels = transport_of(caller, part, _KIND)
    contact = buyer if data is None else buyer._l10n_cl_tax_contact(data)
    subscription = template._l10n_cl_enrol(buyer, contact, user_id=caller.responsible.id, **values)
    subscription._l10n_cl_write_transport(travels)
    warnings = [] if data is None else information_warnings(contact, sent, _INFORMATION)
    warnings += transport_warnings(caller, subscription.l10n_cl_statement_ids, _KIND)
    return answer(serialise(caller, subscription), warnings)


@router.get("/subscription_buyers/{uuid}")
def read_subscription_buyer(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return answer(serialise(caller, find(caller, uuid)))


@router.put("/subscription_buyers/{uuid}")
@router.patch("/subscription_buyers/{uuid}")
def update_subscription_buyer(
    caller: CurrentCaller, uuid: str, body: given(SubscriptionBuyerBody)
) -> dict[str, Any]:
    subscription, part = find(caller, uuid), body.subscription_buyer
    template = subscription.template_id
    unchanged(part, "subscription_id", template.l10n_cl_uuid, _KIND)
    unchanged(part, "buyer_id", subscription.partner_id.l10n_cl_uuid, _KIND)
    unchanged(part, "start_date", subscription.date_start, _KIND)
    _check_end(part.end_date, subscription.date_start)
    ends = is_called_off(part, subscription.l10n_cl_status, _KIND)
    check_external_id(subscription.browse(), part, _KIND, own=subscription)
    subscription.write({**values_of(part, _FIELDS), **_values_of_days(part, template)})
    sent = part.invoice_information if subscription.l10n_cl_emit_document else None
    if data := tax_data(caller, sent, _INFORMATION):
        subscription._l10n_cl_give_invoice_information(data)
    subscription._l10n_cl_write_transport(transport_of(caller, part, _KIND))
    if ends and subscription.stage_type != "post":
        subscription.close_subscription()
    warnings = information_warnings(subscription.partner_invoice_id, sent, _INFORMATION)
    warnings += transport_warnings(caller, subscription.l10n_cl_statement_ids, _KIND)
    return answer(serialise(caller, subscription), warnings)


def _start(caller: Caller, day: date) -> date:
    """The day, or 400: every period from it on is charged."""
    earliest, latest = caller.env[_MODEL]._l10n_cl_start_range()
    if not earliest <= day <= latest:
        text = f"start_date must be from {earliest} to {latest}"
        raise Refused("invalid_parameter", text, f"{_KIND}.start_date")
    return day


def _check_end(end: date | None, start: date) -> None:
    if end and end < start:
        text = f"end_date must not be before start_date, {start}"
        raise Refused("invalid_parameter", text, f"{_KIND}.end_date")


def _values_of_days(part: Any, template: Any) -> dict[str, int]:
    return values_of_days(part, template.l10n_cl_recurrence, _KIND)
