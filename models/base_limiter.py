"""How often may somebody be wrong? Failures are counted, and from some number on refused.

What is right always passes: a door looks first whether what it was given is right, and asks the
limiter only about what is wrong. So nobody is locked out by another's tries, and a few who share
a row of the table only share the patience. Where little is asked for, so that trying would find
it, the limiter is asked first (``_waits``).
"""

import hashlib
import math
import time

from odoo import api, fields, models
from odoo.tools import SQL

from .base_apart import apart
from .base_trace import remote_address

# Failures within a minute before they are refused.
_PATIENCE = 20
_MINUTE = 60
# Rows of the table, whatever is tried: names are not kept, only a place of these many.
_PLACES = 1 << 14


class Limiter(models.Model):
    """Failures by what was tried (a key, a page) and by address, common to all workers."""

    _name = "l10n_cl.limiter"
    _description = "Failures counted by a limiter"
    _log_access = False

    place = fields.Integer(required=True, readonly=True)
    minute = fields.Integer(required=True, readonly=True)
    failures = fields.Integer(required=True, readonly=True)

    _one_each = models.UniqueIndex("(place)")

    @api.model
    def _failed(self, *subjects, window=_MINUTE, patience=_PATIENCE, with_address=True):
        """Count a failure of each subject and of the address that it came from.

        Returns the seconds that the caller must wait when one of them has failed more often than
        ``patience`` within ``window`` seconds, else 0. Committed apart: the call is taken back,
        its failure is not.
        """
        address = remote_address() if with_address else None
        named = [*subjects, f"address {address}"] if address else [*subjects]
        places = sorted({_place(self.env.cr.dbname, subject) for subject in named})
        now = time.time()
        minute = int(now // window)

        def count(cr):
            most = 0
            for place in places:
                cr.execute(SQL(_COUNT, place, minute, minute, minute))
                most = max(most, cr.fetchone()[0])
            return most

        failures = places and apart(self.env.registry, count) or 0
        return math.ceil((minute + 1) * window - now) if failures > patience else 0

    @api.model
    def _waits(self, subject, window, patience):
        """Seconds until a subject may be tried again, 0 when now.

        For what can be guessed: there the right answer waits as well, or guessing would find it.
        """
        now = time.time()
        period = int(now // window)
        place = _place(self.env.cr.dbname, subject)
        self.env.cr.execute(SQL(_LOOK, place, period))
        row = self.env.cr.fetchone()
        return math.ceil((period + 1) * window - now) if row and row[0] >= patience else 0


_COUNT = """
INSERT INTO l10n_cl_limiter AS known (place, "minute", failures) VALUES (%s, %s, 1)
ON CONFLICT (place) DO UPDATE
    SET failures = CASE WHEN known."minute" = %s THEN known.failures + 1 ELSE 1 END,
        "minute" = %s
RETURNING failures
"""

_LOOK = """SELECT failures FROM l10n_cl_limiter WHERE place = %s AND "minute" = %s"""


def _place(salt, subject):
    digest = hashlib.sha256(f"{salt} {subject}".encode(errors="replace")).digest()
    return int.from_bytes(digest[:4]) % _PLACES
