"""What can keep a document from being emitted; changed, it is tried again by itself."""

from odoo import api, models


class MendedMixin(models.AbstractModel):
    _name = "l10n_cl.mended.mixin"
    _description = "Wakes parked emissions when it changes"

    def write(self, vals):
        result = super().write(vals)
        self.env["l10n_cl.emission.request"]._mended(self)
        return result


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "l10n_cl.mended.mixin"]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "l10n_cl.mended.mixin"]


class Issuer(models.Model):
    _name = "l10n_cl.issuer"
    _inherit = ["l10n_cl.issuer", "l10n_cl.mended.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        """A company without issuer is what the request names."""
        issuers = super().create(vals_list)
        self.env["l10n_cl.emission.request"]._mended(issuers.company_id)
        return issuers


class Certificate(models.Model):
    _inherit = "certificate.certificate"

    def write(self, vals):
        result = super().write(vals)
        signed_with = [("certificate_id", "in", self.ids)]
        issuers = self.env["l10n_cl.issuer"].sudo().search(signed_with)
        self.env["l10n_cl.emission.request"]._mended(issuers)
        return result


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "l10n_cl.mended.mixin"]


class Caf(models.Model):
    _inherit = "l10n_cl.caf"

    @api.model_create_multi
    def create(self, vals_list):
        cafs = super().create(vals_list)
        self.env["l10n_cl.emission.request"]._mended(cafs.issuer_id)
        return cafs


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        self.env["l10n_cl.emission.request"]._mended(rates.currency_id)
        return rates

    def write(self, vals):
        result = super().write(vals)
        self.env["l10n_cl.emission.request"]._mended(self.currency_id)
        return result
