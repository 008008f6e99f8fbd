"""Documents of every kind in the demo company's register, as the SII lists them."""

import json
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from .. import paths

SAMPLE = paths.ROOT / "sii" / "tests" / "invoice_object.json"

HOOLI = ("771234561", "Comercial Hooli SpA")
NUBLE = ("778884569", "Constructora Ñuble Ltda.")
ANA = ("123456785", "Ana Díaz Rojas")

# What an accountant meets: (issue type, type, net, exempt, of the row).
ISSUED = (
    (33, 489990, 0, {}),
    (34, 0, 120000, {}),
    (43, 800000, 0, {"settlement_issuer_id": "771234561", "net_commissions": 80000}),
    (45, 90000, 0, {"total_vat_withheld": 17100}),
    (46, 60000, 0, {"total_vat_withheld": 11400}),
    (52, 35000, 0, {}),
    (56, 10000, 0, {"reference_type_code": 33, "reference_number": "1001"}),
    (61, 20000, 0, {"reference_type_code": 33, "reference_number": "1001-1002"}),
    (110, 0, 5400000, {}),
    (111, 0, 40000, {}),
    (112, 0, 30000, {}),
    (33, 350000, 0, {"confirmation_status": "C"}),
)
RECEIVED = (
    (33, 100000, 0, {"confirmation_status": "C"}),
    (33, 210000, 0, {"confirmation_status": "A", "transaction_category": "Activo Fijo"}),
    (33, 15000, 0, {"confirmation_status": "P", "transaction_category": "Supermercado"}),
    (33, 99000, 0, {"confirmation_status": "G", "has_note": True}),
    (33, 48000, 0, {"invoice_status": "pending"}),
    (33, 77000, 0, {"invoice_status": "cancelled", "confirmation_status": "R"}),
    (33, 23000, 0, {"invoice_status": "rejected", "transaction_category": "Do not include"}),
    (33, 30000, 0, {"transaction_category": "IVA Uso Comun", "common_use_vat": 5700}),
    (33, 12000, 0, {"non_refundable_vat_amount": 2280, "non_refundable_vat_code": 3}),
    (34, 0, 64000, {"transaction_category": "Bien Raiz"}),
    (30, 18000, 0, {}),
    (32, 0, 9000, {}),
    (40, 55000, 0, {}),
    (50, 1000, 0, {}),
    (55, 2000, 0, {}),
    (60, 3000, 0, {}),
    (61, 5000, 0, {}),
    (103, 70000, 0, {}),
    (914, 640000, 0, {"transaction_category": "Una categoría nueva"}),
)
SUMMARIES = ((35, 12), (38, 3), (39, 418), (41, 27), (47, 9), (48, 236))
HONORARIA = (("received", "VIG"), ("received", "ANUL"), ("issued", "ObR"), ("issued", "VCA"))


def load(env, company) -> None:
    """Send a company's register the documents of this month and of the one before."""
    # known inside Odoo only, which is where this runs
    from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object

    rows = [rcv_object.read(invoice) for invoice in objects(date.today())]
    env["l10n_cl.rcv.entry"]._upsert(company, rows, "demo")


def objects(today: date) -> list[dict[str, Any]]:
    """The invoice objects that a provider would send on that day."""
    before = today.replace(day=1) - timedelta(days=1)
    invoices = [json.loads(SAMPLE.read_text())]
    for issue_type, kinds in (("issued", ISSUED), ("received", RECEIVED)):
        for index, (type_, net, exempt, values) in enumerate(kinds):
            number, month = 1001 + index, before if index % 3 else today
            invoices.append(_document(issue_type, type_, number, month, net, exempt, values))
    invoices += [_summary(type_, count, before) for type_, count in SUMMARIES]
    invoices += [_fees(*each, number, before) for number, each in enumerate(HONORARIA, 501)]
    return invoices


def _document(issue_type, type_, number, month, net, exempt, values) -> dict[str, Any]:
    vat = round(net * 0.19)
    day = month.replace(day=1 + number % min(month.day, 28))
    seen = _moment(day, time(15, 30))
    inner = {
        "document_type": type_,
        "exempt_amount": exempt,
        "invoice_status": "registered",
        "received_at": seen,
        "transaction_category": "Del Giro",
        "vat_amount": vat,
        **values,
    }
    if inner.get("confirmation_status") in ("C", "A", "P", "G"):
        inner["accepted_at"] = seen
    if inner["invoice_status"] == "cancelled":
        inner["rejected_at"] = seen
    party = NUBLE if issue_type == "issued" else HOOLI
    return _object(issue_type, str(number), day, party, net, net + exempt + vat, inner)


def _summary(type_: int, count: int, month: date) -> dict[str, Any]:
    exempt = type_ in (38, 41)
    net = 0 if exempt else count * 8000
    inner = {
        "document_type": type_,
        "exempt_amount": count * 8000 if exempt else 0,
        "invoice_status": "registered",
        "total_documents": count,
        "transaction_category": "Del Giro",
        "vat_amount": round(net * 0.19),
    }
    day = month.replace(day=monthrange(month.year, month.month)[1])
    total = net + inner["exempt_amount"] + inner["vat_amount"]
    return _object("issued", "0", day, None, net, total, inner)


def _fees(issue_type: str, status: str, number: int, month: date) -> dict[str, Any]:
    gross = 300000
    withheld = round(gross * 0.1525)
    day = month.replace(day=20)
    inner = {
        "is_services_invoice": True,
        "invoice_status": "registered",
        "services_invoice": {
            "is_professional_society": False,
            "is_third_party": False,
            "issued_at": _moment(day, time(9, 45)),
            "issuer_withheld_amount": withheld if issue_type == "issued" else 0,
            "receiver_withheld_amount": withheld if issue_type == "received" else 0,
            "status": status,
        },
    }
    party = NUBLE if issue_type == "issued" else ANA
    return _object(issue_type, str(number), day, party, gross, gross - withheld, inner)


def _object(issue_type, number, day, party, net, total, inner) -> dict[str, Any]:
    side = "issuer" if issue_type == "received" else "receiver"
    return {
        "object": "invoice",
        "currency": "CLP",
        "date": day.isoformat(),
        "institution_invoice": inner,
        "issue_type": issue_type,
        side: party and {"id": party[0], "name": party[1], "institution_tax_payer": None},
        "net_amount": net,
        "number": number,
        "tax_period": f"{day:%m/%Y}",
        "total_amount": total,
    }


def _moment(day: date, at: time) -> str:
    return f"{datetime.combine(day, at, UTC):%Y-%m-%dT%H:%M:%S}.000Z"
