from typing import Any, NamedTuple


class Obstacle(NamedTuple):
    """What keeps something from being emitted: a sentence, and the record in which it is fixed."""

    text: str
    record: Any
