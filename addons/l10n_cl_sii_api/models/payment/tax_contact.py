import hashlib
import json

from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import ConcurrencyError


class ResPartner(models.Model):
    """A buyer may give other tax data for each thing bought: each set is a contact of its own."""

    _inherit = "res.partner"

    l10n_cl_typed_commune = fields.Char("Commune as given")
    l10n_cl_is_tax_contact = fields.Boolean("Tax data of what a program sold", readonly=True)
    l10n_cl_tax_key = fields.Char(
        readonly=True,
        copy=False,
        help="SHA-256 of the tax data it was made with; none once changed.",
    )

    _l10n_cl_tax_data_once = models.UniqueIndex(
        "(parent_id, l10n_cl_tax_key) WHERE l10n_cl_tax_key IS NOT NULL",
        "This buyer has a contact with these tax data already.",
    )

    def _l10n_cl_tax_contact(self, data):
        """The invoice contact of this buyer that has just these tax data, made when there is none.

        It is an entity of its own, since its RUT need not be the buyer's.
        data: as for ``_l10n_cl_write_invoice_information``.
        """
        self.ensure_one()
        data = {"email": self.email, **data}
        for contact in self.child_ids.filtered("l10n_cl_is_tax_contact"):
            if contact._l10n_cl_has_tax_data(data):
                return contact
        try:
            with self.env.cr.savepoint():
                return self._l10n_cl_create_tax_contact(data)
        except UniqueViolation as violation:
            if violation.diag.constraint_name != self._l10n_cl_tax_data_once.full_name(self):
                raise
            # Another call has just made it, which this transaction cannot see: Odoo runs it again.
            raise ConcurrencyError(str(violation)) from violation

    def _l10n_cl_create_tax_contact(self, data):
        contact = self.create(
            {
                "name": data.get("business_name") or self.name,
                "type": "invoice",
                "l10n_cl_is_tax_contact": True,
                "is_company": True,
                "parent_id": self.id,
                "company_id": self.company_id.id,
                "country_id": self.env.ref("base.cl").id,
                "lang": self.lang,
                "l10n_cl_uuid": False,
            }
        )
        contact._l10n_cl_write_invoice_information(data)
        contact.l10n_cl_tax_key = contact._l10n_cl_fingerprint()
        contact.flush_recordset()
        return contact

    def _l10n_cl_fingerprint(self):
        data = {name: value or None for name, value in self._l10n_cl_known_information().items()}
        data["commune"] = data["commune"] and data["commune"].id
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()

    def write(self, vals):
        """Once its data change, the key of those it was made with is another contact's to take."""
        result = super().write(vals)
        if "l10n_cl_tax_key" not in vals:
            for contact in self.filtered("l10n_cl_tax_key"):
                if contact.l10n_cl_tax_key != contact._l10n_cl_fingerprint():
                    contact.l10n_cl_tax_key = False
        return result

    def _l10n_cl_has_tax_data(self, data):
        """Whether these are its tax data, and all of them."""
        known = self._l10n_cl_known_information()
        return all((known[name] or None) == (data.get(name) or None) for name in known)

    def _l10n_cl_known_information(self):
        """Its tax data, as ``_l10n_cl_write_invoice_information`` takes them."""
        return {
            **self._l10n_cl_invoice_information(),
            "commune": self.city_id,
            "typed_commune": self.l10n_cl_typed_commune,
            "region": self.l10n_cl_typed_region,
        }

    def _l10n_cl_write_invoice_information(self, data):
        """typed_commune: how the commune was written, to be answered so."""
        result = super()._l10n_cl_write_invoice_information(data)
        if "typed_commune" in data:
            self.l10n_cl_typed_commune = data["typed_commune"]
        if "business_name" in data and self.l10n_cl_is_tax_contact:
            self.name = data["business_name"] or self.parent_id.name
        return result

    def _l10n_cl_razon_social(self):
        """Of a program's buyer the one that was sent: its name is not one."""
        if self.l10n_cl_is_tax_contact:
            return self.l10n_cl_business_name or ""
        return super()._l10n_cl_razon_social()

    def _l10n_cl_commune_as_given(self):
        """The commune as the program wrote it, unless somebody has chosen another since."""
        city, typed = self.city_id, self.l10n_cl_typed_commune
        return typed if typed and typed in (city.name, city.l10n_cl_guide_name) else city.name


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _l10n_cl_give_invoice_information(self, data):
        """Change the tax data of what was sold, and of nothing else that its buyer bought."""
        self.ensure_one()
        contact = self.partner_invoice_id
        shared = contact == self.partner_id or self.search_count(
            [("partner_invoice_id", "=", contact.id), ("id", "!=", self.id)], limit=1
        )
        if shared:
            known = contact._l10n_cl_known_information()
            self.partner_invoice_id = self.partner_id._l10n_cl_tax_contact({**known, **data})
        else:
            contact._l10n_cl_write_invoice_information(data)
