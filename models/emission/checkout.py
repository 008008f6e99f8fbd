from odoo import fields, models

from ...sii import rut, text
from ...sii.document import limits

# What a buyer fills in for a factura, in the order of the form; the region goes with the commune.
FORM_FIELDS = ("rut", "business_name", "activity", "address", "commune")
_LIMITS = {"business_name": limits.NAME, "activity": limits.GIRO, "address": limits.ADDRESS}
_TYPED_LIMIT = 500  # longer than any of them, so that what is too long is refused and not clipped
# Emissions for which the buyer can still choose something
_OPEN = ("waiting", "ready", "parked")


class SaleOrder(models.Model):
    """What its buyer must answer before paying online: which document, and in whose name."""

    _inherit = "sale.order"

    l10n_cl_chosen_document = fields.Selection(
        [("invoice", "Factura"), ("receipt", "Boleta")],
        "Document the buyer chose",
        copy=False,
        tracking=True,
        help="At checkout, where the emission policy leaves the document open.",
    )

    def _l10n_cl_checkout_documents(self):
        """What the buyer may choose: one when the policy is fixed, none when nothing is emitted."""
        policy = self._l10n_cl_policy()
        if not self.l10n_cl_emit_document or not policy:
            return []
        return ["receipt", "invoice"] if policy.document == "selectable" else [policy.document]

    def _l10n_cl_checkout_document(self):
        """The one that stands, or empty while the buyer has not chosen."""
        documents = self._l10n_cl_checkout_documents()
        if len(documents) == 1:
            return documents[0]
        return documents and self.l10n_cl_chosen_document

    def _l10n_cl_checkout_fields(self, document):
        """Names of what is asked for a document."""
        policy = self._l10n_cl_policy()
        if document == "invoice":
            return FORM_FIELDS
        wanted = {"rut"} if policy.ask_rut else set()
        wanted |= {"address", "commune"} if policy.ask_address else set()
        return tuple(name for name in FORM_FIELDS if name in wanted)

    def _l10n_cl_checkout_is_open(self):
        """Whether the buyer's data still count: something is, or may yet be, to be emitted."""
        if self.state == "cancel" or not self._l10n_cl_checkout_documents():
            return False
        requests = self.l10n_cl_statement_ids.request_ids
        return not requests or bool(set(requests.mapped("state")) & set(_OPEN))

    def _l10n_cl_checkout_data(self):
        """What is known of the buyer, by field; empty texts for what is not."""
        partner = self.partner_invoice_id
        known = partner._l10n_cl_invoice_information()
        known["business_name"] = partner._l10n_cl_razon_social()
        return {name: known[name] or "" for name in FORM_FIELDS}

    def _l10n_cl_checkout_fixed(self):
        """Fields that only the seller changes: in whose name documents were issued already."""
        partner = self.partner_invoice_id
        family = partner.commercial_partner_id
        used = partner._has_invoice([("partner_id", "child_of", family.id)])
        if not (partner._l10n_cl_rut() and (partner.parent_id or used)):
            return ()
        return ("rut", "business_name") if partner._l10n_cl_razon_social() else ("rut",)

    def _l10n_cl_checkout_obstacle(self):
        """Sentence for the buyer: what to fill in before paying. Empty when nothing is missing."""
        if not self._l10n_cl_checkout_is_open():
            return ""
        document = self._l10n_cl_checkout_document()
        if not document:
            return self.env._("Choose boleta or factura before you pay.")
        errors = self._l10n_cl_checkout_errors(document, self._l10n_cl_checkout_data())
        return next(iter(errors.values()), "")

    def _l10n_cl_checkout_errors(self, document, data):
        """A sentence for each field of a document that cannot stay as it is."""
        errors = {}
        for name in self._l10n_cl_checkout_fields(document):
            if error := self._l10n_cl_checkout_error(name, data[name]):
                errors[name] = error
        return errors

    def _l10n_cl_checkout_error(self, name, value):
        if not value:
            return {
                "rut": self.env._("Write your RUT."),
                "business_name": self.env._("Write your business name (razón social)."),
                "activity": self.env._("Write your giro."),
                "address": self.env._("Write your address."),
                "commune": self.env._("Write your commune."),
            }[name]
        if name == "rut" and not rut.is_valid(value):
            return self.env._("This RUT is not valid: check the digit after the dash.")
        if name == "commune" and not self.env["res.city"]._l10n_cl_find_commune(value):
            return self.env._("There is no commune of that name in Chile.")
        if len(value) > _LIMITS.get(name, len(value)):
            return self.env._("Write it in at most %s characters.", _LIMITS[name])
        return ""

    def _l10n_cl_take_checkout(self, document, given):
        """Keep what the buyer filled in; or nothing when a part is wrong.

        given: texts by field, of a stranger. Returns a sentence for each field that is wrong.
        """
        self.ensure_one()
        if document not in self._l10n_cl_checkout_documents():
            return {"document": self.env._("Choose boleta or factura.")}
        known, fixed = self._l10n_cl_checkout_data(), self._l10n_cl_checkout_fixed()
        data = {
            name: known[name] if name in fixed else self._l10n_cl_typed(given.get(name))
            for name in FORM_FIELDS
        }
        if errors := self._l10n_cl_checkout_errors(document, data):
            return errors
        self.l10n_cl_chosen_document = document
        asked = [name for name in self._l10n_cl_checkout_fields(document) if name not in fixed]
        if asked:
            self._l10n_cl_write_buyer({name: data[name] for name in asked})
        return {}

    def _l10n_cl_typed(self, value):
        """What a stranger typed as a document can carry it: one line, no controls."""
        return text.fold(value[:_TYPED_LIMIT]) if isinstance(value, str) else ""

    def _l10n_cl_write_buyer(self, data):
        if "commune" in data:
            commune = self.env["res.city"]._l10n_cl_find_commune(data["commune"])
            data = {**data, "commune": commune, "region": False}
        self.partner_invoice_id._l10n_cl_write_invoice_information(data)
