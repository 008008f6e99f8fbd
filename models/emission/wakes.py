"""What can keep a document from being emitted: when it changes, what was parked because of it is
tried again by itself.

Each model lists the fields that count, so that a changed phone number asks the queue nothing. The
one ``create`` or ``write`` of ours of each model calls the method here as its last step.
"""

from odoo import models

from ..taxpayer.company_contact import ISSUER_FIELDS

_ADDRESS = {"city", "city_id", "country_id", "state_id", "street", "street2", "zip"}


class FixesMixin(models.AbstractModel):
    _name = "l10n_cl.mended.mixin"
    _description = "Wakes parked emissions when it changes"

    # names of the fields that can fix what parks a request
    _l10n_cl_fixes = frozenset()

    def _l10n_cl_retry_emissions(self, vals=None):
        """After a change; vals: what was written, None where the record is new."""
        if vals is None or self._l10n_cl_fixes & vals.keys():
            self.env["l10n_cl.emission.request"]._retry_fixed(self)


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "l10n_cl.mended.mixin"]
    _l10n_cl_fixes = ISSUER_FIELDS | {
        "email",
        "l10n_cl_business_name",
        "l10n_cl_typed_region",
        "l10n_cl_typed_rut",
        "property_account_position_id",
        "property_account_receivable_id",
        "property_payment_term_id",
        "ref",
        "type",
    }


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "l10n_cl.mended.mixin"]
    # what it is to the SII, its policy, and what the books let nobody post
    _l10n_cl_fixes = frozenset(
        {
            *_ADDRESS,
            "account_sale_tax_id",
            "active",
            "currency_id",
            "email",
            "fiscalyear_lock_date",
            "hard_lock_date",
            "income_account_id",
            "l10n_cl_activity_description",
            "l10n_cl_commune_id",
            "l10n_cl_emission_policy_id",
            "name",
            "parent_id",
            "partner_id",
            "phone",
            "sale_lock_date",
            "tax_lock_date",
            "vat",
        }
    )


class Issuer(models.Model):
    _name = "l10n_cl.issuer"
    _inherit = ["l10n_cl.issuer", "l10n_cl.mended.mixin"]
    _l10n_cl_fixes = frozenset(
        {
            "acteco_ids",
            "active",
            "boleta_service",
            "certificate_id",
            "company_id",
            "database_mark",
            "emits_since",
            "environment",
            "resolution_date",
            "resolution_number",
            "schemas_zip",
            "sender_rut",
            "software_rut",
            "to_examine",
        }
    )


class Certificate(models.Model):
    _inherit = "certificate.certificate"

    def _l10n_cl_retry_emissions(self, vals):
        if {"content", "pkcs12_password", "private_key_id", "l10n_cl_key_id"} & vals.keys():
            issuers = self._l10n_cl_issuers().filtered("active")
            self.env["l10n_cl.emission.request"]._retry_fixed(issuers)


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "l10n_cl.mended.mixin"]
    _l10n_cl_fixes = frozenset(
        {
            "client_order_ref",
            "company_id",
            "currency_id",
            "fiscal_position_id",
            "journal_id",
            "l10n_cl_chosen_document",
            "l10n_cl_emission_policy_id",
            "l10n_cl_emit_document",
            "l10n_cl_goods_travel",
            "order_line",
            "partner_id",
            "partner_invoice_id",
            "partner_shipping_id",
            "payment_term_id",
            "state",
            "user_id",
        }
    )


class Caf(models.Model):
    _inherit = "l10n_cl.caf"

    def _l10n_cl_retry_emissions(self):
        self.env["l10n_cl.emission.request"]._retry_fixed(self.issuer_id)


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    def _l10n_cl_retry_emissions(self):
        self.env["l10n_cl.emission.request"]._retry_fixed(self.currency_id)
