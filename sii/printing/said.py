"""Sentences of a print that are made of more than a name: amounts in words, what a note does,
names of currencies, and labels in two languages for buyers who read no Spanish."""

import re
from decimal import Decimal
from typing import NamedTuple

from ..codes import CodRef
from ..document import Document, Line, Reference
from . import words

DOES = {
    CodRef.ANNULS: "Anula",
    CodRef.CORRECTS_TEXT: "Corrige texto",
    CodRef.CORRECTS_AMOUNTS: "Corrige montos",
}
# by the code of ISO 4217: how it is written before a figure, and its name
CURRENCIES = {
    "CLF": ("UF", "Unidad de Fomento (UF)"),
    "UF": ("UF", "Unidad de Fomento (UF)"),
    "USD": ("US$", "Dólar de EE. UU. (US$)"),
    "EUR": ("€", "Euro (€)"),
}
_ENGLISH = {
    "Señor(es)": "Bill to",
    "Proveedor": "Vendor",
    "Giro": "Business",
    "Dirección": "Address",
    "Comuna": "Commune",
    "Ciudad": "City",
    "Contacto": "Contact",
    "Emisión": "Issued",
    "Vencimiento": "Due",
    "Forma de pago": "Payment",
    "Medio de pago": "Means of payment",
    "Condiciones de pago": "Terms",
    "Vendedor": "Salesperson",
    "Sucursal": "Branch",
    "Moneda": "Currency",
    "Pedido": "Order",
    "Documento de referencia": "Reference",
    "Fecha": "Date",
    "Razón": "Reason",
    "Código": "Code",
    "Descripción": "Description",
    "Cantidad": "Quantity",
    "Unidad": "Unit",
    "Precio unit.": "Unit price",
    "Desc.": "Disc.",
    "Valor": "Amount",
    "Pago": "Payment",
    "Observaciones": "Remarks",
    "Total": "Total",
}
_CORRECTION = re.compile(r"DONDE DICE (.*?) DEBE DECIR (.*)", re.IGNORECASE | re.DOTALL)


class Sign(NamedTuple):
    before: str
    name: str


def label(text: str, bilingual: bool) -> str:
    """The Spanish label, with its English after a stroke where the buyer reads no Spanish."""
    english = _ENGLISH.get(text)
    return f"{text} / {english}" if bilingual and english and english != text else text


def sign(currency: str) -> Sign:
    """How a currency is written before a figure, and its name; its code where we know none."""
    return Sign(*CURRENCIES.get(currency, (currency, currency)))


def does(document: Document) -> tuple[str, Reference] | None:
    """What a note does, and to which document; None of what does nothing to another one."""
    found = next((each for each in document.references if each.code), None)
    return (DOES[CodRef(found.code)], found) if found and found.code else None


def correction(line: Line) -> tuple[str, str] | None:
    """Donde dice, debe decir: of a line that corrects text; None of all others."""
    text = f"{line.name}{line.description}" if len(line.name) == 80 else line.name
    found = _CORRECTION.fullmatch(text.strip())
    return (found[1].strip(), found[2].strip()) if found else None


def figure(value: Decimal, most: int = 4) -> str:
    """A figure in another currency: ``38,08``, ``1.234,00``; more than two places, and up to
    ``most``, where it has them."""
    exact = next(
        places for places in range(2, most + 1) if places == most or not value * 10**places % 1
    )
    text = f"{value:,.{exact}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def pesos_in_words(amount: int, spelt: str) -> str:
    """``spelt``: the number in Spanish words, as a library writes it.

    >>> pesos_in_words(21, "veintiuno")
    'Veintiún pesos'
    >>> pesos_in_words(1_000_000, "un millón")
    'Un millón de pesos'
    """
    if amount == 1:
        return "Un peso"
    if spelt.endswith("veintiuno"):
        spelt = spelt.removesuffix("veintiuno") + "veintiún"
    elif spelt.endswith("uno"):
        spelt = spelt.removesuffix("o")
    of = " de" if amount and amount % 1_000_000 == 0 else ""
    return f"{spelt[:1].upper()}{spelt[1:]}{of} pesos"


def change(line: Line) -> str:
    """A line's discount or surcharge: ``5 %``, ``+10 %``, ``$ 100``; empty where it has none."""
    percent = words.change_percent(line)
    return f"{percent} %" if percent else words.change_amount(line)
