"""Canonical XML 1.0, inclusive, without comments, of a whole element."""

from lxml import etree


def canonical(element: etree._Element) -> bytes:
    """The bytes an XML signature digests, namespaces in scope included.

    The element is taken out and parsed again first: lxml canonicalising a sub-element in place
    writes false ``xmlns=""`` on its grandchildren.
    """
    alone = etree.fromstring(etree.tostring(element, encoding="UTF-8", with_tail=False))
    return etree.tostring(alone, method="c14n", exclusive=False, with_comments=False)


def canonical_without(root: etree._Element, child: etree._Element) -> bytes:
    """The document without one descendant: the enveloped-signature transform."""
    tree = root.getroottree()
    path = tree.getpath(child)
    copy = etree.fromstring(etree.tostring(root, encoding="UTF-8"))
    (gone,) = copy.getroottree().xpath(path)
    parent, before = gone.getparent(), gone.getprevious()
    tail = gone.tail or ""  # lxml removes the text behind an element with it
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    gone.tail = None
    parent.remove(gone)
    return etree.tostring(copy, method="c14n", exclusive=False, with_comments=False)
