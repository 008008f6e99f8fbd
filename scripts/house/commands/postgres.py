"""``postgres start|stop``: a PostgreSQL server that stays until it is stopped."""

from .. import postgres
from ..progress import show


def main(arguments: list[str]) -> int:
    match arguments:
        case ["start"]:
            show(f"PostgreSQL runs: psql -h {postgres.keep()} -U {postgres.ROLE}")
        case ["stop"]:
            postgres.stop()
        case _:
            show(__doc__)
            return 2
    return 0
