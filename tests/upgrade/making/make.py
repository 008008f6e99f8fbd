"""``make.py FILE``: fill a database with the checkout that is the current folder, dump it."""

import subprocess
import sys
from pathlib import Path

from house import addon_folders, databases, odoo_process, paths, postgres
from house.progress import StepError, explain, show

from simulator import Simulator

NAME = "upgrade_fixture"
ADVICE = "Mend tests/upgrade/making by what is said above."
PROGRAM = """
import sys; sys.path[:0] = {folders!r}
import fill; fill.fill(env, {url!r}); fill.blank(env)
"""


def main(target: Path) -> None:
    with postgres.running() as server, Simulator() as sii:
        odoo_process.write_config(server)
        names = [folder.name for folder in addon_folders.linked()]
        databases.drop(server, NAME)
        databases.install(NAME, names)
        databases.set_parameter(server, NAME, "ir_attachment.location", "db")
        folders = [str(paths.ROOT / "scripts"), str(Path(__file__).parent)]
        show("==> Documents in every state")
        program = PROGRAM.format(folders=folders, url=sii.url)
        odoo_process.check_call("Fixture", ["shell", "-d", NAME], ADVICE, program)
        tool = ["pg_dump", "--format=plain", "--no-owner", "--no-privileges", NAME]
        environment = paths.child_environment() | postgres.client_environment(server)
        with target.open("wb") as output:
            subprocess.run(tool, stdout=output, env=environment, check=True)
        databases.drop(server, NAME)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except StepError as error:
        explain(error)
        sys.exit(1)
