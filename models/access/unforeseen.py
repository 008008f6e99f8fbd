"""What nobody foresaw: is it what we were given, or has this server come to its limits?"""

import errno
import logging
from functools import wraps

from psycopg2 import OperationalError
from psycopg2.extensions import TransactionRollbackError

from odoo.exceptions import ConcurrencyError, RedirectWarning, UserError

_logger = logging.getLogger(__name__)

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
        "Unexpected error: %s. Try again once; if it stays so, tell who runs this "
        "server: its log has the details.",
        type(error).__name__,
    )


def attempt(record, method):
    """(what a method of one record gives, ""), or (None, a sentence on why it failed).

    For batches, in which one bad record stops no other, whatever it raises: what the method did
    is undone then. Conflicts with other transactions go their way: the whole is tried again.
    """
    try:
        with record.env.cr.savepoint():
            return method(record), ""
    except (UserError, RedirectWarning) as error:
        return None, error.args[0]
    except (ConcurrencyError, TransactionRollbackError):
        raise
    except Exception as error:
        _logger.exception("%s: unforeseen", record)
        return None, unforeseen(record.env, error)


def reads(file_name):
    """Mark a method that reads a file which somebody loaded: the last ``except`` around it.

    file_name: field with the file's name. What nobody foresaw becomes a UserError that names the
    file, is logged with its traceback, and leaves nothing behind.
    """

    def mark(method):
        @wraps(method)
        def guarded(self, *args, **kwargs):
            try:
                with self.env.cr.savepoint():
                    return method(self, *args, **kwargs)
            except (UserError, TransactionRollbackError):
                raise
            except Exception as error:
                _logger.exception("a file could not be read by %s", self._name)
                name = self[file_name] or self.env._("The file")
                text = self.env._(
                    "%(file)s: %(reason)s", file=name, reason=unforeseen(self.env, error)
                )
                raise UserError(text) from error

        return guarded

    return mark
