"""The test runs: pytest for the pure-Python parts, pytest-odoo for the addons."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import addon_folders, databases, odoo_process, paths, postgres, single
from .progress import StepError, show

REFERENCE = Path(os.environ.get("SII_REFERENCE") or paths.ROOT.parent / "shared" / "sii")
THOUSAND = "tests/crash/test_thousand.py"
SCALE = "tests/crash/test_scale.py"
WITHOUT_ODOO = ("-p", "no:odoo")
KEPT = "l10n_cl_sii_one"
KEPT_LABEL = "kept for tests"
WORKERS = ("-n", "2", "--dist", "loadfile")


def machinery(arguments: Sequence[str] = ()) -> int:
    """The tests of these scripts."""
    return _pytest(["scripts/tests"], arguments)


def library(arguments: Sequence[str] = ()) -> int:
    """The format library's tests, without Odoo."""
    return _pytest(["sii/tests"], [*WITHOUT_ODOO, *arguments])


def simulator(arguments: Sequence[str] = ()) -> int:
    """The simulator's tests, without Odoo."""
    return _pytest(["simulator/tests"], [*WITHOUT_ODOO, *arguments])


def conformance(arguments: Sequence[str] = ()) -> int:
    """What is held against the SII's own schemas and documents.

    :raises StepError: the folder with that material is not there.
    """
    if not REFERENCE.is_dir():
        advice = (
            "Name the folder of the SII's schemas and samples: SII_REFERENCE=... make conformance"
        )
        raise StepError(f"No reference material in {REFERENCE}", advice)
    os.environ["SII_REFERENCE"] = str(REFERENCE.resolve())
    _emit()
    # One run each: every such folder has a pytest.ini of its own.
    folders = sorted(folder.parent for folder in paths.ROOT.glob("*/conformance/pytest.ini"))
    options = [*WITHOUT_ODOO, *arguments]
    results = [_pytest([str(folder.relative_to(paths.ROOT))], options) for folder in folders]
    names = [folder.name for folder in addon_folders.linked()]
    in_odoo = [f"{name}/tests/conformance" for name in names]
    in_odoo = [each for each in in_odoo if (addon_folders.LINKS / each).is_dir()]
    return max([*results, _in_odoo(names, in_odoo, arguments)])


def _emit() -> None:
    """Emit what the checks of ``scripts/conformance`` look at."""
    demo = subprocess.run(
        [paths.ROOT / "scripts" / "run"], env={**os.environ, "SERVE": "0"}, check=False
    )
    if demo.returncode:
        raise StepError("The demo emitted nothing to check", "See above: it is as make run SERVE=0")


def addons(arguments: Sequence[str] = ()) -> int:
    """The tests of the addon and its siblings, in a database of their own with all installed."""
    names = [folder.name for folder in addon_folders.linked()]
    apart = [f"--ignore-glob=*/tests/{part}" for part in ("crash", "conformance", "upgrade")]
    return _in_odoo(names, [f"{name}/tests" for name in names], [*apart, *arguments])


def _in_odoo(names: Sequence[str], tested: Sequence[str], arguments: Sequence[str]) -> int:
    """pytest-odoo in a database with these addons.

    It runs every test then, whatever its tags: at_install and post_install alike. Each worker
    has a copy of the database.
    """
    database = databases.test_name()
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        databases.clone(server, database)
        try:
            databases.install(database, names)
            # The copies share one folder of files, and what is in the database is their own.
            databases.set_parameter(server, database, "ir_attachment.location", "db")
            options = [*_odoo_options(database), *WORKERS, *arguments]
            client = postgres.client_environment(server)
            return _pytest(tested, options, cwd=addon_folders.LINKS, env=client)
        finally:
            databases.drop(server, database)


def one(arguments: Sequence[str] = ()) -> int:
    """Tests of the addons in a database that stays: seconds from the second time on.

    ``-u`` upgrades it first, after changes of fields; changes of views, data and manifests are seen
    by themselves. ``--fresh`` makes it again. The rest is pytest's; paths are of the checkout.
    """
    update, fresh = "-u" in arguments, "--fresh" in arguments
    rest = [_as_linked(each) for each in arguments if each not in ("-u", "--fresh")]
    database, data = databases.own_name(KEPT), _data_key()
    names = [folder.name for folder in addon_folders.linked()]
    with postgres.running() as server, single.instance("one"):
        odoo_process.write_config(server)
        known = databases.label(server, database)
        if fresh or not (known or "").startswith(KEPT_LABEL):
            databases.ensure_template(server)
            databases.clone(server, database)
            databases.install(database, names)
            databases.set_parameter(server, database, "ir_attachment.location", "db")
        elif update or known != f"{KEPT_LABEL} {data}":
            upgrade = ["-d", database, "-u", ",".join(names), "--stop-after-init"]
            advice = "Mend what Odoo says above, or make it anew: scripts/test one --fresh"
            odoo_process.check_call("Upgrade of the kept database", upgrade, advice)
        databases.set_label(server, database, f"{KEPT_LABEL} {data}")
        if not rest:
            return 0
        client = postgres.client_environment(server)
        options = [*_odoo_options(database), *rest]
        return _pytest([], options, cwd=addon_folders.LINKS, env=client)


def _as_linked(argument: str) -> str:
    """A path of the checkout, with its ``::node``, as the folder of links has it."""
    path, colons, node = argument.partition("::")
    place = Path(path).resolve()
    if argument.startswith("-") or not place.exists() or not place.is_relative_to(paths.ROOT):
        return argument
    inside = place.relative_to(paths.ROOT)
    is_sibling = inside.parts[:1] == ("addons",)
    linked = Path(*inside.parts[1:]) if is_sibling else Path(paths.ADDON) / inside
    return f"{linked}{colons}{node}"


def _data_key() -> str:
    """What an upgrade loads into a database: it changes with views, data and manifests."""
    digest = hashlib.sha256()
    patterns = ("__manifest__.py", "*.xml", "*.csv", "*.sql", "*.po")
    for folder in addon_folders.linked():
        root = folder.resolve()
        found = (path for pattern in patterns for path in root.rglob(pattern))
        for path in sorted(set(found)):
            inside = path.relative_to(root).parts
            if not any(part.startswith(".") or part == "tests" for part in inside):
                digest.update("/".join(inside).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _odoo_options(database: str) -> list[str]:
    # From the folder of links: there Python sees the addon as odoo.addons.l10n_cl_sii.
    links = addon_folders.LINKS
    place = [f"--rootdir={links}", f"--confcutdir={links}", "-p", "no:cacheprovider"]
    odoo = [f"--odoo-config={paths.ODOO_CONFIG}", f"--odoo-database={database}"]
    return [*place, "--disable-warnings", "--odoo-http", *odoo]


def crash(arguments: Sequence[str] = ()) -> int:
    """Odoo's processes are killed, many work at once: databases and servers of their own."""
    apart = [f"--ignore={test}" for test in (THOUSAND, SCALE)]
    return _pytest(["tests/crash"], [*apart, *WITHOUT_ODOO, *arguments])


def upgrade(arguments: Sequence[str] = ()) -> int:
    """A database of an earlier version comes through today's migrations."""
    return _pytest(["tests/upgrade"], [*WITHOUT_ODOO, *arguments])


def thousand(arguments: Sequence[str] = ()) -> int:
    """A thousand buyers pay by eight clients while processes are killed and the SII is down."""
    return _pytest([THOUSAND], [*WITHOUT_ODOO, *arguments])


def scale(arguments: Sequence[str] = ()) -> int:
    """A month's end of 20,000 drafts (SCALE_DRAFTS) under Odoo's default limits, killed twice."""
    return _pytest([SCALE], [*WITHOUT_ODOO, *arguments])


def _pytest(
    folders: Sequence[str],
    arguments: Sequence[str],
    cwd: Path = paths.ROOT,
    env: dict[str, str] | None = None,
) -> int:
    """pytest's exit code; a skipped test fails the run, as none at all does.

    env: variables beyond those that every child gets.
    """
    show(f"==> pytest {' '.join(folders)}")
    command = [paths.PYTHON, "-P", "-m", "pytest", "-p", "house.no_skips", *arguments, *folders]
    own = {"PYTHONPATH": str(paths.ROOT / "scripts"), **(env or {})}
    # What browsers and others leave behind when they are killed goes with the run.
    with tempfile.TemporaryDirectory(prefix="l10n_cl_sii_", ignore_cleanup_errors=True) as folder:
        env = paths.child_environment() | own | {"TMPDIR": folder}
        return subprocess.run(command, cwd=cwd, env=env, check=False).returncode
