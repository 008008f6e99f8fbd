"""The SII's schemas: our own, those of cl-sii for the rest, and newer ones loaded over both.

Documents, their envelope, boletas and the daily summary of folios are judged by schemas of our own
(``sii/xsd``), whose verdicts are compared with the SII's of 2026: cl-sii's are of 2011 to 2019.

The official set comes as a zip from the SII's site. What it holds takes precedence; what it
lacks stays as bundled. Schemas may only include each other by bare file name, so that compiling
a foreign set reads nothing but the set.
"""

import functools
import importlib.resources
import itertools
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from lxml import etree

from .. import kinds, libraries
from ..errors import Problem, UnsafeXml
from . import reader
from .schema_zip import read_zip
from .writer import SII_NAMESPACE

_XS = "{http://www.w3.org/2001/XMLSchema}"
_LINKS = (f"{_XS}include", f"{_XS}import", f"{_XS}redefine")
_MAX_VALUE = 100
_OWN = Path(__file__).parent.parent / "xsd"

# A boleta shares its root with all other documents; its type decides its schema.
_DTE = f"{{{SII_NAMESPACE}}}DTE"
_KIND = f"{{{SII_NAMESPACE}}}TipoDTE"
_BOLETA_SCHEMA = "DTE_BOLETA_v11.xsd"


class SchemaSet:
    """Schemas by file name. Each root element's schema is compiled once, at its first use."""

    def __init__(self, files: Mapping[str, bytes]):
        self._files = dict(files)
        self._file_of_root = _roots(self._files)
        self._compiled: dict[str, etree.XMLSchema] = {}
        # lxml keeps the errors of a validation on the schema, which threads share.
        self._lock = Lock()

    @staticmethod
    @functools.cache
    def bundled() -> "SchemaSet":
        """Our own (documents, envelopes, summary) over cl-sii's (Recibo, AEC, the old book)."""
        return SchemaSet(_bundled_files())

    @classmethod
    def from_zip(cls, data: bytes) -> "SchemaSet":
        """An official set over the bundled one, compiled in full so that a bad one fails here.

        Raises UnsafeXml: ``schema_zip_*`` for the archive, ``schema_link`` for an include that
        leaves the set, ``schema_broken`` for a set that does not compile, or what ``parse`` does.
        """
        schemas = cls({**_bundled_files(), **read_zip(data)})
        for name in set(schemas._file_of_root.values()) | {_BOLETA_SCHEMA}:
            schemas._schema(name)
        return schemas

    @property
    def roots(self) -> frozenset[str]:
        """Names of the documents that this set can judge, such as ``EnvioDTE``."""
        return frozenset(etree.QName(root).localname for root in self._file_of_root)

    def validate(self, xml: bytes | etree._Element) -> list[Problem]:
        """What the schema of the root element finds wrong; empty when valid.

        where: path of the element, ``Documento/Detalle[2]/NmbItem``. data: ``rule`` (the XML
        Schema rule broken), ``value``, ``detail`` as libxml2 gives it, ``line``.
        """
        root = reader.parse(xml) if isinstance(xml, bytes) else xml
        name = _BOLETA_SCHEMA if _is_boleta(root) else self._file_of_root.get(root.tag)
        if name is None:
            return [Problem("schema_unknown", "", {"root": root.tag})]
        with self._lock:
            schema = self._schema(name)
            if schema.validate(root):
                return []
            return _problems(schema.error_log, root)

    def _schema(self, name: str) -> etree.XMLSchema:
        if name not in self._compiled:
            self._compiled[name] = self._compile(name)
        return self._compiled[name]

    def _compile(self, name: str) -> etree.XMLSchema:
        # libxml2 follows includes only through the file system.
        with tempfile.TemporaryDirectory(prefix="sii-xsd-") as folder:
            for each, content in self._files.items():
                (Path(folder) / each).write_bytes(content)
            try:
                return etree.XMLSchema(file=str(Path(folder) / name))
            except etree.XMLSchemaParseError as error:
                raise UnsafeXml("schema_broken", file=name, reason=str(error)) from error


@functools.cache
def _bundled_files() -> dict[str, bytes]:
    folder = (
        importlib.resources.files(libraries.load("cl-sii"))
        / "data/ref/factura_electronica/schemas-xml"
    )
    files = itertools.chain(folder.iterdir(), _OWN.iterdir())
    return {file.name: file.read_bytes() for file in files if file.name.endswith(".xsd")}


def _is_boleta(root: etree._Element) -> bool:
    kind = next(root.iter(_KIND), None) if root.tag == _DTE else None
    return kind is not None and kinds.of(reader.plain_text(kind)).is_boleta


def _roots(files: Mapping[str, bytes]) -> dict[str, str]:
    """Root element (with namespace) to the file that declares it.

    The simplified book (LibroCVS) shares its root with the full one (LibroCV), which wins, as a
    newer version wins over an older: so the order matters.
    """
    roots = {}
    for name in sorted(files, key=lambda name: (-len(name), name)):
        schema = reader.parse(files[name])
        if schema.tag != f"{_XS}schema":
            raise UnsafeXml("schema_broken", file=name, reason=schema.tag)
        for link in schema.iter(*_LINKS):
            if (location := link.get("schemaLocation")) not in files:
                raise UnsafeXml("schema_link", file=name, location=location)
        namespace = schema.get("targetNamespace")
        for element in schema.findall(f"{_XS}element"):
            roots[str(etree.QName(namespace, element.get("name")))] = name
    return roots


def _problems(log: etree._ListErrorLog, root: etree._Element) -> list[Problem]:
    """One problem an element: libxml2 reports a broken facet again as a broken type."""
    problems: dict[str, Problem] = {}
    tree = etree.ElementTree(root)
    for entry in log:
        element = tree.xpath(entry.path)[0] if entry.path else root
        where = _path(element, root)
        data = {
            "rule": re.sub(r"^SCHEMAV_(CVC_)?|_VALID(_\d)*$", "", entry.type_name).lower(),
            "value": (element.text or "")[:_MAX_VALUE] if not len(element) else "",
            "detail": entry.message,
            "line": entry.line,
        }
        problems.setdefault(where, Problem("schema_invalid", where, data))
    return list(problems.values())


def _path(element: etree._Element, root: etree._Element) -> str:
    names = []
    while element is not root:
        parent = element.getparent()
        twins = parent.findall(element.tag)
        index = f"[{twins.index(element) + 1}]" if len(twins) > 1 else ""
        names.append(reader.local_name(element) + index)
        element = parent
    return "/".join(reversed(names))
