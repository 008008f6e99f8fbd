"""DTEUpload: every STATUS a client can cause, and the order of the checks."""

import http.client
from urllib.parse import urlsplit

import requests
from client import AGENT, reception
from conftest import enrol, new_signer
from taxpayer import ISSUER, PERSON, drop, swap

STRANGER = "11111111-1"


def test_received(sii, client, taxpayer):
    answer = client.upload(taxpayer.envelope(taxpayer.invoice()))
    assert (answer["STATUS"], answer["RUTSENDER"], answer["RUTCOMPANY"]) == ("0", PERSON, ISSUER)
    assert answer["FILE"] == "envio.xml"
    assert answer["TIMESTAMP"][:16] == sii.clock()["now"][:16].replace("T", " ")


def test_agent_without_prog_gets_a_page(sii, client, taxpayer):
    answer = client.post(taxpayer.envelope(taxpayer.invoice()), agent="Mozilla/5.0")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "HA OCURRIDO UN ERROR EN EL UPLOAD" in answer.text
    assert sii.envelopes() == []


def test_missing_field_gets_a_page(client, taxpayer):
    answer = client.post(taxpayer.envelope(taxpayer.invoice()), without=["dvCompany"])
    assert "HA OCURRIDO UN ERROR EN EL UPLOAD" in answer.text


def test_no_token(client, taxpayer):
    content = taxpayer.envelope(taxpayer.invoice())
    assert client.upload(content, token="")["STATUS"] == "5"
    assert client.upload(content, token="ABCDEFGHIJKLM")["STATUS"] == "5"


def test_sender_without_permission(sii, client, taxpayer):
    content = taxpayer.envelope(taxpayer.invoice())
    assert client.upload(content, Sender=STRANGER)["STATUS"] == "1"
    enrol(sii, users=[STRANGER])
    assert client.upload(content)["STATUS"] == "1"


def test_company_not_authorised(client, taxpayer):
    answer = client.upload(taxpayer.envelope(taxpayer.invoice()), Company="96790240-3")
    assert answer["STATUS"] == "6"


def test_empty_file(client):
    assert client.upload(b"")["STATUS"] == "2"


def test_permission_is_looked_at_before_the_schema(client):
    assert client.upload(b"<a/>", token="")["STATUS"] == "5"
    assert client.upload(b"<a/>", Company="96790240-3")["STATUS"] == "6"
    assert client.upload(b"<a/>")["STATUS"] == "7"


def test_single_quoted_declaration(client, taxpayer):
    content = taxpayer.envelope(taxpayer.invoice())
    quoted = content.replace(b'<?xml version="1.0" encoding="ISO-8859-1"?>', b"", 1)
    answer = client.upload(b"<?xml version='1.0' encoding='ISO-8859-1'?>" + quoted)
    assert answer["STATUS"] == "7"
    assert "CHR-00001" in answer["ERRORS"]


def test_other_encoding(client, taxpayer):
    content = taxpayer.envelope(taxpayer.invoice()).decode("iso-8859-1")
    answer = client.upload(content.replace("ISO-8859-1", "UTF-8", 1).encode())
    assert "CHR-00001" in answer["ERRORS"]


def test_long_line(client, taxpayer):
    def pad(length):
        return swap("<SetDTE", "<SetDTE" + " " * length)

    exact = 4090 - len('<SetDTE ID="SetDoc">')
    content = taxpayer.envelope(taxpayer.invoice(), edit=pad(exact))
    assert client.upload(content)["STATUS"] == "0"
    longer = client.upload(taxpayer.envelope(taxpayer.invoice(), edit=pad(exact + 1)))
    assert longer["STATUS"] == "7"
    assert "CHR-00002" in longer["ERRORS"]


def test_schema_errors_are_listed(client, taxpayer):
    content = taxpayer.envelope(
        taxpayer.invoice(1, edit=swap("<DirRecep>", f"<DirRecep>{'x' * 80}")),
        taxpayer.invoice(2, edit_stamped=drop("GiroEmis")),
    )
    answer = client.upload(content)
    assert answer["STATUS"] == "7"
    assert "TRACKID" not in answer
    assert "DirRecep" in answer["ERRORS"]
    assert "LSX-00213" in answer["ERRORS"]


def test_repeated_id(client, taxpayer):
    dtes = taxpayer.invoice(1, name="Same"), taxpayer.invoice(2, name="Same")
    answer = client.upload(taxpayer.envelope(*dtes))
    assert answer["STATUS"] == "7"
    assert "Same" in answer["ERRORS"]


def test_truncated_xml(client, taxpayer):
    answer = client.upload(taxpayer.envelope(taxpayer.invoice())[:-20])
    assert answer["STATUS"] == "7"
    assert "LPX-00007" in answer["ERRORS"]


def test_other_root(client):
    answer = client.upload(
        b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<ConsumoFolios version="1.0"/>'
    )
    assert "SCH-00001" in answer["ERRORS"]


def test_doctype_is_no_document(client, taxpayer):
    content = taxpayer.envelope(taxpayer.invoice()).decode("iso-8859-1")
    attack = content.replace("<EnvioDTE", '<!DOCTYPE a [<!ENTITY b "c">]>\n<EnvioDTE', 1)
    assert client.upload(attack.encode("iso-8859-1"))["STATUS"] == "7"


def test_same_bytes_again(sii, client, taxpayer):
    content = taxpayer.envelope(taxpayer.invoice())
    assert client.upload(content)["STATUS"] == "0"
    again = client.upload(content)
    assert again["STATUS"] == "99"
    assert "TRACKID" not in again
    assert len(sii.envelopes()) == 1


def test_chunked_body_arrives_truncated(client, taxpayer):
    body, headers = multipart(client, taxpayer.envelope(taxpayer.invoice()))
    answer = requests.post(
        f"{client.url}/cgi_dte/UPL/DTEUpload", iter([body]), headers=headers, timeout=20
    )
    assert "LPX-00007" in reception(answer)["ERRORS"]


def test_content_length_too_short(client, taxpayer):
    body, headers = multipart(client, taxpayer.envelope(taxpayer.invoice()))
    connection = http.client.HTTPConnection(urlsplit(client.url).netloc, timeout=20)
    headers["Content-Length"] = str(len(body) - 10)
    connection.request("POST", "/cgi_dte/UPL/DTEUpload", body, headers)
    assert b"<STATUS>3</STATUS>" in connection.getresponse().read()
    connection.close()


def test_user_of_another_company(sii, taxpayer, client):
    """Each token stands for its own person."""
    enrol(sii, users=[PERSON, STRANGER])
    client.signer = new_signer(sii, STRANGER)
    content = taxpayer.envelope(taxpayer.invoice())
    assert client.upload(content)["STATUS"] == "1"
    assert client.upload(content, Sender=STRANGER)["STATUS"] == "0"


def multipart(client, content: bytes) -> tuple[bytes, dict[str, str]]:
    fields = dict(zip(("rutSender", "dvSender"), PERSON.split("-"), strict=True))
    fields |= dict(zip(("rutCompany", "dvCompany"), ISSUER.split("-"), strict=True))
    prepared = requests.Request(
        "POST",
        client.url,
        data=fields,
        files={"archivo": ("envio.xml", content, "text/xml")},
        headers={"User-Agent": AGENT, "Cookie": f"TOKEN={client.token()}"},
    ).prepare()
    headers = dict(prepared.headers)
    del headers["Content-Length"]
    return prepared.body, headers
