"""How long a worker looks for its work behind 20,000 others."""

import json
import os
from collections.abc import Callable

from house import addon_folders, databases, odoo_process, postgres

from . import odoo_shell

DONE = 100_000
_MARK = "claims: "


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the database is dropped again."""
    name = f"bench_claims_{os.getpid()}"
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        try:
            databases.clone(server, name)
            databases.install(name, [addon_folders.linked()[0].name])
            odoo_shell.call(name, "posting_company", "set_up(env)")
            odoo_shell.call(name, "archive", f"fill(env, {DONE})")
            output = odoo_shell.call(name, "claims", f"measure(env, {_MARK!r})")
        finally:
            databases.drop(server, name)
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    write(f"A claim behind 20,000 waiting and {DONE:,} done, statistics of before")
    for queue, milliseconds in json.loads(line.removeprefix(_MARK)).items():
        write(f"{queue:32}{f'{milliseconds:.2f} ms':>18}")
