"""Waiting for other processes: on what can be seen, never on time alone."""

import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")

LOOK_AGAIN_AFTER_SECONDS = 0.1
PATIENCE_SECONDS = 60


def until(look: Callable[[], Seen], meanwhile: Callable[[], None] = lambda: None) -> Seen:
    """Look until there is something to see, and return it.

    :param meanwhile: done after each look that saw nothing.
    :raises AssertionError: nothing was seen within a minute.
    """
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not (seen := look()):
        assert time.monotonic() < give_up_at, f"waited in vain for {look}"
        meanwhile()
        time.sleep(LOOK_AGAIN_AFTER_SECONDS)
    return seen
