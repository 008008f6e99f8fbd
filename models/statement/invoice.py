from odoo import Command, models

from ..base import document_type as document_types
from ..base.today import today


class Statement(models.Model):
    """The invoice of a statement: of its order just what the statement covers, to the peso."""

    _inherit = "l10n_cl.statement"

    def _invoice(self, policy, code, pesos):
        """A draft invoice of type ``code`` over ``pesos``, VAT included (or exempt, by policy)."""
        self.ensure_one()
        order = self.order_id.with_company(self.company_id)
        if policy.vat_exempt or not self._covers_order(pesos):
            lines = self._reduced_lines(pesos, exempt=policy.vat_exempt)
        else:
            lines = [line._prepare_invoice_line() for line in self._covered_lines()]
        return self.env["account.move"].create(
            {
                **order._prepare_invoice(),
                "currency_id": self.company_id.currency_id.id,
                # No document is due before its own day: what is overdue is due at once.
                "invoice_date_due": max(self.due_date, today(self.company_id)),
                "invoice_payment_term_id": False,
                "l10n_latam_document_type_id": document_types.of_code(self.env, code).id,
                "invoice_line_ids": [Command.create(line) for line in lines],
                "l10n_cl_statement_id": self.id,
                "l10n_cl_sale_kind": policy._sale_kind(),
            }
        )

    def _covered_lines(self):
        lines = self.line_ids or self.order_id.order_line
        return lines.filtered(lambda line: not line.display_type)

    def _covers_order(self, pesos):
        """Whether it is all of what it covers, in pesos, so that quantities stay as ordered."""
        lines = self._covered_lines()
        in_pesos = self.order_id.currency_id == self.company_id.currency_id
        return in_pesos and round(sum(lines.mapped("price_total"))) == pesos

    def _reduced_lines(self, pesos, exempt):
        """Lines of quantity 1 that come to the amount exactly, each its share of what is covered.

        The tax engine fixes the pesos of tax and net of each line, as it does for down payments:
        not every gross amount is a net amount and 19 % of it.
        """
        taxes = self.env["account.tax"]
        company = self.company_id
        options = {"currency_id": company.currency_id, "rate": 1.0}
        if exempt:
            options["tax_ids"] = taxes
        # in pesos: prices in UF are so small that their taxes would be rounded away
        scale = pesos / sum(self._covered_lines().mapped("price_total"))
        base_lines = [
            line._prepare_base_line_for_taxes_computation(
                price_unit=line.price_unit * scale, **options
            )
            for line in self._covered_lines()
        ]
        taxes._add_tax_details_in_base_lines(base_lines, company)
        taxes._round_base_lines_tax_details(base_lines, company)
        reduced = taxes._prepare_down_payment_lines(
            base_lines=base_lines,
            company=company,
            amount_type="fixed",
            amount=pesos,
            computation_key=f"statement,{self.id}",
            grouping_function=lambda base_line: {"id": base_line["id"]},
        )
        lines = self._covered_lines().grouped("id")
        return [self._reduced_line(lines[base_line["id"]], base_line) for base_line in reduced]

    def _reduced_line(self, order_line, base_line):
        return {
            "product_id": order_line.product_id.id,
            "name": self._line_name(order_line),
            "quantity": 1.0,
            "price_unit": base_line["price_unit"],
            "tax_ids": [Command.set(base_line["tax_ids"].ids)],
            "extra_tax_data": self.env["account.tax"]._export_base_line_extra_tax_data(base_line),
            "sale_line_ids": [Command.link(order_line.id)] if self.line_ids else [],
        }

    def _line_name(self, order_line):
        """What is sold, and which instalment of it."""
        statements = self.order_id.l10n_cl_statement_ids
        if self.line_ids or len(statements) < 2:
            return order_line.name
        return self.env._(
            "%(name)s (instalment %(number)s of %(count)s)",
            name=order_line.name,
            number=statements.ids.index(self.id) + 1,
            count=len(statements),
        )

    def _propose_credit_note(self):
        """The money went back after the document came out: a draft credit note awaits a person."""
        for statement in self.filtered("move_id"):
            move = statement.move_id
            reversal = (
                self.env["account.move.reversal"]
                .with_context(active_model="account.move", active_ids=move.ids)
                .create(
                    {"journal_id": move.journal_id.id, "reason": self.env._("Payment reversed")}
                )
            )
            reversal.reverse_moves()
            note = reversal.new_move_ids
            person = move.company_id._l10n_cl_responsible(
                move.invoice_user_id, self.env.user, record=note
            )
            note.activity_schedule(
                "l10n_cl_sii.activity_emission",
                summary=self.env._("The payment of %s was reversed", move.name),
                note=self.env._("Confirm this credit note if the sale is undone."),
                user_id=person.id,
            )

    def _withdraw_credit_note(self):
        """It was paid again: the credit note that only awaited a person is not needed."""
        self.move_id.reversal_move_ids.filtered(lambda note: note.state == "draft").unlink()
