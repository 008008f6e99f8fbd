"""The SII's result mail is read as it comes, and nothing else is taken for one."""

import pytest

from sii.errors import UnsafeXml
from sii.transport import result_mail as result
from sii.transport.result_mail import Reason

MAIL = """<?xml version="1.0" encoding="ISO-8859-1"?>
<RESULTADO_ENVIO xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<IDENTIFICACION><RUTEMISOR>76354771-K</RUTEMISOR><RUTENVIA>12345678-5</RUTENVIA>
<TRACKID>0260003916</TRACKID><TMSTRECEPCION>2026-09-23 16:29:53</TMSTRECEPCION>
<ESTADO>EPR - Envio Procesado</ESTADO></IDENTIFICACION>
<ESTADISTICA><SUBTOTAL><TIPODOC>33</TIPODOC><INFORMADO>2</INFORMADO><RECHAZO>1</RECHAZO>
</SUBTOTAL></ESTADISTICA>
<REVISIONENVIO>
<REVISIONDTE><FOLIO>27</FOLIO><TIPODTE>33</TIPODTE><ESTADO>RCH - DTE Rechazado</ESTADO>
<DETALLE>(HED-3-861) Actividad económica no registrada</DETALLE>
<DETALLE>(DET L[3] -2-200) Monto de la línea</DETALLE>
<DETALLE>DTE Sin Comuna Origen</DETALLE></REVISIONDTE>
</REVISIONENVIO></RESULTADO_ENVIO>
"""


def read(text: str, encoding: str = "iso-8859-1") -> result.Result:
    return result.read(text.encode(encoding))


def changed(old: str, new: str) -> str:
    assert old in MAIL
    return MAIL.replace(old, new)


def test_who_and_what():
    mail = read(MAIL)
    assert (mail.issuer_rut, mail.track_id) == ("76354771-K", "260003916")
    assert mail.state == "EPR - Envio Procesado"
    assert mail.errors == ()
    (document,) = mail.documents
    assert (document.kind, document.folio, document.state) == (33, 27, "RCH - DTE Rechazado")
    assert document.reasons == (
        Reason("HED-3-861", 0, "Actividad económica no registrada"),
        Reason("DET-2-200", 3, "Monto de la línea"),
        Reason("", 0, "DTE Sin Comuna Origen"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(TED-2-510) Firma", Reason("TED-2-510", 0, "Firma")),
        ("TED-2-510 Firma", Reason("TED-2-510", 0, "Firma")),
        ("(DET L[12]-2-200)", Reason("DET-2-200", 12, "")),
        (
            "(CAF-3-517) CAF Vencido : (Firma - CAF)",
            Reason("CAF-3-517", 0, "CAF Vencido : (Firma - CAF)"),
        ),
        ("(HED-2-260", Reason("HED-2-260", 0, "")),
        ("nada", Reason("", 0, "nada")),
    ],
)
def test_reasons_in_the_forms_of_the_field(text, expected):
    mail = read(changed("(HED-3-861) Actividad económica no registrada", text))
    assert mail.documents[0].reasons[0] == expected


def test_errors_of_the_envelope():
    errors = "<ERRORENVIO><DETERRENVIO>(CRT-3-19) Fecha/Numero</DETERRENVIO></ERRORENVIO>"
    mail = read(changed("<REVISIONENVIO>", errors + "<REVISIONENVIO>"))
    assert mail.errors == (Reason("CRT-3-19", 0, "Fecha/Numero"),)


def test_accents_survive_a_wrong_declaration():
    mail = read(changed("ISO-8859-1", "UTF-8"))
    assert mail.documents[0].reasons[0].text == "Actividad económica no registrada"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<EnvioDTE/>", "result_unreadable"),
        ("Identificador de Envio : 1", "xml_malformed"),
        (changed("<TRACKID>0260003916</TRACKID>", ""), "result_incomplete"),
        (changed("<FOLIO>27</FOLIO>", "<FOLIO>-1</FOLIO>"), "result_incomplete"),
        (changed("<FOLIO>27</FOLIO>", "<FOLIO>" + "9" * 99 + "</FOLIO>"), "result_incomplete"),
        (changed("<FOLIO>27</FOLIO>", "<FOLIO>2<?x?>7</FOLIO>"), "xml_malformed"),
        (
            changed("<RESULTADO_ENVIO ", "<!DOCTYPE a [<!ENTITY b 'c'>]><RESULTADO_ENVIO "),
            "xml_dtd",
        ),
    ],
)
def test_hostile_or_foreign_files(text, code):
    with pytest.raises(UnsafeXml) as caught:
        read(text)
    assert caught.value.code == code
