"""``fixture``: make the database of tests/upgrade again, from the commit that it is of."""

from .. import upgrade_fixture


def main(_arguments: list[str]) -> int:
    upgrade_fixture.make()
    return 0
