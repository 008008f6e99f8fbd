"""The Debian packages that the machine lacks."""

import ctypes.util
import importlib.util
import os
import shutil

from .progress import StepError, run_step

ADVICE = (
    "Debian's packages could not be installed. Check the network and the apt sources, then run the "
    "command again; or install these packages by hand: {names}"
)


def missing() -> list[str]:
    """Names of the Debian packages whose service is not on this machine."""
    wanted = {
        "python3-venv": importlib.util.find_spec("ensurepip") is not None,
        "wkhtmltopdf": shutil.which("wkhtmltopdf"),
        "chromium": shutil.which("chromium") or shutil.which("google-chrome"),
        "fonts-dejavu-core": os.path.isdir("/usr/share/fonts/truetype/dejavu"),
        "fonts-liberation": os.path.isdir("/usr/share/fonts/truetype/liberation"),
        "libmagic1": ctypes.util.find_library("magic"),
        "openssl": shutil.which("openssl"),
        "libxml2-utils": shutil.which("xmllint"),  # the schemas are judged by a second libxml2
    }
    return [name for name, there in wanted.items() if not there]


def install() -> None:
    """Install what is missing; nothing to do on a machine that has it all.

    :raises StepError: no apt, no rights, or apt failed.
    """
    names = missing()
    if not names:
        return
    advice = ADVICE.format(names=" ".join(names))
    if not shutil.which("apt-get"):
        raise StepError("System packages", f"This is not a Debian system. {advice}")
    run_step("Debian package lists", as_root("apt-get", "update"), advice)
    options = ("install", "-y", "--no-install-recommends")
    run_step(f"Debian packages {' '.join(names)}", as_root("apt-get", *options, *names), advice)


def as_root(*command: str) -> list[str]:
    """``command`` so that it runs with root's rights.

    :raises StepError: neither root nor sudo.
    """
    prefix = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return [*prefix, *command]
    if not shutil.which("sudo"):
        raise StepError("System packages", f"Run as root: {' '.join(command)}")
    return ["sudo", *prefix, *command]
