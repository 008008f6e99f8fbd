"""``odoo ...``: Odoo with our environment, configuration and PostgreSQL."""

from .. import odoo_process, postgres


def main(arguments: list[str]) -> int:
    with postgres.running() as server:
        odoo_process.write_config(server)
        return odoo_process.run(arguments)
