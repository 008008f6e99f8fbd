"""What one run of a scheduled action knows: its kinds of work, what it leaves alone, what it keeps.

A commit empties Odoo's caches. What does not change within a few seconds is kept here instead, in
the context under which a run works.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NamedTuple

_IN_CONTEXT = "l10n_cl_run"


class Step(NamedTuple):
    """One kind of work of a run.

    queue: an empty recordset of its model. domain: what is due now, asked anew in each round.
    process: given ``size`` records at most, all in one transaction; if that fails, one by one.
    batches: so many of them in a round, before the run's other steps have their turn.
    together: whether a transaction may hold several at all.
    """

    queue: Any
    domain: Callable[[], list]
    process: Callable[[Any], None]
    size: int = 1
    batches: int = 1
    together: bool = True


class Run:
    """One run over queues, and what it keeps from one transaction to the next."""

    def __init__(self):
        # what Odoo leaves us of the time of a scheduled action
        self.seconds = float("inf")
        # model -> what failed before and could not be written, id -> whether it still rests
        self.resting = {}
        # model -> ids that this run does not take up (again)
        self.left_alone = {}
        self.conflicts = Counter()
        # model -> how often each taker of turns was served
        self.turns = defaultdict(Counter)
        # model -> domain of what this database may work on at all
        self.allowed = {}
        # calls of workers that were committed
        self.woken = set()
        self.kept = {}
        self.closing = ExitStack()

    def keep(self, key, make):
        """``make()``, once a run."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def keep_open(self, key, make):
        """The same for what is opened (a context manager) and closed when the run ends."""
        return self.keep(key, lambda: self.closing.enter_context(make()))


def with_run(records, run):
    """The records as a run works with them."""
    return records.with_context(**{_IN_CONTEXT: run})


def current(env) -> Run | None:
    """The run that works here; None in a person's request."""
    return env.context.get(_IN_CONTEXT)
