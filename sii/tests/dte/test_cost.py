"""Whatever others send costs at most two seconds of processor and 300 MB a megabyte."""

import io
import json
from collections.abc import Callable
from datetime import datetime

import cost
import documents
import keys
import nasty_files
import pytest

from sii.certification import file as certification_file
from sii.clock import CHILE
from sii.dte import issue as dte
from sii.dte.caf import Caf, authority_from_pem
from sii.errors import SiiError
from sii.exchange import envelope as exchange_received
from sii.exchange import their_answers as exchange_answers
from sii.printing import sheet
from sii.received import document as received
from sii.received import file as received_file
from sii.register import honoraria
from sii.register import invoice_object as rcv_object
from sii.register.columns import LISTINGS
from sii.register.csv_file import RegisterFile
from sii.signature.certificates import from_pem
from sii.transport import result_mail as result
from sii.transport.boleta import rest
from sii.xml import reader

SECONDS, MEGABYTES = 2.0, 300.0
"""Of a megabyte."""

LEAST = 0.25
"""Megabytes that a smaller file counts as: half a second, 75 MB."""

_AUTHORITY = keys.small_key(65537)
_AUTHORITIES = {keys.TEST_IDK: authority_from_pem(keys.public_pem(_AUTHORITY))}
_CAF_FILE = keys.caf_file(_AUTHORITY, keys.small_key(3))
_CERTIFICATE = keys.certificate()
_GENUINE = dte.issue(
    documents.factura(),
    7,
    Caf.read(_CAF_FILE, _AUTHORITIES),
    from_pem(_CERTIFICATE.pem, _CERTIFICATE.key_pem),
    datetime(2026, 3, 9, 21, tzinfo=CHILE),
).xml
_FILES = nasty_files.xml(_GENUINE)

Work = Callable[[bytes], object]
_READERS: dict[str, Work] = {
    "a file": lambda data: list(received_file.parts(data, "x", _AUTHORITIES)),
    "to print": lambda data: [sheet.read(each) for each in reader.fragments(data)],
    "an answer": exchange_answers.read,
    "an envelope": lambda data: exchange_received.receive(data, "x", "76086428-5"),
    "a result": result.read,
    "a CAF": lambda data: Caf.read(data, _AUTHORITIES),
}


def _is_typed(error: str) -> bool:
    return not error or error.startswith("sii.errors.")


def _check(work: Work, data: bytes) -> None:
    found = cost.of(lambda: work(data))
    size = max(LEAST, len(data) / 1_000_000)
    assert _is_typed(found.error), found
    assert found.seconds <= SECONDS * size, found
    assert found.megabytes <= MEGABYTES * size, found


@pytest.mark.parametrize("work", _READERS.values(), ids=_READERS)
@pytest.mark.parametrize("name", _FILES)
def test_xml(name, work):
    _check(work, _FILES[name])


_HEADER = ";".join(column.name for column in LISTINGS[0].columns)
_CSV = {
    "delimiters": ";" * 1_000_000,
    "lines of delimiters": (";" * 16_000 + "\n") * 60,
    "columns of one name": "a;" * 8_000 + "\n",
    "empty rows": _HEADER + "\n" + ";\n" * 500_000,
    "rows of nothing": _HEADER + "\n" + ";" * len(LISTINGS[0].columns) + "\n" * 500_000,
    "quotes": _HEADER + "\n" + ('"' * 8_000 + "\n") * 100,
    "a quoted cell": _HEADER + "\n" + '"' + "a" * 1_000_000,
    "digits": _HEADER + "\n" + ("9" * 8_000 + ";") * 100,
    "accents": "\u0301" * 500_000,
    "blanks": " " * 1_000_000 + "\n" + " \n" * 400_000,
}


@pytest.mark.parametrize("name", _CSV)
def test_registers(name):
    def read(data: bytes) -> None:
        for _row in RegisterFile(io.BytesIO(data), "x.csv").rows("2026-03"):
            pass

    _check(read, _CSV[name].encode())


_ASSIGNMENT = "arr_informe_mensual['a_1'] = \""
_PAGES = {
    "assignments": "CantidadFilas=1" + _ASSIGNMENT * 30_000,
    "signs that escape": "CantidadFilas=1" + _ASSIGNMENT + "\\" * 900_000,
    "values without end": "CantidadFilas=1" + (_ASSIGNMENT + '\\"') * 30_000,
    "rows": "EMITIDAS Total Boletas : 1" + "<tr>" * 250_000,
    "rows without end": "EMITIDAS Total Boletas : 1" + "<tr " * 250_000,
    "cells": "EMITIDAS Total Boletas : 1<tr>bte_indiv_cons3" + "<td>" * 250_000 + "</tr>",
    "tags": "EMITIDAS Total Boletas : 1<tr>bte_indiv_cons3<td>x</td><td>"
    + "<" * 500_000
    + "</td></tr>",
    "entities": "EMITIDAS Total Boletas : 1<tr>bte_indiv_cons3"
    + "<td>&amp;&#9</td>" * 50_000
    + "</tr>",
    "blanks": "EMITIDAS Total" + " " * 900_000 + "Total Boletas" + " " * 90_000,
}


@pytest.mark.parametrize("name", _PAGES)
def test_pages_of_the_portal(name):
    _check(
        lambda data: honoraria.read_bhe(data.decode(), "issued", "2026-03"), _PAGES[name].encode()
    )
    _check(
        lambda data: honoraria.read_bte(data.decode(), "issued", "2026-03"), _PAGES[name].encode()
    )


_JSON = {
    "deep": "[" * 500_000,
    "deep objects": '{"a":' * 200_000,
    "lists": "[" + "[]," * 300_000 + "[]]",
    "digits": '{"number":' + "9" * 900_000 + "}",
    "a great exponent": '{"number": 1e999999, "net_amount": 1e308, "issue_type": "received"}',
    "keys": "{" + ",".join(f'"k{each}":1' for each in range(80_000)) + "}",
    "a text": json.dumps({"issue_type": "received", "number": "x" * 900_000}),
    "escapes": '{"issue_type":"received","number":"' + "\\ud800" * 150_000 + '"}',
}


@pytest.mark.parametrize("name", _JSON)
def test_json(name):
    def read(data: bytes) -> None:
        try:
            parsed = rest.read_json(data.decode())
        except ValueError:
            return
        rcv_object.read(parsed)

    _check(read, _JSON[name].encode())


@pytest.mark.parametrize(
    "text",
    [
        "SET" + " " * 4_000,
        "SET" + " " * 499_000,
        "CASO 1-1\n" + "ITEM  CANTIDAD\n" * 30_000,
        "CASO-1\nITEM  CANTIDAD  PRECIO UNITARIO\n" + "OBSERVACION item 1 es un x exento\n" * 9_000,
    ],
    ids=lambda text: text[:12],
)
def test_certification_sets(text):
    _check(certification_file.read, text.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<DA>", b"<DA>" + b"<DA>" * 30),
        (b"<CAF ", b"<CAF>" * 1 + b"<!--" + b"<CAF " * 50_000 + b"--><CAF "),
        (b"</RSAPK>", b" " * 250_000 + b"</RSAPK>"),
        (b"<M>", b"<M>" + b"A" * 290_000),
        (b"-----BEGIN RSA", b"\n" * 250_000 + b"-----BEGIN RSA"),
        (b"</AUTORIZACION>", b"<RSASK>" * 30 + b"</AUTORIZACION>"),
    ],
)
def test_authorisations(old, new):
    assert old in _CAF_FILE
    _check(_READERS["a CAF"], _CAF_FILE.replace(old, new, 1))


def test_genuine_documents_are_read_all_the_same():
    [found] = received.read(_GENUINE, _AUTHORITIES)
    assert found.is_genuine
    parts = received_file.parts(_FILES["genuine ones"], "x", _AUTHORITIES)
    assert sum(len(part.documents) for part in parts) > 300


def test_what_was_spent_is_measured():
    """What is measured is what was spent."""
    spent = cost.of(lambda: [b"x" * 50_000_000, sum(range(3_000_000))])
    assert spent.megabytes > 40
    assert spent.seconds > 0.01
    assert not _is_typed(cost.of(lambda: 1 / 0).error)
    assert issubclass(SiiError, Exception)
