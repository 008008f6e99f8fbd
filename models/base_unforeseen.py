"""What nobody foresaw: is it what we were given, or has this server come to its limits?"""

import errno

from psycopg2 import OperationalError

from odoo.exceptions import ConcurrencyError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_TOO_MANY = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


def is_of_this_server(error):
    """Whether it would have failed with whatever else we had been given."""
    if isinstance(error, OSError):
        return error.errno in _FULL | _TOO_MANY
    return isinstance(error, (OperationalError, ConcurrencyError, MemoryError))


def unforeseen(env, error):
    """A sentence about an error that nobody foresaw: what it is, and what to do."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return env._(
            "The disk of this server is full or cannot be written (%s). Ask who runs it to make "
            "room, then try again; until then nothing more can be kept.",
            errno.errorcode[error.errno],
        )
    if is_of_this_server(error):
        return env._(
            "This server is at its limits (%s). Try again in some minutes; if it stays so, tell "
            "who runs it.",
            type(error).__name__,
        )
    return env._(
        "An error that nobody foresaw (%s). Try again once; if it stays so, tell who runs this "
        "server: its log has the details.",
        type(error).__name__,
    )
