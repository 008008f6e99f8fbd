"""The SII's schema step, with messages shaped like its Oracle parser's (PROTOCOL 2.3)."""

from pathlib import Path

import cl_sii
from lxml import etree

from .boleta_shape import ENVIO_BOLETA
from .folio_summary_shape import CONSUMO_FOLIOS

_BUNDLED = Path(cl_sii.__file__).parent / "data/ref/factura_electronica/schemas-xml"
_FILES = {"EnvioDTE": "EnvioDTE_v10.xsd", "LibroCompraVenta": "LibroCV_v10.xsd"}
# cl-sii brings no schema of these.
_GRAMMARS = {"EnvioBOLETA": ENVIO_BOLETA, "ConsumoFolios": CONSUMO_FOLIOS}
_ORACLE = {"SCHEMAV_ELEMENT_CONTENT": "LSX-00213"}
_ORACLE_ATTRIBUTE, _ORACLE_VALUE = "LSX-00265", "LSX-00291"
_ERRORS_TOLD = 20


class Schemas:
    """The official schemas: a manager's folder of newer files, else those of cl-sii."""

    def __init__(self, folder: Path | None = None):
        self._schemas = {}
        for root, name in _FILES.items():
            own = folder / name if folder else None
            file = own if own and own.is_file() else _BUNDLED / name
            self._schemas[root] = etree.XMLSchema(file=str(file))

    def errors(self, root: etree._Element) -> list[str]:
        """What the schema step has against the document; [] when nothing."""
        name = etree.QName(root)
        if name.namespace == "http://www.sii.cl/SiiDte" and name.localname in _GRAMMARS:
            return _GRAMMARS[name.localname].errors(root)[:_ERRORS_TOLD]
        if name.localname not in self._schemas:
            return [f"SCH-00001: schema of element {name.localname} not registered"]
        schema = self._schemas[name.localname]
        if schema.validate(root):
            return []
        return [_message(entry) for entry in schema.error_log]


def _message(entry: etree._LogEntry) -> str:
    code = _ORACLE.get(entry.type_name, _ORACLE_VALUE)
    if "ATTRIBUTE" in entry.type_name:
        code = _ORACLE_ATTRIBUTE
    return f"{code}: (line {entry.line}) {entry.message}"
