"""The healthy path: seed, token, upload, states, verdict."""

from taxpayer import ISSUER, RECEIVER

HOUR = 3600


def test_factura_is_accepted(sii, client, taxpayer):
    answer = client.upload(taxpayer.envelope(taxpayer.invoice()))
    assert answer["STATUS"] == "0"
    assert len(answer["TRACKID"]) == 10
    seen = []
    for _ in range(6):
        status = dict(client.envelope_status(answer["TRACKID"]))
        seen.append(status["ESTADO"])
        assert status["TRACKID"] == answer["TRACKID"]
        sii.move_clock({"advance": HOUR})
        client.forget_token()
    assert seen == ["REC", "SOK", "CRT", "FOK", "PDR", "EPR"]
    assert sii.envelope(answer["TRACKID"])["documents"][0]["reasons"] == []


def test_counters_are_flat_siblings_by_type(sii, client, taxpayer, judge):
    shown = judge(
        taxpayer.envelope(
            taxpayer.invoice(1),
            taxpayer.invoice(2, edit_dd=lambda dd: dd.replace("<MNT>119000", "<MNT>119001")),
            taxpayer.exempt(1),
            taxpayer.exempt(2, edit=lambda text: text.replace("<PrcItem>25000", "<PrcItem>25001")),
        )
    )
    assert [d["verdict"] for d in shown["documents"]] == [
        "accepted",
        "rejected",
        "accepted",
        "objected",
    ]
    counters = [
        leaf
        for leaf in client.envelope_status(shown["track_id"])
        if leaf[0] in ("TIPO_DOCTO", "INFORMADOS", "ACEPTADOS", "RECHAZADOS", "REPAROS")
    ]
    names = ["TIPO_DOCTO", "INFORMADOS", "ACEPTADOS", "RECHAZADOS", "REPAROS"]
    assert counters == [
        *zip(names, ["33", "2", "1", "1", "0"], strict=True),
        *zip(names, ["34", "2", "1", "0", "1"], strict=True),
    ]


def test_document_is_known_once_processed(sii, client, taxpayer, judge):
    issued = taxpayer.now()
    day = f"{issued:%d%m%Y}"
    before = client.document_status(33, 1, day, 119000, RECEIVER)
    assert (before["ESTADO"], before["ERR_CODE"]) == ("FAU", "3")
    judge(taxpayer.envelope(taxpayer.invoice()))
    after = client.document_status(33, 1, day, 119000, RECEIVER)
    assert (after["ESTADO"], after["ERR_CODE"]) == ("DOK", "0")
    dashed = client.document_status(33, 1, f"{issued:%d-%m-%Y}", 119000, RECEIVER)
    assert dashed["ESTADO"] == "DOK"
    assert sii.documents(rut=ISSUER, type_=33, folio=1)[0]["total"] == 119000
