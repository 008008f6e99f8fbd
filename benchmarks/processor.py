"""Processor time: of Odoo's process, and of the PostgreSQL process that serves it."""

import os
import time
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def seconds(env) -> tuple[float, float]:
    """Used so far by this process, and by its server's process on the same machine.

    That one is counted in hundredths of a second: measure many things together.
    """
    pid = env.cr._cnx.get_backend_pid()
    # after the name, which may hold blanks and brackets
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time(), (int(fields[11]) + int(fields[12])) / _TICK
