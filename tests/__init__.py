"""Every test of these rooms: Odoo's own runner knows the modules that this package holds."""

from importlib import import_module
from pkgutil import iter_modules

# run by themselves: pytest with other settings, processes that are killed, by hand
_APART = ("beside", "conformance", "crash", "upgrade")

for _room in iter_modules(__path__):
    if _room.ispkg and _room.name not in _APART:
        for _found in iter_modules([f"{__path__[0]}/{_room.name}"]):
            if _found.name.startswith("test_"):
                _module = import_module(f".{_room.name}.{_found.name}", __name__)
                globals()[_found.name] = _module
