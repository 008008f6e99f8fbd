"""``python -m house COMMAND``: the entry of the scripts beside this package."""

import importlib
import sys

from .progress import StepError, say

COMMANDS = ("bootstrap", "database", "odoo", "postgres", "run", "test")


def main() -> int:
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        say(f"usage: python -m house {{{','.join(COMMANDS)}}}")
        return 2
    try:
        # Imported by name: bootstrap runs before there is a psycopg2 for the others to import.
        return importlib.import_module(f".commands.{name}", __package__).main(arguments)
    except StepError as error:
        say(f"\nFailed: {error.title}")
        if error.output:
            say(error.output)
        say(f"What to do: {error.advice}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
