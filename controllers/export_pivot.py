"""Exported pivots: a stranger's name above a column is no formula and no link."""

import json

from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.addons.web.controllers import pivot

# What the program that writes the file makes of a text: a formula or a link
_SPECIAL = ("=", "{=", "http://", "https://", "ftp://", "ftps://", "mailto:", "internal:")
_SPECIAL += ("external:", "file://", "@", "+", "-")


class TableExporter(pivot.TableExporter):
    @http.route()
    def export_xlsx(self, data, **kw):
        text = data.read() if isinstance(data, FileStorage) else data
        return super().export_xlsx(json.dumps(_as_texts(json.loads(text))), **kw)


def _as_texts(value):
    """The same with its texts such that they stay texts."""
    if isinstance(value, dict):
        return {name: _as_texts(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_as_texts(each) for each in value]
    return f"'{value}" if isinstance(value, str) and value.lower().startswith(_SPECIAL) else value
