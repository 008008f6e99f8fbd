"""What a bill that came from an XML notes of it, and the orders that it is matched with."""

from .verdicts import UNASKED


def received_text(bill, document):
    if document.state == "new" and document.sii_verdict == UNASKED:
        return bill.env._(
            "The SII was not asked about the signature of this bill's XML: it is filled in "
            "when somebody takes the document all the same."
        )
    if document.state == "new":
        return bill.env._(
            "The SII is being asked about the XML of this bill: it is filled in when the SII "
            "knows the document."
        )
    if document.state == "suspect":
        return bill.env._(
            "The XML of this bill is suspect. %s", document.problems or document.sii_text or ""
        )
    if document.bill_stale:
        return document.bill_problem
    if document.bill_difference:
        return bill.env._(
            "This bill comes to %(bill)s and its XML to %(xml)s.",
            bill=f"{bill.amount_total:,.0f}",
            xml=f"{document.amount_total:,.0f}",
        )
    if document.sums_wrong:
        return bill.env._("The totals of the XML do not follow from its lines.")
    return document.bill_lost


def beside_total(bill, totals):
    """Sentences about amounts that a document states and a bill has no place for."""
    amounts = {
        bill.env._("not billed"): totals.not_billable,
        bill.env._("previous balance"): totals.previous_balance,
        bill.env._("to pay"): totals.payable,
    }
    texts = [f"{name} {amount:,.0f}" for name, amount in amounts.items() if amount]
    if texts:
        yield bill.env._(
            "Beside its total the XML says: %s. The bill holds the total alone.",
            ", ".join(texts),
        )


def match_orders(bill, names):
    """Link the lines to those of the purchase order, where purchases are installed."""
    if "purchase.order" not in bill.env:
        return
    orders = bill.env["purchase.order"].search(
        [
            ("company_id", "=", bill.company_id.id),
            ("partner_id", "child_of", bill.commercial_partner_id.id),
            ("state", "=", "purchase"),
            "|",
            ("name", "in", names),
            ("partner_ref", "in", names),
        ]
    )
    open_lines = list(orders.order_line.filtered(lambda line: not line.display_type))
    for line in bill.invoice_line_ids:
        match = next(
            (
                each
                for each in open_lines
                if each.price_subtotal == line.price_subtotal
                or (each.price_unit == line.price_unit and each.product_qty >= line.quantity)
            ),
            None,
        )
        if match:
            open_lines.remove(match)
            line.write({"purchase_line_id": match.id, "product_id": match.product_id.id})
