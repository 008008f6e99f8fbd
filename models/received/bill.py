from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...sii import kinds
from ...sii.received import document as received
from ...sii.received.bill_lines import Digits, bill_lines, other_lines
from ..access.entry import EMITTER, VIEWER, entry
from ..base import document_type as document_types
from ..taxpayer.account_tax import VAT

_FOLIO_DIGITS = 10


class ReceivedDte(models.Model):
    """The vendor bill of a document that the SII knows."""

    _inherit = "l10n_cl.received.dte"

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True, check_company=True)
    bill_id = fields.Many2one(
        "account.move", readonly=True, index="btree_not_null", check_company=True
    )
    # read by those too who may not read bills
    bill_difference = fields.Monetary(compute="_compute_bill_difference", compute_sudo=True)
    bill_problem = fields.Char("Why there is no bill", readonly=True)
    bill_stale = fields.Boolean(
        "Bill of another file",
        readonly=True,
        help="The bill was made from a file of this document that the SII does not hold.",
    )

    @api.depends("bill_id.amount_total", "bill_id.line_ids", "amount_total")
    def _compute_bill_difference(self):
        """What the bill comes to, less what the document states."""
        for document in self:
            bill = document.bill_id
            document.bill_difference = (
                bill.amount_total - document.amount_total if bill.invoice_line_ids else 0
            )

    def _make_bill(self):
        """The draft bill, or the reason why there is none and a person who sees to it."""
        try:
            with self.env.cr.savepoint():
                self._write_bill()
        except (UserError, ValidationError) as problem:
            self.bill_problem = str(problem)
            self._call_a_person(self.bill_problem)
        else:
            self.write({"bill_problem": False, "bill_stale": False})

    def _bill_is_of_other_file(self):
        """The bill has what a file states that the SII does not hold: a person corrects it."""
        self.write(
            {
                "bill_stale": True,
                "bill_problem": self.env._(
                    "The bill was made from a file that the SII does not hold. Compare them under "
                    "“Other Files”, reset the bill to draft if it is posted, and press “Make "
                    "Bill”: its lines are made anew. What was paid on it, take up with the "
                    "supplier."
                ),
            }
        )
        self._call_a_person(self.bill_problem)

    @entry("read", EMITTER)
    def action_make_bill(self):
        """Button: make the bill that could not be made."""
        for document in self.filtered(lambda row: row.state not in ("new", "suspect")):
            if not kinds.of(document.document_code).billed:
                continue
            if document.bill_stale and document.bill_id.state != "draft":
                raise UserError(self.env._("Reset %s to draft first.", document.bill_id.name))
            if document.bill_stale or not document.bill_id.invoice_line_ids:
                document.sudo()._make_bill()

    @entry("read", VIEWER)
    def action_open_bill(self):
        """Button: the bill."""
        return self.bill_id._get_records_action()

    def _write_bill(self):
        document = self._document()
        self.partner_id = self._find_partner() or self._create_partner(document)
        self.partner_id._l10n_cl_is_taxpayer(self.issuer_rut, "1")
        known = self._bill_typed_before()
        if known:
            self.bill_id = known
            return
        bill = self.bill_id or self.env["account.move"].with_company(self.company_id).create(
            {"move_type": "in_invoice", "journal_id": self._journal().id}
        )
        self.bill_id = bill
        bill.write(self._bill_header(document))
        taxes = self._known_taxes(document)
        bill.write({"invoice_line_ids": [Command.clear(), *self._bill_lines(document, taxes)]})
        bill.write({"l10n_cl_reference_ids": [Command.clear(), *self._references(document)]})
        self._match_taxes(document)
        bill._l10n_cl_received(self, document)
        bill._l10n_cl_note_archived()
        self._note_twins()

    def _document(self):
        [document] = received.read(self._xml_bytes(), self._issuer()._caf_authorities())
        return document

    def _partners(self):
        """The contacts of the supplier's RUT, however it is written there; the best one first."""
        found = self.env["res.partner"]._l10n_cl_of_ruts([self.issuer_rut], self.company_id)
        return found.get(self.issuer_rut, self.env["res.partner"])

    def _find_partner(self):
        return self._partners()[:1].commercial_partner_id

    def _note_twins(self):
        """Contacts of one RUT may be one supplier twice: a person merges them."""
        twins = self._partners().commercial_partner_id
        if len(twins) > 1:
            self.bill_id.message_post(
                body=self.env._(
                    "There are %(count)s contacts with the RUT %(rut)s: %(names)s. The bill is of "
                    "the first one.",
                    count=len(twins),
                    rut=self.issuer_rut,
                    names=", ".join(f"{twin.display_name} ({twin.id})" for twin in twins),
                )
            )

    def _create_partner(self, document):
        return self.env["res.partner"]._l10n_cl_create_supplier(
            self.issuer_rut,
            document.issuer_name,
            l10n_cl_activity_description=document.issuer_giro,
            street=document.issuer_address,
            city=document.issuer_comuna,
        )

    def _journal(self):
        journal = self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(self.company_id),
                ("type", "=", "purchase"),
                ("l10n_latam_use_documents", "=", True),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(
                self.env._("There is no purchase journal that uses documents: create one.")
            )
        return journal

    def _bill_typed_before(self):
        """A bill with this number that somebody entered by hand."""
        return self.env["account.move"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("move_type", "in", ("in_invoice", "in_refund")),
                ("commercial_partner_id", "in", self._partners().commercial_partner_id.ids),
                ("l10n_latam_document_type_id", "=", self.document_type_id.id),
                ("name", "=", f"{self.document_type_id.doc_code_prefix} {self.folio:06d}"),
                ("state", "!=", "cancel"),
                ("id", "!=", self.bill_id.id),
            ],
            limit=1,
        )

    def _bill_header(self, document):
        kind = kinds.of(self.document_code)
        values = {
            "move_type": "in_refund" if kind.is_credit_note else "in_invoice",
            "partner_id": self.partner_id.id,
            "invoice_date": self.issued_on,
            "l10n_latam_document_type_id": self.document_type_id.id,
            "l10n_latam_document_number": str(self.folio),
            "invoice_payment_term_id": False,
            "invoice_date_due": self.due_on or self.issued_on,
        }
        original = self._original(document)
        if kind.is_credit_note:
            values["reversed_entry_id"] = original.id
        elif kind.is_debit_note:
            values["debit_origin_id"] = original.id
        return values

    def _original(self, document):
        """The bill that a note changes."""
        for reference in document.references:
            folio = reference.folio
            if reference.code and folio.isdecimal() and len(folio) <= _FOLIO_DIGITS:
                found = self.search(
                    [
                        ("company_id", "=", self.company_id.id),
                        ("issuer_rut", "=", self.issuer_rut),
                        ("document_type_id.code", "=", reference.document_type),
                        ("folio", "=", int(folio)),
                    ]
                )
                if found.bill_id:
                    return found.bill_id
        return self.env["account.move"]

    def _bill_lines(self, document, taxes):
        precision = self.env["decimal.precision"].precision_get
        digits = Digits(*map(precision, ("Product Price", "Discount", "Product Unit")))
        lines = bill_lines(document, digits)
        used = {code for line in lines for code in line.taxes}
        others = other_lines(document, frozenset(used & set(taxes)))
        self._use_taxes(self.env["account.tax"].union(*map(taxes.get, used & set(taxes))))
        lost = []
        for line in [*lines, *others]:
            codes = [VAT, *line.taxes] if line.affected and document.totals.vat else line.taxes
            values = {
                "name": line.name,
                "quantity": float(line.quantity),
                "price_unit": float(line.price),
                "discount": float(line.discount),
                "tax_ids": [Command.set([taxes[code].id for code in codes if code in taxes])],
            }
            if line.tax_code:
                if account := self._account_of(line.tax_code):
                    values["account_id"] = account.id
                else:
                    lost.append((line.name, line.amount))
            yield Command.create(values)
        self._note_lost(lost)

    def _references(self, document):
        types = document_types.by_code(self.env)
        for reference in document.references:
            yield Command.create(
                {
                    "document_type_id": types[reference.document_type].id
                    if reference.document_type in types
                    else None,
                    "l10n_cl_reference_doc_type_selection": reference.document_type,
                    "folio": reference.folio,
                    "issued_on": reference.issued_on,
                    "code": str(reference.code.value) if reference.code else False,
                    "reason": reference.reason,
                }
            )
