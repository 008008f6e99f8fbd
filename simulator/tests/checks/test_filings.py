"""Books and daily summaries through DTEUpload (PROTOCOL 3.1, 4.5, 9.3)."""

import pytest
from conftest import new_signer
from filings import book, folio_summary, row
from taxpayer import drop, swap


@pytest.fixture
def state(judge):
    """Final state and reason codes."""

    def do(content: bytes) -> tuple[str, list[str]]:
        found = judge(content)
        return found["state"], [reason[1:10] for reason in found["reasons"]]

    return do


def test_special_book(state, signer):
    assert state(book(signer)) == ("LOK", [])


def test_monthly_book(state, signer):
    assert state(book(signer, special=False)) == ("LTC", [])


def test_status_of_a_book(sii, client, signer):
    track_id = client.upload(book(signer))["TRACKID"]
    sii.move_clock({"advance": 3600})
    client.forget_token()
    assert dict(client.envelope_status(track_id))["ESTADO"] == "LSO"


USE = "<IVAUsoComun>190</IVAUsoComun>"
RETAINED = "<OtrosImp><CodImp>15</CodImp><TasaImp>19</TasaImp><MntImp>190</MntImp></OtrosImp>"
BALANCED = {
    "common use": (
        swap(row(1), row(1, vat=0, more=USE)),
        swap(
            "<TotMntIVA>570</TotMntIVA>",
            "<TotMntIVA>380</TotMntIVA><TotIVAUsoComun>190</TotIVAUsoComun>",
        ),
    ),
    "retained": (
        swap(row(1), row(1, total=1000, more=RETAINED)),
        swap(
            "<TotMntTotal>3570",
            "<TotOtrosImp><CodImp>15</CodImp><TotMntImp>190</TotMntImp></TotOtrosImp>"
            "<TotMntTotal>3380",
        ),
    ),
    "annulled folio": (
        swap(
            "<TmstFirma>",
            "<Detalle><TpoDoc>33</TpoDoc><NroDoc>3</NroDoc><Anulado>A</Anulado>"
            "</Detalle><TmstFirma>",
        ),
        swap("<TotMntExe>", "<TotAnulado>1</TotAnulado><TotMntExe>"),
    ),
}


@pytest.mark.parametrize("name", BALANCED)
def test_balanced(state, signer, name):
    first, second = BALANCED[name]
    assert state(book(signer, lambda text: second(first(text)))) == ("LOK", [])


WRONG = {
    "row": ("LRH", ["LIB-3-901", "LIB-3-903"], swap("<MntTotal>1190", "<MntTotal>1191")),
    "summary": ("LRH", ["LIB-3-903"], swap("<TotMntNeto>3000", "<TotMntNeto>3001")),
    "count": ("LRH", ["LIB-3-903"], swap("<TotDoc>2", "<TotDoc>3")),
    "no summary": ("LRH", ["LIB-3-902"], drop("ResumenPeriodo")),
    "resolution": ("LRC", ["CRT-3-19)"], swap("<NroResol>0", "<NroResol>80")),
    "no number": ("LRC", ["CRT-3-904"], drop("FolioNotificacion")),
    "issuer": ("LRC", ["CRT-3-901"], swap("<RutEmisorLibro>76354771-K", "<RutEmisorLibro>1-9")),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_book(state, signer, name):
    expected, codes, edit = WRONG[name]
    assert state(book(signer, edit)) == (expected, codes)


def test_book_signed_by_a_stranger(state, sii):
    stranger = new_signer(sii, "11111111-1")
    assert state(book(stranger))[0] == "LRF"


def test_book_of_a_number_used_before(state, signer):
    state(book(signer))
    assert state(book(signer, swap("Compradora", "Otra")))[0] == "LNC"
    assert state(book(signer, number=2))[0] == "LOK"


def test_book_schema(client, signer):
    answer = client.upload(book(signer, drop("TipoEnvio")))
    assert answer["STATUS"] == "7"


def test_daily_summary(state, signer):
    assert state(folio_summary(signer)) == ("EPR", [])


WRONG_DAY = {
    "two days": ("RCF-3-901", swap("<FchFinal>2026-01-05", "<FchFinal>2026-01-06")),
    "folios": ("RCF-3-902", swap("<FoliosUtilizados>4", "<FoliosUtilizados>5")),
    "ranges": ("RCF-3-903", swap("<Final>3", "<Final>4")),
    "total": ("RCF-3-904", swap("<MntTotal>1500", "<MntTotal>1501")),
}


@pytest.mark.parametrize("name", WRONG_DAY)
def test_wrong_day(state, signer, name):
    code, edit = WRONG_DAY[name]
    assert state(folio_summary(signer, edit)) == ("RCO", [code])


def test_day_sent_again(state, signer):
    state(folio_summary(signer))
    again = folio_summary(signer, swap("T10:00:00", "T11:00:00"))
    assert state(again) == ("RPT", ["RCF-3-905"])
    assert state(folio_summary(signer, sequence=2))[0] == "EPR"


def test_summary_of_another_company(state, signer):
    edit = swap("<RutEmisor>76354771-K", "<RutEmisor>96790240-3")
    assert state(folio_summary(signer, edit)) == ("RCT", ["CRT-3-901"])


def test_summary_schema(client, signer):
    answer = client.upload(folio_summary(signer, swap("<TipoDocumento>39", "<TipoDocumento>33")))
    assert (answer["STATUS"], "LSX-00291" in answer["ERRORS"]) == ("7", True)
