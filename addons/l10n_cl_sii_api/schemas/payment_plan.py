"""Bodies of ``/payment_plans``."""

from typing import Annotated

from pydantic import ConfigDict, Field

from .base import Amount, Body, Currency, DueDay, Extra, Identifier, Name, Reference, Text
from .invoicing import InvoiceConfiguration, InvoiceInformation


class Installment(Body):
    """What is owed on one day, VAT included, in pesos or UF."""

    # of one that is there already; without it, a new one
    id: Identifier | None = None
    amount: Amount
    currency: Currency = "CLP"
    due_date: DueDay

    model_config = ConfigDict(
        json_schema_extra={"example": {"amount": 3.2, "currency": "UF", "due_date": "2026-12-05"}}
    )


class PaymentPlan(Body):
    """What one buyer pays by instalments."""

    buyer_id: Identifier | None = None
    name: Name | None = None
    description: Text | None = None
    # canceled: what is unpaid is owed no more
    status: Identifier | None = None
    external_id: Reference | None = None
    extra_fields: Extra | None = None
    emit_document: bool | None = None
    # also what was paid while it was off
    emit_past: bool | None = None
    installments: Annotated[list[Installment], Field(min_length=1, max_length=360)] | None = None
    invoice_information: InvoiceInformation | None = None


class PaymentPlanBody(Body):
    payment_plan: PaymentPlan
    invoice_configuration: InvoiceConfiguration | None = None

    can_be_emptied = frozenset({"invoice_configuration"})

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "payment_plan": {
                    "buyer_id": "99990000-aaaa-bbbb-cccc-ddddeeeeffff",
                    "name": "Cocina a medida",
                    "emit_document": True,
                    "installments": [
                        {"amount": 3.2, "currency": "UF", "due_date": "2026-12-05"},
                        {"amount": 3.2, "currency": "UF", "due_date": "2027-01-05"},
                    ],
                    "invoice_information": {"email": "ana@example.com", "commune": "Maipú"},
                },
                "invoice_configuration": {"document": "receipt", "emit_at": "payment"},
            }
        }
    )
