"""How often may somebody be wrong? Failures are counted, and from some number on refused.

What is right always passes: a door looks first whether what it was given is right, and asks the
limiter only about what is wrong. So nobody is locked out by another's tries, and a few who share
a row of the table only share the patience. Where little is asked for, so that trying would find
it, the limiter is asked first (``_failures``), about who tries and not about what is tried.
"""

import hashlib
import math
import time

from odoo import api, fields, models
from odoo.tools import SQL

from ..access.apart import apart
from .trace import remote_address

# Failures within a minute before they are refused.
_PATIENCE = 20
_MINUTE = 60
# Rows of the table for each window, whatever is tried: names are not kept, only a place of these
# many. Two windows never share a row: counting in one would end the count of the other.
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
        period, left = _period(window)

        def count(cr):
            most = 0
            for place in sorted(set(_places(cr, named, window))):
                cr.execute(SQL(_COUNT, place, period, period, period))
                most = max(most, cr.fetchone()[0])
            return most

        failures = named and apart(self.env.registry, count) or 0
        return left if failures > patience else 0

    @api.model
    def _failures(self, *subjects, window):
        """({subject: failures within the window}, seconds until it ends).

        For what can be guessed: there who guesses waits with the right answer as well, or guessing
        would find it.
        """
        period, left = _period(window)
        places = dict(zip(subjects, _places(self.env.cr, subjects, window), strict=True))
        self.env.cr.execute(SQL(_LOOK, list(places.values()), period))
        failures = dict(self.env.cr.fetchall())
        return {subject: failures.get(place, 0) for subject, place in places.items()}, left


def _period(window):
    """The number of the window that it is now, and the seconds until it ends."""
    now = time.time()
    period = int(now // window)
    return period, math.ceil((period + 1) * window - now)


def _places(cr, subjects, window):
    """The row of each; by a secret, or somebody could be wrong at what shares another's row."""
    cr.execute("SELECT value FROM ir_config_parameter WHERE key = 'database.secret'")
    salt = (cr.fetchone() or ("",))[0]
    first = 0 if window == _MINUTE else _PLACES
    for subject in subjects:
        digest = hashlib.sha256(f"{salt} {subject}".encode(errors="replace")).digest()
        yield first + int.from_bytes(digest[:4]) % _PLACES


_COUNT = """
INSERT INTO l10n_cl_limiter AS known (place, "minute", failures) VALUES (%s, %s, 1)
ON CONFLICT (place) DO UPDATE
    SET failures = CASE WHEN known."minute" = %s THEN known.failures + 1 ELSE 1 END,
        "minute" = %s
RETURNING failures
"""

_LOOK = """
SELECT place, failures FROM l10n_cl_limiter WHERE place = ANY(%s) AND "minute" = %s
"""
