from odoo import api, models

# Chile's localization has its own beside ISO 4217's: both are the Unidad de Fomento
_UF = ("l10n_cl.UF", "base.CLF")


class ResCurrency(models.Model):
    _inherit = "res.currency"

    @api.model
    def _l10n_cl_ufs(self):
        """The currencies that are the UF, in use or not."""
        found = [self.env.ref(name, raise_if_not_found=False) for name in _UF]
        return self.browse([uf.id for uf in found if uf])


class ResCurrencyRate(models.Model):
    """There is one UF: a rate of one of its currencies is the other's, whichever somebody keeps."""

    _inherit = "res.currency.rate"

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        if mine := rates._l10n_cl_of_uf():
            mine._l10n_cl_share_new()
        rates._l10n_cl_retry_emissions()
        return rates

    def write(self, vals):
        twins = {rate: rate._l10n_cl_twins() for rate in self._l10n_cl_of_uf()}
        result = super().write(vals)
        for rate in self._l10n_cl_of_uf():
            rate._l10n_cl_share(twins.get(rate) or rate._l10n_cl_twins())
        self._l10n_cl_retry_emissions()
        return result

    def unlink(self):
        twins = self.browse()
        for rate in self._l10n_cl_of_uf():
            twins |= rate._l10n_cl_twins()
        result = super().unlink()
        if left := (twins - self).exists():
            left.unlink()
        return result

    def _l10n_cl_of_uf(self):
        ufs = self.env["res.currency"]._l10n_cl_ufs()
        return self.filtered(lambda rate: rate.currency_id in ufs)

    def _l10n_cl_twins(self):
        """Those of the same day and company of the other currency."""
        others = self.env["res.currency"]._l10n_cl_ufs() - self.currency_id
        return self.search(
            [
                ("currency_id", "in", others.ids),
                ("name", "=", self.name),
                ("company_id", "=", self.company_id.id),
            ]
        )

    def _l10n_cl_share_new(self):
        """Give the other currency the same rates on the days of these, of a year's as of one's."""
        ufs = self.env["res.currency"]._l10n_cl_ufs()
        there = self.search([("currency_id", "in", ufs.ids), ("name", "in", self.mapped("name"))])
        known = {(one.currency_id, one.name, one.company_id): one for one in there}
        missing = []
        for rate in self:
            for other in ufs - rate.currency_id:
                twin = known.get((other, rate.name, rate.company_id))
                if twin:
                    rate._l10n_cl_share(twin)
                else:
                    missing.append(
                        {
                            "name": rate.name,
                            "rate": rate.rate,
                            "company_id": rate.company_id.id,
                            "currency_id": other.id,
                        }
                    )
        if missing:
            self.create(missing)

    def _l10n_cl_share(self, twins):
        """Give the other currency the same rates; ends when it does already."""
        same = {"name": self.name, "rate": self.rate, "company_id": self.company_id.id}
        for twin in twins:
            if (twin.name, twin.rate, twin.company_id) != (self.name, self.rate, self.company_id):
                twin.write(same)
        others = self.env["res.currency"]._l10n_cl_ufs() - self.currency_id - twins.currency_id
        if others:
            self.create([{**same, "currency_id": other.id} for other in others])
