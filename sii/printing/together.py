"""Printed pages of several documents as one HTML document, for one run of a browser's engine."""

from collections.abc import Iterable

from lxml import html


def joined(pages: Iterable[str]) -> str:
    """One HTML document of several that have the same head; each begins a page."""
    first, *others = (html.fromstring(page) for page in pages)
    body = first.find("body")
    for other in others:
        place = html.Element("div", style="page-break-before: always; clear: both;")
        place.extend(list(other.find("body")))
        body.append(place)
    return html.tostring(first, encoding="unicode", doctype="<!DOCTYPE html>")
