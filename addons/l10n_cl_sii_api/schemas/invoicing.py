"""What document is emitted and when, and for whom."""

from typing import Any

from pydantic import ConfigDict

from .base import Body, Text, choice


class InvoiceConfiguration(Body):
    """``invoice_configuration``: beside the service."""

    document: choice("document", "invoice", "receipt", "selectable") = "selectable"
    emit_at: choice("emit_at", "payment", "due_date") = "payment"
    vat_exempt: bool = False
    # of facturas, for the SII's register of sales; proposed: from the accounts of the products
    sale_kind: choice("sale_kind", "proposed", "business", "fixed_asset", "real_estate") = (
        "proposed"
    )
    ask_rut: bool = False
    ask_address: bool = False

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "document": "selectable",
                "emit_at": "payment",
                "vat_exempt": False,
                "ask_rut": True,
                "ask_address": True,
            }
        }
    )


class InvoiceInformation(Body):
    """``invoice_information``: inside the payable. A factura needs all but the e-mail."""

    rut: Text | None = None
    business_name: Text | None = None
    activity: Text | None = None
    address: Text | None = None
    # looked up, so that whatever is no commune gets the guide's one answer
    commune: Any = None
    region: Text | None = None
    email: Text | None = None

    can_be_emptied = frozenset(
        {"rut", "business_name", "activity", "address", "commune", "region", "email"}
    )

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "rut": "76.123.456-0",
                "business_name": "Acme SpA",
                "activity": "Servicios informáticos",
                "address": "Av. Apoquindo 1234, Oficina 802",
                "commune": "Las Condes",
                "region": "Metropolitana de Santiago",
                "email": "pagos@acme.example",
            }
        }
    )
