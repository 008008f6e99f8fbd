"""Emits an invoice as a user does, and follows it to the SII's verdict."""

import time

from .. import paths
from ..progress import StepError, show
from .user import User

WAIT_SECONDS = 240
FIELDS = ("state", "document_code", "folio", "track_id", "sii_text", "envio_id", "caf_id", "xml")
FINAL = ("accepted", "objected", "rejected", "exception")


def post_factura(user: User) -> int:
    """Write and confirm a factura; return the id of the invoice."""
    (customer,) = user.search("res.partner", [("vat", "=", "77888456-9")], limit=1)
    codes = ["NB-14", "SOP-HR"]
    products = user.search("product.product", [("default_code", "in", codes)])
    lines = [{"product_id": product, "quantity": 1} for product in products]
    return _post(user, customer, lines)


def post_boleta(user: User) -> int:
    """Sell a keyboard to somebody who gives no name; return the id of the boleta."""
    (nobody,) = user.search("res.partner", [("vat", "=", "66666666-6")], limit=1)
    products = user.search("product.product", [("default_code", "=", "TEC-ES")])
    return _post(user, nobody, [{"product_id": products[0], "quantity": 1}])


def _post(user: User, partner: int, lines: list[dict]) -> int:
    values = {
        "move_type": "out_invoice",
        "partner_id": partner,
        "invoice_line_ids": [(0, 0, line) for line in lines],
    }
    invoice = user.call("account.move", "create", [values])[0]
    user.call("account.move", "action_post", [invoice])
    return invoice


def follow(user: User, invoice: int, simulator_url: str) -> dict:
    """Wait for the SII's verdict and return the accepted document.

    :raises StepError: another verdict, or none in time.
    """
    (record,) = user.search("l10n_cl.dte", [("move_id", "=", invoice)])
    until = time.monotonic() + WAIT_SECONDS
    shown = None
    while True:
        document = user.read("l10n_cl.dte", record, *FIELDS)
        if document["state"] != shown:
            shown = document["state"]
            track = f", track id {document['track_id']}" if document["track_id"] else ""
            show(f"    type {document['document_code']} folio {document['folio']}: {shown}{track}")
        if shown == "accepted":
            return document
        if shown in FINAL or time.monotonic() > until:
            advice = (
                f"See what the SII answered at {simulator_url}/ and what Odoo did in "
                f"{paths.LOGS / 'odoo.log'}; or start anew: make run FRESH=1"
            )
            text = document["sii_text"] or "The SII said nothing yet."
            raise StepError(f"The document is {shown}, not accepted", advice, text)
        time.sleep(1)
