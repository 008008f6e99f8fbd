"""``products``: what a service sells."""

from pydantic import ConfigDict

from .base import Amount, Body, Currency, Name


class Product(Body):
    """value: VAT included."""

    name: Name
    value: Amount
    currency: Currency = "CLP"

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Membership", "value": 5000, "currency": "CLP"}}
    )
