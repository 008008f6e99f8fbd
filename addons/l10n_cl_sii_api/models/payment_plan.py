from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.statement import SETTLED
from odoo.exceptions import AccessError

from ..errors import ApiError

PAID = "Installments that have already been paid cannot be edited"


class SaleOrder(models.Model):
    """A payment plan: one line and one statement for each instalment."""

    _inherit = "sale.order"

    l10n_cl_payable = fields.Selection(
        selection_add=[("payment_plan", "Payment plan")], ondelete={"payment_plan": "set null"}
    )
    l10n_cl_plan_name = fields.Char("Name of the plan", copy=False)

    @api.model
    def _l10n_cl_create_plan(self, buyer, currency, dues, **values):
        """A confirmed plan. dues: (amount, due date) of each instalment."""
        product = self.env.ref("l10n_cl_sii_api.product_installment")
        name = values["l10n_cl_plan_name"]
        items = [(product, name, amount) for amount, _day in dues]
        plan = self._l10n_cl_create_payable("payment_plan", buyer, currency, items, **values)
        plan._l10n_cl_owe(
            [(amount, day, line) for (amount, day), line in zip(dues, plan.order_line, strict=True)]
        )
        plan._l10n_cl_number_installments()
        plan.action_confirm()
        return plan

    def _l10n_cl_installments(self):
        """Its statements in the order in which they were told."""
        return self.l10n_cl_statement_ids.sorted(lambda s: (s.line_ids[:1].sequence, s.id))

    def _l10n_cl_number_installments(self):
        """Each line says which instalment it is; what is paid stays as it was invoiced."""
        installments = self._l10n_cl_installments()
        for number, statement in enumerate(installments, start=1):
            if statement.state not in SETTLED:
                said = f"{self.l10n_cl_plan_name} {number}/{len(installments)}"
                statement.line_ids.name = said

    def _l10n_cl_replace_installments(self, dues):
        """Owe these and nothing else. dues: (uuid or None, amount, due date) of each.

        One without uuid is the one at its place in the list. Raises ApiError when that changes
        what is paid, or when a uuid is of no instalment of this plan.
        """
        self.ensure_one()
        before = self._l10n_cl_installments()
        kept = before.browse()
        for index, (uuid, amount, day) in enumerate(dues):
            same = before.filtered(lambda s, uuid=uuid: s.uuid == uuid) if uuid else before[index:]
            if uuid and not same:
                said = "There is no such installment."
                param = f"payment_plan.installments.{index}.id"
                raise ApiError(404, "not_found", said, param)
            statement = (same - kept)[:1]
            if statement:
                statement._l10n_cl_change(amount, day)
            else:
                statement = self._l10n_cl_add_installment(amount, day)
            kept |= statement
        (before - kept)._l10n_cl_remove()
        self._l10n_cl_number_installments()

    def _l10n_cl_add_installment(self, amount, day):
        product = self.env.ref("l10n_cl_sii_api.product_installment")
        line = self.env["sale.order.line"].create(
            {
                "order_id": self.id,
                "sequence": max(self.order_line.mapped("sequence"), default=10) + 1,
                **self._l10n_cl_line(self.company_id, product, self.l10n_cl_plan_name, amount),
            }
        )
        return self._l10n_cl_owe([(amount, day, line)])


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    def _l10n_cl_change(self, amount, day):
        """Another amount or day of an instalment, unless it is paid."""
        self.ensure_one()
        currency = self.currency_id
        if currency.compare_amounts(self.amount, amount) == 0 and self.due_date == day:
            return
        self._l10n_cl_check_editable()
        self.write({"amount": amount, "due_date": day})
        self.line_ids.price_unit = amount

    def _l10n_cl_remove(self):
        """These are owed no more, nor are their documents; a confirmed order keeps its lines."""
        self._l10n_cl_check_editable()
        self.line_ids.product_uom_qty = 0
        self.request_ids.sudo().unlink()
        self.unlink()

    def _may_change_told(self):
        """The program that made them changes its own."""
        if self.create_uid == self.env.user and self.env.user._l10n_cl_programs():
            return True
        return super()._may_change_told()

    def _l10n_cl_check_editable(self):
        if any(statement.state in SETTLED for statement in self):
            raise ApiError(400, "installment_paid", PAID, "payment_plan.installments")
        try:
            self._check_may_change_told()
        except AccessError as refused:
            said = str(refused)
            raise ApiError(403, "not_permitted", said, "payment_plan.installments") from refused
