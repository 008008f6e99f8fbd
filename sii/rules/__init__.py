"""What makes a document legal, told all at once (PROTOCOL 5.3 to 5.6).

The schemas judge form alone, and what they judge is not asked twice here.

Codes of the problems found, by family:

- ``<issuer|receiver>_<field>_missing``, ``line_name_missing``, ``lines_missing``,
  ``item_code_missing``, ``reference_missing``, ``reference_<field>_missing``,
  ``transport_<field>_missing``, ``foreign_currency_missing``;
- ``text_too_long`` {limit, length}, ``text_not_encodable`` {characters};
- ``rut_invalid`` {rut}, ``date_out_of_range`` {date}, ``acteco_count`` {limit, count},
  ``acteco_invalid`` {acteco}, ``branch_code_invalid`` {code};
- ``too_many`` {limit, count} of lines, codes, taxes, adjustments, instalments or references;
- ``amount_out_of_range`` {amount}, ``number_out_of_range`` {number} for quantities, prices and
  foreign amounts, ``number_too_precise`` {number, decimals}, ``percent_invalid`` {percent},
  ``percent_above_limit`` {percent, limit};
- header: ``period_reversed``, ``service_not_for_kind``, ``transaction_not_for_kind``,
  ``late_unexpected``,
  ``gross_with_taxes``, ``due_before_issue``, ``instalments_wrong`` {expected, amount},
  ``transport_unexpected``;
- transport: ``plate_invalid`` {plate}, ``departure_before_issue``, ``arrival_before_departure``,
  ``not_known_unknown`` {name}, ``told_and_not_known``;
- lines: ``line_amount_wrong`` {expected, amount}, ``percent_amount_wrong`` {expected, amount},
  ``discount_above_line`` {limit, amount}, ``line_mark_unexpected`` {mark},
  ``line_mark_with_amount``, ``affected_line_missing``;
- adjustments: ``adjustment_ambiguous``, ``adjustment_without_lines``,
  ``adjustment_must_be_percent``, ``discount_above_lines`` {amount};
- taxes, all with {tax}: ``tax_unknown``, ``tax_not_for_kind``, ``tax_twice``,
  ``tax_rate_missing``, ``tax_rate_wrong`` {expected, rate}, ``tax_total_missing``,
  ``tax_total_wrong`` {expected, amount}, ``tax_without_lines``; ``line_tax_unexpected``,
  ``slaughter_base_wrong`` {expected, amount};
- purchase invoices: ``seller_is_issuer``, ``line_not_withheld`` {tax}, ``withheld_unexpected``,
  ``retention_missing``, ``vat_not_withheld_wrong`` {expected, amount};
- references: ``reference_code_missing``, ``reference_not_single``, ``reference_folio_invalid``
  {folio}, ``reference_later``, ``reference_too_old`` {date}, ``reference_label_unexpected``,
  ``correction_with_amount``, ``note_of_nothing``;
- which note may do what: ``note_over_guide``, ``note_over_export``,
  ``credit_note_over_its_like``, ``debit_note_annuls``, ``debit_note_corrects_text``;
- terms of notes: ``late_without_amount``, ``late_not_told`` {day}, ``late_told_early`` {day}
  (empty without a term), ``note_reason_unexpected``, ``discount_annuls``,
  ``returned_after_note`` {date}, ``returned_before_delivery`` {date};
- totals: ``net_wrong``, ``exempt_wrong``, ``vat_wrong``, ``deposits_wrong``,
  ``total_wrong``, ``not_billable_wrong``, ``payable_wrong``
  {expected, amount}, ``vat_rate_wrong`` {expected, rate}, ``vat_missing``, ``vat_unexpected``,
  ``net_not_positive``, ``exempt_not_positive``, ``total_negative`` {amount},
  ``construction_credit_unexpected``, ``construction_credit_above`` {limit, amount},
  ``payable_missing``;
- second currency: ``currency_unknown`` {currency}, ``foreign_wrong`` {expected, amount};
- boletas: ``service_missing``, ``event_ticket_unsupported``, ``means_missing``,
  ``period_from_missing``, ``period_to_missing``,
  ``due_on_missing``, ``boleta_not_gross``, ``boleta_not_affected``, ``boleta_line_taxed``,
  ``boleta_mark_unexpected`` {mark}, ``receiver_anonymous``,
  ``receiver_anonymous_above_limit`` {limit}, ``reference_code_unexpected``.
"""

from decimal import Decimal

from ..document import Document
from ..errors import Problem
from . import (
    adjustments,
    boleta,
    foreign,
    header,
    lines,
    note_terms,
    parties,
    payment,
    purchase,
    references,
    taxes,
    totals,
    transport,
)
from .values import is_computable

_CHECKS = (
    header.check,
    payment.check,
    parties.check,
    transport.check,
    lines.check,
    adjustments.check,
    references.check,
    note_terms.check,
    taxes.check,
    purchase.check,
    totals.check,
    foreign.check,
)
_SUMS = (adjustments.check_sums, taxes.check_sums, purchase.check_sums, totals.check_sums)
_BOLETA_CHECKS = (boleta.check, parties.check, lines.check, adjustments.check, totals.check)
_BOLETA_SUMS = (adjustments.check_sums, totals.check_sums)


def check(document: Document, limit: Decimal | None = None) -> list[Problem]:
    """Everything that keeps the document from being legal; empty when nothing does.

    limit: pesos up to which a boleta of its year may be of nobody (``boleta_limit``). Without it
    none is so large that its buyer must be named.
    """
    is_boleta = document.traits.is_boleta
    checks = _BOLETA_CHECKS if is_boleta else _CHECKS
    if is_computable(document):
        checks += _BOLETA_SUMS if is_boleta else _SUMS
    problems = [problem for each in checks for problem in each(document)]
    if is_boleta and limit is not None:
        problems.extend(boleta.check_buyer(document, limit))
    return problems
