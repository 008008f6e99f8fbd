"""``bootstrap``: system packages, Python packages and Odoo. Needs the standard library alone."""

from .. import odoo_source, paths, python_packages, system_packages


def main(arguments: list[str]) -> int:
    paths.HOUSE.mkdir(exist_ok=True)
    system_packages.install()
    python_packages.install()
    odoo_source.install()
    return 0
