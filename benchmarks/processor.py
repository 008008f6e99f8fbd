"""Processor time: of Odoo's process, and of the PostgreSQL process that serves it."""

import os
import time
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def seconds(env) -> tuple[float, float]:
    """Used so far by this process, and by its server's process on the same machine.

    That one is counted in hundredths of a second: measure many things together.
    """
    return time.process_time(), of_process(env.cr._cnx.info.backend_pid)


def of_process(process: int) -> float:
    """Seconds of processor that a process has used."""
    # after the name, which may hold blanks and brackets
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
