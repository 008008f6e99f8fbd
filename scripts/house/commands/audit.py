"""``audit``: known advisories for the pinned packages; fails on one that nobody explained."""

from .. import audit


def main(_arguments: list[str]) -> int:
    return audit.run()
