"""The register's own words in the many spellings in which they reach us."""

import re
import unicodedata

from .. import rut
from ..errors import InvalidRut

CATEGORIES = {
    "del_giro": "Del Giro",
    "supermercado": "Supermercado",
    "bien_raiz": "Bien Raíz",
    "activo_fijo": "Activo Fijo",
    "iva_uso_comun": "IVA Uso Común",
    "iva_no_recuperable": "IVA no Recuperable",
    "no_incluir": "No Corresponde Incluir",
}
"""The SII's categories of purchase, as it writes them."""

# "Money order" is what a translator made of "del giro"
_OTHER_SPELLINGS = {
    "money order": "del_giro",
    "supermarket": "supermercado",
    "supermercados": "supermercado",
    "real estate": "bien_raiz",
    "bienes raices": "bien_raiz",
    "fixed asset": "activo_fijo",
    "common use vat": "iva_uso_comun",
    "non refundable vat": "iva_no_recuperable",
    "do not include": "no_incluir",
    "no incluir": "no_incluir",
    "no corresp. incluir": "no_incluir",
}


def _plain(text: str) -> str:
    """Without case, accents, dashes and doubled blanks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\s_-]+", " ", kept).strip()


_CATEGORY_OF = {_plain(words): key for key, words in CATEGORIES.items()} | _OTHER_SPELLINGS


def category(text: str) -> str | None:
    """Key of a category of purchase in Spanish or English; None when it is none of the SII's."""
    return _CATEGORY_OF.get(_plain(text))


def counterpart_rut(text: str) -> str:
    """``76086428-5`` of a RUT with or without dots and dash, its check digit right or wrong.

    What is no RUT at all (a foreigner's number) stays as it came: the register decides who it is.
    """
    try:
        return rut.canonical(text)
    except InvalidRut:
        compact = re.sub(r"[.\s-]", "", text).upper()
        if re.fullmatch(r"\d{1,9}[\dK]", compact):
            return f"{compact[:-1].lstrip('0') or '0'}-{compact[-1]}"
        return text.strip()
