"""CAFs loaded twice make room for the constraint that keeps ranges apart; copies stay copies."""

import json


def migrate(cr, version):
    """Archive all but one of the CAFs in use that hold the same folios: the most used one stays."""
    cr.execute(
        """
        SELECT caf.id, caf.issuer_rut, caf.environment, caf.document_code, caf.first, caf.last
          FROM l10n_cl_caf caf
         WHERE caf.active
         ORDER BY (SELECT count(*) FROM l10n_cl_dte dte WHERE dte.caf_id = caf.id) DESC, caf.id
        """
    )
    kept, archived = {}, []
    for caf, *group, first, last in cr.fetchall():
        ranges = kept.setdefault(tuple(group), [])
        if any(first <= other_last and other_first <= last for other_first, other_last in ranges):
            archived.append(caf)
        else:
            ranges.append((first, last))
    if archived:
        cr.execute("UPDATE l10n_cl_caf SET active = false WHERE id = ANY(%s)", (archived,))
    cr.execute(
        """
        SELECT issuer.id FROM l10n_cl_issuer issuer
         WHERE issuer.environment = 'production'
           AND issuer.database_uuid IS DISTINCT FROM (
               SELECT value FROM ir_config_parameter WHERE key = 'database.uuid')
        """
    )
    copies = [issuer for (issuer,) in cr.fetchall()]
    cr.execute(
        "INSERT INTO ir_config_parameter (key, value) VALUES ('l10n_cl_sii.migration', %s)"
        " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
        (json.dumps({"archived": archived, "copies": copies}),),
    )
    cr.execute("ALTER TABLE l10n_cl_issuer DROP COLUMN database_uuid")
