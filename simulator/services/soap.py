"""SOAP as Apache Axis 1 speaks it at the SII (PROTOCOL 1.1, 1.2)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from ..verify import xmltext
from .answer import Answer, Shape

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_SII = "http://www.sii.cl/XMLSchema"
_CARRIAGE_RETURN = {"\r": "&#xd;"}

_WHOLE = re.compile(r"[0-9]{1,15}")

Leaves = Sequence[tuple[str, str]]


class SoapError(Exception):
    """The request is no call this service understands."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation and its arguments in order; Axis looks at nothing else."""

    operation: str
    namespace: str
    arguments: tuple[str, ...]

    def argument(self, position: int) -> str:
        return self.arguments[position] if position < len(self.arguments) else ""

    def number(self, position: int) -> int | None:
        """An argument that is a whole number; None when it is not."""
        text = self.argument(position).strip()
        return int(text) if _WHOLE.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Respuesta:
    """``SII:RESPUESTA``: what stands in its header and in its body, in order."""

    header: Leaves
    body: Leaves = ()

    @property
    def estado(self) -> str:
        return dict(self.header).get("ESTADO", "")


def read(content: bytes) -> Call:
    """Read a SOAP 1.1 request; raises SoapError."""
    try:
        root = xmltext.parse(content)
    except etree.XMLSyntaxError as error:
        raise SoapError("org.xml.sax.SAXParseException") from error
    body = root.find(f"{{{_SOAP}}}Body")
    if root.tag != f"{{{_SOAP}}}Envelope" or body is None:
        raise SoapError("VersionMismatch")
    calls = list(body.iterchildren("*"))
    if len(calls) != 1:
        raise SoapError("no operation")
    name = etree.QName(calls[0])
    arguments = tuple("".join(child.itertext()) for child in calls[0].iterchildren("*"))
    return Call(name.localname, name.namespace or "", arguments)


def answer(call: Call, respuesta: Respuesta, shape: Shape) -> Answer:
    """The escaped XML document inside the operation's Return element."""
    inner = document(respuesta, shape)
    glosa = dict(respuesta.header).get("GLOSA", "")
    return _returned(call, inner, shape, f"ESTADO {respuesta.estado} {glosa}".strip())


def scripted(estado: str) -> Respuesta:
    """What a script makes a service answer."""
    return Respuesta([("ESTADO", estado), ("GLOSA", "Respuesta del guión")])


def plain(call: Call, value: str) -> Answer:
    """A bare text, as the version and state operations give."""
    return _returned(call, value, Shape(), value)


def fault(reason: str) -> Answer:
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<soapenv:Envelope xmlns:soapenv="{_SOAP}"><soapenv:Body><soapenv:Fault>'
        f"<faultcode>soapenv:Server.userException</faultcode><faultstring>{escape(reason)}"
        "</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>"
    )
    return Answer(body.encode(), f"soap fault: {reason}", status=500)


def document(respuesta: Respuesta, shape: Shape) -> str:
    """``SII:RESPUESTA`` as the text of a document of its own."""
    prefix = "SII:" if shape.qualified else ""
    parts = {
        part: f"<SII:{part}>\r\n"
        + "".join(f"<{prefix}{tag}>{escape(text)}</{prefix}{tag}>\r\n" for tag, text in leaves)
        + f"</SII:{part}>\r\n"
        for part, leaves in (("RESP_BODY", respuesta.body), ("RESP_HDR", respuesta.header))
    }
    order = ("RESP_HDR", "RESP_BODY") if shape.swapped else ("RESP_BODY", "RESP_HDR")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\r\n<SII:RESPUESTA xmlns:SII="{_SII}">\r\n'
        + "".join(parts[part] for part in order)
        + "</SII:RESPUESTA>"
    )


def _returned(call: Call, text: str, shape: Shape, outcome: str) -> Answer:
    namespace = quoteattr(call.namespace or "http://DefaultNamespace")
    body = (
        f'<?xml version="1.0" encoding="{shape.encoding}"?>\n'
        f'<soapenv:Envelope xmlns:soapenv="{_SOAP}" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>'
        f"<ns1:{call.operation}Response "
        'soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" '
        f"xmlns:ns1={namespace}>"
        f'<{call.operation}Return xsi:type="xsd:string">{escape(text, _CARRIAGE_RETURN)}'
        f"</{call.operation}Return></ns1:{call.operation}Response>"
        "</soapenv:Body></soapenv:Envelope>"
    )
    return Answer(
        body.encode(shape.encoding, "xmlcharrefreplace"),
        outcome,
        f"text/xml; charset={shape.encoding}",
    )
