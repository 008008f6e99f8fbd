"""No peso is credited that was not invoiced: a document and all notes that depend on it, at once.

A credit note takes from the invoices and debit notes that it changes; a debit note that annuls or
lessens a credit note takes back from that one, which then takes so much less. So every peso of a
note lies either in a document that it changes or in a note that took it back. The rule: all notes
of one side find such a place for all of their pesos, none of which serves twice. In a chain of
notes this is what is left of each document; with notes over several documents it is a flow.

VAT is rounded in each document by itself: parts whose net amounts make up the whole may come to a
few pesos more, and are legal.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .. import kinds

Key = tuple[str, int]
"""Type and folio of a document, such as ``("33", 12)``; folio 0: the note that has none yet."""

_ENDLESS = 10**18


@dataclass(frozen=True, slots=True)
class Member:
    """A document of the family. total: pesos; None where unknown, of another system.

    changes: what it changes, as a note. annuls: by code 1, so that it states the total of that.
    untaxed: pesos of its net and exempt amounts; None where unknown.
    """

    key: Key
    total: int | None
    changes: tuple[Key, ...] = ()
    annuls: bool = False
    untaxed: int | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A note asks for more than is left: ``left`` pesos of ``documents``, after other ``notes``."""

    left: int
    documents: tuple[Key, ...]
    notes: tuple[Key, ...]


class Family:
    """Documents and notes that count: those that the SII refused, or that were given up, do not.

    A document that notes change and that is no member itself is one of which nothing is known.
    """

    def __init__(self, members: Iterable[Member]):
        self._members = {member.key: member for member in members}
        self._notes_over: dict[Key, list[Member]] = defaultdict(list)
        for member in self._members.values():
            for key in member.changes:
                if takes_from(member.key, key):
                    self._notes_over[key].append(member)

    def notes_over(self, key: Key) -> tuple[Key, ...]:
        """The notes that take from a document, or took."""
        return tuple(note.key for note in self._notes_over[key])

    def annulled_by(self, key: Key) -> Key | None:
        """The note that annuls a document, unless it is annulled itself."""
        return self._annulled_by(key, frozenset())

    def total(self, key: Key) -> int | None:
        """Pesos of a document: its own, or those of a note that annuls the whole of it."""
        member = self._members.get(key)
        if member and member.total is not None:
            return member.total
        totals = [note.total for note in self._notes_over[key] if note.annuls]
        return max((each for each in totals if each is not None), default=None)

    def shortfall(self, key: Key) -> Shortfall | None:
        """What a note asks for that nothing has; None when there is a place for all of it.

        The others are placed first: where they alone are too much already, none is left.
        """
        if not self._takes(key):
            return None
        placed: dict[tuple[Key, Key], int] = defaultdict(int)
        side = [each for each in self._members if _side(each) == _side(key) and self._takes(each)]
        for note in side:
            if note != key:
                self._place(note, placed)
        left, reached = self._place(key, placed)
        if left == self.total(key):
            return None
        short = Shortfall(
            left,
            tuple(each for each in reached if _side(each) != _side(key)),
            tuple(each for each in reached if _side(each) == _side(key) and each != key),
        )
        return None if self._is_rounding(key, short) else short

    def _is_rounding(self, key: Key, short: Shortfall) -> bool:
        """Whether a note is short of no more than what rounding the taxes of parts makes up."""
        if (self.total(key) or 0) - short.left > len(short.notes) + 1:
            return False
        if any(each.untaxed is None for each in self._members.values()):
            return False
        # without taxes nothing is rounded, and nothing is forgiven
        untaxed = [
            replace(each, total=each.untaxed, untaxed=None) for each in self._members.values()
        ]
        return Family(untaxed).shortfall(key) is None

    def needed(self, key: Key, doubtful: Iterable[Key]) -> Key | None:
        """The first of the doubtful members without which a note would ask for too much."""
        doubtful = tuple(doubtful)
        if self._without(doubtful).shortfall(key) is None:
            return None
        alone = (each for each in doubtful if self._without((each,)).shortfall(key))
        return next(alone, doubtful[0])

    def _without(self, keys: Iterable[Key]) -> "Family":
        gone = set(keys)
        return Family(each for each in self._members.values() if each.key not in gone)

    def _annulled_by(self, key: Key, passed: frozenset[Key]) -> Key | None:
        passed |= {key}
        for note in self._notes_over[key]:
            if note.annuls and note.key not in passed and not self._annulled_by(note.key, passed):
                return note.key
        return None

    def _takes(self, key: Key) -> bool:
        """Whether it is a note that does nothing but take: what also adds to a document may do so
        with all of it."""
        member = self._members.get(key)
        if not member or (member.total or 0) <= 0:
            return False
        return bool(member.changes) and all(takes_from(key, each) for each in member.changes)

    def _places(self, key: Key) -> Iterator[Key]:
        """Where a note's pesos may lie: in what it changes, or in the notes that took them back."""
        yield from self._members[key].changes
        yield from self.notes_over(key)

    def _place(self, key: Key, placed: dict[tuple[Key, Key], int]) -> tuple[int, list[Key]]:
        """Place a note's pesos, moving those of others where that makes room.

        Returns how many found a place, and the documents and notes among which it was looked for.
        """
        wanted, found = self.total(key) or 0, 0
        while found < wanted:
            came, end = self._search(key, placed)
            if end is None:
                return found, list(came)
            path = [end]
            while path[-1] != key:
                path.append(came[path[-1]])
            new = list(zip(path[1::2], path[::2], strict=True))
            former = list(zip(path[1:-1:2], path[2::2], strict=True))
            most = min(wanted - found, self._room(end, placed), *(placed[step] for step in former))
            for step in new:
                placed[step] += most
            for step in former:
                placed[step] -= most
            found += most
        return found, []

    def _search(
        self, key: Key, placed: dict[tuple[Key, Key], int]
    ) -> tuple[dict[Key, Key], Key | None]:
        """The shortest way from a note to a document with room; whence each was reached."""
        came: dict[Key, Key] = {key: key}
        queue = deque([key])
        while queue:
            at = queue.popleft()
            if _side(at) == _side(key):
                steps = list(self._places(at))
            elif self._room(at, placed):
                return came, at
            else:
                steps = [note for note, place in placed if place == at and placed[note, place]]
            for step in steps:
                if step not in came:
                    came[step] = at
                    queue.append(step)
        return came, None

    def _room(self, key: Key, placed: dict[tuple[Key, Key], int]) -> int:
        total = self.total(key)
        if total is None:
            return _ENDLESS
        return total - sum(pesos for (_note, place), pesos in placed.items() if place == key)


def takes_from(note: Key, document: Key) -> bool:
    """Whether a note lessens a document; a debit note over an invoice adds to it."""
    return _side(note) != _side(document)


def _side(key: Key) -> bool:
    return kinds.of(key[0]).is_credit_note
