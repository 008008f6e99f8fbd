"""The invoice object: what programs send and read of a document of the register."""

import json
from pathlib import Path

from sii import rcv_object

SAMPLE = json.loads(Path(__file__).with_name("invoice_object.json").read_text())


def test_the_documentations_sample_comes_back_unchanged():
    row = rcv_object.read(SAMPLE)
    assert rcv_object.write(row, row.provider_id) == SAMPLE
    assert row.identity == "received|34|135|11111111-1"
    assert row.unknown == {}
