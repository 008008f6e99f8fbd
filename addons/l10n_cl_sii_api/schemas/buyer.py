"""Bodies of ``/buyers``."""

from pydantic import BaseModel, Field


class Buyer(BaseModel):
    """Somebody who pays."""

    name: str | None = Field(None, min_length=1, max_length=200)
    email: str | None = Field(None, max_length=200)
    external_id: str | None = Field(None, max_length=200)


class BuyerBody(BaseModel):
    buyer: Buyer
