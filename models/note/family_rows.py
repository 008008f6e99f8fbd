"""All that hangs together by notes, in one query: documents, their notes, the notes over those.

issuer: l10n_cl.issuer, as system. keys: ``(type, folio)`` of the documents to begin with, the type
as text.
"""

from odoo.tools import SQL

from ...sii import states

# Its folio is taken, and no document stands under it.
_NOT_ISSUED = ("pending", *states.DEAD)


def was_issued(document):
    """Whether a document stands under a folio; False for an empty l10n_cl.dte."""
    return bool(document) and document.state not in _NOT_ISSUED


def family_rows(issuer, keys):
    """``{(type, folio): (document, invoice)}`` of all that hangs on documents of an issuer.

    document: l10n_cl.dte, in any state; empty where there is none. invoice: one of another system,
    recorded here; empty where there is none.
    """
    documents = issuer.env["l10n_cl.dte"]
    moves = issuer.env["account.move"]
    documents.flush_model(["state", "folio", "move_id"])
    issuer.env["l10n_cl.reference"].flush_model(["changed_folio", "move_id"])
    moves.flush_model(["state", "l10n_cl_issued_elsewhere", "sequence_number"])
    rows = issuer.env.execute_query(_family_query(issuer, keys))
    documents = documents.browse([row[2] for row in rows if row[2]])
    moves = moves.browse([row[3] for row in rows if row[3]])
    return {
        (kind, folio): (
            documents.browse(document).with_prefetch(documents._ids),
            moves.browse(invoice).with_prefetch(moves._ids),
        )
        for kind, folio, document, invoice in rows
    }


def hold_family(issuer, keys):
    """Two notes of one family are posted one after the other, until our transaction ends.

    A lock would not do: who waited for it would still read what was before. Whoever waited for a
    changed row starts over, and then sees our note. Where another system issued what is changed
    there is no row of it, and the issuer's stands for it.
    """
    family = family_rows(issuer, keys).values()
    held = [document.id for document, _invoice in family if document]
    if held:
        issuer.env.cr.execute(
            SQL(
                "UPDATE l10n_cl_dte SET generation = generation WHERE id IN %s",
                tuple(sorted(held)),
            ),
            log_exceptions=False,
        )
    if len(held) < len(family):
        issuer.env.cr.execute(
            SQL("UPDATE l10n_cl_issuer SET active = active WHERE id = %s", issuer.id),
            log_exceptions=False,
        )


def _family_query(issuer, keys):
    """One query, however long the chain: from each document to what it changes, and to the notes
    that change it, until nothing new is found."""
    document = SQL(
        "d.issuer_rut = %s AND d.environment = %s AND d.state NOT IN %s",
        issuer.company_rut,
        issuer.environment,
        states.SET_ASIDE,
    )
    issued = SQL("%s AND d.state NOT IN %s", document, _NOT_ISSUED)
    elsewhere = SQL(
        """m.l10n_cl_issued_elsewhere AND m.state = 'posted' AND m.sequence_number > 0
           AND m.company_id IN (
               SELECT c.id FROM res_company c JOIN res_company root ON root.id = %s
                WHERE c.parent_path LIKE root.parent_path || '%%')""",
        issuer.company_id.id,
    )
    return SQL(
        """
        WITH RECURSIVE family(kind, folio) AS (
            SELECT * FROM unnest(%(kinds)s::varchar[], %(folios)s::int8[])
            UNION
            SELECT next.kind, next.folio FROM family f JOIN LATERAL (
                SELECT r.l10n_cl_reference_doc_type_selection AS kind, r.changed_folio AS folio
                  FROM l10n_cl_dte d JOIN l10n_cl_reference r ON r.move_id = d.move_id
                 WHERE %(issued)s AND d.document_code = f.kind::int8 AND d.folio = f.folio
                   AND r.changed_folio > 0
                UNION ALL
                SELECT r.l10n_cl_reference_doc_type_selection, r.changed_folio
                  FROM account_move m
                  JOIN l10n_latam_document_type t ON t.id = m.l10n_latam_document_type_id
                  JOIN l10n_cl_reference r ON r.move_id = m.id
                 WHERE %(elsewhere)s AND t.code = f.kind AND m.sequence_number = f.folio
                   AND r.changed_folio > 0
                UNION ALL
                SELECT d.document_code::varchar, d.folio
                  FROM l10n_cl_reference r JOIN l10n_cl_dte d ON d.move_id = r.move_id
                 WHERE %(issued)s AND r.l10n_cl_reference_doc_type_selection = f.kind
                   AND r.changed_folio = f.folio AND d.folio > 0
                UNION ALL
                SELECT t.code, m.sequence_number
                  FROM l10n_cl_reference r JOIN account_move m ON m.id = r.move_id
                  JOIN l10n_latam_document_type t ON t.id = m.l10n_latam_document_type_id
                 WHERE %(elsewhere)s AND r.l10n_cl_reference_doc_type_selection = f.kind
                   AND r.changed_folio = f.folio
            ) next ON true
        )
        SELECT f.kind, f.folio, min(d.id), min(m.id)
          FROM family f
          LEFT JOIN l10n_cl_dte d
            ON %(document)s AND d.document_code = f.kind::int8 AND d.folio = f.folio
          LEFT JOIN (account_move m
                     JOIN l10n_latam_document_type t ON t.id = m.l10n_latam_document_type_id)
            ON %(elsewhere)s AND t.code = f.kind AND m.sequence_number = f.folio
         GROUP BY f.kind, f.folio
         ORDER BY f.kind, f.folio
        """,
        kinds=[kind for kind, _folio in keys],
        folios=[folio for _kind, folio in keys],
        document=document,
        issued=issued,
        elsewhere=elsewhere,
    )
