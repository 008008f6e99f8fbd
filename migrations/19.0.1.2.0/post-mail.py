"""The SII's files are no longer kept a second time as words to search in."""

from odoo.tools import SQL

# So many attachments are looked at by one statement.
_STRIDE = 50_000


def migrate(cr, version):
    cr.execute("SELECT coalesce(max(id), 0) FROM ir_attachment")
    [highest] = cr.fetchone()
    for first in range(1, highest + 1, _STRIDE):
        cr.execute(
            SQL(
                """UPDATE ir_attachment SET index_content = NULL
                    WHERE id BETWEEN %s AND %s AND index_content IS NOT NULL
                      AND mimetype IN ('text/xml', 'text/plain', 'application/xml')
                      AND position('http://www.sii.cl/SiiDte' IN left(index_content, 1000)) > 0""",
                first,
                first + _STRIDE - 1,
            )
        )
