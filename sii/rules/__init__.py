"""What makes a document legal, told all at once (PROTOCOL 5.3 to 5.6).

The schemas judge form alone, and cl-sii's are of 2011 to 2019: what the newer ones changed for
these types is either laxer or beyond what ``Document`` can say, so nothing is asked twice here.

Codes of the problems found, by family:

- ``<issuer|receiver>_<field>_missing``, ``line_name_missing``, ``lines_missing``,
  ``item_code_missing``, ``reference_missing``, ``reference_<field>_missing``;
- ``text_too_long`` {limit, length}, ``text_not_encodable`` {characters};
- ``rut_invalid`` {rut}, ``date_out_of_range`` {date}, ``acteco_count`` {limit, count},
  ``acteco_invalid`` {acteco}, ``branch_code_invalid`` {code};
- ``too_many`` {limit, count} of lines, codes, taxes, adjustments or references;
- ``amount_out_of_range`` {amount}, ``number_out_of_range`` {number} for quantities and prices,
  ``number_too_precise`` {number, decimals}, ``percent_invalid`` {percent};
- lines: ``line_amount_wrong`` {expected, amount}, ``percent_amount_wrong`` {expected, amount},
  ``line_mark_unsupported`` {mark}, ``line_mark_with_amount``, ``affected_line_missing``,
  ``tax_unknown`` {tax}, ``gross_with_taxes``;
- adjustments: ``adjustment_ambiguous``, ``adjustment_without_lines``,
  ``adjustment_must_be_percent``;
- references: ``reference_code_missing``, ``reference_not_single``, ``reference_folio_invalid``
  {folio}, ``reference_later``, ``correction_with_amount``;
- totals: ``net_wrong``, ``exempt_wrong``, ``vat_wrong``, ``total_wrong`` {expected, amount},
  ``vat_missing``, ``vat_unexpected``, ``net_not_positive``, ``exempt_not_positive``,
  ``tax_total_missing`` {tax}, ``tax_total_twice`` {tax}.
"""

from ..document import Document
from ..errors import Problem
from . import adjustments, header, lines, parties, references, totals

_CHECKS = (
    header.check,
    parties.check,
    lines.check,
    adjustments.check,
    references.check,
    totals.check,
)


def check(document: Document) -> list[Problem]:
    """Everything that keeps the document from being legal; empty when nothing does."""
    return [problem for each in _CHECKS for problem in each(document)]
