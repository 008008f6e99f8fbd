"""Why the SII refuses or objects: ``(SECTION-LEVEL-CODE) text`` (PROTOCOL 3.5).

Numbers from 901 on are the simulator's own, where the reference describes the check and names no
code.
"""

import re
from dataclasses import dataclass

TEXTS = {
    "ENV-3-0": "Error en Schema: datos ilegales",
    "ENV-3-6": "Rut no autorizado a firmar",
    "ENV-3-901": "Firma del envio incorrecta",
    "CRT-3-11": "RUT envia diferente al Upload",
    "CRT-3-19": "Fecha/Numero Resolucion Invalido",
    "CRT-3-901": "RUT emisor diferente al Upload",
    "CRT-3-902": "SubTotDTE no corresponde a los documentos del envio",
    "CRT-3-903": "RUT receptor no es el del SII",
    "CRT-3-904": "FolioNotificacion es obligatorio en un libro especial",
    "DTE-3-100": "Documento Repetido",
    "DTE-3-101": "Folio para este tipo de documento ya fue recibido",
    "DTE-3-505": "Firma DTE Incorrecta",
    "DTE-3-601": "Folio Anulado",
    "DTE-3-901": "Tipo de documento no autorizado para el contribuyente",
    "DTE-3-902": "Fecha de firma anterior a la del timbre",
    "DTE-1-650": "Envio excede el plazo",
    "CAF-3-517": "CAF Vencido: (Firma_DTE - CAF) > 6 meses",
    "CAF-3-901": "Firma del CAF incorrecta",
    "CAF-3-902": "CAF no corresponde al emisor o al tipo de documento",
    "CAF-3-903": "Folio fuera del rango autorizado",
    "TED-1-646": "Fecha del timbre anterior a la del CAF",
    "TED-2-510": "Firma Timbre Electronico Incorrecta",
    "TED-2-901": "Texto del timbre no corresponde al documento",
    "TED-3-640": "MNT del timbre no corresponde al total",
    "TED-3-901": "Dato del timbre no corresponde al documento",
    "HED-2-223": "Monto neto debe ser mayor que cero",
    "HED-2-220": "Monto exento no corresponde a la suma de las lineas",
    "HED-2-260": "Monto total no corresponde",
    "HED-2-302": "Monto o tasa de impuesto o retencion no corresponde",
    "HED-2-901": "Monto neto no corresponde a la suma de las lineas",
    "HED-2-902": "Monto neto debe ser mayor que cero",
    "HED-2-903": "IVA no corresponde al monto neto y la tasa",
    "HED-2-904": "Boleta afecta sin monto neto o IVA",
    "HED-2-907": "Monto no facturable no corresponde a la suma de las lineas",
    "HED-2-908": "Garantia por deposito de envases no corresponde a la suma de las lineas",
    "HED-2-909": "Total del periodo no corresponde",
    "HED-2-910": "Falta un dato obligatorio",
    "HED-2-911": "Venta sobre 135 UF con receptor anonimo",
    "HED-2-912": "Dato no corresponde al tipo de documento",
    "HED-2-913": "Cuotas exceden el monto a pagar",
    "HED-2-914": "IVA no retenido no corresponde",
    "HED-2-915": "Retencion no corresponde al tipo de documento",
    "HED-2-916": "Montos brutos con impuestos adicionales",
    "HED-2-917": "Montos en otra moneda no corresponden",
    "HED-2-918": "Credito empresas constructoras no corresponde",
    "HED-2-919": "Patente mal formada",
    "HED-2-920": "Fecha de salida anterior a la emision",
    "HED-2-921": "Fecha de llegada anterior a la salida",
    "HED-3-211": "Dato no permitido",
    "HED-3-305": "Fecha de emision anterior a la autorizacion",
    "HED-3-845": "DTE Sin Direccion del Receptor",
    "HED-3-846": "DTE Sin Comuna del Receptor",
    "HED-3-861": "Actividad economica no registrada",
    "HED-3-901": "RUT Invalido",
    "HED-3-902": "Emisor no corresponde a la caratula",
    "HED-3-903": "DTE Sin Comuna Origen",
    "HED-3-904": "Monto - IVA debe declararse",
    "HED-3-905": "Monto exento debe ser mayor que cero",
    "HED-3-906": "Documento exento con monto neto o IVA",
    "DET-2-200": "Monto de la linea no corresponde",
    "DET-2-901": "Linea de no venta con monto",
    "LIB-3-901": "El Monto Total No Cuadra",
    "LIB-3-902": "Falta el resumen de un tipo de documento",
    "LIB-3-903": "Resumen no corresponde al detalle",
    "LIB-3-904": "Libro ya recibido para el periodo o la notificacion",
    "RCF-3-901": "El resumen es de un solo dia",
    "RCF-3-902": "Folios utilizados no corresponden a emitidos y anulados",
    "RCF-3-903": "Rangos no corresponden a los folios",
    "RCF-3-904": "Monto total no corresponde",
    "RCF-3-905": "SecEnvio ya recibido para el dia",
    "REF-2-780": "Anulacion con monto distinto al del documento de referencia",
    "REF-2-902": "Correccion de texto con montos",
    "REF-2-903": "Nota de credito excede al documento de referencia",
    "REF-3-415": "Nota debe tener una referencia valida",
    "REF-3-750": "DTE de referencia no ha sido recibido",
    "REF-3-758": "CodRef es obligatorio en la linea de referencia",
    "REF-3-901": "Anulacion o correccion de texto con mas de una referencia",
    "REF-3-904": "Fecha de referencia anterior a 2002-08-01",
}
_WRITTEN = re.compile(r"\(([A-Z]{3})(?: L\[(\d+)\] )?-([123])-(\d{1,4})\) ?(.*)", re.DOTALL)
_CODE = re.compile(r"[A-Z]{3}-([123])-[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``line`` is the detail line it speaks of, ``detail`` the figures."""

    code: str
    detail: str = ""
    line: int = 0

    @property
    def level(self) -> int:
        """1 light objection, 2 objection, 3 rejection."""
        return int(self.code[4])

    def __str__(self) -> str:
        section, rest = self.code.split("-", 1)
        where = f"{section} L[{self.line}] -{rest}" if self.line else self.code
        return f"({where}) {TEXTS.get(self.code, '')} {self.detail}".rstrip()


@dataclass(frozen=True, slots=True)
class Parts:
    """A written reason taken apart; ``line`` 0 when it speaks of none."""

    section: str
    line: int
    level: int
    number: int
    text: str
    detail: str


def parts(written: str) -> Parts:
    """Take apart what ``str(Reason)`` wrote."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise ValueError(f"not a written reason: {written}")
    section, line, severity, number, rest = found.groups()
    text = TEXTS.get(f"{section}-{severity}-{number}", "")
    detail = rest.removeprefix(text).strip()
    return Parts(section, int(line or 0), int(severity), int(number), text or detail, detail)


def level(code: str) -> int:
    """The level inside a code; raises ValueError when it has not the form ``DTE-3-101``."""
    found = _CODE.fullmatch(code)
    if not found:
        raise ValueError(f"not a reason code: {code}")
    return int(found[1])


def verdict(reasons: list[Reason]) -> str:
    """What becomes of a document: accepted, objected or rejected."""
    worst = max((reason.level for reason in reasons), default=0)
    return "rejected" if worst == 3 else "objected" if worst else "accepted"
