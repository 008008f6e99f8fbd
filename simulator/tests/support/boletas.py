"""Boletas of the tests' company, made right or wrong in one way."""

from datetime import date

from taxpayer import ISSUER, Taxpayer

ANONYMOUS = "66666666-6"
ITEM = "<NmbItem>Pan de queso</NmbItem><QtyItem>2</QtyItem><PrcItem>500</PrcItem>"


def line(number: int, amount: int, inner: str = ITEM) -> str:
    return (
        f"<Detalle>\n<NroLinDet>{number}</NroLinDet>{inner}<MontoItem>{amount}</MontoItem>\n"
        "</Detalle>\n"
    )


def totals(total: int, net: int = 0, vat: int = 0, exempt: int = 0, after: str = "") -> str:
    parts = (("MntNeto", net), ("MntExe", exempt), ("IVA", vat))
    inner = "".join(f"<{tag}>{value}</{tag}>" for tag, value in parts if value)
    return f"<Totales>{inner}<MntTotal>{total}</MntTotal>{after}</Totales>\n"


RIGHT_TOTALS = totals(1000, 840, 160)


def boleta(
    taxpayer: Taxpayer,
    folio: int = 1,
    type_: int = 39,
    sums: str = RIGHT_TOTALS,
    lines: str = line(1, 1000),  # noqa: B008 (a text)
    references: str = "",
    day: date | None = None,
    **edits,
) -> bytes:
    """A boleta of two loaves at 500 each, VAT included."""
    day = day or taxpayer.now().date()
    body = (
        f"<Encabezado>\n<IdDoc>\n<TipoDTE>{type_}</TipoDTE>\n<Folio>{folio}</Folio>\n"
        f"<FchEmis>{day}</FchEmis>\n<IndServicio>3</IndServicio>\n</IdDoc>\n"
        f"<Emisor>\n<RUTEmisor>{ISSUER}</RUTEmisor>\n<RznSocEmisor>Ñandú</RznSocEmisor>\n"
        "<GiroEmisor>Pan</GiroEmisor>\n</Emisor>\n"
        f"<Receptor>\n<RUTRecep>{ANONYMOUS}</RUTRecep>\n<RznSocRecep>Cliente</RznSocRecep>\n"
        f"</Receptor>\n<RUTProvSW>{ISSUER}</RUTProvSW>\n{sums}</Encabezado>\n{lines}{references}"
    )
    return taxpayer.dte(type_, folio, body, **edits)


def exempt_boleta(taxpayer: Taxpayer, folio: int = 1, **edits) -> bytes:
    lines = line(1, 1000, "<IndExe>1</IndExe>" + ITEM)
    return boleta(taxpayer, folio, 41, totals(1000, exempt=1000), lines, **edits)


def envelope(taxpayer: Taxpayer, *dtes: bytes, **edits) -> bytes:
    return taxpayer.envelope(*dtes, root="EnvioBOLETA", schema="EnvioBOLETA_v11.xsd", **edits)
