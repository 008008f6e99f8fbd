"""Bodies of ``/single_payments`` and ``/single_payment_buyers``."""

from typing import Annotated

from pydantic import ConfigDict, Field

from .base import Body, DueDay, Extra, Identifier, Name, Reference, Text
from .invoicing import InvoiceConfiguration, InvoiceInformation
from .product import Product
from .transport import Travels


class SinglePayment(Body):
    """What is paid once. emit_document: a tax document comes out of each payment."""

    name: Name | None = None
    description: Text | None = None
    external_id: Reference | None = None
    extra_fields: Extra | None = None
    emit_document: bool | None = None
    # also what was paid while it was off
    emit_past: bool | None = None


class SinglePaymentBody(Body):
    single_payment: SinglePayment = SinglePayment()
    products: Annotated[list[Product], Field(min_length=1, max_length=60)] | None = None
    invoice_configuration: InvoiceConfiguration | None = None

    can_be_emptied = frozenset({"invoice_configuration"})

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "single_payment": {"name": "Inscripción", "emit_document": True},
                "products": [{"name": "Curso de invierno", "value": 5000, "currency": "CLP"}],
                "invoice_configuration": {"document": "selectable", "emit_at": "payment"},
            }
        }
    )


class SinglePaymentBuyer(Travels):
    """Who pays it. due_date: today, unless it is sent."""

    single_payment_id: Identifier | None = None
    buyer_id: Identifier | None = None
    # canceled: what is unpaid is owed no more
    status: Identifier | None = None
    due_date: DueDay | None = None
    external_id: Reference | None = None
    extra_fields: Extra | None = None
    invoice_information: InvoiceInformation | None = None


class SinglePaymentBuyerBody(Body):
    single_payment_buyer: SinglePaymentBuyer

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "single_payment_buyer": {
                    "single_payment_id": "11112222-3333-4444-5555-666677778888",
                    "buyer_id": "99990000-aaaa-bbbb-cccc-ddddeeeeffff",
                    "invoice_information": {
                        "address": "Pasaje Los Aromos 45",
                        "commune": "Maipú",
                        "region": "Metropolitana de Santiago",
                        "email": "ana@example.com",
                    },
                }
            }
        }
    )
