from datetime import timedelta

from odoo import Command, fields, models
from odoo.tools import float_compare
from odoo.tools.misc import format_date

from ...sii import clock

# A dollar of Friday is Monday's before the bank publishes; the UF has a value for each day.
_RATE_LIVES = timedelta(days=7)


class AccountMove(models.Model):
    """A document agreed in another currency is worth the pesos of its own day."""

    _inherit = "account.move"

    invoice_currency_rate = fields.Float(inverse="_inverse_l10n_cl_rate")
    l10n_cl_rate_typed = fields.Boolean(
        "Rate was agreed",
        readonly=True,
        copy=False,
        help="Somebody typed a rate that is not the day's: it is kept.",
    )

    def _inverse_l10n_cl_rate(self):
        for move in self:
            move.l10n_cl_rate_typed = move._l10n_cl_is_foreign() and move._l10n_cl_rate_is_old()

    def _compute_invoice_currency_rate(self):
        typed = self.filtered("l10n_cl_rate_typed")
        for move in typed:
            move.invoice_currency_rate = move.invoice_currency_rate
        return super(AccountMove, self - typed)._compute_invoice_currency_rate()

    def _l10n_cl_due_rate(self):
        """The rate of its day; a note has the one of what it corrects."""
        corrects = self._l10n_cl_corrects_abroad()
        return corrects.invoice_currency_rate if corrects else self.expected_currency_rate

    def _l10n_cl_corrects_abroad(self):
        """The invoice in the same currency that a note is over."""
        original = self.reversed_entry_id or self.debit_origin_id
        return original.filtered(lambda move: move.currency_id == self.currency_id)

    def _l10n_cl_rate_is_old(self):
        """Whether the rate of this invoice is another one than is due."""
        return bool(
            float_compare(
                self.invoice_currency_rate / (self._l10n_cl_due_rate() or 1.0),
                1.0,
                precision_digits=9,
            )
        )

    def _l10n_cl_refresh_amounts(self):
        """Drafts take the rate of their day, and their taxes from their lines, whatever was
        booked before."""
        self.invalidate_recordset(["expected_currency_rate"])
        for move in self.filtered(lambda move: move.state == "draft"):
            move._l10n_cl_refresh_due()
            foreign = move._l10n_cl_is_foreign()
            if foreign and not move.l10n_cl_rate_typed and move._l10n_cl_rate_is_old():
                move.invoice_currency_rate = move._l10n_cl_due_rate()
            if foreign or move._l10n_cl_is_booked_otherwise():
                move._l10n_cl_book_taxes()

    def _l10n_cl_book_taxes(self):
        """Book the taxes that the lines come to."""
        engine = self.env["account.tax"]
        lines, tax_lines = self._get_rounded_base_and_tax_lines(round_from_tax_lines=False)
        engine._add_accounting_data_in_base_lines_tax_details(
            lines, self.company_id, include_caba_tags=self.always_tax_exigible
        )
        found = engine._prepare_tax_lines(lines, self.company_id, tax_lines=tax_lines)
        updated = found["base_lines_to_update"] + [
            (tax_line, values) for tax_line, _key, values in found["tax_lines_to_update"]
        ]
        commands = [
            Command.update(line["record"].id, values)
            for line, values in updated
            if line["record"] and self._l10n_cl_is_other(line["record"], values)
        ]
        commands += [Command.delete(line["record"].id) for line in found["tax_lines_to_delete"]]
        commands += [
            Command.create({**values, "display_type": "tax"})
            for values in found["tax_lines_to_add"]
        ]
        if commands:
            self.line_ids = commands

    def _l10n_cl_is_other(self, line, values):
        return any(
            line._fields[name].convert_to_write(line[name], line) != value
            for name, value in values.items()
        )

    def _l10n_cl_rate_obstacles(self):
        """No rate is a rate of one to Odoo, and an old rate is a wrong amount."""
        agreed = self.l10n_cl_rate_typed or self._l10n_cl_corrects_abroad()
        if agreed or not self._l10n_cl_is_foreign():
            return []
        day = self.invoice_date or clock.today()
        known = (
            self.env["res.currency.rate"]
            .sudo()
            .search(
                [
                    ("currency_id", "=", self.currency_id.id),
                    ("company_id", "in", [False, self.company_id.root_id.id]),
                    ("name", "<=", day),
                ],
                order="name desc",
                limit=1,
            )
        )
        is_uf = self.currency_id in self.env["res.currency"]._l10n_cl_ufs()
        oldest = day if is_uf else day - _RATE_LIVES
        if known and known.name >= oldest:
            return []
        if not known:
            return [
                self.env._(
                    "There is no exchange rate of %s for the date of this invoice: enter it under "
                    "Accounting > Configuration > Currencies.",
                    self.currency_id.name,
                )
            ]
        return [
            self.env._(
                "The last exchange rate of %(currency)s is of %(date)s: enter the one of "
                "%(day)s under Accounting > Configuration > Currencies, or type the agreed rate "
                "into the invoice.",
                currency=self.currency_id.name,
                date=format_date(self.env, known.name),
                day=format_date(self.env, day),
            )
        ]
