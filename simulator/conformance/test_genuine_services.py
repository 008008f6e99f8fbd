"""A SOAP library that reads the SII's own service descriptions understands the simulator, and its
result document satisfies the SII's schema."""

import pytest
import zeep
from lxml import etree

from simulator import Simulator
from simulator.result import result_xml
from simulator.state.envelopes import GLOSAS


@pytest.fixture(scope="module")
def sii():
    with Simulator() as running:
        yield running


@pytest.mark.parametrize("host", ["maullin", "palena"])
def test_zeep_speaks_with_it(reference, sii, host):
    def service(name: str):
        client = zeep.Client(str(reference / f"wsdl/{host}/{name}.wsdl"))
        (binding,) = client.wsdl.bindings
        return client.create_service(binding, f"{sii.url}/DTEWS/{name}.jws")

    assert "<SEMILLA>" in service("CrSeed").getSeed()
    assert "<ESTADO>02</ESTADO>" in service("GetTokenFromSeed").getToken("x<")
    assert "<ESTADO>003</ESTADO>" in service("QueryEstUp").getEstUp("1", "9", "1", "NONE")
    party = ("1", "9")
    status = service("QueryEstDte").getEstDte(
        *party, *party, *party, "33", "1", "01012026", "1", "NONE"
    )
    assert "<ESTADO>003</ESTADO>" in status


@pytest.mark.parametrize("state", ["EPR", "RCT"])
def test_result_document(reference, state):
    envelope = {
        "state": state,
        "company": "76354771-K",
        "sender": "12345678-5",
        "track_id": 253000001,
        "received_at": 1_800_000_000.0,
        "reasons": "[]" if state == "EPR" else '["(CRT-3-11) Carátula & más"]',
    }
    documents = [
        {"type": 33, "folio": folio, "verdict": verdict, "reasons": reasons}
        for folio, verdict, reasons in (
            (1, "accepted", "[]"),
            (2, "objected", '["(HED-2-260) a < b"]'),
            (3, "rejected", '["(DTE-3-505) x"]'),
        )
    ]
    content = result_xml(envelope, documents if state == "EPR" else [])
    root = etree.fromstring(content)
    schema = etree.XMLSchema(file=str(reference / "schemas/RespSII_v10.xsd"))
    schema.assertValid(root)
    assert root.findtext("IDENTIFICACION/ESTADO") == f"{state} - {GLOSAS[state]}"
