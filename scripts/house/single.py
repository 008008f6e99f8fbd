"""One at a time: the demo's database and simulator cannot be served twice."""

import contextlib
import fcntl
from collections.abc import Iterator

from . import paths
from .progress import StepError


@contextlib.contextmanager
def instance(name: str) -> Iterator[None]:
    """Hold ``name`` meanwhile; the lock goes with the process, however it ends.

    :raises StepError: another process holds it.
    """
    with (paths.HOUSE / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            advice = "End the other one (Ctrl-C in its terminal), then run this again."
            raise StepError(f"Another {name} of this checkout is running", advice) from error
        yield
