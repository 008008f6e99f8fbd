"""Who came in, who did not, and what was done with keys: lines that nobody writes or deletes."""

import ipaddress
from datetime import timedelta

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

from ..access.apart import apart

_KEPT_DAYS = 180
# New lines of one kind within a minute; a flood from more addresses is counted in one line.
_LINES_A_MINUTE = 60
_LONGEST = 500
_COUNT = """
INSERT INTO l10n_cl_trace
            (kind, company_id, user_id, text, address, res_model, res_id,
             times, first_at, last_at, span)
     VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, span) WHERE span IS NOT NULL
  DO UPDATE SET times = l10n_cl_trace.times + excluded.times, last_at = excluded.last_at
"""


class Trace(models.Model):
    """A line for the SII managers of a company. It never holds a secret, a token or a key."""

    _name = "l10n_cl.trace"
    _description = "Trace of access and keys"
    _order = "last_at desc, id desc"
    _log_access = False

    kind = fields.Selection(
        [
            ("login_refused", "Login refused"),
            ("program", "Program called"),
            ("key_loaded", "Key or folios loaded"),
            ("caf_read", "CAF file given out"),
            ("signature", "Signed"),
            ("download", "Documents downloaded"),
            ("secret", "Secret made or ended"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Who", readonly=True, ondelete="set null")
    text = fields.Char("What happened", required=True, readonly=True)
    address = fields.Char("From", readonly=True, help="Network address that the call came from.")
    res_model = fields.Char("Model of the record", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    times = fields.Integer(readonly=True, default=1, help="How often, from the first to the last.")
    first_at = fields.Datetime("First", required=True, readonly=True, index=True)
    last_at = fields.Datetime("Last", required=True, readonly=True)
    span = fields.Char(readonly=True, help="What is counted together.")

    # one line for what is counted together, whoever counts at the same moment
    _one_each = models.UniqueIndex("(kind, span) WHERE span IS NOT NULL")

    @api.model
    def _leave(self, kind, company, text, record=None):
        """Leave a line in this transaction: it stays if what it is about does. Returns it."""
        now = fields.Datetime.now()
        values = {
            "kind": kind,
            "company_id": company.id,
            "user_id": self.env.uid,
            "text": text[:_LONGEST],
            "address": remote_address(),
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            "first_at": now,
            "last_at": now,
        }
        return self.sudo().create(values)

    @api.model
    def _count(
        self, kind, company, text, together, record=None, times=1, daily=False, of_all=False
    ):
        """Count what happens often in one line a minute (or a day), whatever becomes of the call.

        Written and committed apart, so that a refused call leaves it. together: what makes two
        happenings the same but for their address. From more than some addresses in one minute
        they are counted as from one. of_all: from whatever address, which is not kept.
        """
        now = fields.Datetime.now()
        whole = now.replace(hour=0, minute=0, second=0) if daily else now.replace(second=0)
        address = None if of_all else remote_address()
        about = [record._name, record.id] if record else [None, None]
        line = [company.id or None, self.env.uid, text[:_LONGEST], address, *about]
        flood = [None, None, self.env._("The same from many places."), None, None, None]

        def write(cr):
            many = not daily and self._is_flood(cr, kind, whole)
            span = f"{whole:%Y%m%d%H%M} " + ("" if many else f"{together} {address}")
            cr.execute(SQL(_COUNT, kind, *(flood if many else line), times, now, now, span))

        apart(self.env.registry, write)

    def _is_flood(self, cr, kind, minute):
        cr.execute(
            SQL(
                "SELECT count(*) FROM l10n_cl_trace WHERE kind = %s AND first_at >= %s",
                kind,
                minute,
            )
        )
        return cr.fetchone()[0] >= _LINES_A_MINUTE

    @api.autovacuum
    def _gc_old(self):
        """Who called is personal data: kept as long as a theft is looked for (decision 9)."""
        limit = fields.Datetime.now() - timedelta(days=_KEPT_DAYS)
        self.sudo().search([("last_at", "<", limit)], limit=10_000).unlink()


def remote_address():
    """Where a call came from, None without one; a proxy's word counts with ``proxy_mode`` only.

    Of an IPv6 address its network: whoever has one has 2^64 of them.
    """
    if not request:
        return None
    try:
        address = ipaddress.ip_address(request.httprequest.remote_addr or "")
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))
