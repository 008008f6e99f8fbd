"""How long people wait: a factura alone and behind many, and what lanes are worth."""

import os
import time
from collections.abc import Callable

from . import served

ALONE = 3
MANY = 2000
DRAINED = 150
SLOW = 0.2
_SERVICES = ("upload", "envelope_status")


def run(write: Callable[[str], None]) -> None:
    """Measure and report; Odoo in prefork, the database is dropped again."""
    from simulator import Simulator

    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        name = f"bench_served_{os.getpid()}"
        with served.office(name, sii.url, MANY + 4 * DRAINED + 100) as office:
            _alone(office, write)
            _behind(office, write)
            for seconds in (0, SLOW):
                for lanes in (1, 2, 4):
                    _lanes(office, sii, lanes, seconds, write)


def _alone(office, write) -> None:
    with served.serving(office.name, cron=2):
        waited = []
        for _time in range(ALONE):
            office.post(1)
            waited.append(office.seconds_until("accepted", 1))
    write(f"One factura alone, posted to accepted: {', '.join(f'{each:.1f}' for each in waited)} s")


def _behind(office, write) -> None:
    with served.serving(office.name, cron=2):
        office.post(MANY, 1)
        began = time.monotonic()
        sent = office.seconds_until("sent", 1)
        accepted = office.seconds_until("accepted", 1, began)
        everything = office.seconds_until("accepted", MANY, began)
    write(
        f"One behind {MANY:,}: sent after {sent:.1f} s, accepted after {accepted:.1f} s;"
        f" all of them after {everything:.0f} s"
    )


def _lanes(office, sii, lanes: int, seconds: float, write) -> None:
    office.switch_lanes_on(lanes)
    office.post(DRAINED)
    sii.clear_script()
    for service in _SERVICES if seconds else ():
        sii.add_to_script({"on": service, "do": f"delay:{seconds}", "times": 100_000})
    began = time.monotonic()
    with served.serving(office.name, cron=2 * lanes + 1):
        drained = office.seconds_until("accepted", DRAINED, began)
    write(
        f"{DRAINED} facturas, {lanes}+{lanes} lanes, the SII answers after {seconds * 1000:.0f} ms:"
        f" {DRAINED / drained:.1f} a second"
    )
