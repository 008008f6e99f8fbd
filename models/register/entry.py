import secrets

from odoo import api, fields, models

from ...sii import kinds
from ..base.texts.values import dotted
from .figure import Code, Figure


class RcvEntry(models.Model):
    """A document, fee receipt or summary line, as the SII's register has it.

    Nobody edits it: feeders write it (``upsert.py``) and it is shown as given, whether its
    figures add up or not. Fee receipts are entries too: they come, are listed and matched with the
    others, and differ by the few fields that begin with ``services_``.
    """

    _name = "l10n_cl.rcv.entry"
    _description = "Entry of the SII's register"
    _inherit = "l10n_cl.guard.mixin"
    _order = "date desc nulls last, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "counterpart_name", "counterpart_rut"]

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    external_id = fields.Char(
        "Identifier",
        required=True,
        readonly=True,
        copy=False,
        help="What programs call it by: the provider's, when a provider told it first.",
        default=lambda _self: f"inv_{secrets.token_hex(8)}",
    )
    provider_id = fields.Char("Identifier at the provider", readonly=True)
    identity = fields.Char(
        required=True, readonly=True, help="The same for the same document, whoever tells it."
    )
    source = fields.Char(readonly=True, help="Who told it last.")
    period_id = fields.Many2one(
        "l10n_cl.rcv.period", readonly=True, index="btree_not_null", check_company=True
    )
    issue_type = fields.Selection(
        [("issued", "Issued"), ("received", "Received")], required=True, readonly=True
    )
    document_type = Code("Type", readonly=True, help="Empty for fee receipts.")
    document_type_id = fields.Many2one("l10n_latam.document.type", "Document type", readonly=True)
    number = fields.Char("Folio", readonly=True)
    date = fields.Date(readonly=True)
    tax_period = fields.Char("Month", readonly=True)
    currency = fields.Char(readonly=True)
    counterpart_rut = fields.Char("RUT", readonly=True, index="btree_not_null")
    counterpart_name = fields.Char("Name", readonly=True)
    counterpart_data = fields.Json("About the taxpayer", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", check_company=True
    )
    net_amount = Figure("Net", readonly=True)
    total_amount = Figure("Total", readonly=True)
    invoice_status = fields.Selection(
        [
            ("registered", "Registered"),
            ("pending", "Pending"),
            ("cancelled", "Claimed"),
            ("rejected", "Not to be included"),
        ],
        "List",
        readonly=True,
    )
    confirmation_status = fields.Selection(
        [
            ("C", "Acknowledged"),
            ("A", "Automatic"),
            ("P", "Paid in cash"),
            ("G", "By dispatch guides"),
            ("R", "Claimed"),
        ],
        "Acknowledgement",
        readonly=True,
    )
    is_services_invoice = fields.Boolean("Fee receipt", readonly=True)
    is_summary = fields.Boolean("Summary line", readonly=True)
    has_note = fields.Boolean("Has notes", readonly=True)
    unknown = fields.Json("Unknown values", readonly=True, help="What fits no field, as it came.")
    event_ids = fields.One2many("l10n_cl.rcv.event", "entry_id", readonly=True)
    note = fields.Text("Remarks", compute="_compute_note")

    _identity_unique = models.UniqueIndex("(company_id, identity)")
    _external_unique = models.UniqueIndex("(company_id, external_id)")
    _provider = models.Index("(company_id, provider_id) WHERE provider_id IS NOT NULL")
    # lists of programs and of people: newest first
    _newest = models.Index("(company_id, date DESC NULLS LAST, id DESC)")

    @api.depends("document_type", "number", "is_services_invoice", "tax_period")
    def _compute_display_name(self):
        for entry in self:
            kind = entry.document_type_id.doc_code_prefix or entry.document_type or "?"
            kind = "BHE" if entry.is_services_invoice else kind
            entry.display_name = (
                f"{kind} {(not entry.is_summary and entry.number) or entry.tax_period or ''}"
            )

    @api.depends("net_amount", "exempt_amount", "vat_amount", "total_amount", "unknown")
    def _compute_note(self):
        for entry in self:
            notes = [entry._sum_note(), entry._exempt_note()]
            notes += [
                self.env._(
                    "%(attribute)s has a value we do not know: %(text)s", attribute=name, text=text
                )
                for name, text in (entry.unknown or {}).items()
            ]
            entry.note = "\n".join(filter(None, notes))

    def _sum_note(self):
        """A remark when net, exempt and VAT do not come to the total; nothing is refused for it."""
        if self.is_services_invoice or self.total_amount is None:
            return None
        parts = sum(filter(None, (self.net_amount, self.exempt_amount, self.vat_amount)))
        others = (self.other_taxes or {}).get("total_amount") or 0
        if self.total_amount in (parts, parts + others):
            return None
        return self.env._(
            "Net, exempt and VAT come to %(sum)s, the total is %(total)s.",
            sum=dotted(parts),
            total=dotted(self.total_amount),
        )

    def _exempt_note(self):
        if kinds.of(self.document_type).exempt and self.vat_amount:
            return self.env._("An exempt document with VAT of %s.", dotted(self.vat_amount))
        return None
