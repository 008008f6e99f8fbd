"""The envelope as a whole: schema leftovers, caratula, signature (PROTOCOL 3.5, 5.2, 5.9)."""

import re
from collections import Counter
from datetime import datetime

from cryptography import x509
from lxml import etree

from .. import ruts
from ..reasons import Reason
from ..state.companies import Company
from ..verify import certificate as certificates
from ..verify import xmldsig, xmltext
from ..verify.canonical import canonical
from ..verify.xmltext import find, find_all, text

_CONTROL = re.compile(rb"[\x80-\x9f]")
# AAAA-MM-DD and AAAA-MM-DDTHH:MM:SS; the XSD also lets pass zones and 24:00 (PROTOCOL 0.3).
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d")
_MOMENTS = {
    "FchResol": _DATE,
    "FchEmis": _DATE,
    "FA": _DATE,
    "TSTED": _TIMESTAMP,
    "TmstFirma": _TIMESTAMP,
}


def schema(root: etree._Element, content: bytes) -> list[Reason]:
    """RSC: what the XSD cannot see.

    Control characters, dates with a zone, and documents that are not the same when
    cut out as text as when read in place.
    """
    if _CONTROL.search(content) or root.xpath("//processing-instruction()"):
        return [Reason("ENV-3-0", "caracter de control")]
    for tag, shape in _MOMENTS.items():
        for element in root.iter(f"{{*}}{tag}"):
            if not shape.fullmatch((element.text or "").strip()):
                return [Reason("ENV-3-0", tag)]
    if not _fragments_are_the_documents(root, content):
        return [Reason("ENV-3-0", "los documentos no pueden extraerse del envio")]
    return []


def _fragments_are_the_documents(root: etree._Element, content: bytes) -> bool:
    try:
        alone = [xmltext.parse_fragment(fragment) for fragment in xmltext.fragments(content)]
    except etree.XMLSyntaxError:
        return False
    return [xmltext.content_of(dte) for dte in alone] == [
        xmltext.content_of(dte) for dte in find_all(root, "SetDTE/DTE")
    ]


def cover(root: etree._Element, company: Company, sender: str) -> list[Reason]:
    """RCT: the caratula against the upload, the company's resolution and the documents."""
    caratula = find(root, "SetDTE/Caratula")
    reasons = cover_parties(caratula, company, sender, "RutEmisor")
    if text(caratula, "RutReceptor") != ruts.SII:
        reasons.append(Reason("CRT-3-903"))
    stated = {
        text(part, "TpoDTE"): int(text(part, "NroDTE")) for part in find_all(caratula, "SubTotDTE")
    }
    counted = Counter(
        text(next(dte.iterchildren("*")), "Encabezado/IdDoc/TipoDTE")
        for dte in find_all(root, "SetDTE/DTE")
    )
    if stated != counted:
        reasons.append(Reason("CRT-3-902"))
    return reasons


def cover_parties(
    caratula: etree._Element, company: Company, sender: str, issuer: str
) -> list[Reason]:
    """What every caratula states: who sends, for whom (in the tag named), by which resolution."""
    reasons = []
    if text(caratula, "RutEnvia") != sender:
        reasons.append(Reason("CRT-3-11"))
    if text(caratula, issuer) != company.rut:
        reasons.append(Reason("CRT-3-901"))
    resolution = (text(caratula, "FchResol"), int(text(caratula, "NroResol")))
    if resolution != (company.resolution_date.isoformat(), company.resolution_number):
        reasons.append(Reason("CRT-3-19", f"{resolution[0]} {resolution[1]}"))
    return reasons


def signature(
    root: etree._Element, company: Company, authority: x509.Certificate, moment: datetime
) -> list[Reason]:
    """RFR: the signature of the root's first child in place, by a user of the company."""
    subject = next(root.iterchildren("*"))
    try:
        found = xmldsig.read(root)
        if found.uri != f"#{subject.get('ID')}":
            raise xmldsig.SignatureError("structure")
        found.verify(canonical(subject))
    except xmldsig.SignatureError as fault:
        return [Reason("ENV-3-901", fault.code)]
    if not certificates.is_trusted(found.certificate, authority, moment):
        return [Reason("ENV-3-901", "certificado no valido")]
    signer = certificates.holder_rut(found.certificate)
    if signer not in company.users or signer != text(subject, "Caratula/RutEnvia"):
        return [Reason("ENV-3-6", signer)]
    return []
