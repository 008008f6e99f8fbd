"""``products`` of services: each becomes a product of its own, VAT included."""

from typing import Any

from ..schemas.product import Product
from .auth import Caller
from .money import amount_of, checked, one_currency


def priced(caller: Caller, products: list[Product]) -> tuple[Any, list[tuple[str, float]]]:
    """Currency, and name and value of each; or 400."""
    currency = one_currency(caller, [product.currency for product in products], "products")
    items = [
        (product.name, checked(product.value, currency, f"products.{index}.value"))
        for index, product in enumerate(products)
    ]
    return currency, items


def serialise(name: str, value: float, currency: Any) -> dict[str, Any]:
    return {"name": name, "value": amount_of(value, currency), "currency": currency.name}
