"""``/statements``: what is owed, what was paid, and what became of its document."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from ..refused import Refused, not_found
from ..schemas.statement import StatementBody
from . import buyers
from .support.auth import Caller, CurrentCaller
from .support.body import given
from .support.invoicing import answer
from .support.listing import Page, find_by_uuid, page_of
from .support.money import amount_of
from .transport import transport_of, transport_warnings

router = APIRouter(tags=["statements"])

_MODEL = "l10n_cl.statement"
_Filter = Annotated[str | None, Query()]


def serialise(caller: Caller, statement: Any) -> dict[str, Any]:
    data = {
        "id": statement.uuid,
        **statement.order_id._l10n_cl_payable_reference(),
        "amount": amount_of(statement.amount, statement.currency_id),
        "currency": statement.currency_id.name,
        "due_date": _iso(statement.due_date),
        "status": statement._l10n_cl_status(),
        "paid_on": _iso(statement.paid_on),
        **statement._l10n_cl_transport_answer(),
    }
    # obligations of a company whose integration is off are answered too: nothing is silent
    if caller.is_invoicing_on or statement.request_id:
        data["emission"] = statement.request_id.sudo()._l10n_cl_outcome()
        data["documents"] = statement.sudo()._l10n_cl_documents()
    return data


def serialise_all(caller: Caller, statements: Any) -> list[dict[str, Any]]:
    return [serialise(caller, statement) for statement in statements]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def find(caller: Caller, uuid: str, param: str | None = None) -> Any:
    return find_by_uuid(caller, _MODEL, uuid, "statement", param)


@router.get("/statements")
def list_statements(
    caller: CurrentCaller,
    page: Page,
    single_payment_buyer_id: _Filter = None,
    payment_plan_id: _Filter = None,
    subscription_buyer_id: _Filter = None,
    buyer_id: _Filter = None,
    status: _Filter = None,
) -> dict[str, Any]:
    asked = {
        "single_payment_buyer": single_payment_buyer_id,
        "payment_plan": payment_plan_id,
        "subscription_buyer": subscription_buyer_id,
    }
    statements = caller.env[_MODEL]
    domain = [("company_id", "=", caller.company.id)]
    for kind, uuid in asked.items():
        if uuid is not None:
            domain += _of_payable(statements, kind, uuid)
    if buyer_id is not None:
        buyer = buyers.find(caller, buyer_id, "buyer_id")
        domain += [("order_id.partner_id", "=", buyer.id)]
    if status is not None:
        domain += _of_status(statements, status)
    return page_of(statements, domain, page, lambda found: serialise_all(caller, found))


def _of_payable(statements: Any, kind: str, uuid: str) -> list:
    domain = None if "\0" in uuid else statements._l10n_cl_domain_of_payable(kind, uuid)
    if domain is None:
        raise not_found(kind.replace("_", " "), f"{kind}_id")
    return domain


def _of_status(statements: Any, status: str) -> list:
    domains = statements._l10n_cl_status_domains()
    if status not in domains:
        text = f"status must be one of: {', '.join(domains)}"
        raise Refused("invalid_parameter", text, "status")
    return domains[status]


@router.get("/statements/{uuid}")
def read_statement(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return answer(serialise(caller, find(caller, uuid)))


@router.put("/statements/{uuid}")
@router.patch("/statements/{uuid}")
def update_statement(
    caller: CurrentCaller, uuid: str, body: given(StatementBody)
) -> dict[str, Any]:
    """How its goods travel; what is owed is sent where it was sold."""
    statement = find(caller, uuid)
    statement._l10n_cl_write_transport(transport_of(caller, body.statement, "statement"))
    return answer(serialise(caller, statement), transport_warnings(caller, statement, "statement"))
