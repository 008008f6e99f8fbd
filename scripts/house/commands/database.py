"""``database``: the template, or a copy of it under another name.

``database template`` makes what is missing; ``database clone NAME`` and ``database drop NAME`` do
what they say.
"""

from .. import databases, odoo_process, postgres
from ..progress import say


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
                say(__doc__)
                return 2
    return 0
