"""getToken: the signed seed, verified in full (PROTOCOL 1.4, 1.5)."""

import re
from datetime import datetime

from cryptography import x509
from lxml import etree

from ..state.sessions import Sessions
from ..verify import certificate as certificates
from ..verify import xmldsig, xmltext
from ..verify.canonical import canonical_without
from .soap import Respuesta

_GLOSAS = {
    "01": "ERROR (IOException)",
    "02": "ERROR (SAXException)",
    "04": "Elemento Signature No Existe",
    "05": "Firma Invalida",
    "06": "Elemento Semilla No Existe",
    "11": "Elemento Certificado No Existe",
    "21": "Clave Publica No Corresponde al Certificado",
    "-3": "Error de Autenticacion",
    "-07": "(12) parse ERROR en Validación del RUT",
}
_ESTADO_OF_FAULT = {"certificate": "11", "key": "21"}
# The text reached us decoded: what encoding it once had no longer matters.
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class RefusedError(Exception):
    """No token; ``estado`` is the code of PROTOCOL 1.5."""

    def __init__(self, estado: str, glosa: str = ""):
        super().__init__(estado)
        self.estado = estado
        self.glosa = glosa or _GLOSAS[estado]


def get_seed(sessions: Sessions) -> Respuesta:
    return Respuesta([("ESTADO", "00")], [("SEMILLA", sessions.new_seed())])


def get_token(
    document: str, sessions: Sessions, root: x509.Certificate, now: datetime
) -> Respuesta:
    """Answer getToken for the text of the signed document."""
    try:
        rut, seed = _signed_seed(document, root, now)
        problem = sessions.use_seed(seed)
        if problem:
            raise RefusedError("08", f"ERROR RETORNO {problem}")
    except RefusedError as refused:
        return Respuesta([("ESTADO", refused.estado), ("GLOSA", refused.glosa)])
    token = sessions.new_token(rut)
    return Respuesta([("ESTADO", "00"), ("GLOSA", "Token Creado")], [("TOKEN", token)])


def _signed_seed(document: str, root: x509.Certificate, now: datetime) -> tuple[str, str]:
    """The signer's RUT and the seed; raises RefusedError."""
    if not document.strip():
        raise RefusedError("01")
    try:
        tree = xmltext.parse(_DECLARATION.sub("", document).encode("utf-8"))
    except etree.XMLSyntaxError:
        raise RefusedError("02") from None
    signature = tree.find(f"{{{xmldsig.DSIG}}}Signature")
    if signature is None:
        raise RefusedError("04")
    seed = tree.find("item/Semilla")
    if tree.tag != "getToken" or seed is None or not seed.text:
        raise RefusedError("06")
    certificate = _verified(tree, signature)
    if not certificates.is_trusted(certificate, root, now):
        raise RefusedError("-3")
    rut = certificates.holder_rut(certificate)
    if not rut:
        raise RefusedError("-07")
    return rut, seed.text.strip()


def _verified(tree: etree._Element, element: etree._Element) -> x509.Certificate:
    try:
        signature = xmldsig.read(tree)
        if signature.uri or signature.transforms != (xmldsig.ENVELOPED,):
            raise RefusedError("05")
        signature.verify(canonical_without(tree, element))
    except xmldsig.SignatureError as fault:
        raise RefusedError(_ESTADO_OF_FAULT.get(fault.code, "05")) from None
    return signature.certificate
