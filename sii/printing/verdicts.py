"""The four verdicts on a received file, in words for its print: always Spanish."""

from typing import NamedTuple

from ..authority.chain import Signer, Trust
from ..received.document import ReceivedDte

_TRUST = {
    Trust.ACCREDITED: "certificado por una autoridad conocida",
    Trust.RECOGNISED: "certificado por una llave conocida de firma simple (no acredita)",
    Trust.TEST: "certificado por un simulador",
    Trust.UNKNOWN: "emisor del certificado desconocido",
    Trust.EXPIRED: "certificado no vigente al firmar",
    Trust.BROKEN: "certificado que no se sostiene",
    Trust.SELF_SIGNED: "certificado hecho por quien firma",
    Trust.MISSING: "sin certificado",
}


class Verdict(NamedTuple):
    """One line: what was looked at, what was found, whether that is a fault."""

    label: str
    text: str
    bad: bool = False


def verdicts(document: ReceivedDte, signer: Signer) -> list[Verdict]:
    """Of a file that is printed: the SII is not asked for a print."""
    judged = document.authenticity
    altered, unstamped = judged.signature is not None, bool(judged.stamp or judged.authorisation)
    who = " ".join(filter(None, [signer.holder, signer.rut]))
    return [
        Verdict(
            "Archivo y firma",
            "alterado o mal firmado" if altered else "íntegro, tal como se firmó",
            altered,
        ),
        Verdict(
            "Timbre y CAF",
            "no válidos" if unstamped else "válidos para este documento",
            unstamped,
        ),
        Verdict("Firmante", ": ".join(filter(None, [who, _TRUST[signer.trust]]))),
        Verdict("SII", "no consultado"),
    ]
