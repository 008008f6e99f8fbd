from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.access.guard import ALWAYS, BIRTH
from odoo.addons.l10n_cl_sii.sii.codes import Environment
from odoo.exceptions import UserError


class Certification(models.Model):
    """A company's way through the SII's certification: its sets, and the official steps.

    One for each company: of each set only the last one downloaded counts (PROTOCOL 11).
    """

    _name = "l10n_cl.certification"
    _description = "Certification before the SII"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _open_to_people = {
        "company_id": BIRTH,
        **dict.fromkeys(("partner_ids", "set_ids", "step_ids", "simulation_move_ids"), ALWAYS),
    }
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Customers of the set",
        check_company=True,
        help="The SII wants another customer on each invoice: choose as many as the set has "
        "invoices, with RUT, activity, address and commune.",
    )
    set_ids = fields.One2many("l10n_cl.certification.set", "certification_id", "Test sets")
    step_ids = fields.One2many("l10n_cl.certification.step", "certification_id", "Steps")

    _one_per_company = models.UniqueIndex(
        "(company_id)", "This company has its certification already."
    )

    @api.depends("company_id")
    def _compute_display_name(self):
        for certification in self:
            certification.display_name = self.env._(
                "Certification of %s", certification.company_id.name
            )

    @api.model_create_multi
    def create(self, vals_list):
        certifications = super().create(vals_list)
        certifications._check_environment()
        for certification in certifications:
            certification.step_ids.sudo()._make_for(certification)
        return certifications

    def _check_environment(self):
        """Test documents in production would be real documents."""
        for certification in self:
            issuer = certification.company_id.l10n_cl_issuer_id.sudo()
            if issuer.environment != Environment.CERTIFICATION:
                raise UserError(
                    self.env._(
                        "The assistant works in the SII's certification environment only: set "
                        "up the issuer of %s for it under SII Invoicing > Configuration > Issuers.",
                        certification.company_id.name,
                    )
                )

    @api.model
    @entry("create", MANAGER)
    def action_open(self):
        """Menu: the certification of the present company, begun at the first visit."""
        certification = self.search([("company_id", "=", self.env.company.id)])
        if not certification:
            certification = self.create({"company_id": self.env.company.id})
        return certification._get_records_action()

    @entry("write", MANAGER)
    def action_load(self):
        """Button: ask for the file of a set."""
        return self._ask("l10n_cl_sii_certification.certification_load_action")

    @entry("write", MANAGER)
    def action_exchange(self):
        """Button: ask for the envelope that the SII mailed."""
        return self._ask("l10n_cl_sii_certification.certification_exchange_action")

    def _ask(self, action):
        self.ensure_one()
        found = self.env["ir.actions.actions"]._for_xml_id(action)
        return {**found, "context": {"default_certification_id": self.id}}
