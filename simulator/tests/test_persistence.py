"""A restart forgets nothing; the command serves until stopped."""

import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import requests
from client import Client
from conftest import HOUR, enrol, new_caf, new_signer
from taxpayer import RECEIVER, Taxpayer

from simulator import Simulator

ROOT = Path(__file__).parents[2]


def test_restart(tmp_path):
    with Simulator(tmp_path / "sii") as sii:
        sii.change_settings({"stage_seconds": HOUR, "token_lifetime_seconds": 9 * HOUR})
        enrol(sii)
        client = Client(sii.url, new_signer(sii))
        taxpayer = Taxpayer(
            client.signer,
            lambda: datetime.fromisoformat(sii.clock()["now"]),
            {33: new_caf(sii, 33)},
        )
        issued = taxpayer.now()
        track_id = client.upload(taxpayer.envelope(taxpayer.invoice()))["TRACKID"]
        sii.move_clock({"advance": HOUR})
        sii.add_to_script({"on": "seed", "do": "503"})
        key = sii.caf_public_key()
    with Simulator(tmp_path / "sii") as again:
        client.url = again.url
        assert again.caf_public_key() == key
        assert again.script()[0]["do"] == "503"
        assert dict(client.envelope_status(track_id))["ESTADO"] == "SOK"
        again.move_clock({"advance": 4 * HOUR})
        status = client.document_status(33, 1, f"{issued:%d%m%Y}", 119000, RECEIVER)
        assert status["ESTADO"] == "DOK"
        assert new_caf(again, 33).element.count("<D>51</D>") == 1


def test_data_is_for_the_owner_alone(tmp_path):
    Simulator(tmp_path / "sii").stop()
    kept = tmp_path / "sii" / "sii.sqlite3"
    assert (kept.parent.stat().st_mode & 0o077, kept.stat().st_mode & 0o077) == (0, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command(tmp_path, number):
    command = [sys.executable, "-m", "simulator", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline().strip()
        assert line.startswith("simulator: http://127.0.0.1:")
        state = requests.get(line.removeprefix("simulator: ") + "/api/state", timeout=20).json()
        assert state["counts"]["companies"] == 0
        process.send_signal(number)
        assert process.wait(20) == 0


def test_production_asks_for_the_resolution():
    sii = Simulator(environment="production")
    company = {"rut": "76354771-K", "name": "x", "resolution_date": "2014-08-22"}
    with pytest.raises(ValueError, match="resolution_number"):
        sii.register_company(company)
    assert sii.register_company({**company, "resolution_number": 80})["resolution_number"] == 80
    sii.stop()


def test_schemas_of_a_folder_take_precedence(tmp_path):
    (tmp_path / "EnvioDTE_v10.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' targetNamespace="http://www.sii.cl/SiiDte"><xs:element name="EnvioDTE"'
        ' type="xs:integer"/></xs:schema>'
    )
    with Simulator(schemas=tmp_path) as sii:
        enrol(sii)
        client = Client(sii.url, new_signer(sii))
        taxpayer = Taxpayer(client.signer, datetime.now, {33: new_caf(sii, 33)})
        answer = client.upload(taxpayer.envelope(taxpayer.invoice()))
        assert answer["STATUS"] == "7"
        assert "integer" in answer["ERRORS"] or "not allowed" in answer["ERRORS"]
