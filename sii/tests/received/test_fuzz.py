"""Signed documents, answers, CAFs and archives changed at random: read, or refused with a code.

The same changes each time, as the seed is fixed. No error but the library's own comes out, and what
was changed within what is signed is never genuine.
"""

import io
import random
import re
import zipfile

import documents
import keys
import pytest
from lxml import etree

from sii.dte import issue as dte
from sii.dte import ted
from sii.dte.caf import Caf
from sii.errors import SiiError
from sii.exchange import envelope as exchange_received
from sii.exchange import their_answers as exchange_answers
from sii.printing import sheet
from sii.received import document as received
from sii.received import file as received_file
from sii.received import verification
from sii.received.bill_lines import Digits, bill_lines, other_lines
from sii.signature import xmldsig
from sii.transport import result_mail as result
from sii.xml import factura, reader

SEED, ROUNDS = 20261130, 150

_NUMBERS = ("0", "-1", "1e9", "9" * 18, "9" * 30, "0.5", ".", "+1", "NaN", "１", "1_0", "", " 7 ")
_DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "20260309", "x", "2026-03-09T00:00:00")
_TEXTS = ("\x07", "\ud7ff", "&", "<", "]]>", "é" * 500, "x" * 5000, "\N{CYRILLIC SMALL LETTER A}")
_NAMESPACES = ("urn:x", "u", "", "http://www.sii.cl/SiiDte", "http://www.w3.org/2000/09/xmldsig#")


def _trees(chance: random.Random, data: bytes) -> bytes:
    """Elements taken out, doubled, moved, renamed, filled again, put into other namespaces."""
    root = etree.fromstring(data)
    for _time in range(chance.randint(1, 3)):
        elements = [each for each in root.iter(etree.Element) if each is not root]
        if not elements:
            break
        _change(chance, chance.choice(elements), chance.choice(elements))
    return etree.tostring(root, encoding=chance.choice(["ISO-8859-1", "UTF-8", "windows-1252"]))


def _change(chance: random.Random, element, other) -> None:
    parent = element.getparent()
    what = chance.randrange(9)
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    if what == 0:
        parent.remove(element)
    elif what == 1:
        parent.insert(chance.randint(0, len(parent)), copy)
    elif what == 2:
        other.append(copy)
    elif what == 3:
        parent.insert(0, element)
    elif what == 4:
        element.text = chance.choice([*_NUMBERS, *_DAYS, "é", "x" * 5000])
    elif what == 5:
        name = etree.QName(element).localname
        namespace = chance.choice(_NAMESPACES)
        element.tag = f"{{{namespace}}}{name}" if namespace else name
    elif what == 6:
        element.tag = other.tag
    elif what == 7:
        element.set(chance.choice(["ID", "Id", "URI", "Algorithm", "version"]), "F7T33")
    else:
        element.addprevious(etree.ProcessingInstruction("a", "b"))


def _bytes(chance: random.Random, data: bytes) -> bytes:
    """Bytes flipped, cut out, doubled, and pieces that mean something put anywhere."""
    changed = bytearray(data)
    pieces = [b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x ", b"?>", b"<DTE>", b"</DTE>", b"<TED>"]
    pieces += [b"</TED>", b"<DA >", b"&#0;", b"&x;", b' xmlns="u"', b"\xef\xbb\xbf", b"\0", b"\x81"]
    pieces += [b' xmlns:a="b"', b"<!DOCTYPE a>", *(each.encode() for each in (*_NUMBERS, *_DAYS))]
    for _time in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed))
        what = chance.randrange(4)
        if what == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            del changed[at : at + chance.randint(1, 200)]
        elif what == 2:
            changed[at:at] = changed[at : at + chance.randint(1, 400)]
        else:
            changed[at:at] = chance.choice(pieces)
        if not changed:
            break
    return bytes(changed)


def _values(chance: random.Random, data: bytes) -> bytes:
    """The text of one element is another."""
    places = list(re.finditer(rb">([^<>]+)</", data))
    place = chance.choice(places)
    value = chance.choice([*_NUMBERS, *_DAYS, *_TEXTS]).encode("utf-8", "replace")
    return data[: place.start(1)] + value + data[place.end(1) :]


_CHANGES = (_trees, _bytes, _values)


def _tried(work, data: bytes):
    """What it gives, or nothing when it is refused as the library refuses."""
    try:
        return work(data)
    except SiiError as error:
        assert error.code
        str(error)
        return None


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    return {kind: dte.issue(make(), 7, cafs[kind], signer, moment).xml for kind, make in _KINDS}


_KINDS = [(kind, documents.ALL[kind]) for kind in (33, 34, 56, 61)]


@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize("kind", [kind for kind, _make in _KINDS])
def test_documents(change, kind, issued, authorities):
    chance = random.Random(f"{SEED}{change.__name__}{kind}")
    genuine = issued[kind]
    content = verification_content(genuine)
    for _round in range(ROUNDS):
        data = change(chance, genuine)
        for found in _tried(lambda file: received.read(file, authorities), data) or ():
            if found.is_genuine:
                # the same words about the same thing, whatever is written around them
                assert verification_content(found.xml) == content
            bill_lines(found, Digits(6, 2, 2))
            other_lines(found, frozenset())
            repr(found)
        for fragment in _tried(reader.fragments, data) or ():
            _tried(sheet.read, fragment)
        _tried(sheet.resolution, data)
        _tried(verification.verify, data)
        _tried(lambda file: exchange_received.receive(file, "x", "76086428-5"), data)


@pytest.mark.parametrize("change", [_bytes, _values, _trees])
def test_stamps_under_a_strangers_signature(change, cafs, signer, moment, authorities):
    """A new signature cannot change what the SII's part states."""
    document = documents.factura()
    stamp = ted.stamp(document, 7, cafs[33], moment)
    chance = random.Random(f"{SEED}{change.__name__}stamp")
    head = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    tried = 0
    for _round in range(ROUNDS * 2):
        changed = change(chance, head + stamp.encode("iso-8859-1")).partition(b"?>")[2]
        xml = factura.build(document, 7, changed.decode("iso-8859-1"), moment)
        try:
            signed = xmldsig.sign(xml, factura.document_id(document, 7), signer).xml
        except (SiiError, ValueError, etree.C14NError):
            continue  # what is no XML cannot be signed
        for found in _tried(lambda file: received.read(file, authorities), signed) or ():
            tried += 1
            if found.is_genuine:
                # a quote may stand as an entity: its meaning is the same
                assert _elements(ted.cut(found.xml.decode("iso-8859-1"))) == _elements(stamp)
    assert tried > ROUNDS / 4


def _elements(stamp: str) -> list[tuple[str, str | None, dict]]:
    """Names, texts and attributes of a stamp, in order."""
    return [(each.tag, each.text, dict(each.attrib)) for each in etree.fromstring(stamp).iter()]


def verification_content(xml: bytes) -> list[tuple[str, str]]:
    """Names and texts of what is signed."""
    body = reader.parse(xml)[0]
    return [
        (reader.local_name(each), (each.text or "").strip()) for each in body.iter(etree.Element)
    ]


@pytest.mark.parametrize("change", _CHANGES)
def test_authorisations(change, authority_key, caf_key, authorities):
    genuine = keys.caf_file(authority_key, caf_key)
    known = Caf.read(genuine, authorities)
    chance = random.Random(f"{SEED}{change.__name__}")
    data = genuine.replace(b'"1.0"?>', b'"1.0" encoding="ISO-8859-1"?>', 1)
    for _round in range(ROUNDS * 2):
        found = _tried(lambda file: Caf.read(file, authorities), change(chance, data))
        assert found is None or found == known


_ANSWER = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<RESULTADO_ENVIO><IDENTIFICACION><RUTEMISOR>76086428-5</RUTEMISOR><TRACKID>000123</TRACKID>
<ESTADO>EPR</ESTADO></IDENTIFICACION><ERRORENVIO><DETERRENVIO>x</DETERRENVIO></ERRORENVIO>
<REVISIONENVIO><REVISIONDTE><TIPODTE>33</TIPODTE><FOLIO>7</FOLIO><ESTADO>RCH</ESTADO>
<DETALLE>(DTE-3-505) texto</DETALLE></REVISIONDTE></REVISIONENVIO></RESULTADO_ENVIO>"""


@pytest.mark.parametrize("change", _CHANGES)
def test_results_and_answers(change):
    chance = random.Random(f"{SEED}{change.__name__}")
    assert result.read(_ANSWER).track_id == "123"
    for _round in range(ROUNDS * 2):
        data = change(chance, _ANSWER)
        _tried(result.read, data)
        _tried(exchange_answers.read, data)


def test_archives(issued, authorities):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, xml in issued.items():
            archive.writestr(f"{kind}.xml", xml)
    genuine = packed.getvalue()
    chance = random.Random(SEED)
    for _round in range(ROUNDS):
        for part in received_file.parts(_bytes(chance, genuine), "x.zip", authorities):
            assert part.documents or part.problems
            assert all(problem.code for problem in part.problems)
