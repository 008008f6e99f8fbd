"""Odoo 19 Community: the user's own (``ODOO_HOME``), or Debian's package unpacked here."""

import shutil
import subprocess
from pathlib import Path

from . import paths
from .progress import StepError, run_step, show
from .system_packages import as_root

SUITE = "sid"
PACKAGES = (
    "odoo-19",
    # Odoo's package replaces its bundled copies by links into these.
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
)
# Odoo needs the files of Font Awesome 4.7, which the machine's own suite has and sid no more.
PACKAGES_OF_THE_MACHINE = ("fonts-inconsolata", "fonts-font-awesome")
ADVICE = (
    "Odoo 19 could not be fetched from the Debian mirror. Check the network and the apt sources, "
    "or name an Odoo 19 of your own: ODOO_HOME=/path/to/odoo make ..."
)
STAMP = paths.ODOO_UNPACKED / "unpacked"


def install() -> None:
    """Put Odoo 19 where the virtual environment finds it.

    :raises StepError: ``ODOO_HOME`` holds no Odoo 19, or the download failed.
    """
    if not paths.own_odoo() and not STAMP.exists():
        _download()
    home = paths.odoo_home()
    library = library_folder(home)
    release = library / "odoo" / "release.py"
    if not release.exists() or "(19, 0," not in release.read_text(encoding="utf-8"):
        raise StepError("Odoo 19", f"{home} holds no Odoo 19.0: name one by ODOO_HOME=...")
    use()


def use() -> None:
    """Let the virtual environment find Odoo, also after its checkout was copied or moved."""
    site = next((paths.VENV / "lib").glob("python3.*")) / "site-packages"
    pointer, text = site / "odoo-19.pth", f"{library_folder(paths.odoo_home())}\n"
    if not pointer.exists() or pointer.read_text() != text:
        pointer.write_text(text)


def library_folder(home: Path) -> Path:
    """The folder that holds the Python package ``odoo``: a source checkout or a Debian package."""
    return (
        home if (home / "odoo-bin").exists() else home / "usr" / "lib" / "python3" / "dist-packages"
    )


def _download() -> None:
    folder = paths.HOUSE / "apt"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(paths.ODOO_UNPACKED, ignore_errors=True)
    for name in ("lists/partial", "cache/archives/partial", "files"):
        (folder / name).mkdir(parents=True)
    files = folder / "files"
    mirror = _mirror()
    sources = folder / "sources.list"
    sources.write_text(f"deb {mirror} {SUITE} main\n")
    apt = ["apt-get", *_private_apt(folder, sources)]
    run_step("Odoo package lists", [*apt, "update"], ADVICE)
    run_step("Odoo 19 download of 125 MB", [*apt, "download", *PACKAGES], ADVICE, cwd=files)
    fonts = ["apt-get", "-oAPT::Sandbox::User=root", "download", *PACKAGES_OF_THE_MACHINE]
    run_step("Odoo fonts download", fonts, ADVICE, cwd=files)
    show("==> Odoo 19 unpack")
    for package in sorted(files.glob("*.deb")):
        subprocess.run(["dpkg", "-x", package, paths.ODOO_UNPACKED], check=True)
    broken = [link for link in paths.ODOO_UNPACKED.rglob("*") if _is_broken_link(link)]
    if broken:
        listed = "\n".join(map(str, broken[:10]))
        raise StepError("Odoo 19 unpack", "Links lead nowhere: name an ODOO_HOME.", listed)
    _stand_in_for_stripped_library()
    shutil.rmtree(folder)
    STAMP.touch()


def _stand_in_for_stripped_library() -> None:
    """Debian strips the background blur of video calls, which a bundle for browser tests names.

    An empty file keeps that bundle whole: a missing one is an error on the page, and so in a tour.
    """
    library = paths.ODOO_UNPACKED / "usr/lib/python3/dist-packages/odoo/addons/mail/static/lib"
    blur = library / "selfie_segmentation" / "selfie_segmentation.js"
    blur.parent.mkdir(exist_ok=True)
    blur.touch()


def _is_broken_link(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _private_apt(folder: Path, sources: Path) -> list[str]:
    return [
        f"-oDir::Etc::sourcelist={sources}",
        "-oDir::Etc::sourceparts=-",
        f"-oDir::State::Lists={folder / 'lists'}",
        f"-oDir::Cache={folder / 'cache'}",
        # A mirror's copy of sid may be weeks old, and apt then refuses its lists.
        "-oAcquire::Check-Valid-Until=false",
        "-oAPT::Sandbox::User=root",
    ]


def _mirror() -> str:
    """The Debian mirror that the machine is configured with."""
    sites = _configured_sites()
    if not sites:  # apt knows a source's origin only after its first update
        run_step("Debian package lists", as_root("apt-get", "update"), ADVICE)
        sites = _configured_sites()
    if not sites:
        raise StepError("Odoo 19", ADVICE)
    return sites[0]


def _configured_sites() -> list[str]:
    query = ["indextargets", "--format", "$(SITE)"]
    filters = ["Created-By: Packages", "Origin: Debian", "Label: Debian"]
    try:
        answer = subprocess.run(
            ["apt-get", *query, *filters], check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise StepError("Odoo 19", ADVICE, str(error)) from error
    return sorted(set(answer.stdout.split()))
