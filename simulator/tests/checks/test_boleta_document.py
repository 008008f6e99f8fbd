"""Boletas made wrong in one way each (PROTOCOL 4.4)."""

import re

import pytest
from boletas import boleta, envelope, exempt_boleta, line, totals
from client import Client
from conftest import enrol, new_caf, new_signer, now
from taxpayer import ISSUER, PERSON, Taxpayer, drop, reference, swap

from simulator import Simulator

SERVICES = swap("<IndServicio>3", "<IndServicio>1")
SET = "<Referencia><NroLinRef>1</NroLinRef>{}<CodRef>SET</CodRef><RazonRef>CASO-1</RazonRef>"
SET += "</Referencia>\n"


@pytest.fixture
def verdict(judge, seller):
    """Verdict and codes of the last boleta of an envelope, sent as a certification set is."""

    def do(*dtes: bytes) -> tuple[str, list[str]]:
        document = judge(envelope(seller, *dtes))["documents"][-1]
        return document["verdict"], [re.match(r"\((.*?)\)", r)[1] for r in document["reasons"]]

    return do


def test_right(verdict, seller):
    assert verdict(boleta(seller), exempt_boleta(seller)) == ("accepted", [])


EXEMPT = "<IndExe>1</IndExe><NmbItem>Diario</NmbItem>"
NOT_BILLED = "<IndExe>2</IndExe><NmbItem>Propina</NmbItem>"
BACK = "<IndExe>6</IndExe><NmbItem>Abono</NmbItem>"
DISCOUNT = (
    "<DscRcgGlobal><NroLinDR>1</NroLinDR><TpoMov>D</TpoMov><TpoValor>%</TpoValor>"
    "<ValorDR>10</ValorDR></DscRcgGlobal>"
)
RIGHT = {
    "exempt line": (totals(1500, 840, 160, 500), line(1, 1000) + line(2, 500, EXEMPT)),
    "global discount": (totals(900, 756, 144), line(1, 1000) + DISCOUNT),
    "not billed": (
        totals(1000, 840, 160, after="<MontoNF>300</MontoNF><TotalPeriodo>1300</TotalPeriodo>"),
        line(1, 1000) + line(2, 500, NOT_BILLED) + line(3, 200, BACK),
    ),
    "VAT by subtraction": (totals(1010, 849, 161), line(1, 1010, "<NmbItem>Pan</NmbItem>")),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_sums(verdict, seller, name):
    sums, lines = RIGHT[name]
    assert verdict(boleta(seller, sums=sums, lines=lines)) == ("accepted", [])


def test_net_prices(verdict, seller):
    net = boleta(
        seller,
        sums=totals(1190, 1000, 190),
        edit=swap("</IndServicio>", "</IndServicio><IndMntNeto>2</IndMntNeto>"),
    )
    assert verdict(net) == ("accepted", [])


WRONG_SUMS = {
    "VAT multiplied": (
        ["HED-2-903", "HED-2-260"],
        totals(1000, 840, 161),
    ),
    "net": (["HED-2-901", "HED-2-260"], totals(1000, 841, 160)),
    "total": (["HED-2-260"], totals(1001, 840, 160)),
    "exempt": (["HED-2-220"], totals(1005, 840, 160, 5)),
    "no VAT stated": (["HED-2-904", "HED-2-901", "HED-2-903"], totals(0)),
    "not billed": (["HED-2-907"], totals(1000, 840, 160, after="<MontoNF>5</MontoNF>")),
    "period": (
        ["HED-2-909"],
        totals(1000, 840, 160, after="<TotalPeriodo>1001</TotalPeriodo>"),
    ),
}


@pytest.mark.parametrize("name", WRONG_SUMS)
def test_wrong_sums(verdict, seller, name):
    expected, sums = WRONG_SUMS[name]
    assert verdict(boleta(seller, sums=sums)) == ("objected", expected)


def test_line(verdict, seller):
    assert verdict(boleta(seller, edit=swap("<PrcItem>500", "<PrcItem>499"))) == (
        "objected",
        ["DET L[1] -2-200"],
    )


def test_exempt_boleta_with_net(verdict, seller):
    wrong = exempt_boleta(seller, edit=swap("<MntExe>", "<MntNeto>0</MntNeto><MntExe>"))
    assert verdict(wrong) == ("rejected", ["HED-3-906"])


def test_exempt_boleta_of_nothing(verdict, seller):
    wrong = exempt_boleta(seller, edit=swap("<MntExe>1000", "<MntExe>0"))
    assert verdict(wrong)[1][0] == "HED-3-905"


def test_wholly_exempt_39(verdict, seller):
    sums = totals(500, exempt=500).replace("</MntExe>", "</MntExe><IVA>0</IVA>")
    lines = line(1, 500, "<IndExe>1</IndExe><NmbItem>Pan</NmbItem>")
    assert verdict(boleta(seller, sums=sums, lines=lines)) == ("objected", ["HED-2-223"])


def test_services_need_customer_and_period(verdict, seller):
    found = verdict(boleta(seller, edit=SERVICES))
    assert found == ("objected", ["HED-2-910"] * 5)


def test_large_sale_needs_who_and_how(sii, verdict, seller):
    sii.change_settings({"boleta_limit": 945})
    assert verdict(boleta(seller)) == ("objected", ["HED-2-911", "HED-2-910"])


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (1000, "accepted"),
        (999.99, "objected"),
        ({"2025": 1}, "objected"),
        ({"2025": 1000, "9999": 1}, "accepted"),
    ],
)
def test_large_is_above_the_limit_of_the_year(sii, verdict, seller, limit, expected):
    sii.change_settings({"boleta_limit": limit})
    assert verdict(boleta(seller))[0] == expected


def test_limits_that_the_office_knows(sii):
    limits = sii.change_settings({})["boleta_limit"]
    assert limits == {"2025": 5186253.15, "2026": 5363274.60}


def test_large_sale_in_cash(sii, verdict, seller):
    sii.change_settings({"boleta_limit": 945})

    def edit(text):
        text = text.replace("</IndServicio>", "</IndServicio><MedioPago>1</MedioPago>")
        return text.replace("<RUTRecep>66666666-6", f"<RUTRecep>{PERSON}")

    # mail and phone are the buyer's to give
    assert verdict(boleta(seller, edit=edit)) == ("accepted", [])


@pytest.mark.parametrize(
    ("software", "found"),
    [
        ("<RUTProvSW>76269769-6</RUTProvSW>", ("accepted", [])),
        ("<RUTProvSW>76269769-5</RUTProvSW>", ("rejected", ["HED-3-901"])),
        ("", ("objected", ["HED-2-910"])),
    ],
)
def test_whose_software_made_it(verdict, seller, software, found):
    edit = swap(f"<RUTProvSW>{ISSUER}</RUTProvSW>", software)
    assert verdict(boleta(seller, edit=edit)) == found


EVENT = swap("<IndServicio>3", "<IndServicio>4")
WHOLE = (
    "<ItemEspectaculo>01</ItemEspectaculo><RUTMandante>76269769-6</RUTMandante>"
    "<NmbItem>Entrada</NmbItem><InfoTicket><FolioTicket>1</FolioTicket></InfoTicket>"
)


@pytest.mark.parametrize(
    ("inner", "missing"),
    [
        ("<NmbItem>Entrada</NmbItem>", ["ItemEspectaculo"]),
        (
            "<ItemEspectaculo>01</ItemEspectaculo><NmbItem>Entrada</NmbItem>",
            ["RUTMandante", "InfoTicket"],
        ),
        ("<ItemEspectaculo>02</ItemEspectaculo><NmbItem>Cargo por servicio</NmbItem>", []),
        (WHOLE, []),
    ],
)
def test_events_of_others(judge, seller, inner, missing):
    wrong = boleta(seller, lines=line(1, 1000, inner), edit=EVENT)
    document = judge(envelope(seller, wrong))["documents"][-1]
    assert document["verdict"] == ("objected" if missing else "accepted")
    assert [re.search(r"\] (\w+)", each)[1] for each in document["reasons"]] == missing


def test_case_of_the_set(verdict, seller):
    assert verdict(boleta(seller, references=SET.format(""))) == ("accepted", [])


@pytest.mark.parametrize("field", ["<TpoDocRef>SET</TpoDocRef>", "<FolioRef>1</FolioRef>"])
def test_case_that_names_a_document(verdict, seller, field):
    assert verdict(boleta(seller, references=SET.format(field))) == ("rejected", ["HED-3-211"])


BROKEN = {
    "folio beyond the CAF": ({"folio": 51}, ["CAF-3-903"]),
    "stamp": ({"edit_stamped": swap("<MNT>1000", "<MNT>1001")}, ["TED-2-510", "TED-3-640"]),
    "item of the stamp": ({"edit_dd": swap("<IT1>Pan de", "<IT1>Pan")}, ["TED-2-901"]),
    "signature": ({"edit_signed": swap("<GiroEmisor>Pan", "<GiroEmisor>Pon")}, ["DTE-3-505"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_folio_stamp_and_signature(verdict, seller, name):
    how, expected = BROKEN[name]
    assert verdict(boleta(seller, **how))[1] == expected


def test_folio_twice(verdict, seller):
    assert verdict(boleta(seller), boleta(seller, name="Again"))[1] == ["DTE-3-100"]


def test_no_name_of_the_buyer(verdict, seller):
    """The stamp still needs some text there."""
    nameless = boleta(seller, edit_dd=swap("Cliente", PERSON), edit_stamped=drop("RznSocRecep"))
    assert verdict(nameless) == ("accepted", [])


def test_note_over_a_boleta_not_received(judge, seller):
    note = seller.invoice(type_=61, references=reference(39, 1, 3, seller.now().date()))
    (refused,) = judge(seller.envelope(note))["documents"]
    assert refused["reasons"][0].startswith("(REF-3-750)")


SHAPES = {
    "no IndServicio": drop("IndServicio"),
    "TasaIVA": swap("<IVA>", "<TasaIVA>19</TasaIVA><IVA>"),
    "FmaPago": swap("</IndServicio>", "</IndServicio><FmaPago>1</FmaPago>"),
    "order": swap("<MntNeto>840</MntNeto><IVA>160</IVA>", "<IVA>160</IVA><MntNeto>840</MntNeto>"),
    "IndExe 3": swap("<NmbItem>", "<IndExe>3</IndExe><NmbItem>"),
    "long item": swap("Pan de queso", "Pan" * 27),
    "gross mark": swap("</IndServicio>", "</IndServicio><IndMntNeto>1</IndMntNeto>"),
    "empty element": swap("<RznSocRecep>Cliente", "<RznSocRecep>"),
    "date": swap("<FchEmis>20", "<FchEmis>19"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_schema(client, seller, name):
    answer = client.upload(envelope(seller, boleta(seller, edit_stamped=SHAPES[name])))
    assert (answer["STATUS"], answer["ERRORS"][:4]) == ("7", "LSX-")


def test_documents_in_an_envelope(client, seller):
    many = boleta(seller).decode("iso-8859-1")
    content = envelope(
        seller, boleta(seller), edit=lambda text: text.replace("</SetDTE>", _copies(many))
    )
    answer = client.upload(content)
    assert (answer["STATUS"], "501 occurrences" in answer["ERRORS"]) == ("7", True)


def _copies(dte: str) -> str:
    body = dte.partition("\n")[2]
    return "\n".join(body.replace('"F1T39"', f'"C{n}"') for n in range(500)) + "\n</SetDTE>"


def test_in_production_only_by_rest():
    with Simulator(environment="production") as sii:
        enrol(sii)
        own = new_signer(sii)
        taxpayer = Taxpayer(own, lambda: now(sii), {39: new_caf(sii, 39)})
        answer = Client(sii.url, own).upload(envelope(taxpayer, boleta(taxpayer)))
        assert (answer["STATUS"], "SCH-00001" in answer["ERRORS"]) == ("7", True)
