"""Two files of one document, side by side: what each states where they differ."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..xml import reader
from .document import body_of

MOST_DIFFERENCES = 50
MOST_CHARACTERS = 120
# the signature of the stamp and what it stamped represent the rest of the document
_TED, STAMP = "TED", "TED (timbre)"
_WHEN = "TmstFirma"
# numbered even where there is one: the other file may have two
_LISTED = frozenset({"Detalle", "Referencia", "DscRcgGlobal", "ImptoReten"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in the document, such as ``Detalle 2/NmbItem``, and what each file states there.

    Texts are cut to MOST_CHARACTERS; empty where the file has nothing.
    """

    path: str
    first: str
    second: str


def differences(first: bytes, second: bytes) -> list[Difference]:
    """Where the signed parts of two DTEs differ, at most MOST_DIFFERENCES.

    first, second: each a DTE on its own. What only its signature or its moment differs in is the
    same document signed again: no difference. Raises UnsafeXml as ``received.read`` does.
    """
    one, other = _leaves(first), _leaves(second)
    places = dict.fromkeys([*one, *other])
    found = (
        Difference(place, _cut(one.get(place, "")), _cut(other.get(place, "")))
        for place in places
        if one.get(place, "") != other.get(place, "")
    )
    return list(itertools.islice(found, MOST_DIFFERENCES))


def _leaves(xml: bytes) -> dict[str, str]:
    body = body_of(reader.parse(xml))
    return {path: text for path, text in _walk(body, "") if path != _WHEN}


def _walk(element: etree._Element, path: str) -> Iterator[tuple[str, str]]:
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        yield path, " ".join((element.text or "").split())
        return
    names = [reader.local_name(child) for child in children]
    count, seen = Counter(names), Counter()
    for name, child in zip(names, children, strict=True):
        seen[name] += 1
        place = f"{name} {seen[name]}" if name in _LISTED or count[name] > 1 else name
        if name == _TED:
            yield STAMP, "".join("".join(child.itertext()).split())
        else:
            yield from _walk(child, f"{path}/{place}" if path else place)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
