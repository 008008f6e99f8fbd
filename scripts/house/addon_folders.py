"""The folder of links by which Odoo finds our addons under their names.

The repository root is an addon whose folder is called as the checkout happens to be, and its
siblings lie in ``addons/``: one git-ignored folder shows Odoo (and pytest) all of them.
"""

from pathlib import Path

from . import paths

LINKS = paths.HOUSE / "addons"


def link() -> None:
    """Bring the links up to date."""
    LINKS.mkdir(parents=True, exist_ok=True)
    wanted = _wanted()
    for present in LINKS.iterdir():
        if present.is_symlink() and present.name not in wanted:
            present.unlink()
    for name, target in wanted.items():
        if not (LINKS / name).is_symlink():
            (LINKS / name).symlink_to(target)


def linked() -> list[Path]:
    """The addons' links, ours first and then its siblings by name."""
    return [LINKS / name for name in _wanted()]


def _wanted() -> dict[str, Path]:
    siblings = sorted(path.parent for path in (paths.ROOT / "addons").glob("*/__manifest__.py"))
    return {paths.ADDON: paths.ROOT, **{sibling.name: sibling for sibling in siblings}}
