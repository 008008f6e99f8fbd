"""Amounts: integers in CLP, decimals in UF."""

from decimal import Decimal
from typing import Any

from ...refused import Refused
from .auth import Caller


def currency_of(caller: Caller, code: str) -> Any:
    """res.currency of a code, in use from now on."""
    currencies = caller.env["res.currency"].sudo().with_context(active_test=False)
    currency = currencies.search([("name", "=", code)], limit=1)
    if not currency.active:
        currency.active = True
    return currency.sudo(False)


def checked(amount: Decimal, currency: Any, param: str) -> float:
    """An amount that its currency can hold, or 400."""
    places = currency.decimal_places
    if amount != round(amount, places):
        text = f"{param}: {currency.name} has {places} decimals at most"
        raise Refused("invalid_amount", text, param)
    return float(amount)


def one_currency(caller: Caller, codes: list[str], param: str) -> Any:
    """The currency of all amounts of one thing sold, or 400."""
    if len(set(codes)) > 1:
        text = f"{param}: all amounts must be in one currency, CLP or UF"
        raise Refused("mixed_currencies", text, param)
    return currency_of(caller, codes[0])


def amount_of(value: float, currency: Any) -> int | float:
    """An amount of an answer."""
    return round(value, currency.decimal_places) if currency.decimal_places else int(round(value))
