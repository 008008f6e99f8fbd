"""Bodies of ``/payments``."""

from typing import Annotated

from pydantic import AliasChoices, ConfigDict, Field

from .base import Amount, Body, Currency, Identifier, Moment, Reference, Text
from .transport import Travels

_EXAMPLE = {
    "amount": 5000,
    "payment_method": "Webpay",
    "payment_date": "2026-11-21 15:04:05 UTC",
    "external_id": "webpay-1187",
}


class Payment(Travels):
    """What one buyer paid. external_id: sent again, it is the same payment."""

    amount: Amount | None = None
    # of the amount; when it is not sent, pesos or the statements' own
    currency: Currency | None = None
    payment_method: Text | None = None
    payment_date: Moment | None = None
    external_id: Reference | None = None

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})


class PaymentBody(Body):
    payment: Payment


class PaymentOfSeveral(Payment):
    """Of which statements: their ids."""

    statement_ids: Annotated[list[Identifier], Field(max_length=1000)] | None = Field(
        None, validation_alias=AliasChoices("statement_ids", "statements")
    )


class PaymentOfSeveralBody(Body):
    payment: PaymentOfSeveral
