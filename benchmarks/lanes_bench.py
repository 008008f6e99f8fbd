"""What lanes and servers are worth: facturas that wait are sent and accepted, in prefork."""

import contextlib
import os
from collections.abc import Callable, Iterator

from . import served

WAITING = 400
# the first and the last ones, when not all lanes have work, are left out
_FROM, _TO = WAITING // 10, 9 * WAITING // 10
SLOW = 0.2
_LANES = (1, 2, 4)
_SERVICES = ("upload", "envelope_status")


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the database is dropped again."""
    from simulator import Simulator

    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        folios = 2 * (len(_LANES) + 1) * WAITING
        with served.office(f"bench_lanes_{os.getpid()}", sii.url, folios) as office:
            for seconds in (0, SLOW):
                first = None
                for lanes, servers in (*((lanes, 1) for lanes in _LANES), (2, 2)):
                    _answer_after(sii, seconds)
                    measured = _drain(office, lanes, servers)
                    first = first or measured
                    write(_line(lanes, servers, seconds, measured, first))


def _answer_after(sii, seconds: float) -> None:
    sii.clear_script()
    for service in _SERVICES if seconds else ():
        sii.add_to_script({"on": service, "do": f"delay:{seconds}", "times": 100_000})


def _drain(office, lanes: int, servers: int) -> tuple[float, float]:
    """(documents a second, commits a document), of the middle eight tenths."""
    office.switch_lanes_on(lanes)
    office.post(WAITING)
    with _serving(office.name, servers, cron=2 * lanes // servers + 1):
        began, commits = office.wait_for(_FROM, WAITING), office.commits()
        ended = office.wait_for(_TO, WAITING)
        commits = office.commits() - commits
        office.wait_for(WAITING, WAITING)
    return (_TO - _FROM) / (ended - began), commits / (_TO - _FROM)


@contextlib.contextmanager
def _serving(name: str, servers: int, cron: int) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for _server in range(servers):
            stack.enter_context(served.serving(name, cron))
        yield


def _line(lanes, servers, seconds, measured, first) -> str:
    rate, commits = measured
    on = "two servers, " if servers == 2 else ""
    return (
        f"{WAITING} facturas, {on}{lanes}+{lanes} lanes, the SII answers after"
        f" {seconds * 1000:.0f} ms: {rate:.1f} a second, {rate / first[0]:.2f} of one pair;"
        f" {commits:.1f} commits a factura"
    )
