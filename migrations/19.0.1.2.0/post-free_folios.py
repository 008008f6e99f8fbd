"""Folios that the SII called free after a backup was restored become rows of the ledger."""

from odoo.tools import sql


def migrate(cr, version):
    if not sql.column_exists(cr, "l10n_cl_caf", "free_from"):
        return
    cr.execute(
        """INSERT INTO l10n_cl_dte (
               state, company_id, issuer_id, issuer_rut, environment, document_type_id,
               document_code, folio, caf_id, generation,
               create_uid, create_date, write_uid, write_date)
           SELECT 'free', issuer.company_id, issuer.id, caf.issuer_rut, caf.environment,
                  caf.document_type_id, caf.document_code, free.folio, caf.id, 1,
                  1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
             FROM l10n_cl_caf caf
             JOIN l10n_cl_issuer issuer ON issuer.id = caf.issuer_id
            CROSS JOIN LATERAL generate_series(caf.free_from, caf.free_to) AS free (folio)
            WHERE caf.free_from > 0
               ON CONFLICT DO NOTHING"""
    )
