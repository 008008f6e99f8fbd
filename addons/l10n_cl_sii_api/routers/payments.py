"""Payments: of one statement, or of several at once."""

from typing import Any

from fastapi import APIRouter, Response

from odoo.addons.l10n_cl_sii.sii import clock

from ..refused import Refused
from ..schemas.payment import Payment, PaymentBody, PaymentOfSeveralBody
from . import statements as statement_routes
from .support.auth import Caller, CurrentCaller
from .support.body import given
from .support.fields import required
from .support.invoicing import answer
from .support.listing import ExternalId, Page, find_by_uuid, of_external_id, page_of
from .transport import transport_of, transport_warnings

router = APIRouter(tags=["payments"])

_MODEL = "account.payment"
_OURS = (("l10n_cl_statement_ids", "!=", False), ("payment_type", "=", "inbound"))
_STATUS = {"draft": "pending_approval", "in_process": "accepted", "paid": "accepted"}


def serialise(caller: Caller, payments: Any) -> dict[str, Any]:
    payment = payments[0]
    statements = payments.l10n_cl_statement_ids.sorted("id")
    return {
        "id": payment.l10n_cl_uuid,
        "amount": int(round(sum(payments.mapped("amount")))),
        "currency": payment.currency_id.name,
        "payment_method": payment.l10n_cl_method or None,
        "payment_date": payment.date.isoformat(),
        "external_id": payment.l10n_cl_external_id or None,
        "status": _STATUS.get(payment.state, "reversed"),
        "statements": statement_routes.serialise_all(caller, statements),
    }


@router.post("/statements/{uuid}/payments", status_code=201)
def pay_statement(
    caller: CurrentCaller, uuid: str, body: given(PaymentBody), response: Response
) -> dict[str, Any]:
    return _pay(caller, statement_routes.find(caller, uuid), body.payment, response)


@router.post("/payments", status_code=201)
def pay_statements(
    caller: CurrentCaller, body: given(PaymentOfSeveralBody), response: Response
) -> dict[str, Any]:
    param = "payment.statement_ids"
    uuids = dict.fromkeys(required(body.payment, "statement_ids", "payment"))
    statements = caller.env["l10n_cl.statement"]
    for uuid in uuids:
        statements |= statement_routes.find(caller, uuid, param)
    return _pay(caller, statements, body.payment, response)


@router.get("/payments")
def list_payments(
    caller: CurrentCaller, page: Page, external_id: ExternalId = None
) -> dict[str, Any]:
    """What paid statements, also what no program sent."""
    ours = [("company_id", "=", caller.company.id), *_OURS]
    domain = [*ours, *of_external_id(caller, external_id)]
    return page_of(caller.env[_MODEL], domain, page, lambda found: _serialise_all(caller, found))


def _serialise_all(caller: Caller, found: Any) -> list[dict[str, Any]]:
    """One of several payers is several records."""
    return [serialise(caller, same) for same in found.grouped("l10n_cl_uuid").values()]


@router.get("/payments/{uuid}")
def read_payment(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    payments = find_by_uuid(caller, _MODEL, uuid, "payment", None, _OURS)
    return answer(serialise(caller, payments))


def _pay(caller: Caller, statements: Any, payment: Payment, response: Response) -> dict[str, Any]:
    """201 when it is new; 200 when it was sent before."""
    required(payment, "amount", "payment")
    day = payment.payment_date or clock.today()
    if day > clock.today():
        text = "payment_date is in the future"
        raise Refused("invalid_parameter", text, "payment.payment_date")
    payments = statements._l10n_cl_known_payment(payment.external_id)
    if payments:
        response.status_code = 200
        _check_amount(payment, statements._l10n_cl_amounts(int(sum(payments.mapped("amount")))))
        # what was not sent the first time is taken now
        if undecided := statements.filtered(lambda s: not s.move_id and not s.l10n_cl_goods_travel):
            undecided._l10n_cl_write_transport(transport_of(caller, payment, "payment"))
    else:
        statements._l10n_cl_check_unpaid()
        _check_amount(payment, statements._l10n_cl_owed(day))
        statements._l10n_cl_write_transport(transport_of(caller, payment, "payment"))
        values = {
            "l10n_cl_external_id": payment.external_id,
            "l10n_cl_method": payment.payment_method,
        }
        payments = statements._l10n_cl_pay(day, values)
    warnings = transport_warnings(caller, statements, "payment")
    return answer(serialise(caller, payments), warnings)


def _check_amount(payment: Payment, owed: dict[str, float]) -> None:
    """400 unless it is what is, or was, owed. owed: {currency: sum}."""
    allowed = {payment.currency: owed.get(payment.currency)} if payment.currency else owed
    if payment.currency in owed:
        owed = allowed
    if float(payment.amount) not in allowed.values():
        wanted = " or ".join(f"{amount} {currency}" for currency, amount in owed.items())
        text = f"amount must be {wanted}"
        raise Refused("wrong_amount", text, "payment.amount")
