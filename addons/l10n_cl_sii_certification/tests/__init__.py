"""Every test of this folder: Odoo's own runner knows what the package has imported."""

from importlib import import_module
from pkgutil import iter_modules

for _found in iter_modules(__path__):
    if _found.name.startswith("test_"):
        import_module(f".{_found.name}", __name__)
