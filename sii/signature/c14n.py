"""Inclusive C14N of an element in place (PROTOCOL 5.9).

lxml writes false xmlns="" when it canonicalises a child under a default namespace. So the whole
is made canonical, and the child cut out of that: as text it lacks nothing but the namespaces
declared above it.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from lxml import etree

Namespaces = Mapping[str | None, str]
"""Addresses by prefix, None for the default namespace, as in ``element.nsmap``."""

_NAME = re.compile(rb"<[\w.:-]+")


def canonical(root: etree._Element) -> bytes:
    """Canonical form of a whole document, without comments."""
    return etree.tostring(root, method="c14n", with_comments=False)


def canonical_child(root: etree._Element) -> bytes:
    """Canonical form of the root's only child, in place."""
    whole = canonical(root)
    child = whole[whole.index(b"<", 1) : whole.rindex(b"</")].rstrip()
    return declare(child, root.nsmap)


def declare(element: bytes, scope: Namespaces) -> bytes:
    """An element cut out of a canonical form, with the namespaces that were declared above it."""
    declarations = "".join(
        f' xmlns:{prefix}="{address}"' if prefix else f' xmlns="{address}"'
        for prefix, address in sorted(scope.items(), key=lambda each: each[0] or "")
    )
    name = _NAME.match(element).end()
    return b"".join((element[:name], declarations.encode(), element[name:]))


def digest(pieces: Iterable[bytes]) -> str:
    """DigestValue: SHA-1 in base64 of a canonical form, in as many pieces as it comes."""
    sha1 = hashlib.sha1(usedforsecurity=False)
    for piece in pieces:
        sha1.update(piece)
    return base64.b64encode(sha1.digest()).decode()
