"""What of a document and its invoice is compared, as one query of the database."""

from typing import NamedTuple

from odoo.tools import SQL

from ...sii import states

_ROWS = """
  FROM l10n_cl_dte dte
  LEFT JOIN account_move move ON move.id = dte.move_id
  LEFT JOIN l10n_latam_document_type type ON type.id = dte.document_type_id
  LEFT JOIN l10n_latam_document_type booked ON booked.id = move.l10n_latam_document_type_id
  LEFT JOIN res_partner receiver ON receiver.id = dte.receiver_id
  LEFT JOIN res_partner contact ON contact.id = move.partner_id
  LEFT JOIN res_partner family ON family.id = contact.commercial_partner_id
  LEFT JOIN res_partner party ON party.id = move.commercial_partner_id
  LEFT JOIN LATERAL (
       SELECT coalesce(abs(sum(balance) FILTER (WHERE display_type = 'payment_term')), 0) AS owed,
              coalesce(sum(balance), 0) AS balance
         FROM account_move_line line WHERE line.move_id = move.id) items ON TRUE
"""
# Two invoices of one document
_SECOND = """
SELECT dte.id, dte.issuer_id, dte.company_id, other.id, 'second', other.name, dte.folio::text
  FROM l10n_cl_dte dte
  JOIN account_move other ON other.l10n_cl_dte_id = dte.id
 WHERE dte.id = ANY(%(ids)s) AND other.id IS DISTINCT FROM dte.move_id
"""


class _Comparison(NamedTuple):
    """SQL over ``_ROWS``: what ``kind`` differs by, and what each side states then.

    always: also of documents whose words do not stand.
    """

    kind: str
    differs: str
    books: str
    document: str
    always: bool = False


def _same_rut(one, other):
    plain = "upper(regexp_replace(coalesce({}, ''), '^CL|[^0-9K]', '', 'gi'))"
    return f"{plain.format(one)} = {plain.format(other)}"


_COMPARISONS = (
    _Comparison("no_invoice", "move.id IS NULL", "NULL", "dte.folio::text"),
    _Comparison(
        "link",
        """move.id IS NOT NULL AND CASE WHEN dte.state = ANY(%(given_up)s)
                                        THEN move.l10n_cl_dte_id = dte.id
                                        ELSE move.l10n_cl_dte_id IS DISTINCT FROM dte.id END""",
        "move.l10n_cl_dte_id::text",
        "dte.id::text",
        always=True,
    ),
    _Comparison(
        "shown",
        """dte.state != ALL(%(given_up)s) AND move.l10n_cl_dte_id = dte.id
           AND move.l10n_cl_dte_state IS DISTINCT FROM dte.state""",
        "move.l10n_cl_dte_state",
        "dte.state",
        always=True,
    ),
    _Comparison("state", "move.state != 'posted'", "move.state", "dte.state"),
    _Comparison(
        "number",
        """ltrim(coalesce(substring(move.name FROM '[0-9]+$'), ''), '0')
           != dte.folio::text""",
        "move.name",
        "dte.folio::text",
    ),
    _Comparison(
        "type",
        """move.l10n_latam_document_type_id IS DISTINCT FROM dte.document_type_id
           OR type.code IS DISTINCT FROM dte.document_code::text""",
        "booked.code",
        "dte.document_code::text",
    ),
    _Comparison(
        "company",
        "move.company_id != dte.company_id",
        "move.company_id::text",
        "dte.company_id::text",
    ),
    _Comparison(
        "date",
        "move.invoice_date IS DISTINCT FROM dte.issued_on",
        "move.invoice_date::text",
        "dte.issued_on::text",
    ),
    _Comparison(
        "total",
        """abs(coalesce(move.amount_total_signed, 0))
           IS DISTINCT FROM dte.amount_total::numeric""",
        "move.amount_total_signed::text",
        "dte.amount_total::text",
    ),
    _Comparison(
        "lines",
        """move.id IS NOT NULL AND (items.owed IS DISTINCT FROM dte.amount_total::numeric
                                    OR items.balance != 0)""",
        "items.owed::text",
        "dte.amount_total::text",
    ),
    # a receiver whose own card was corrected since is the same one
    _Comparison(
        "receiver",
        f"""dte.receiver_rut != '66666666-6' AND (
            move.partner_id IS DISTINCT FROM dte.receiver_id
            AND NOT ({_same_rut("family.vat", "dte.receiver_rut")})
            OR move.commercial_partner_id IS DISTINCT FROM receiver.commercial_partner_id
            AND NOT ({_same_rut("party.vat", "dte.receiver_rut")}))""",
        "coalesce(family.vat, party.vat)",
        "dte.receiver_rut",
    ),
    _Comparison(
        "snapshot_total",
        """dte.payload -> 'document' -> 'totals' ->> 'total'
           IS DISTINCT FROM dte.amount_total::text""",
        "dte.amount_total::text",
        "dte.payload -> 'document' -> 'totals' ->> 'total'",
    ),
    _Comparison(
        "snapshot_receiver",
        """dte.payload -> 'document' -> 'receiver' ->> 'rut'
           IS DISTINCT FROM dte.receiver_rut""",
        "dte.receiver_rut",
        "dte.payload -> 'document' -> 'receiver' ->> 'rut'",
    ),
)


def differences(ids):
    """SQL of what differs of these documents (ids): a row of dte_id, issuer_id, company_id,
    move_id, kind, books and said for each."""
    return SQL(
        f"""SELECT dte.id AS dte_id, dte.issuer_id, dte.company_id, move.id AS move_id,
                   compared.kind, compared.books, compared.said
              {_ROWS}
             CROSS JOIN LATERAL (VALUES {", ".join(map(_row, _COMPARISONS))})
                     AS compared(kind, differs, books, said)
             WHERE dte.id = ANY(%(ids)s) AND dte.source_id IS NULL AND compared.differs
             UNION ALL {_SECOND}""",
        signed=list(states.SIGNED),
        given_up=list(states.GIVEN_UP),
        ids=list(ids),
    )


def _row(each):
    stands = "" if each.always else "dte.state = ANY(%(signed)s) AND "
    return f"('{each.kind}', {stands}({each.differs}), {each.books}, {each.document})"
