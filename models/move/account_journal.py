from odoo import api, fields, models

from ..base.big_integer import BigInteger

# Field of a journal, and of its branch
_OF_BRANCH = {
    "l10n_cl_branch_name": "name",
    "l10n_cl_branch_id": "partner_id",
    "l10n_cl_sii_branch_code": "code",
}


class AccountJournal(models.Model):
    """The branch that a journal invoices for, how it prices, and whether its documents are ours."""

    _inherit = "account.journal"

    l10n_cl_sii_branch_id = fields.Many2one(
        "l10n_cl.branch",
        "SII Branch",
        check_company=True,
        ondelete="restrict",
        help="Its name, code and address stand on documents of this journal. Empty: the company's.",
    )
    l10n_cl_branch_name = fields.Char(
        "Branch", compute="_compute_l10n_cl_branch", inverse="_inverse_l10n_cl_branch_name"
    )
    l10n_cl_branch_id = fields.Many2one(
        "res.partner",
        "Branch Address",
        compute="_compute_l10n_cl_branch",
        inverse="_inverse_l10n_cl_branch_id",
    )
    l10n_cl_sii_branch_code = BigInteger(
        "SII Branch Code",
        aggregator=False,
        compute="_compute_l10n_cl_branch",
        inverse="_inverse_l10n_cl_sii_branch_code",
    )
    l10n_cl_gross = fields.Boolean(
        "Gross Lines",
        help="Invoices whose prices include VAT, and that carry no other tax, show lines with VAT "
        "(MntBruto).",
    )

    l10n_cl_issued_elsewhere = fields.Boolean(
        "Issued by Another System",
        help="Invoices and notes of this journal were issued to the SII by another system: they "
        "keep the number that is typed, get no tax document here, and their folios are left out.",
    )

    @api.depends(*(f"l10n_cl_sii_branch_id.{name}" for name in _OF_BRANCH.values()))
    def _compute_l10n_cl_branch(self):
        for journal in self:
            for name, of_branch in _OF_BRANCH.items():
                journal[name] = journal.l10n_cl_sii_branch_id[of_branch]

    def _inverse_l10n_cl_branch_name(self):
        self._l10n_cl_write_branch("l10n_cl_branch_name")

    def _inverse_l10n_cl_branch_id(self):
        self._l10n_cl_write_branch("l10n_cl_branch_id")

    def _inverse_l10n_cl_sii_branch_code(self):
        self._l10n_cl_write_branch("l10n_cl_sii_branch_code")

    def _l10n_cl_write_branch(self, name):
        """What is written on a journal goes to its branch, which is made when there is none."""
        values = {journal: journal[name] for journal in self}
        for journal, value in values.items():
            if not journal.l10n_cl_sii_branch_id and value:
                journal.l10n_cl_sii_branch_id = self.env["l10n_cl.branch"].create(
                    {"company_id": journal.company_id.id}
                )
            vals = {_OF_BRANCH[name]: value}
            if name == "l10n_cl_branch_id" and not value:
                vals |= {"street": False, "city_id": False}
            journal.l10n_cl_sii_branch_id.write(vals)

    def _l10n_cl_for_notes(self):
        """The journal in which notes over invoices of this one are made: itself, or one whose
        documents are issued here, where another system issued those of this one."""
        if not self.l10n_cl_issued_elsewhere:
            return self
        here = self.search(
            [
                *self._check_company_domain(self.company_id),
                ("type", "=", self.type),
                ("l10n_latam_use_documents", "=", True),
                ("l10n_cl_issued_elsewhere", "=", False),
            ],
            limit=1,
        )
        return here or self
