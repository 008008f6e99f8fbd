from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...sii import rut
from ...sii.codes import Environment
from ..access.guard import ALWAYS, BIRTH, EDITABLE
from ..base.big_integer import BigInteger
from ..base.obstacle import Obstacle
from ..base.texts.library import library_texts


class Issuer(models.Model):
    """Who a company is to the SII, in one of its environments."""

    _name = "l10n_cl.issuer"
    _description = "SII issuer"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin", "mail.thread"]
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of
    _open_to_people = {EDITABLE: ALWAYS, "company_id": BIRTH}
    _people_may_delete = True

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    company_rut = fields.Char("RUT", compute="_compute_company_rut")
    currency_id = fields.Many2one(related="company_id.currency_id")
    environment = fields.Selection(
        [
            (Environment.CERTIFICATION.value, "Certification (maullin)"),
            (Environment.PRODUCTION.value, "Production (palena)"),
        ],
        required=True,
        default=Environment.CERTIFICATION.value,
        tracking=True,
        help="The SII's test world, or the real one: resolution, folios and permissions of one "
        "are worth nothing in the other.",
    )
    resolution_number = BigInteger(
        tracking=True, help="Number of the SII's resolution; 0 in certification."
    )
    resolution_date = fields.Date(
        tracking=True, help="Date of the resolution, as the SII's portal shows it."
    )
    acteco_ids = fields.Many2many(
        "l10n_cl.acteco",
        string="Economic activities",
        help="One to four activity codes, as registered at the SII.",
    )
    certificate_id = fields.Many2one(
        "certificate.certificate",
        check_company=True,
        groups="base.group_system",
        help="Certificate of the person who signs and sends for the company.",
    )
    sender_rut = fields.Char(
        "Sender RUT",
        compute="_compute_sender_rut",
        store=True,
        readonly=False,
        help="RUT of the certificate's owner. Filled from the certificate when it carries one.",
    )
    missing = fields.Text(
        "Still missing", compute="_compute_missing", help="What keeps this issuer from emitting."
    )
    next_step = fields.Char(compute="_compute_next_step")

    _one_active = models.UniqueIndex(
        "(company_id) WHERE active",
        "This company has an active issuer already. Archive it before you create another.",
    )

    @api.depends("company_id.name", "environment")
    def _compute_display_name(self):
        labels = dict(self._fields["environment"]._description_selection(self.env))
        for issuer in self:
            issuer.display_name = f"{issuer.company_id.name} ({labels.get(issuer.environment)})"

    @api.depends("company_id.vat")
    def _compute_company_rut(self):
        for issuer in self:
            vat = issuer.company_id.vat or ""
            issuer.company_rut = rut.canonical(vat) if rut.is_valid(vat) else False

    @api.depends("certificate_id.pem_certificate")
    def _compute_sender_rut(self):
        for issuer in self:
            if holder := issuer.sudo().certificate_id._l10n_cl_holder():
                issuer.sender_rut = holder.rut or issuer.sender_rut

    @api.model_create_multi
    def create(self, vals_list):
        """What a new issuer sets off, in this order."""
        issuers = super().create(vals_list)
        issuers._take_keys()
        issuers._take_mark()
        # a company without issuer is what a parked request names
        issuers.company_id._l10n_cl_retry_emissions()
        return issuers

    def write(self, vals):
        """Archived only while nothing waits; another certificate brings its RUT and its key."""
        self._check_archived(vals)
        former = self._former_signer_ruts(vals)
        if "schemas_zip" in vals:
            self.env.registry.clear_cache("stable")
        result = super().write(vals)
        if "certificate_id" in vals:
            self._forget_signer_ruts(former)
            self._take_keys()
        self._l10n_cl_retry_emissions(vals)
        return result

    @api.constrains("sender_rut")
    def _check_sender_rut(self):
        for issuer in self.filtered("sender_rut"):
            if not rut.is_valid(issuer.sender_rut):
                raise ValidationError(
                    self.env._(
                        "%s is not a valid RUT: check the digit after the dash.", issuer.sender_rut
                    )
                )

    @api.constrains("acteco_ids")
    def _check_acteco_count(self):
        if any(len(issuer.acteco_ids) > 4 for issuer in self):
            raise ValidationError(self.env._("The SII takes at most four activity codes."))

    @api.constrains("environment", "resolution_number")
    def _check_resolution_number(self):
        for issuer in self:
            if issuer.environment == Environment.CERTIFICATION and issuer.resolution_number:
                raise ValidationError(
                    self.env._("In certification the resolution number is always 0.")
                )

    @api.depends(
        "company_id.vat",
        "company_id.street",
        "company_id.partner_id.city_id",
        "company_id.l10n_cl_activity_description",
        "environment",
        "resolution_number",
        "resolution_date",
        "acteco_ids",
        "certificate_id.loading_error",
        "certificate_id.is_valid",
        "sender_rut",
    )
    def _compute_missing(self):
        for issuer in self:
            issuer.missing = "\n".join(issuer._missing()) or False

    def _missing(self):
        """What keeps this issuer from emitting, one sentence each; empty when it is ready."""
        return [obstacle.text for obstacle in self._obstacles()]

    def _obstacles(self):
        """What keeps this issuer from emitting: an Obstacle each."""
        self.ensure_one()
        return [
            *self._setup_obstacles(),
            *self._key_obstacles(),
            *self._copy_obstacles(),
            *self._examination_obstacles(),
        ]

    def _setup_obstacles(self):
        """What is still to be filled in."""
        company, certificate = self.company_id, self.sudo().certificate_id
        production = self.environment == Environment.PRODUCTION
        readable = certificate and not certificate.loading_error
        checks = [
            (company, self.company_rut, self.env._("Company: a valid RUT (Tax ID).")),
            (company, company.street, self.env._("Company: the street of its address.")),
            (
                company,
                company.partner_id.city_id,
                self.env._("Company: the commune of its address."),
            ),
            (company, company.l10n_cl_activity_description, self.env._("Company: its giro.")),
            (self, self.acteco_ids, self.env._("Issuer: at least one activity code.")),
            (self, self.resolution_date, self.env._("Issuer: the date of the SII's resolution.")),
            (
                self,
                self.resolution_number or not production,
                self.env._("Issuer: the number of the SII's resolution."),
            ),
            (self, certificate, self.env._("Issuer: the certificate that signs.")),
            (
                self,
                not certificate or readable,
                self.env._("Issuer: its certificate. %s", certificate.loading_error or ""),
            ),
            (
                self,
                not readable or certificate.is_valid,
                self.env._("Issuer: the certificate is expired or cannot be read."),
            ),
            (
                self,
                not readable or certificate.l10n_cl_key_id,
                self.env._("Issuer: the private key of the certificate."),
            ),
            (
                self,
                not readable or self.sender_rut,
                self.env._("Issuer: the RUT of the certificate's owner (Sender RUT)."),
            ),
        ]
        missing = [Obstacle(text, record) for record, present, text in checks if not present]
        return missing + [Obstacle(text, self) for text in library_texts(self.env)]

    # -- what a newcomer does next: one step at a time, in one box

    @api.depends("missing")
    def _compute_next_step(self):
        for issuer in self:
            steps = (issuer.missing or "").splitlines()
            if not steps and not issuer._has_folios():
                steps = [self.env._("Load a CAF: the folios of one document type, from the SII.")]
            issuer.next_step = steps[0] if steps else False

    def _has_folios(self):
        """Whether a CAF of this company and environment was ever loaded."""
        return bool(
            self.env["l10n_cl.caf"]
            .sudo()
            .search_count(
                [("issuer_id", "in", self._origin.ids), ("environment", "=", self.environment)],
                limit=1,
            )
        )
