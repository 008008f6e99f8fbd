"""``python -m house COMMAND``: the entry of the scripts beside this package."""

import importlib
import os
import signal
import sys

from . import paths
from .progress import StepError, explain, show

COMMANDS = ("audit", "bootstrap", "database", "fixture", "odoo", "postgres", "rooms", "run", "test")


def main() -> int:
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        show(f"usage: python -m house {{{','.join(COMMANDS)}}}")
        return 2
    # A signal to end is an exception as Ctrl-C is: what we started ends with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    try:
        _check_owner()
        # Imported by name: bootstrap runs before there is a psycopg2 for the others to import.
        return importlib.import_module(f".commands.{name}", __package__).main(arguments)
    except StepError as error:
        explain(error)
        return 1
    except KeyboardInterrupt:
        return 130


def _check_owner() -> None:
    if paths.HOUSE.exists() and not os.access(paths.HOUSE, os.W_OK | os.X_OK):
        advice = "Clone the repository for yourself: each user has a checkout of his own."
        raise StepError(f"{paths.HOUSE} belongs to another user", advice)


if __name__ == "__main__":
    sys.exit(main())
