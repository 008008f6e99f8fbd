"""A function of these benchmarks, called inside Odoo in a process of its own."""

import subprocess

from house import odoo_process, paths

_PATIENCE = 1200


def call(database: str, module: str, expression: str) -> str:
    """What ``module.expression`` printed; ``env`` is Odoo's."""
    program = (
        f"import sys; sys.path += {[str(paths.ROOT), str(paths.ROOT / 'scripts')]!r}\n"
        f"from benchmarks import {module}; {module}.{expression}\n"
    )
    done = subprocess.run(
        odoo_process.command("shell", "-d", database, "--log-level=warn"),
        env=paths.child_environment(),
        input=program,
        stdout=subprocess.PIPE,
        text=True,
        timeout=_PATIENCE,
        check=True,
    )
    return done.stdout
