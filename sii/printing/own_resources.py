"""A print fetches nothing that others chose: neither from the network nor from this machine."""

import re
from urllib.parse import urlsplit

from lxml import html

# Where Odoo's own layouts take style, letters and pictures from
_OWN_PATHS = re.compile(
    r"/(web/assets/|web/image/|web/content/|web/binary/company_logo|web/static/|logo|report/barcode"
    r"|[a-z0-9_]+/static/)"
)
_ADDRESSES = (
    "src",
    "href",
    "srcset",
    "background",
    "poster",
    "data",
    "action",
    "formaction",
    "codebase",
    "classid",
    "archive",
    "longdesc",
    "manifest",
    "ping",
    "profile",
    "usemap",
    "xlink:href",
    "{http://www.w3.org/1999/xlink}href",
)
_LOADING = ("iframe", "frame", "object", "embed", "applet", "portal", "audio", "video", "source")
_IN_STYLE = re.compile(r"@import|url\s*\(|image-set\s*\(|expression\s*\(|\\", re.IGNORECASE)
_DATA_URL = re.compile(r"url\(\s*['\"]?data:(image|font|application)/[^)]*\)", re.IGNORECASE)


def keep(page, base):
    """The HTML of a print without what would be fetched from elsewhere.

    base: address of this server; only the paths that Odoo's layouts use are left of it. Links
    that a reader may follow stay.
    """
    root = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _LOADING or _refreshes(element):
            element.attrib.clear()
            element.drop_tag()  # its content is looked at like all else
            continue
        for name in _ADDRESSES:
            value = element.get(name)
            if value is not None and not _is_link(element, name) and not _is_own(value, base):
                del element.attrib[name]
        if not _is_harmless(element.get("style", "")):
            del element.attrib["style"]
        if element.tag == "style" and not _is_harmless(element.text or ""):
            element.text = ""
    return html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def _refreshes(element):
    return element.tag == "meta" and "http-equiv" in element.attrib


def _is_link(element, name):
    return element.tag == "a" and name == "href" and not element.get(name).startswith("file:")


def _is_own(address, base):
    address = address.strip()
    if address.lower().startswith("data:image/") or address.startswith("#"):
        return True
    parts = urlsplit(address)
    own = urlsplit(base)
    there = (parts.scheme or own.scheme, parts.netloc or own.netloc)
    if there != (own.scheme, own.netloc):
        return False
    path = parts.path
    is_base = path in ("", "/") and not parts.query
    return ".." not in path and "\\" not in address and (is_base or bool(_OWN_PATHS.match(path)))


def _is_harmless(style):
    return not _IN_STYLE.search(_DATA_URL.sub("", style))
