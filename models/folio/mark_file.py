import re
from dataclasses import dataclass, field

# "RUT environment type"; a folio has ten digits at most
_KEY = re.compile(r"[0-9]{1,9}-[0-9K] (certification|production) [0-9]{1,4}")
_HIGHEST_FOLIO = 10**10
# Of folios sent below a higher one, so many runs are kept, the last ones.
_MOST_RUNS = 200


@dataclass
class MarkFile:
    """What lies beside the filestore. highest: "RUT environment type" -> highest folio sent.

    below: the same -> runs [first, last] of what was sent after a higher one: reserved and free
    folios. host: the machine that wrote it last, for people; it decides nothing.
    """

    id: str
    database: str
    uuid: str
    highest: dict[str, int] = field(default_factory=dict)
    below: dict[str, list[list[int]]] = field(default_factory=dict)
    host: str = field(default="", compare=False)

    def makes_sense(self):
        """Whether keys and folios can be such; a disk, or a person, may have spoilt them."""
        return all(
            _KEY.fullmatch(key) and 0 < folio < _HIGHEST_FOLIO
            for key, folio in self.highest.items()
        ) and all(
            key in self.highest and 0 < first <= last <= self.highest[key]
            for key, runs in self.below.items()
            for first, last in runs
        )

    def note(self, key, folio):
        """A folio is about to be sent."""
        highest = self.highest.get(key, 0)
        if folio >= highest:
            self.highest[key] = folio
            return
        runs = self.below.setdefault(key, [])
        for run in runs:
            if run[0] - 1 <= folio <= run[1] + 1:
                run[:] = [min(run[0], folio), max(run[1], folio)]
                return
        runs.append([folio, folio])
        del runs[:-_MOST_RUNS]

    def holds_below(self, key, first, last):
        """Whether one of a range of folios was sent after a higher one."""
        return any(low <= last and first <= high for low, high in self.below.get(key, ()))

    def forget(self, key, folio):
        """The SII was asked: this folio was not sent, or nothing came of it."""
        pieces = [
            piece
            for low, high in self.below.get(key, ())
            for piece in (
                [[low, high]] if not low <= folio <= high else [[low, folio - 1], [folio + 1, high]]
            )
            if piece[0] <= piece[1]
        ]
        if pieces:
            self.below[key] = pieces
        else:
            self.below.pop(key, None)
