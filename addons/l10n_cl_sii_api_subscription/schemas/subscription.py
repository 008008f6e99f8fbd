"""Bodies of ``/subscriptions`` and ``/subscription_buyers``."""

from typing import Annotated

from pydantic import ConfigDict, Field

from odoo.addons.l10n_cl_sii_api.schemas.base import (
    Body,
    Day,
    Extra,
    Identifier,
    Name,
    Reference,
    Text,
    choice,
)
from odoo.addons.l10n_cl_sii_api.schemas.invoicing import (
    InvoiceConfiguration,
    InvoiceInformation,
)
from odoo.addons.l10n_cl_sii_api.schemas.product import Product
from odoo.addons.l10n_cl_sii_api.schemas.transport import Travels

Recurrence = choice("recurrence", "week", "month", "bimonth", "quarter", "semester", "year")
Month = Annotated[int, Field(ge=1, le=12)]


class Subscription(Body):
    """What is paid by periods. emit_document: a tax document comes out of each payment.

    dop: day of payment, 1 to 28; of a weekly one 0 (Sunday) to 6 (Saturday). mop: month of
    payment of a yearly one. periods: how many are paid, no end without it.
    """

    name: Name | None = None
    description: Text | None = None
    recurrence: Recurrence | None = None
    dop: int | None = None
    mop: Month | None = None
    periods: Annotated[int, Field(ge=1, le=1200)] | None = None
    external_id: Reference | None = None
    extra_fields: Extra | None = None
    emit_document: bool | None = None
    # also what was paid while it was off
    emit_past: bool | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Monthly Plan",
                "recurrence": "month",
                "dop": 5,
                "emit_document": True,
            }
        }
    )


class SubscriptionBody(Body):
    subscription: Subscription = Subscription()
    products: Annotated[list[Product], Field(min_length=1, max_length=60)] | None = None
    invoice_configuration: InvoiceConfiguration | None = None

    can_be_emptied = frozenset({"invoice_configuration"})


class SubscriptionBuyer(Travels):
    """Who pays it, from when, to when. dop, mop: the subscription's, unless they are sent.

    goods_travel: false holds for every period; transport for those that are owed now.
    """

    subscription_id: Identifier | None = None
    buyer_id: Identifier | None = None
    dop: int | None = None
    mop: Month | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    status: Identifier | None = None
    external_id: Reference | None = None
    extra_fields: Extra | None = None
    invoice_information: InvoiceInformation | None = None

    can_be_emptied = (Travels.can_be_emptied - {"description"}) | {"end_date"}


class SubscriptionBuyerBody(Body):
    subscription_buyer: SubscriptionBuyer
