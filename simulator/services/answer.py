"""What a service answers, before it becomes bytes on a connection."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; ``outcome`` is its line in the log of exchanges (no secrets)."""

    body: bytes
    outcome: str
    content_type: str = "text/xml; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """The ways in which genuine answers differ from the common one (PROTOCOL 1.2, 13.14)."""

    latin1: bool = False
    swapped: bool = False
    qualified: bool = False

    @classmethod
    def scripted(cls, name: str) -> "Shape":
        """The shape an action of the script asks for, if that is what it asks for."""
        return cls(name == "latin1", name == "swapped", name == "qualified")

    @property
    def encoding(self) -> str:
        return "iso-8859-1" if self.latin1 else "utf-8"
