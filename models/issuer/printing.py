from odoo import fields, models


class Issuer(models.Model):
    """What the issuer chose to print beside what the law wants (PROTOCOL 6.3)."""

    _inherit = "l10n_cl.issuer"

    print_cedible = fields.Selection(
        [
            ("never", "Never"),
            ("separate", "As a print of its own"),
            ("appended", "After the invoice, in every PDF"),
        ],
        "Cedible copy",
        required=True,
        default="separate",
        help="The copy of an invoice that can be ceded: it carries the word CEDIBLE and the "
        "acknowledgement of receipt that the customer signs.",
    )
    print_boleta_stamp = fields.Boolean(
        "Stamp on boletas",
        help="Prints the stamp's bar code on boletas too. Without it they are shorter: they carry "
        "the address of the page where anybody finds them by type, folio, date and total, and its "
        "QR code (Res. Ex. SII 207/2025). Invoices, guides and notes always bear the stamp.",
    )
    ticket_page_qr = fields.Boolean(
        "Page as QR on tickets",
        help="Tickets carry a QR code that opens the public page of the document, where the buyer "
        "downloads its PDF and its XML.",
    )
    print_qr = fields.Boolean(
        "Stamp as QR too", help="Prints the stamp also as a QR code, which any phone reads."
    )
