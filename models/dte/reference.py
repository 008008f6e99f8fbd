from odoo import api, fields, models

from ...sii.codes import CodRef
from ...sii.document import limits
from ..access.guard import ALWAYS, BIRTH, EDITABLE
from ..base import chilean_day

CODES = [
    (str(CodRef.ANNULS.value), "1 - Annuls it"),
    (str(CodRef.CORRECTS_TEXT.value), "2 - Corrects its text"),
    (str(CodRef.CORRECTS_AMOUNTS.value), "3 - Corrects its amounts"),
]


class Reference(models.Model):
    """Another document that an invoice refers to: what a note corrects, a purchase order..."""

    _name = "l10n_cl.reference"
    _description = "Reference of a tax document"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _order = "sequence, id"
    _open_to_people = {EDITABLE: ALWAYS, "move_id": BIRTH}
    _people_may_delete = True

    sequence = fields.Integer(default=10)
    move_id = fields.Many2one("account.move", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    document_type_id = fields.Many2one(
        "l10n_latam.document.type",
        "Tax document",
        domain="[('country_id.code', '=', 'CL')]",
        help="Empty for what is not a tax document: then write its code.",
    )
    # The name that l10n_cl reads when it posts a note over a purchase invoice.
    l10n_cl_reference_doc_type_selection = fields.Char(
        "Type",
        compute="_compute_l10n_cl_reference_doc_type_selection",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        size=limits.REFERENCE_TYPE,
        help="The SII's code: 33, 801 (purchase order), 803 (contract), HES...",
    )
    is_global = fields.Boolean(
        "Many",
        help="IndGlobal: more than twenty documents of this type, which are not told one by one. "
        "Their folio is 0.",
    )
    folio = fields.Char(
        required=True,
        size=limits.REFERENCE_FOLIO,
        compute="_compute_folio",
        store=True,
        precompute=True,
        readonly=False,
    )
    issued_on = fields.Date("Date", required=True, default=chilean_day.today)
    code = fields.Selection(
        CODES,
        "Does",
        help="What a credit or debit note does to this document.",
    )
    reason = fields.Char(size=limits.REFERENCE_REASON)

    @api.depends("is_global")
    def _compute_folio(self):
        for reference in self.filtered("is_global"):
            reference.folio = "0"

    @api.depends("document_type_id")
    def _compute_l10n_cl_reference_doc_type_selection(self):
        for reference in self.filtered("document_type_id"):
            reference.l10n_cl_reference_doc_type_selection = reference.document_type_id.code
