import base64

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.base.big_integer import BigInteger
from odoo.addons.l10n_cl_sii.models.base.texts.errors import errors_as_user_errors
from odoo.addons.l10n_cl_sii.sii import clock, rut
from odoo.addons.l10n_cl_sii.sii.books import consumo_folios
from odoo.addons.l10n_cl_sii.sii.books.books import BookCover, Operation, seal_book
from odoo.addons.l10n_cl_sii.sii.books.rows import purchase_rows, sales_rows
from odoo.addons.l10n_cl_sii.sii.certification.sets import SetKind
from odoo.addons.l10n_cl_sii.sii.document import payload
from odoo.exceptions import UserError

# First number of each kind, and how far the next one is: sales books are odd and purchase books
# even, so that no attempt repeats a number. Of a daily summary it is the sequence (SecEnvio).
_NUMBERS = {
    SetKind.SALES_BOOK.value: (1, 2),
    SetKind.PURCHASE_BOOK.value: (2, 2),
    SetKind.BOLETA.value: (1, 1),
}


class CertificationSet(models.Model):
    """Books of sales and purchases and the daily summary of boletas (PROTOCOL 9.3, 4.5).

    They are downloaded, and uploaded on the SII's portal.
    """

    _inherit = "l10n_cl.certification.set"

    book = fields.Binary("Signed book", attachment=True, readonly=True, copy=False)
    book_name = fields.Char(readonly=True)
    notification = BigInteger(
        "Number of the book",
        compute="_compute_notification",
        store=True,
        readonly=False,
        help="FolioNotificacion of a book, SecEnvio of a daily summary: the SII wants a new one "
        "for each attempt. It grows by itself.",
    )

    @api.depends("kind")
    def _compute_notification(self):
        for each in self:
            each.notification = _NUMBERS.get(each.kind, (0, 0))[0]

    @entry("write", MANAGER)
    def action_make_book(self):
        """Button: write and sign the book of this set."""
        self.ensure_one()
        self.certification_id._check_environment()
        with errors_as_user_errors(self.env):
            name, sealed = self._sealed_book()
        self.sudo().write(
            {
                "book": base64.b64encode(sealed),
                "book_name": f"{name}_{self.notification}.xml",
                "notification": self.notification + _NUMBERS[self.kind][1],
            }
        )

    def _sealed_book(self):
        if self.kind == SetKind.SALES_BOOK.value:
            return "libro_ventas", self._seal_book(self._sales(), Operation.SALES)
        if self.kind == SetKind.PURCHASE_BOOK.value:
            return "libro_compras", self._seal_book(self._purchases(), Operation.PURCHASES)
        return "consumo_folios", self._seal_summary()

    def _seal_summary(self):
        """The RCOF of the day on which the boletas of the set were issued."""
        documents = self.case_ids.move_id.sudo().l10n_cl_dte_id
        if not documents:
            raise UserError(self.env._("Make the documents of this set first."))
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        return consumo_folios.write(
            issuer._caratula(),
            documents[0].issued_on,
            [each._used_folio() for each in documents],
            self.notification,
            issuer._signer_for(self.env._("Daily summary of folios (RCOF)"), self),
            clock.now(),
            schemas=issuer._schemas(),
        )

    def _seal_book(self, rows, operation):
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        caratula = issuer._caratula()
        cover = BookCover(
            operation=operation,
            issuer_rut=caratula.issuer_rut,
            sender_rut=caratula.sender_rut,
            resolution_date=caratula.resolution_date,
            resolution_number=caratula.resolution_number,
            period=clock.today(),
            notification=self.notification,
        )
        signer = issuer._signer_for(self.env._("Book of purchases or sales"), self)
        return seal_book(
            cover, rows, signer, clock.now(), self._test_set().factor, issuer._schemas()
        )

    def _sales(self):
        """Rows of the documents of the basic set or, without one, of the exempt set."""
        sets = self.certification_id.set_ids
        for kind in (SetKind.BASIC.value, SetKind.EXEMPT.value):
            found = sets.filtered(lambda each, kind=kind: each.kind == kind)
            if found:
                break
        if found.state != "accepted":
            raise UserError(
                self.env._(
                    "The sales book is made of the documents of the basic or exempt set: make "
                    "these first, and wait until the SII has accepted them."
                )
            )
        documents = found.case_ids.move_id.sudo().l10n_cl_dte_id.sorted("id")
        return sales_rows((payload.load(each.payload), each.folio) for each in documents)

    def _purchases(self):
        """The set names no suppliers: the first customer stands for them."""
        supplier = self.certification_id.partner_ids[:1]
        if not rut.is_valid(supplier.vat or ""):
            raise UserError(
                self.env._(
                    "The purchase book needs a supplier: choose at least one customer with a "
                    "valid RUT, who stands for it."
                )
            )
        return purchase_rows(
            self._test_set(), rut.canonical(supplier.vat), supplier.name, clock.today()
        )
