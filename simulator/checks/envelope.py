"""The envelope as a whole: schema leftovers, caratula, signature (PROTOCOL 3.5, 5.2, 5.9)."""

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


def schema(root: etree._Element, content: bytes) -> list[Reason]:
    """RSC: what the XSD cannot see: control characters, repeated IDs, documents hidden in text."""
    if any(0x80 <= byte <= 0x9F for byte in content):
        return [Reason("ENV-3-0", "caracter de control")]
    ids = Counter(root.xpath("//@ID"))
    repeated = [name for name, times in ids.items() if times > 1]
    if repeated:
        return [Reason("ENV-3-901", ", ".join(repeated))]
    documents = find_all(root, "SetDTE/DTE")
    if len(xmltext.fragments(content)) != len(documents):
        return [Reason("ENV-3-0", "los documentos no pueden extraerse del envio")]
    return []


def cover(root: etree._Element, company: Company, sender: str) -> list[Reason]:
    """RCT: the caratula against the upload, the company's resolution and the documents."""
    caratula = find(root, "SetDTE/Caratula")
    reasons = []
    if text(caratula, "RutEnvia") != sender:
        reasons.append(Reason("CRT-3-11"))
    if text(caratula, "RutEmisor") != company.rut:
        reasons.append(Reason("CRT-3-901"))
    if text(caratula, "RutReceptor") != ruts.SII:
        reasons.append(Reason("CRT-3-903"))
    resolution = (text(caratula, "FchResol"), int(text(caratula, "NroResol")))
    if resolution != (company.resolution_date.isoformat(), company.resolution_number):
        reasons.append(Reason("CRT-3-19", f"{resolution[0]} {resolution[1]}"))
    stated = {
        text(part, "TpoDTE"): int(text(part, "NroDTE")) for part in find_all(caratula, "SubTotDTE")
    }
    counted = Counter(
        text(document, "Encabezado/IdDoc/TipoDTE")
        for dte in find_all(root, "SetDTE/DTE")
        for document in dte[:1]
    )
    if stated != counted:
        reasons.append(Reason("CRT-3-902"))
    return reasons


def signature(
    root: etree._Element, company: Company, authority: x509.Certificate, moment: datetime
) -> list[Reason]:
    """RFR: the signature of SetDTE in place, by a user of the company."""
    subject = find(root, "SetDTE")
    try:
        found = xmldsig.read(root[-1])
        if found.uri != f"#{subject.get('ID')}":
            raise xmldsig.SignatureError("structure")
        found.verify(canonical(subject))
    except xmldsig.SignatureError as fault:
        return [Reason("ENV-3-902", fault.code)]
    if not certificates.is_trusted(found.certificate, authority, moment):
        return [Reason("ENV-3-902", "certificado no valido")]
    signer = certificates.holder_rut(found.certificate)
    if signer not in company.users or signer != text(root, "SetDTE/Caratula/RutEnvia"):
        return [Reason("ENV-3-6", signer)]
    return []
