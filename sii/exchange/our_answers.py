"""The three answers to a received EnvioDTE: receipt, receipt of goods, result (PROTOCOL 8).

Their schemas are not in the bundled set: they are checked when a set that has them is given.
"""

from dataclasses import dataclass
from datetime import datetime

from .. import kinds
from ..clock import timestamp
from ..errors import InvalidDocument, SignatureProblem
from ..received.document import ReceivedDte
from ..rut import canonical
from ..signature import xmldsig
from ..signature.signer import Signer
from ..xml.schema import SchemaSet
from ..xml.writer import DECLARATION, SII_NAMESPACE, XSI_NAMESPACE, group, leaf
from .envelope import BAD_SIGNATURE, OK, OTHER_RECEIVER, REFUSED, ReceivedEnvelope

DECLARATION_19983 = (
    "El acuse de recibo que se declara en este acto, de acuerdo a lo dispuesto en la letra b) "
    "del Art. 4, y la letra c) del Art. 5 de la Ley 19.983, acredita que la entrega de mercaderias "
    "o servicio(s) prestado(s) ha(n) sido recibido(s)."
)
"""Fixed text of every receipt of goods, without accents (PROTOCOL 8.3)."""

_GLOSSES = {
    OK: "DTE Recibido OK",
    BAD_SIGNATURE: "DTE No Recibido - Error de Firma",
    OTHER_RECEIVER: "DTE No Recibido - Error en RUT Receptor",
    REFUSED: "DTE No Recibido - Otros",
}
_ENVELOPE_BAD_SIGNATURE = 2


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers. address: where goods are received (Recinto)."""

    rut: str
    address: str
    contact: str = ""
    phone: str = ""
    email: str = ""


def reception(
    envelope: ReceivedEnvelope,
    answerer: Answerer,
    signer: Signer,
    at: datetime,
    number: int = 1,
    schemas: SchemaSet | None = None,
) -> bytes:
    """RespuestaDTE/RecepcionEnvio: whether the envelope and each document arrived whole.

    number: our own number of the answer. at: aware. Raises InvalidDocument, CertificateProblem.
    """
    state = 0 if envelope.is_intact else _ENVELOPE_BAD_SIGNATURE
    content = group(
        "RecepcionEnvio",
        leaf("NmbEnvio", envelope.name, 80),
        leaf("FchRecep", timestamp(at)),
        leaf("CodEnvio", number),
        leaf("EnvioDTEID", envelope.envelope_id, 80),
        leaf("Digest", envelope.digest),
        leaf("RutEmisor", envelope.issuer_rut),
        leaf("RutReceptor", envelope.receiver_rut),
        leaf("EstadoRecepEnv", state),
        leaf(
            "RecepEnvGlosa", "Envio No Recibido - Error de Firma" if state else "Envio Recibido OK"
        ),
        leaf("NroDTE", len(envelope.documents)),
        *(
            group(
                "RecepcionDTE",
                _key_data(document),
                leaf("EstadoRecepDTE", code),
                leaf("RecepDTEGlosa", _GLOSSES[code]),
            )
            for document, code in envelope.documents
        ),
    )
    return _respuesta(envelope, answerer, content, 1, number, signer, at, schemas)


def result(
    envelope: ReceivedEnvelope,
    answerer: Answerer,
    signer: Signer,
    at: datetime,
    number: int = 1,
    schemas: SchemaSet | None = None,
) -> bytes:
    """RespuestaDTE/ResultadoDTE: commercial acceptance of the documents that are ours.

    Raises InvalidDocument, CertificateProblem.
    """
    contents = [
        group(
            "ResultadoDTE",
            _key_data(document),
            leaf("CodEnvio", number),
            leaf("EstadoDTE", 0 if document in envelope.accepted else 2),
            leaf(
                "EstadoDTEGlosa",
                "DTE Aceptado OK" if document in envelope.accepted else "DTE Rechazado",
            ),
        )
        for document, _state in envelope.documents
    ]
    content = "".join(contents)
    return _respuesta(envelope, answerer, content, len(contents), number, signer, at, schemas)


def receipts(
    envelope: ReceivedEnvelope,
    answerer: Answerer,
    signer: Signer,
    at: datetime,
    schemas: SchemaSet | None = None,
) -> bytes:
    """EnvioRecibos: goods or services of the accepted documents were received (Ley 19.983).

    Raises InvalidDocument, CertificateProblem, SignatureProblem ``nothing_to_receive``.
    """
    documents = [each for each in envelope.accepted if kinds.of(each.kind).receipt]
    if not documents:
        raise SignatureProblem("nothing_to_receive")
    signer.check_validity(at)
    signed = [_receipt(document, answerer, signer, at) for document in documents]
    cover = group(
        "Caratula",
        leaf("RutResponde", canonical(answerer.rut)),
        leaf("RutRecibe", envelope.issuer_rut),
        _contact(answerer),
        leaf("TmstFirmaEnv", timestamp(at)),
        attributes=' version="1.0"',
    )
    return _sealed(
        "EnvioRecibos", "SetRecibos", "SetRecibos", cover + "".join(signed), signer, schemas
    )


def _receipt(document: ReceivedDte, answerer: Answerer, signer: Signer, at: datetime) -> str:
    reference = f"R{document.kind}F{document.folio}"
    content = group(
        "DocumentoRecibo",
        leaf("TipoDoc", document.kind),
        leaf("Folio", document.folio),
        leaf("FchEmis", document.issued_on),
        leaf("RUTEmisor", canonical(document.issuer_rut)),
        leaf("RUTRecep", canonical(document.receiver_rut)),
        leaf("MntTotal", document.totals.total),
        leaf("Recinto", answerer.address, 80),
        leaf("RutFirma", signer.rut),
        leaf("Declaracion", DECLARATION_19983),
        leaf("TmstFirmaRecibo", timestamp(at)),
        attributes=f' ID="{reference}"',
    )
    # The namespace is on the tag, so that the receipt verifies alone (PROTOCOL 5.9).
    xml = f'<Recibo xmlns="{SII_NAMESPACE}" version="1.0">\n{content}</Recibo>'
    return xmldsig.sign(xml, reference, signer).xml.decode("iso-8859-1") + "\n"


def _respuesta(
    envelope: ReceivedEnvelope,
    answerer: Answerer,
    content: str,
    details: int,
    number: int,
    signer: Signer,
    at: datetime,
    schemas: SchemaSet | None,
) -> bytes:
    signer.check_validity(at)
    cover = group(
        "Caratula",
        leaf("RutResponde", canonical(answerer.rut)),
        leaf("RutRecibe", envelope.issuer_rut),
        leaf("IdRespuesta", number),
        leaf("NroDetalles", details),
        _contact(answerer),
        leaf("TmstFirmaResp", timestamp(at)),
        attributes=' version="1.0"',
    )
    return _sealed(
        "RespuestaDTE", "Resultado", f"Respuesta{number}", cover + content, signer, schemas
    )


def _sealed(
    root: str, child: str, child_id: str, content: str, signer: Signer, schemas: SchemaSet | None
) -> bytes:
    schema = "RespuestaEnvioDTE_v10.xsd" if root == "RespuestaDTE" else "EnvioRecibos_v10.xsd"
    xml = (
        f'{DECLARATION}<{root} xmlns="{SII_NAMESPACE}" xmlns:xsi="{XSI_NAMESPACE}"'
        f' xsi:schemaLocation="{SII_NAMESPACE} {schema}" version="1.0">\n'
        f'<{child} ID="{child_id}">\n{content}</{child}>\n</{root}>'
    )
    signed = xmldsig.sign(xml, child_id, signer)
    if schemas and root in schemas.roots and (problems := schemas.validate(signed.root)):
        raise InvalidDocument(problems)
    return signed.xml


def _contact(answerer: Answerer) -> str:
    return (
        leaf("NmbContacto", answerer.contact, 40)
        + leaf("FonoContacto", answerer.phone, 40)
        + leaf("MailContacto", answerer.email, 80)
    )


def _key_data(document: ReceivedDte) -> str:
    return (
        leaf("TipoDTE", document.kind)
        + leaf("Folio", document.folio)
        + leaf("FchEmis", document.issued_on)
        + leaf("RUTEmisor", canonical(document.issuer_rut))
        + leaf("RUTRecep", canonical(document.receiver_rut))
        + leaf("MntTotal", document.totals.total)
    )
