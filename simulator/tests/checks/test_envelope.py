"""RSC, RCT, RFR: envelopes refused as a whole, and why."""

import re

import pytest
from conftest import enrol, new_signer
from taxpayer import swap

from simulator import Simulator

STRANGER = "11111111-1"


def refused(judge, content, state, code):
    shown = judge(content)
    assert shown["state"] == state, shown
    assert [reason[: len(code) + 2] for reason in shown["reasons"]] == [f"({code})"]
    assert shown["documents"] == []
    assert shown["final"]
    return shown


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (swap("<RutEnvia>12345678-5", "<RutEnvia>11111111-1"), "CRT-3-11"),
        (swap("<NroResol>0", "<NroResol>80"), "CRT-3-19"),
        (swap("<FchResol>2014-08-22", "<FchResol>2014-08-23"), "CRT-3-19"),
        (
            swap("<RutEmisor>76354771-K</RutEmisor>", "<RutEmisor>96790240-3</RutEmisor>"),
            "CRT-3-901",
        ),
        (swap("<NroDTE>1", "<NroDTE>2"), "CRT-3-902"),
        (swap("<TpoDTE>33", "<TpoDTE>34"), "CRT-3-902"),
        (swap("60803000-K", "96790240-3"), "CRT-3-903"),
    ],
)
def test_cover(taxpayer, judge, edit, code):
    refused(judge, taxpayer.envelope(taxpayer.invoice(), edit=edit), "RCT", code)


def test_signature_over_other_content(taxpayer, judge):
    content = taxpayer.envelope(
        taxpayer.invoice(), edit_signed=lambda text: text.replace("</Caratula>", " </Caratula>")
    )
    refused(judge, content, "RFR", "ENV-3-901")


def test_signature_without_the_namespaces_in_scope(taxpayer, judge):
    """A digest of SetDTE taken out alone lacks xmlns:xsi."""
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    location = 'xsi:schemaLocation="http://www.sii.cl/SiiDte EnvioDTE_v10.xsd"'
    content = taxpayer.envelope(
        taxpayer.invoice(),
        edit=lambda text: text.replace(xsi, "").replace(location, ""),
        edit_signed=swap("<EnvioDTE ", f"<EnvioDTE {xsi} "),
    )
    refused(judge, content, "RFR", "ENV-3-901")


def test_signature_of_another_element(taxpayer, judge):
    content = taxpayer.envelope(taxpayer.invoice(), edit=swap('ID="SetDoc"', 'ID="SetDoc"'))
    moved = re.sub(rb'URI="#SetDoc"', b'URI="#F1T33"', content)
    refused(judge, moved, "RFR", "ENV-3-901")


def test_signer_of_the_set_without_role(sii, taxpayer, judge):
    content = taxpayer.envelope(taxpayer.invoice(), signer=new_signer(sii, STRANGER))
    refused(judge, content, "RFR", "ENV-3-6")


def test_signer_of_the_set_is_not_the_sender(sii, taxpayer, judge):
    enrol(sii, users=["12345678-5", STRANGER])
    content = taxpayer.envelope(taxpayer.invoice(), signer=new_signer(sii, STRANGER))
    refused(judge, content, "RFR", "ENV-3-6")


def test_certificate_of_a_stranger_authority(taxpayer, judge):
    stranger = Simulator()
    content = taxpayer.envelope(taxpayer.invoice(), signer=new_signer(stranger))
    stranger.stop()
    refused(judge, content, "RFR", "ENV-3-901")


def test_control_characters(taxpayer, judge):
    content = taxpayer.envelope(taxpayer.invoice(edit=swap("Calle 2", "Calle \x92 2")))
    refused(judge, content, "RSC", "ENV-3-0")


def test_processing_instruction(taxpayer, judge):
    content = taxpayer.envelope(taxpayer.invoice(), edit=swap("</Caratula>", "</Caratula><?a b?>"))
    refused(judge, content, "RSC", "ENV-3-0")


@pytest.mark.parametrize("moment", ["2026-01-01T10:00:00-03:00", "2026-01-01T24:00:00"])
def test_timestamp_of_another_form(taxpayer, judge, moment):
    content = taxpayer.envelope(
        taxpayer.invoice(
            edit_stamped=lambda text: re.sub("(<TmstFirma>)[^<]*", rf"\g<1>{moment}", text)
        )
    )
    refused(judge, content, "RSC", "ENV-3-0")


@pytest.mark.parametrize("hidden", ["<!-- <DTE -->", '<!-- <DTE version="1.0"></DTE> -->'])
def test_documents_hidden_in_comments(taxpayer, judge, hidden):
    content = taxpayer.envelope(
        taxpayer.invoice(), edit=swap("</Caratula>", f"</Caratula>{hidden}")
    )
    refused(judge, content, "RSC", "ENV-3-0")


def test_harmless_comment(taxpayer, judge):
    content = taxpayer.envelope(
        taxpayer.invoice(edit_stamped=swap("<Documento", "<!-- v1 --><Documento")),
        edit=swap("</Caratula>", "</Caratula><!-- one document -->"),
    )
    assert judge(content)["documents"][0]["verdict"] == "accepted"


def test_refused_envelope_consumes_nothing(sii, taxpayer, judge):
    dte = taxpayer.invoice()
    refused(
        judge, taxpayer.envelope(dte, edit=swap("<NroResol>0", "<NroResol>1")), "RCT", "CRT-3-19"
    )
    assert sii.documents() == []


def test_same_folio_after_a_refused_envelope(taxpayer, judge):
    judge(taxpayer.envelope(taxpayer.invoice(), edit=swap("<NroResol>0", "<NroResol>1")))
    assert judge(taxpayer.envelope(taxpayer.invoice()))["documents"][0]["verdict"] == "accepted"


def test_result_of_a_refused_envelope(sii, taxpayer, judge):
    shown = judge(taxpayer.envelope(taxpayer.invoice(), edit=swap("60803000-K", "96790240-3")))
    result = sii.envelope_result(shown["track_id"]).decode("iso-8859-1")
    assert "<ESTADO>RCT - Rechazado por Error en Carátula</ESTADO>" in result
    assert "<DETERRENVIO>(CRT-3-903)" in result
