"""A few statements in a transaction of their own: what stays when the rest is taken back."""

import logging

from psycopg2.errors import LockNotAvailable
from psycopg2.extensions import TransactionRollbackError

_logger = logging.getLogger(__name__)

_TRIES = 5


def apart(registry, work):
    """Run ``work(cr)``, committed at once; again when another was quicker. Returns what it does.

    Nobody waits long for it: what cannot be written within seconds is left out, noted in the log,
    and None is returned.
    """
    for _try in range(_TRIES):
        try:
            with registry.cursor() as cr:
                cr.execute("SET LOCAL lock_timeout = '2s'")
                return work(cr)
        except (TransactionRollbackError, LockNotAvailable) as late:
            reason = late
    _logger.warning("others were quicker %s times: %s", _TRIES, reason)
    return None
