"""``postgres start|stop``: a PostgreSQL server that stays until it is told to stop."""

from .. import postgres
from ..progress import say


def main(arguments: list[str]) -> int:
    match arguments:
        case ["start"]:
            say(f"PostgreSQL runs: psql -h {postgres.keep()} -U {postgres.ROLE}")
        case ["stop"]:
            postgres.stop()
        case _:
            say(__doc__)
            return 2
    return 0
