"""How often may somebody be wrong? Failures are counted, and from some number on refused.

What is right always passes: a door looks first whether what it was given is right, and asks the
limiter only about what is wrong. So nobody is locked out by another's tries, and a few who share
a row of the table only share the patience.
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
    def _failed(self, *subjects):
        """Count a failure of each subject and of the address that it came from.

        Returns the seconds that the caller must wait when one of them has failed too often, else
        0. Committed apart: the call is taken back, its failure is not.
        """
        address = remote_address()
        named = [*subjects, f"address {address}"] if address else [*subjects]
        places = sorted({_place(self.env.cr.dbname, subject) for subject in named})
        now = time.time()
        minute = int(now // _MINUTE)

        def count(cr):
            most = 0
            for place in places:
                cr.execute(SQL(_COUNT, place, minute, minute, minute))
                most = max(most, cr.fetchone()[0])
            return most

        failures = places and apart(self.env.registry, count) or 0
        return math.ceil((minute + 1) * _MINUTE - now) if failures > _PATIENCE else 0


_COUNT = """
INSERT INTO l10n_cl_limiter AS known (place, "minute", failures) VALUES (%s, %s, 1)
ON CONFLICT (place) DO UPDATE
    SET failures = CASE WHEN known."minute" = %s THEN known.failures + 1 ELSE 1 END,
        "minute" = %s
RETURNING failures
"""


def _place(salt, subject):
    digest = hashlib.sha256(f"{salt} {subject}".encode(errors="replace")).digest()
    return int.from_bytes(digest[:4]) % _PLACES
