"""What Axis accepts of clients, and how its answers look."""

import pytest
import requests

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def post(sii, body: str, service="CrSeed", **headers) -> requests.Response:
    return requests.post(
        f"{sii.url}/DTEWS/{service}.jws", body.encode(), headers=headers, timeout=20
    )


@pytest.mark.parametrize("action", [None, "", '""'])
@pytest.mark.parametrize(
    "call",
    [
        "<getSeed/>",
        '<getSeed xmlns="http://DefaultNamespace"/>',
        '<m:getSeed xmlns:m="https://maullin.sii.cl/DTEWS/CrSeed.jws"></m:getSeed>',
    ],
)
def test_any_wrapper_and_soap_action(sii, action, call):
    headers = {} if action is None else {"SOAPAction": action}
    body = f'<S:Envelope xmlns:S="{SOAP}"><S:Header/><S:Body>{call}</S:Body></S:Envelope>'
    answer = post(sii, body, **headers)
    assert answer.status_code == 200
    assert "&lt;SEMILLA&gt;" in answer.text
    assert "&#xd;" in answer.text


def test_parameters_go_by_position(client):
    body = (
        f'<Envelope xmlns="{SOAP}"><Body><getEstUp xmlns="">'
        '<Rut xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:string">76354771'
        f"</Rut><Dv>K</Dv><a>1</a><b><![CDATA[{client.token()}]]></b></getEstUp></Body></Envelope>"
    )
    answer = requests.post(f"{client.url}/DTEWS/QueryEstUp.jws", body.encode(), timeout=20)
    assert "&lt;ESTADO&gt;-11&lt;" in answer.text


def test_body_comes_before_header(client):
    text = client.soap("getSeed").text
    assert text.index("RESP_BODY") < text.index("RESP_HDR")


@pytest.mark.parametrize(
    "body",
    [
        "no xml",
        "<a/>",
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body/></e:Envelope>',
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body><getTicket/></e:Body></e:Envelope>',
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><e:Envelope xmlns:e="{SOAP}">'
        "<e:Body><getSeed>&x;</getSeed></e:Body></e:Envelope>",
    ],
)
def test_no_call_is_a_fault(sii, body):
    answer = post(sii, body)
    assert answer.status_code == 500
    assert "faultstring" in answer.text
    assert "root:" not in answer.text


def test_ping(sii):
    body = f'<e:Envelope xmlns:e="{SOAP}"><e:Body><getState/></e:Body></e:Envelope>'
    assert "<getStateReturn" in post(sii, body, "QueryEstUp").text
