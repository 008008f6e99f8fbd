"""``products``: what a service sells."""

from pydantic import ConfigDict

from .base import Amount, Body, Currency, Name, choice


class Product(Body):
    """value: VAT included. kind: goods may travel with their factura, services never do."""

    name: Name
    value: Amount
    currency: Currency = "CLP"
    kind: choice("kind", "service", "goods") = "service"

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Membership", "value": 5000, "currency": "CLP"}}
    )
