"""How long people wait: for a factura alone, for three hundred, and for one behind many."""

import os
import time
from collections.abc import Callable

from . import served

ALONE = 3
SOME = 300
MANY = 2000


def run(write: Callable[[str], None]) -> None:
    """Measure and report; Odoo in prefork, the database is dropped again."""
    from simulator import Simulator

    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        name = f"bench_served_{os.getpid()}"
        with served.office(name, sii.url, MANY + SOME + 100) as office:
            _alone(office, write)
            _together(office, write)
            _behind(office, write)


def _alone(office, write) -> None:
    with served.serving(office.name, cron=2):
        waited = []
        for _time in range(ALONE):
            office.post(1)
            waited.append(office.seconds_until("accepted", 1))
    write(f"One factura alone, posted to accepted: {', '.join(f'{each:.1f}' for each in waited)} s")


def _together(office, write) -> None:
    with served.serving(office.name, cron=2):
        office.post(SOME)
        waited = office.seconds_until("accepted", SOME)
    write(f"{SOME} facturas posted together: all accepted {waited:.0f} s later")


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
