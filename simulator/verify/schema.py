"""The SII's schema step, with messages shaped like its Oracle parser's (PROTOCOL 2.3)."""

from pathlib import Path

import cl_sii
from lxml import etree

_BUNDLED = Path(cl_sii.__file__).parent / "data/ref/factura_electronica/schemas-xml"
_ORACLE = {"SCHEMAV_ELEMENT_CONTENT": "LSX-00213"}
_ORACLE_ATTRIBUTE, _ORACLE_VALUE = "LSX-00265", "LSX-00291"


class Schemas:
    """EnvioDTE's schema: a manager's folder of newer official files, else those of cl-sii."""

    def __init__(self, folder: Path | None = None):
        own = folder / "EnvioDTE_v10.xsd" if folder else None
        file = own if own and own.is_file() else _BUNDLED / "EnvioDTE_v10.xsd"
        self._schema = etree.XMLSchema(file=str(file))

    def errors(self, root: etree._Element) -> list[str]:
        """What the schema step has against the document; [] when nothing."""
        if etree.QName(root).localname != "EnvioDTE":
            return [f"SCH-00001: schema of element {etree.QName(root).localname} not registered"]
        if self._schema.validate(root):
            return []
        return [_message(entry) for entry in self._schema.error_log]


def _message(entry: etree._LogEntry) -> str:
    code = _ORACLE.get(entry.type_name, _ORACLE_VALUE)
    if "ATTRIBUTE" in entry.type_name:
        code = _ORACLE_ATTRIBUTE
    return f"{code}: (line {entry.line}) {entry.message}"
