"""Every test of these rooms: Odoo's own runner knows the modules that this package holds."""

from importlib import import_module
from pkgutil import iter_modules

for _room in iter_modules(__path__):
    if _room.ispkg and _room.name != "conformance":
        for _found in iter_modules([f"{__path__[0]}/{_room.name}"]):
            if _found.name.startswith("test_"):
                globals()[_found.name] = import_module(f".{_room.name}.{_found.name}", __name__)
