"""``database``: the template, or a copy of it under another name.

``database template`` makes what is missing; ``database clone NAME`` copies it, and
``database drop NAME`` drops the copy.
"""

from .. import databases, odoo_process, postgres
from ..progress import show


def main(arguments: list[str]) -> int:
    with postgres.running() as server:
        odoo_process.write_config(server)
        match arguments:
            case ["template"]:
                databases.ensure_template(server)
            case ["clone", name]:
                databases.ensure_template(server)
                databases.clone(server, name)
            case ["drop", name]:
                databases.drop(server, name)
            case _:
                show(__doc__)
                return 2
    return 0
