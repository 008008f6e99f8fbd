"""Known advisories for our pinned Python packages, from a file that a maintainer refreshes.

No network: ``requirements/advisories.json`` is a subset of OSV's fields (id, package, affected
ranges, summary) and states of what day it is. What cannot be raised is listed in it under
``accepted``, with its reason and day.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from . import paths
from .progress import show

ADVISORIES = paths.ROOT / "requirements" / "advisories.json"
OLD_DAYS = 90
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;#]+)")


def pinned(*files: Path) -> dict[str, list[Version]]:
    """Versions of each pinned package, one for each Python that has its own, by canonical name."""
    pins: dict[str, list[Version]] = {}
    for file in files:
        for line in file.read_text().splitlines():
            if pin := _PIN.match(line):
                pins.setdefault(canonicalize_name(pin[1]), []).append(Version(pin[2]))
    return pins


def matching(known: dict[str, Any], pins: dict[str, list[Version]]) -> list[dict[str, Any]]:
    """The advisories whose affected versions include a pinned one."""
    found = []
    for advisory in known["advisories"]:
        ranges = [SpecifierSet(text, prereleases=True) for text in advisory["affected"]]
        for version in pins.get(canonicalize_name(advisory["package"]), ()):
            if any(version in affected for affected in ranges):
                found.append({**advisory, "version": str(version)})
    return found


def run(
    file: Path = ADVISORIES,
    requirements: Sequence[Path] = (paths.REQUIREMENTS, paths.REQUIREMENTS_OF_ODOO),
    today=None,
) -> int:
    """Show each; 1 when one is not accepted, or an acceptance is of nothing any more."""
    known = json.loads(file.read_text())
    accepted = {each["id"]: each for each in known["accepted"]}
    found = matching(known, pinned(*requirements))
    unexplained = [each for each in found if each["id"] not in accepted]
    idle = accepted.keys() - {each["id"] for each in found}
    for each in found:
        reason = accepted.get(each["id"])
        why = f"accepted {reason['on']}: {reason['why']}" if reason else "NOT EXPLAINED"
        show(f"{each['package']} {each['version']}  {each['id']}  {each['summary']}\n    {why}")
    for identifier in sorted(idle):
        show(
            f"{identifier} is accepted, but concerns no pinned version: take it out of {file.name}"
        )
    age = ((today or date.today()) - date.fromisoformat(known["of"])).days
    if age > OLD_DAYS:
        show(
            f"Warning: {file.name} is of {known['of']}, {age} days old: refresh it (see its notes)"
        )
    show(f"{len(found)} known advisories, {len(unexplained)} unexplained; list of {known['of']}")
    return int(bool(unexplained or idle))
