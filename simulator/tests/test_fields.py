"""Fields of the header that a type may not have, instalments, transport, other currencies."""

import pytest
from sums import line, totals
from taxpayer import drop, reference, swap

TRANSPORT = "</Receptor><Transporte><Patente>AB1234</Patente><RUTTrans>{}</RUTTrans></Transporte>"


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
    "transport": swap("</Receptor>", TRANSPORT.format("76354771-K")),
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


def test_transport_on_a_note(taxpayer, codes):
    note = taxpayer.invoice(
        type_=61,
        references=reference(30, 7, 3, taxpayer.now().date()),
        edit=swap("</Receptor>", TRANSPORT.format("76354771-K")),
    )
    assert codes(note) == ("objected", ["HED-2-912", "HED-2-912"])


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
