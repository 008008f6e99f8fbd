"""Places of a tax document, as its XML has them, in words that people know."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_SECTIONS = {
    "Detalle": _lt("Line %s"),
    "DscRcgGlobal": _lt("Discount %s"),
    "Emisor": _lt("Supplier"),
    "Receptor": _lt("Customer"),
    "Referencia": _lt("Reference %s"),
    "Transporte": _lt("Transport"),
}

_FIELDS = {
    "CdgVendedor": _lt("seller"),
    "CmnaOrigen": _lt("commune"),
    "CmnaRecep": _lt("commune"),
    "DescuentoMonto": _lt("discount"),
    "DescuentoPct": _lt("discount"),
    "DirOrigen": _lt("street"),
    "DirRecep": _lt("street"),
    "DscItem": _lt("description"),
    "FchEmis": _lt("date"),
    "FchRef": _lt("date"),
    "FchVenc": _lt("due date"),
    "FolioRef": _lt("folio"),
    "GiroEmis": _lt("giro (activity description)"),
    "GiroRecep": _lt("giro (activity description)"),
    "IVA": _lt("VAT"),
    "MntExe": _lt("exempt amount"),
    "MntNeto": _lt("net amount"),
    "MntTotal": _lt("total"),
    "MontoItem": _lt("amount"),
    "NmbItem": _lt("name"),
    "PrcItem": _lt("unit price"),
    "QtyItem": _lt("quantity"),
    "RUTEmisor": _lt("RUT (Tax ID)"),
    "RUTRecep": _lt("RUT (Tax ID)"),
    "RazonRef": _lt("reason"),
    "RecargoMonto": _lt("surcharge"),
    "RecargoPct": _lt("surcharge"),
    "RznSoc": _lt("name"),
    "RznSocRecep": _lt("name"),
    "TasaIVA": _lt("VAT rate"),
    "TpoDocRef": _lt("type"),
    "UnmdItem": _lt("unit of measure"),
    "VlrCodigo": _lt("product code"),
}


def place_text(env, path):
    """``Detalle 2/NmbItem`` is "Line 2, name (Detalle 2/NmbItem)"; one without words stays."""
    *above, last = path.split("/")
    tag, _space, _number = last.partition(" ")
    if tag not in _FIELDS:
        return path
    words = [env._(_FIELDS[tag])]
    for place in above:
        section, _space, number = place.partition(" ")
        if section in _SECTIONS:
            sentence = env._(_SECTIONS[section])
            words.insert(0, sentence % number if number else sentence)
    text = ", ".join(words)
    return f"{text[:1].upper()}{text[1:]} ({path})"
