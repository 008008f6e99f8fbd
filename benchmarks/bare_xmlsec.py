"""The yardstick: lxml, cryptography and python-xmlsec, put together by hand as tutorials do.

It trusts its input, knows one type of document and checks nothing: no rules, no folding of texts,
no schemas, no second look. Yet its envelopes are correct, and it holds no key twice.
"""

import base64
import re
from copy import copy
from xml.sax.saxutils import escape

import xmlsec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree

from sii import clock
from sii.document import Document, Line

from .desk import ISSUER, RESOLVED_ON, SENDER, Desk

SII = "http://www.sii.cl/SiiDte"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
_DECLARATION = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n'
_HEAD = f"""<EnvioDTE xmlns="{SII}" xmlns:xsi="{XSI}"
 xsi:schemaLocation="{SII} EnvioDTE_v10.xsd" version="1.0">
<SetDTE ID="SetDoc">
<Caratula version="1.0"><RutEmisor>{ISSUER.rut}</RutEmisor><RutEnvia>{SENDER}</RutEnvia>
<RutReceptor>60803000-K</RutReceptor><FchResol>{RESOLVED_ON}</FchResol><NroResol>0</NroResol>
<TmstFirmaEnv>{{now}}</TmstFirmaEnv>
<SubTotDTE><TpoDTE>33</TpoDTE><NroDTE>{{count}}</NroDTE></SubTotDTE></Caratula>
"""
_TAIL = b"\n</SetDTE>\n</EnvioDTE>"


class BareXmlsec:
    """Keys and CAF are read once; then any number of envelopes."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._key = xmlsec.Key.from_memory(desk.key, xmlsec.KeyFormat.PEM)
        self._key_info = _key_info(desk)
        flat = re.sub(rb">\s+<", b"><", desk.caf).decode("iso-8859-1")
        self._caf = re.search(r"<CAF .*</CAF>", flat)[0]
        pem = re.search(r"<RSASK>(.*)</RSASK>", flat, re.DOTALL)[1]
        self._caf_key = load_pem_private_key(pem.encode(), None)

    def emit(self, count: int, first: int = 1) -> bytes:
        """Envelope of so many new facturas with folios from ``first`` on."""
        now = clock.timestamp(clock.now())
        documents = enumerate(self._desk.documents(count), first)
        signed = b"\n".join(self._dte(document, folio, now) for folio, document in documents)
        body = _DECLARATION + _HEAD.format(count=count, now=now).encode() + signed + _TAIL
        envelope = etree.fromstring(body, etree.XMLParser(huge_tree=True))
        self._sign(envelope, "SetDoc")
        # lxml's own declaration has single quotes, which the SII does not read.
        return _DECLARATION + etree.tostring(envelope, encoding="ISO-8859-1", xml_declaration=False)

    def _dte(self, document: Document, folio: int, now: str) -> bytes:
        dte = etree.Element(f"{{{SII}}}DTE", nsmap={None: SII}, version="1.0")
        content = _child(dte, "Documento", ID=f"F{folio}T33")
        _header(content, document, folio)
        for number, line in enumerate(document.lines, 1):
            _line(content, line, number)
        content.append(etree.fromstring(self._stamp(document, folio, now)))
        _leaves(content, TmstFirma=now)
        self._sign(dte, f"F{folio}T33")
        return etree.tostring(dte, encoding="ISO-8859-1", xml_declaration=False)

    def _stamp(self, document: Document, folio: int, now: str) -> str:
        dd = (
            f"<DD><RE>{ISSUER.rut}</RE><TD>33</TD><F>{folio}</F><FE>{document.issued_on}</FE>"
            f"<RR>{document.receiver.rut}</RR><RSR>{escape(document.receiver.name[:40])}</RSR>"
            f"<MNT>{document.totals.total}</MNT><IT1>{escape(document.lines[0].name[:40])}</IT1>"
            f"{self._caf}<TSTED>{now}</TSTED></DD>"
        )
        frmt = _base64(self._caf_key.sign(dd.encode("iso-8859-1"), PKCS1v15(), SHA1()))
        return (
            f'<TED xmlns="{SII}" version="1.0">{dd}'
            f'<FRMT algoritmo="SHA1withRSA">{frmt}</FRMT></TED>'
        )

    def _sign(self, root: etree._Element, reference: str) -> None:
        signature = xmlsec.template.create(
            root, xmlsec.Transform.C14N, xmlsec.Transform.RSA_SHA1, ns=None
        )
        root.append(signature)
        target = xmlsec.template.add_reference(
            signature, xmlsec.Transform.SHA1, uri=f"#{reference}"
        )
        xmlsec.template.add_transform(target, xmlsec.Transform.C14N)
        context = xmlsec.SignatureContext()
        context.key = self._key
        context.register_id(root[0], "ID")
        context.sign(signature)
        signature.append(copy(self._key_info))


def _key_info(desk: Desk) -> etree._Element:
    """Written by hand: libxmlsec leaves KeyValue empty, and takes its time for the certificate."""
    numbers = load_pem_private_key(desk.key, None).public_key().public_numbers()
    lines = desk.certificate.decode().split("-----")[2].strip()
    return etree.fromstring(
        f'<KeyInfo xmlns="{DSIG}"><KeyValue><RSAKeyValue>'
        f"<Modulus>{base64.encodebytes(numbers.n.to_bytes(256, 'big')).decode()}</Modulus>"
        f"<Exponent>{_base64(numbers.e.to_bytes(3, 'big'))}</Exponent></RSAKeyValue></KeyValue>"
        f"<X509Data><X509Certificate>{lines}</X509Certificate></X509Data></KeyInfo>"
    )


def _header(content: etree._Element, document: Document, folio: int) -> None:
    issuer, receiver, totals = document.issuer, document.receiver, document.totals
    header = _child(content, "Encabezado")
    identity = _child(header, "IdDoc")
    _leaves(identity, TipoDTE=33, Folio=folio, FchEmis=document.issued_on)
    _leaves(identity, FmaPago=int(document.payment), FchVenc=document.due_on)
    emisor = _child(header, "Emisor")
    _leaves(emisor, RUTEmisor=issuer.rut, RznSoc=issuer.name, GiroEmis=issuer.giro)
    _leaves(emisor, Acteco=issuer.actecos[0], DirOrigen=issuer.address)
    _leaves(emisor, CmnaOrigen=issuer.comuna, CiudadOrigen=issuer.city)
    receptor = _child(header, "Receptor")
    _leaves(receptor, RUTRecep=receiver.rut, RznSocRecep=receiver.name, GiroRecep=receiver.giro)
    _leaves(receptor, DirRecep=receiver.address, CmnaRecep=receiver.comuna)
    _leaves(receptor, CiudadRecep=receiver.city)
    sums = _child(header, "Totales")
    _leaves(sums, MntNeto=totals.net, TasaIVA=totals.vat_rate, IVA=totals.vat)
    _leaves(sums, MntTotal=totals.total)


def _line(content: etree._Element, line: Line, number: int) -> None:
    detail = _child(content, "Detalle")
    _leaves(detail, NroLinDet=number, NmbItem=line.name, QtyItem=line.quantity, UnmdItem=line.unit)
    _leaves(detail, PrcItem=line.unit_price, MontoItem=line.amount)


def _child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{SII}}}{tag}", attributes)


def _leaves(parent: etree._Element, **values: object) -> None:
    for tag, value in values.items():
        _child(parent, tag).text = str(value)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
