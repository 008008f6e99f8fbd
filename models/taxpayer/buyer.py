from odoo import fields, models

from ...sii import rut
from .document import PROGRAM_WORDS

# What a factura states of its receiver, by the name that programs use, in the order of asking.
FACTURA_FIELDS = ("rut", "business_name", "activity", "address", "commune", "region")


class ResPartner(models.Model):
    """A buyer's tax data, as given at a checkout or by a program (invoice information)."""

    _inherit = "res.partner"

    l10n_cl_typed_rut = fields.Char(
        "RUT as given", help="What the buyer wrote. A wrong one is kept, and keeps facturas back."
    )
    l10n_cl_business_name = fields.Char(
        "Business name", help="Razón social on tax documents; empty: the contact's name."
    )
    l10n_cl_typed_region = fields.Char("Region as given")

    def _l10n_cl_derived_document(self):
        """``invoice`` when both RUT and giro are there, else ``receipt``."""
        self.ensure_one()
        return PROGRAM_WORDS[self._l10n_cl_document_of_buyer(as_given=True)]

    def _l10n_cl_invoice_information(self):
        """The buyer's tax data by the names that programs use; empty ones are None."""
        self.ensure_one()
        region = self.l10n_cl_typed_region or self.city_id.state_id.name or self.state_id.name
        return {
            "rut": self._l10n_cl_rut_as_given() or None,
            "business_name": self.l10n_cl_business_name or None,
            "activity": self.l10n_cl_activity_description or None,
            "address": self.street or None,
            "commune": self.city_id.name or None,
            "region": region or None,
            "email": self.email or None,
        }

    def _l10n_cl_rut_as_given(self):
        """What was typed while it is the RUT in force, or while there is none: it was wrong."""
        typed, vat = self.l10n_cl_typed_rut, self._l10n_cl_rut()
        if not vat:
            return typed
        ruts = [rut.canonical(each) for each in (typed, vat) if each and rut.is_valid(each)]
        return typed if len(ruts) == 2 and len(set(ruts)) == 1 else vat

    def _l10n_cl_razon_social(self):
        """The name on tax documents; empty for a person who gave none for a factura."""
        company = self.commercial_partner_id
        return self.l10n_cl_business_name or (company.is_company and company.name) or ""

    def _l10n_cl_write_invoice_information(self, data):
        """Keep what a buyer gave. data: any of the names of ``_l10n_cl_invoice_information``.

        A RUT with a wrong check digit is kept as it was typed; the document waits for its
        correction. commune: a ``res.city`` record.
        """
        self.ensure_one()
        values = {
            field: data[name]
            for name, field in (
                ("business_name", "l10n_cl_business_name"),
                ("activity", "l10n_cl_activity_description"),
                ("address", "street"),
                ("region", "l10n_cl_typed_region"),
                ("email", "email"),
            )
            if name in data
        }
        if "rut" in data:
            values.update(self._l10n_cl_rut_values(data["rut"]))
        if "commune" in data:
            values["city_id"] = data["commune"].id
            values["country_id"] = self.env.ref("base.cl").id
        if values.get("l10n_cl_activity_description") or values.get("l10n_cl_business_name"):
            values["l10n_cl_sii_taxpayer_type"] = "1"
        self.write(values)

    def _l10n_cl_rut_values(self, typed):
        if not typed or not rut.is_valid(typed):
            kept = self._l10n_cl_other_number() or False
            return {"vat": kept, "l10n_cl_typed_rut": typed}
        return {
            "vat": rut.canonical(typed),
            "l10n_cl_typed_rut": typed,
            "country_id": self.env.ref("base.cl").id,
            "l10n_latam_identification_type_id": self.env.ref("l10n_cl.it_RUT").id,
        }
