from dataclasses import dataclass
from datetime import date

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.statement.statement import SETTLED
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.exceptions import AccessError

from ...refused import Refused


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment as a program sends it. uuid: of one that is there already, or None."""

    uuid: str | None
    amount: float
    currency: models.BaseModel
    day: date


PAID = "Installments that have already been paid cannot be edited"


class SaleOrder(models.Model):
    """A payment plan: one line and one statement for each instalment."""

    _inherit = "sale.order"

    l10n_cl_payable = fields.Selection(
        selection_add=[("payment_plan", "Payment plan")], ondelete={"payment_plan": "set null"}
    )
    l10n_cl_plan_name = fields.Char("Name of the plan", copy=False)

    @api.model
    def _l10n_cl_create_plan(self, buyer, dues, **values):
        """A confirmed plan. dues: a Due of each instalment. In UF when all are, else in pesos."""
        product = self.env.ref("l10n_cl_sii_api.product_installment")
        name, pesos = values["l10n_cl_plan_name"], self.env.company.currency_id
        currencies = {due.currency for due in dues}
        currency = dues[0].currency if len(currencies) == 1 else pesos
        items = [(product, name, self._l10n_cl_price(due, currency)) for due in dues]
        plan = self._l10n_cl_create_payable("payment_plan", buyer, currency, items, **values)
        owed = [
            (due.amount, due.day, line, due.currency)
            for due, line in zip(dues, plan.order_line, strict=True)
        ]
        plan._l10n_cl_owe(owed)
        plan._l10n_cl_number_installments()
        plan.action_confirm()
        return plan

    @api.model
    def _l10n_cl_price(self, due, currency):
        """Price of the line of an instalment: in pesos a UF is worth what it is worth today.

        What is invoiced is what the statement comes to on its day.
        """
        if due.currency == currency:
            return due.amount
        return due.currency._convert(due.amount, currency, self.env.company, clock.today()) or 1

    def _l10n_cl_installments(self):
        """Its statements in the order in which they were sent."""
        return self.l10n_cl_statement_ids.sorted(lambda s: (s.line_ids[:1].sequence, s.id))

    def _l10n_cl_number_installments(self):
        """Each line names its instalment; what is paid stays as it was invoiced."""
        installments = self._l10n_cl_installments()
        for number, statement in enumerate(installments, start=1):
            if statement.state not in SETTLED:
                name = f"{self.l10n_cl_plan_name} {number}/{len(installments)}"
                statement.line_ids.name = name

    def _l10n_cl_replace_installments(self, dues):
        """Owe these and nothing else. dues: a Due of each.

        One without uuid is the one at its place in the list. Raises Refused when that changes
        what is paid, or when a uuid is of no instalment of this plan.
        """
        self.ensure_one()
        before = self._l10n_cl_installments()
        kept = before.browse()
        for index, due in enumerate(dues):
            uuid = due.uuid
            same = before.filtered(lambda s, uuid=uuid: s.uuid == uuid) if uuid else before[index:]
            if uuid and not same:
                text = "There is no such installment."
                param = f"payment_plan.installments.{index}.id"
                raise Refused("not_found", text, param)
            statement = (same - kept)[:1]
            if statement:
                statement._l10n_cl_change(due)
            else:
                statement = self._l10n_cl_add_installment(due)
            kept |= statement
        (before - kept)._l10n_cl_remove()
        self._l10n_cl_number_installments()

    def _l10n_cl_add_installment(self, due):
        product = self.env.ref("l10n_cl_sii_api.product_installment")
        line = self.env["sale.order.line"].create(
            {
                "order_id": self.id,
                "sequence": max(self.order_line.mapped("sequence"), default=10) + 1,
                **self._l10n_cl_line(
                    self.company_id,
                    product,
                    self.l10n_cl_plan_name,
                    self._l10n_cl_price(due, self.currency_id),
                ),
            }
        )
        return self._l10n_cl_owe([(due.amount, due.day, line, due.currency)])


class Statement(models.Model):
    """An unpaid instalment is changed or removed; one that is paid never is."""

    _inherit = "l10n_cl.statement"

    def _l10n_cl_change(self, due):
        """Another amount, currency or day of an instalment, unless it is paid."""
        self.ensure_one()
        currency = self.currency_id
        same = (currency, self.due_date) == (due.currency, due.day)
        if same and currency.compare_amounts(self.amount, due.amount) == 0:
            return
        self._l10n_cl_check_editable()
        self.write({"amount": due.amount, "currency_id": due.currency.id, "due_date": due.day})
        self.line_ids.price_unit = self.order_id._l10n_cl_price(due, self.order_id.currency_id)

    def _l10n_cl_remove(self):
        """These are owed no more, nor are their documents; a confirmed order keeps its lines."""
        self._l10n_cl_check_editable()
        self.line_ids.product_uom_qty = 0
        self.request_ids.sudo().unlink()
        self.unlink()

    def _may_change_shown(self):
        """The program that made them changes its own."""
        if self.create_uid == self.env.user and self.env.user._l10n_cl_programs():
            return True
        return super()._may_change_shown()

    def _l10n_cl_check_editable(self):
        if any(statement.state in SETTLED for statement in self):
            raise Refused("installment_paid", PAID, "payment_plan.installments")
        try:
            self._check_may_change_shown()
        except AccessError as refused:
            text = str(refused)
            raise Refused("not_permitted", text, "payment_plan.installments") from refused
