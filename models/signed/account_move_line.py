from odoo import api, models
from odoo.exceptions import AccessError

# What a document has of its lines, and the amounts behind it. Accounts, analytic distribution and
# due dates belong to the books.
SIGNED_FIELDS = frozenset(
    {
        "move_id",
        "name",
        "display_type",
        "sequence",
        "product_id",
        "product_uom_id",
        "quantity",
        "price_unit",
        "discount",
        "tax_ids",
        "tax_line_id",
        "tax_repartition_line_id",
        "extra_tax_data",
        "price_subtotal",
        "price_total",
        "balance",
        "debit",
        "credit",
        "amount_currency",
        "currency_id",
        "company_currency_id",
        "partner_id",
        "company_id",
        "journal_id",
        "date",
        "invoice_date",
        "move_type",
        "parent_state",
        "move_name",
        "l10n_latam_document_type_id",
        "tax_base_amount",
        # what is still owed follows from payments, and decides whether the invoice is paid
        "amount_residual",
        "amount_residual_currency",
        "reconciled",
    }
)
# Of other lines, as of what is owed, the label follows the payment reference: it is in no document
_LABELLED = ("product", "line_section", "line_subsection", "line_note")


class AccountMoveLine(models.Model):
    """Nobody changes, adds or deletes lines of a signed document.

    The cost of what was sold (``cogs``) is no line of it. Code that runs as system passes.
    """

    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            into = {v.get("move_id") for v in vals_list if v.get("display_type") != "cogs"}
            self._l10n_cl_check_into(into)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and (names := SIGNED_FIELDS & vals.keys()):
            for line in self._l10n_cl_signed():
                changed = [name for name in names if line._l10n_cl_would_change(vals, name)]
                if changed:
                    raise AccessError(line._l10n_cl_signed_text(changed))
            if vals.get("move_id") and any(line.move_id.id != vals["move_id"] for line in self):
                self._l10n_cl_check_into({vals["move_id"]})
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_of_signed(self):
        if not self.env.su:
            lines = self._l10n_cl_signed().filtered(lambda line: line.display_type != "cogs")
            if lines:
                raise AccessError(lines[:1]._l10n_cl_signed_text(["display_name"]))

    def _l10n_cl_check_into(self, move_ids):
        moves = self.env["account.move"].browse(filter(None, move_ids))
        if signed := moves._l10n_cl_signed():
            raise AccessError(signed[:1]._l10n_cl_signed_text(["invoice_line_ids"]))

    def _l10n_cl_signed(self):
        signed = self.move_id._l10n_cl_signed()
        return self.filtered(lambda line: line.move_id in signed) if signed else self.browse()

    def _l10n_cl_would_change(self, vals, name):
        if self.display_type == "cogs" and name not in ("display_type", "move_id"):
            return False
        if name == "name" and self.display_type not in _LABELLED:
            return False
        if name == "partner_id":
            partner = self.env["res.partner"].browse(vals[name])
            return partner != self.partner_id and not self.move_id._l10n_cl_is_receiver(partner)
        field = self._fields[name]
        if field.type == "many2many":
            after = self.new({name: vals[name]}, origin=self)[name]
            return set(after._origin.ids) != set(self[name].ids)
        new = field.convert_to_cache(vals[name], self, validate=False)
        return new != field.convert_to_cache(self[name], self, validate=False)

    def _l10n_cl_signed_text(self, names):
        labels = ", ".join(self._fields[name]._description_string(self.env) for name in names)
        return self.env._(
            "%(fields)s of “%(line)s”: the signed document %(document)s says so and the SII holds "
            "it. It cannot be changed: make a credit note or a debit note.",
            fields=labels,
            line=self.name or self.display_name,
            document=self.move_id.name,
        )
