"""``products`` of services: each becomes a product of its own, VAT included."""

from typing import Any

from ..schemas.product import Product
from .support.auth import Caller
from .support.money import amount_of, checked, one_currency


def priced(caller: Caller, products: list[Product]) -> tuple[Any, list[tuple[str, float, str]]]:
    """Currency, and name, value and kind of each; or 400."""
    currency = one_currency(caller, [product.currency for product in products], "products")
    items = [
        (product.name, checked(product.value, currency, f"products.{index}.value"), product.kind)
        for index, product in enumerate(products)
    ]
    return currency, items


def serialise(product: Any, name: str, value: float, currency: Any) -> dict[str, Any]:
    """As it was sent; ``kind`` where it is goods."""
    kind = {"kind": "goods"} if product.type == "consu" else {}
    return {
        "name": name,
        "value": amount_of(value, currency),
        "currency": currency.name,
        **kind,
    }
