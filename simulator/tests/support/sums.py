"""Totals and lines to put into a document of the tests."""


def totals(total: int, after: str = "", **tags: object) -> str:
    inner = "".join(f"<{tag}>{value}</{tag}>" for tag, value in tags.items())
    return f"<Totales>{inner}<MntTotal>{total}</MntTotal>{after}</Totales>"


def line(number: int, amount: int, **tags: object) -> str:
    order = (
        "IndExe Retenedor NmbItem QtyItem PrcItem DescuentoPct DescuentoMonto RecargoPct "
        "RecargoMonto CodImpAdic"
    )
    tags = {"NmbItem": f"Cosa {number}", **tags}
    inner = "".join(f"<{tag}>{tags[tag]}</{tag}>" for tag in order.split() if tag in tags)
    return (
        f"<Detalle><NroLinDet>{number}</NroLinDet>{inner}<MontoItem>{amount}</MontoItem></Detalle>"
    )


def movement(kind: str, unit: str, value: object, exempt: str = "") -> str:
    mark = f"<IndExeDR>{exempt}</IndExeDR>" if exempt else ""
    return (
        f"<DscRcgGlobal><NroLinDR>1</NroLinDR><TpoMov>{kind}</TpoMov><TpoValor>{unit}</TpoValor>"
        f"<ValorDR>{value}</ValorDR>{mark}</DscRcgGlobal>"
    )


def tax(code: int, rate: object, amount: int) -> str:
    rates = f"<TasaImp>{rate}</TasaImp>" if rate else ""
    return f"<TipoImp>{code}</TipoImp>{rates}<MontoImp>{amount}</MontoImp>"


def gross(text: str) -> str:
    return text.replace("</FchEmis>", "</FchEmis><MntBruto>1</MntBruto>")
