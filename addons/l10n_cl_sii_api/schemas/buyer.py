"""Bodies of ``/buyers``."""

from pydantic import ConfigDict

from .base import Body, Name, Reference, Text

_EXAMPLE = {"name": "Ana Díaz", "email": "ana@example.com", "external_id": "17"}


class Buyer(Body):
    """Somebody who pays."""

    name: Name | None = None
    email: Text | None = None
    external_id: Reference | None = None

    can_be_emptied = frozenset({"email", "external_id"})

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})


class BuyerBody(Body):
    buyer: Buyer
