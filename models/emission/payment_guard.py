from odoo import api, models
from odoo.exceptions import AccessError

from ..access.entry import entry
from .payment import LIVE

# What a posted payment states; its entry states the same, and people write neither
_POSTED = frozenset(
    {
        "amount",
        "company_id",
        "currency_id",
        "date",
        "destination_account_id",
        "journal_id",
        "l10n_cl_statement_ids",
        "move_id",
        "outstanding_account_id",
        "partner_id",
        "partner_type",
        "payment_method_line_id",
        "payment_type",
    }
)
# Of a payment that names statements, whenever
_LINKED = frozenset({"state", "payment_transaction_id", "move_id"})
_OURS = frozenset({"l10n_cl_counted"})


class AccountPayment(models.Model):
    """A payment that names statements emits documents: it is posted by its button, and kept so."""

    _inherit = "account.payment"

    def _l10n_cl_check_created(self, vals_list):
        """Raise AccessError when a person makes one with values that only posting sets."""
        for vals in vals_list if not self.env.su else ():
            names = _OURS | (_LINKED if vals.get("l10n_cl_statement_ids") else set())
            given = {name for name in names & vals.keys() if vals[name]} - {"state"}
            if "state" in names and vals.get("state") not in (None, False, "draft"):
                given.add("state")
            self._l10n_cl_refuse(given)

    @api.model
    def default_get(self, fields):
        """Context and ir.default do not set what posting sets."""
        closed = (_LINKED | _OURS) & set(fields)
        values = super().default_get([name for name in fields if name not in closed])
        return {**values, "state": "draft"} if "state" in fields else values

    def _l10n_cl_check_people(self, vals):
        """Raise AccessError when a person changes what a posted payment states."""
        if self.env.su:
            return
        self._l10n_cl_refuse(_OURS & vals.keys())
        closed = (_POSTED | _LINKED) & vals.keys()
        for payment in self if closed else ():
            names = set()
            if payment.state in LIVE and payment.company_id.country_code == "CL":
                names |= _POSTED
            if "l10n_cl_statement_ids" in vals or payment.sudo().l10n_cl_statement_ids:
                names |= _LINKED
            changed = {name for name in names & closed if payment._l10n_cl_changes(vals, name)}
            payment._l10n_cl_refuse(changed)

    def _l10n_cl_changes(self, vals, name):
        field = self._fields[name]
        if field.type == "many2many":
            after = self.new({name: vals[name]}, origin=self)[name]
            return set(after._origin.ids) != set(self.sudo()[name].ids)
        new = field.convert_to_cache(vals[name], self, validate=False)
        return new != field.convert_to_cache(self[name], self, validate=False)

    def _l10n_cl_refuse(self, names):
        if names:
            labels = [self._fields[name]._description_string(self.env) for name in sorted(names)]
            raise AccessError(
                self.env._(
                    "%s of a payment is not written: confirm a draft by its button, and put a "
                    "posted payment back to draft before you change it.",
                    ", ".join(labels),
                )
            )

    # -- what the buttons do, once it is asked who presses them

    def _l10n_cl_by_parts(self, act):
        """``act`` on those that name no statements, and as system on those that do: ours to do."""
        linked = self.filtered(lambda each: each.sudo().l10n_cl_statement_ids)
        results = [act(part) for part in (self - linked, linked.sudo()) if part]
        return results[-1] if results else None

    @entry("write")
    def action_post(self):
        return self._l10n_cl_by_parts(lambda part: super().action_post())

    @entry("write")
    def action_validate(self):
        return self._l10n_cl_by_parts(lambda part: super().action_validate())

    @entry("write")
    def action_reject(self):
        return self._l10n_cl_by_parts(lambda part: super().action_reject())

    @entry("write")
    def action_cancel(self):
        return self._l10n_cl_by_parts(lambda part: super().action_cancel())

    @entry("write")
    def action_draft(self):
        return self._l10n_cl_by_parts(lambda part: super().action_draft())

    def _generate_journal_entry(self, *args, **kwargs):
        return self._l10n_cl_by_parts(lambda part: super()._generate_journal_entry(*args, **kwargs))
