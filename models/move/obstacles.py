import re

from odoo import models
from odoo.tools import float_compare

from ...sii import rules
from ..amounts.obstacles import rate_texts, unsaid_amounts
from ..base.texts.rules import problems_text

# Fields of a document's receiver that come from the invoice's own address when it has one.
_OF_ADDRESS = ("receiver.address", "receiver.comuna", "receiver.city")
_OF_DESTINATION = ("transport.address", "transport.comuna")
_OF_PLACE = ("issuer.address", "issuer.comuna", "issuer.city")
# The sums of a document, in pesos and in another currency, and what its discounts leave.
_OF_SUMS = re.compile(r"(totals|foreign|adjustments|lines$|lines\[\d+\]\.foreign)")


def texts_of(obstacles):
    """The sentences of obstacles, without the records to mend."""
    return [text for text, _record in obstacles]


class AccountMove(models.Model):
    """What keeps an invoice from being a legal document, and where each of it is mended."""

    _inherit = "account.move"

    def _l10n_cl_obstacles(self, document):
        """All that is wrong with this invoice at once: (sentence, the record to mend) of each.

        document: its sii.Document, or None without a customer. What the company lacks stands once
        for all its invoices, in the company's own ``_l10n_cl_obstacles``.
        """
        self.ensure_one()
        folio = self._l10n_cl_kept_folio_obstacles()
        if document is None:
            return [*folio, (self.env._("Choose the customer."), self)]
        return [
            *folio,
            *self._l10n_cl_content_obstacles(document),
            *self._l10n_cl_boleta_obstacles(document),
            *((text, self) for text in self._l10n_cl_note_texts(document)),
            *self._l10n_cl_reason_obstacles(),
        ]

    def _l10n_cl_content_obstacles(self, document):
        """What the rules of the SII object to, and what no document can say."""
        if self._l10n_cl_is_nothing_left():
            return [(self._l10n_cl_nothing_left_text(), self)]
        found, unsaid = rules.check(document), unsaid_amounts(self)
        if export := self._l10n_cl_export_obstacles():
            found = [problem for problem in found if not problem.where.startswith("receiver")]
        of_company = [
            problem
            for problem in found
            if problem.where.startswith("issuer")
            and not (problem.where in _OF_PLACE and self._l10n_cl_branch())
        ]
        if of_company and self.company_id._l10n_cl_obstacles():
            found = [problem for problem in found if problem not in of_company]
        if unsaid:
            # one cause, one sentence: what it does to the sums is not told again
            found = [problem for problem in found if not _OF_SUMS.match(problem.where)]
        places = [self._l10n_cl_place(problem.where) for problem in found]
        obstacles = list(zip(problems_text(self.env, found), places, strict=True))
        return [
            *export,
            *unsaid,
            *((text, self) for text in rate_texts(self)),
            *self._l10n_cl_date_obstacles(),
            *self._l10n_cl_goods_obstacles(),
            *obstacles,
            *(() if unsaid else self._l10n_cl_other_total(document)),
        ]

    def _l10n_cl_is_nothing_left(self):
        """Whether what was paid in advance, or taken off, is all that an invoice comes to."""
        return (
            self.move_type == "out_invoice"
            and not self.debit_origin_id
            and self.currency_id.is_zero(self.amount_total)
            and any(line.price_subtotal < 0 for line in self.invoice_line_ids)
        )

    def _l10n_cl_nothing_left_text(self):
        return self.env._(
            "Nothing is left to invoice: what was invoiced in advance, or taken off, is all that "
            "its lines come to, and there is no tax document of 0. Delete this draft; or, to close "
            "the order with it, choose a journal that does not use documents."
        )

    def _l10n_cl_other_total(self, document):
        total = document.totals.total
        # a negative one is told by the rules
        if total < 0 or not float_compare(total, abs(self.amount_total_signed), precision_digits=0):
            return []
        text = self.env._(
            "The document's total (%(document)s) is not the invoice's (%(invoice)s).",
            document=total,
            invoice=abs(self.amount_total_signed),
        )
        return [(text, self)]

    def _l10n_cl_place(self, where):
        """The record in which the field ``where`` of a sii.Document is mended."""
        if where in _OF_ADDRESS and self.partner_id.street:
            return self.partner_id
        if where.startswith("receiver"):
            return self.commercial_partner_id
        if where in _OF_DESTINATION:
            return self._l10n_cl_goods_destination()
        if where in _OF_PLACE and self._l10n_cl_branch():
            return self._l10n_cl_branch()
        if where.startswith("issuer.acteco"):
            return self.company_id.l10n_cl_issuer_id
        return self.company_id if where.startswith("issuer") else self
