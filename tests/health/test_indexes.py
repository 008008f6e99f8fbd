"""Each index costs bytes and work for each document: none of ours repeats another."""

from ..common import SiiCase

# Of two over the same table with the same condition, one whose columns begin the other's: how
# they are sorted does not matter to who looks for equal values, but an index that keeps values
# unique stays.
_REPEATED = """
    WITH indexes AS (
        SELECT table_of.relname AS on_table, index_of.relname AS name, indisunique,
               pg_get_expr(indpred, indrelid) AS condition, indexprs IS NULL AS plain,
               ARRAY(SELECT pg_get_indexdef(indexrelid, at, true)
                       FROM generate_series(1, indnkeyatts) AS at) AS columns
          FROM pg_index
          JOIN pg_class AS index_of ON index_of.oid = indexrelid
          JOIN pg_class AS table_of ON table_of.oid = indrelid
          JOIN pg_am ON pg_am.oid = index_of.relam AND amname = 'btree'
          JOIN pg_namespace ON pg_namespace.oid = table_of.relnamespace AND nspname = 'public'
         WHERE table_of.relname NOT LIKE '%%_rel'
    )
    SELECT short.on_table, short.name, long.name
      FROM indexes AS short
      JOIN indexes AS long ON long.on_table = short.on_table AND long.name != short.name
     WHERE NOT short.indisunique
       AND long.condition IS NOT DISTINCT FROM short.condition
       AND long.columns[1:cardinality(short.columns)] = short.columns
       AND (cardinality(long.columns) > cardinality(short.columns) OR long.indisunique
            OR long.name > short.name)
       AND (short.on_table LIKE 'l10n_cl_%%' OR short.name LIKE '%%l10n_cl%%')
       -- of an addon that may not be there
       AND long.name NOT LIKE '%%_l10n_cl_newest'
  ORDER BY 1, 2, 3
"""


class TestIndexes(SiiCase):
    def test_none_begins_another(self):
        self.env.cr.execute(_REPEATED)
        self.assertEqual(self.env.cr.fetchall(), [])
