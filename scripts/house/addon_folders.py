"""The folder of links by which Odoo finds our addons under their names.

The repository root is an addon whose folder is called as the checkout happens to be, and its
siblings lie in ``addons/``: one git-ignored folder shows Odoo (and pytest) all of them.
"""

import os
from pathlib import Path

from . import paths

LINKS = paths.HOUSE / "addons"


def link() -> None:
    """Bring the links up to date: a checkout that was copied or moved has another one's."""
    LINKS.mkdir(parents=True, exist_ok=True)
    wanted = _wanted()
    for present in LINKS.iterdir():
        if present.is_symlink() and present.name not in wanted:
            present.unlink()
    for name, target in wanted.items():
        link = LINKS / name
        if link.is_symlink() and link.readlink() == target:
            continue
        # put in place at once: another command of this checkout may be reading it
        fresh = LINKS / f".{name}.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(link)


def linked() -> list[Path]:
    """The addons' links, ours first and then its siblings by name."""
    return [LINKS / name for name in _wanted()]


def _wanted() -> dict[str, Path]:
    siblings = sorted(path.parent for path in (paths.ROOT / "addons").glob("*/__manifest__.py"))
    return {paths.ADDON: paths.ROOT, **{sibling.name: sibling for sibling in siblings}}
