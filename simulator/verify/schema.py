"""The SII's schema step, with messages shaped like its Oracle parser's (PROTOCOL 2.3)."""

import tempfile
from pathlib import Path

import cl_sii
from lxml import etree

from .boleta_shape import ENVIO_BOLETA
from .folio_summary_shape import CONSUMO_FOLIOS

# Schemas are data: those of format 2.5 lie in the library, the older books' in cl-sii.
_BUNDLED = Path(cl_sii.__file__).parent / "data/ref/factura_electronica/schemas-xml"
_OF_TODAY = Path(__file__).parents[2] / "sii/xsd"
_FILES = {"EnvioDTE": "EnvioDTE_v10.xsd", "LibroCompraVenta": "LibroCV_v10.xsd"}
# Reported by a grammar of the simulator's own.
_GRAMMARS = {"EnvioBOLETA": ENVIO_BOLETA, "ConsumoFolios": CONSUMO_FOLIOS}
_ORACLE = {"SCHEMAV_ELEMENT_CONTENT": "LSX-00213"}
_ORACLE_ATTRIBUTE, _ORACLE_VALUE = "LSX-00265", "LSX-00291"
_ERRORS_TOLD = 20


class Schemas:
    """The schemas of today: a manager's folder of newer official files over those we bring."""

    def __init__(self, folder: Path | None = None):
        files = {}
        for place in filter(None, (_BUNDLED, _OF_TODAY, folder)):
            files |= {file.name: file.read_bytes() for file in place.glob("*.xsd")}
        self._schemas = {}
        # libxml2 follows includes only through the file system.
        with tempfile.TemporaryDirectory(prefix="simulator-xsd-") as together:
            for name, content in files.items():
                (Path(together) / name).write_bytes(content)
            for root, name in _FILES.items():
                self._schemas[root] = etree.XMLSchema(file=str(Path(together) / name))

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
