"""Fields of the header that a type may not have, instalments, transport, other currencies."""

import pytest
from sums import line, totals
from taxpayer import drop, reference, swap

TRANSPORT = (
    "</Receptor><Transporte><Patente>AB1234</Patente><RUTTrans>{}</RUTTrans>"
    "<Chofer><RUTChofer>12345678-5</RUTChofer><NombreChofer>Luis Rojas</NombreChofer></Chofer>"
    "<DirDest>Ruta 5 km 800</DirDest><CmnaDest>Buin</CmnaDest>"
    "<FchSalida>2050-01-01</FchSalida><HraSalida>07:30:00</HraSalida>"
    "<FchLlegada>2050-01-02</FchLlegada></Transporte>"
)
CARRIED = swap("</Receptor>", TRANSPORT.format("76354771-K"))


def carried(old: str, new: str = ""):
    """An invoice that accompanies goods, with something else in its transport."""
    return lambda text: swap(old, new)(CARRIED(text))


def stating(statement: str, *tags: str):
    """The same without some fields, and a sentence about them in the first line."""

    def edit(text: str) -> str:
        for tag in tags:
            text = drop(tag)(text)
        return swap("</NmbItem>", f"</NmbItem><DscItem>{statement}</DscItem>")(text)

    return lambda text: edit(CARRIED(text))


def instalments(*amounts: int):
    parts = "".join(
        f"<MntPagos><FchPago>2030-01-0{n}</FchPago><MntPago>{amount}</MntPago></MntPagos>"
        for n, amount in enumerate(amounts, 1)
    )
    return swap("</FchEmis>", f"</FchEmis><FmaPago>2</FmaPago>{parts}")


def foreign(total: str, net: str = "1000", rate: str = "100"):
    block = (
        f"</Totales><OtraMoneda><TpoMoneda>DOLAR USA</TpoMoneda><TpoCambio>{rate}</TpoCambio>"
        f"<MntNetoOtrMnda>{net}</MntNetoOtrMnda><IVAOtrMnda>190</IVAOtrMnda>"
        f"<MntTotOtrMnda>{total}</MntTotOtrMnda></OtraMoneda>"
    )
    return swap("</Totales>", block)


ACCEPTED = {
    "transport": CARRIED,
    "destination alone": swap(
        "</Receptor>", "</Receptor><Transporte><DirDest>Ruta 5</DirDest></Transporte>"
    ),
    "a trailer": carried("<RUTTrans>", "<PatenteCarro>JK4567</PatenteCarro><RUTTrans>"),
    "nobody known": stating(
        "Rojo. No se cuenta con la información de patente del vehículo, transportista, chofer.",
        "Patente",
        "RUTTrans",
        "Chofer",
    ),
    "instalments": instalments(60000, 59000),
    "other currency": foreign("1190"),
}
OBJECTED = {
    "instalments beyond the total": ("HED-2-913", instalments(60000, 59001)),
    "other currency does not add up": ("HED-2-917", foreign("1190.01", rate="99.9992")),
    "other currency is not the pesos": ("HED-2-917", foreign("1190", rate="101")),
    "other currency without rate": (
        "HED-2-910",
        lambda text: drop("TpoCambio")(foreign("1190")(text)),
    ),
    "goods without destination": ("HED-2-910", lambda text: drop("DirDest")(CARRIED(text))),
    "goods without commune": ("HED-2-910", lambda text: drop("CmnaDest")(CARRIED(text))),
    "goods without plate": ("HED-2-910", lambda text: drop("Patente")(CARRIED(text))),
    "goods without carrier": ("HED-2-910", lambda text: drop("RUTTrans")(CARRIED(text))),
    "goods without driver": ("HED-2-910", lambda text: drop("Chofer")(CARRIED(text))),
    "goods without hour": ("HED-2-910", lambda text: drop("HraSalida")(CARRIED(text))),
    "later trip without arrival": ("HED-2-910", lambda text: drop("FchLlegada")(CARRIED(text))),
    "another thing is stated": (
        "HED-2-910",
        stating("No se cuenta con la información de chofer.", "RUTTrans"),
    ),
    "no address of the issuer": ("HED-2-910", drop("DirOrigen")),
    "no giro of the receiver": ("HED-2-910", drop("GiroRecep")),
    "plate with a blank": ("HED-2-919", carried("AB1234", "AB 1234")),
    "plate that is none": ("HED-2-919", carried("AB1234", "CAMION")),
    "departure before": ("HED-2-920", carried("2050-01-01</Fch", "2020-01-01</Fch")),
    "arrival before": ("HED-2-921", carried("2050-01-02</Fch", "2049-12-31</Fch")),
    "IndNoRebaja of an invoice": (
        "HED-2-912",
        swap("</FchEmis>", "</FchEmis><IndNoRebaja>1</IndNoRebaja>"),
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(taxpayer, codes, name):
    assert codes(taxpayer.invoice(edit=ACCEPTED[name])) == ("accepted", [])


@pytest.mark.parametrize("name", OBJECTED)
def test_objected(taxpayer, codes, name):
    expected, edit = OBJECTED[name]
    assert codes(taxpayer.invoice(edit=edit)) == ("objected", [expected])


def test_carrier_without_check_digit(taxpayer, codes):
    wrong = taxpayer.invoice(edit=swap("</Receptor>", TRANSPORT.format("76354771-1")))
    assert codes(wrong) == ("rejected", ["HED-3-901"])


@pytest.mark.parametrize(
    ("type_", "tag", "expected"),
    [
        (61, "TpoTranVenta", ("accepted", [])),
        (61, "TpoTranCompra", ("objected", ["HED-2-912"])),
        (56, "TpoTranVenta", ("objected", ["HED-2-912"])),
    ],
)
def test_kind_of_sale_of_a_note(taxpayer, codes, type_, tag, expected):
    note = taxpayer.invoice(
        type_=type_,
        references=reference(30, 7, 3, taxpayer.now().date()),
        edit=swap("</FchEmis>", f"</FchEmis><{tag}>1</{tag}>"),
    )
    assert codes(note) == expected


def test_transport_on_a_note(taxpayer, codes):
    note = taxpayer.invoice(
        type_=61,
        references=reference(30, 7, 3, taxpayer.now().date()),
        edit=swap("</Receptor>", TRANSPORT.format("76354771-K")),
    )
    assert codes(note) == ("objected", ["HED-2-912", "HED-2-912"])  # plate and carrier


@pytest.fixture
def note(taxpayer, invoice):
    """A credit note over invoice 1 of 119000, of this total."""

    def make(code: int, total: int, folio: int = 5) -> bytes:
        net = round(total / 1.19)
        sums = totals(total, MntNeto=net, TasaIVA=19, IVA=total - net) if total else totals(0)
        made = reference(33, 1, code, taxpayer.now().date())
        return invoice(sums, line(1, net), type_=61, references=made, folio=folio)

    return make


def test_text_correction(taxpayer, note, codes):
    assert codes(taxpayer.invoice(), note(2, 0)) == ("accepted", [])


def test_text_correction_with_amounts(taxpayer, note, codes):
    assert codes(taxpayer.invoice(), note(2, 119)) == ("objected", ["REF-2-902"])


def test_note_larger_than_its_document(taxpayer, note, codes):
    assert codes(taxpayer.invoice(), note(3, 119119)) == ("objected", ["REF-2-903"])


def test_notes_together_larger(judge, taxpayer, note):
    envelope = taxpayer.envelope(taxpayer.invoice(), note(3, 59500, 6), note(3, 59619, 7))
    verdicts = [document["verdict"] for document in judge(envelope)["documents"]]
    assert verdicts == ["accepted", "accepted", "objected"]
