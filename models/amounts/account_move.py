from odoo import fields, models

from . import amounts, foreign, rate


class AccountMove(models.Model):
    """An invoice's lines as rows in pesos; in another currency, worth the pesos of its own day.

    The modules beside this one read a move, or its rows: ``amounts`` makes the rows, ``lines``,
    ``discounts``, ``totals`` and ``foreign`` what a document states of them, ``obstacles`` what it
    cannot state.
    """

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
            move.l10n_cl_rate_typed = foreign.is_foreign(move) and rate.rate_is_old(move)

    def _compute_invoice_currency_rate(self):
        typed = self.filtered("l10n_cl_rate_typed")
        for move in typed:
            move.invoice_currency_rate = move.invoice_currency_rate
        return super(AccountMove, self - typed)._compute_invoice_currency_rate()

    def _l10n_cl_rows(self):
        """The rows of this invoice, in the order of its lines."""
        return amounts.rows_of(self)

    def _l10n_cl_is_gross(self):
        """Whether the amounts of lines include VAT (PROTOCOL 5.5, MntBruto)."""
        return amounts.is_gross(self)

    def _l10n_cl_refresh_amounts(self):
        """Drafts take the rate of their day, and their taxes from their lines, whatever was
        booked before."""
        self.invalidate_recordset(["expected_currency_rate"])
        for move in self.filtered(lambda move: move.state == "draft"):
            move._l10n_cl_refresh_due()
            in_foreign = foreign.is_foreign(move)
            if in_foreign and not move.l10n_cl_rate_typed and rate.rate_is_old(move):
                move.invoice_currency_rate = rate.due_rate(move)
            if in_foreign or amounts.is_booked_otherwise(move):
                rate.book_taxes(move)
