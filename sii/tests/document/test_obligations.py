"""What the formats make obligatory is kept, judged and printed: every row of the table."""

import gc
import itertools
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import keys
import obliged
import printed
import pytest
import wire  # noqa: F401  (before the transport: it imports zeep quietly)
from differences import UNJUDGED, UNKEPT, UNPRINTED, UNWRITTEN
from documents import ISSUER
from lxml import etree
from office import RESOLVED_ON, SENDER, enrol, person

from sii import kinds, rules
from sii.codes import Environment, TipoDte
from sii.document import Document
from sii.document.boleta_limit import KNOWN
from sii.document.obligations import Field, Obligation, table
from sii.dte import envelope, ted
from sii.dte.caf import Caf, authority_from_pem
from sii.signature import xmldsig
from sii.signature.signer import Signer
from sii.transport.boleta.gateway import BoletaGateway
from sii.transport.endpoints import Endpoints
from sii.transport.gateway import Gateway
from sii.transport.token import TokenCache
from sii.xml.schema import SchemaSet
from simulator import Simulator
from simulator.verify.schema import Schemas

# The simulator leaves the temporary file of a form to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)
FILE = "envio.xml"
KINDS = [int(kind) for kind in TipoDte]


@dataclass(frozen=True)
class Example:
    """A legal document of ours, and its signed XML."""

    document: Document
    xml: str

    def without(self, path: str) -> str:
        """Its XML without this element, unsigned where it had a signature."""
        return obliged.without(self.xml, path)


@pytest.fixture(scope="module")
def examples(authority_key, authorities, caf_key, signer, moment) -> dict[int, list[Example]]:
    """By type, documents that together state what it can."""
    made = {}
    for kind in KINDS:
        caf = Caf.read(keys.caf_file(authority_key, caf_key, kind=kind), authorities)
        made[kind] = []
        for document in obliged.of_kind(kind):
            assert rules.check(document, KNOWN[2026]) == []
            stamp = ted.stamp(document, 7, caf, moment)
            unsigned = obliged.build(document, 7, stamp, moment)
            signed = xmldsig.sign(unsigned, f"F7T{kind}", signer)
            assert SchemaSet.bundled().validate(signed.root) == []
            made[kind].append(Example(document, signed.xml.decode("iso-8859-1")))
    return made


def holding(examples: dict[int, list[Example]], kind: int, field: Field) -> list[Example]:
    """The examples of a type that have this field."""
    return [each for each in examples[kind] if obliged.span(each.xml, field.path)]


def keepers(example: Example, field: Field) -> set[str]:
    """Who refuses the document when this field is missing: "schema", or codes of rules."""
    if SchemaSet.bundled().validate(example.without(field.path).encode("iso-8859-1")):
        return {"schema"}
    if field.place in ("", "writer"):
        return set()
    less = obliged.without_value(example.document, field.place)
    return {each.code for each in rules.check(less, KNOWN[2026])} if less else set()


def _rows(*obligations: Obligation) -> list[tuple[Field, int]]:
    return [(field, kind) for field in table() for kind in KINDS if field.of[kind] in obligations]


def test_the_table_is_whole():
    paths = [field.path for field in table()]
    assert len(paths) == len(set(paths)) > 200
    assert all(any(field.of.values()) for field in table())
    assert {field.printed for field in table()} == {"P", "I", "N", ""}


def test_what_is_written_is_in_the_table_and_nothing_forbidden(examples):
    """And the other way round: some example has each field that we write by the table."""
    for kind, made in examples.items():
        known = {field.path for field in table() if field.of[kind]}
        for each in made:
            assert set(_paths(each.xml)) <= known
    for field in table():
        is_written = any(holding(examples, kind, field) for kind in KINDS)
        assert is_written == bool(field.place), field.path


def _paths(xml: str) -> list[str]:
    """Paths of all elements below Documento, but what a stamp holds and groups without a row."""
    body = etree.fromstring(xml.encode("iso-8859-1"))[0]
    found = []
    for element in body.iter("*"):
        names = [etree.QName(each).localname for each in (element, *element.iterancestors())]
        path = "/".join(reversed(names[:-2]))
        is_stamp = path.startswith("TED/")
        if path and not is_stamp and path not in GROUPS:
            found.append(path)
    return found


GROUPS = {"Detalle/CdgItem", "Detalle/Retenedor", "Encabezado/Transporte/Chofer"}
"""Without a row of their own in the manual."""


def test_who_keeps_it(examples):
    """Each row's keepers are those that refuse a document without it; all of them, and no other
    type is without. What has no keeper is explained."""
    unwritten, unkept = set(), set()
    for field in table():
        seen = set()
        for kind in KINDS:
            if field.of[kind] not in (Obligation.OBLIGATORY, Obligation.CONDITIONAL):
                continue
            having = holding(examples, kind, field)
            found = set().union(*(keepers(each, field) for each in having)) & set(field.kept)
            seen |= found
            if not having:
                unwritten.add((field.path, kind))
            elif not found:
                unkept.add((field.path, kind))
        assert seen == set(field.kept), field.path
    assert unwritten == _explained(UNWRITTEN)
    assert unkept == _explained(UNKEPT)


def test_an_obligatory_field_of_every_type_is_kept(examples):
    """Whatever the lists below explain: only what we never write may be missing."""
    for field, kind in _rows(Obligation.OBLIGATORY):
        having = holding(examples, kind, field)
        assert bool(having) == bool(field.place), (field.path, kind)
        assert all(keepers(each, field) for each in having), (field.path, kind)


def test_a_forbidden_field_is_refused_or_left_out(examples, moment):
    """Stated as another type does, whatever the rest of the document is."""
    tried = 0
    for field, kind in _rows(Obligation.FORBIDDEN):
        name = field.place.partition(".")[0]
        if name in ("", "writer", "kind"):
            continue
        donors = [each for other in KINDS for each in holding(examples, other, field)]
        for example, donor in itertools.product(examples[kind], donors):
            more = replace(example.document, **{name: getattr(donor.document, name)})
            if not rules.check(more, KNOWN[2026]):
                tried += 1
                written = obliged.build(more, 7, "", moment)
                assert not obliged.span(written, field.path), (field.path, kind)
    assert tried


def test_it_is_printed(examples):
    """A print without the field differs from the one with it, in the rows where there are some."""
    missing = set()
    for field in table():
        for kind in KINDS:
            having = holding(examples, kind, field)
            if field.is_printed and having and not any(_shows(each, field) for each in having):
                missing.add((field.path, kind))
    assert missing == _explained(UNPRINTED)


def _shows(example: Example, field: Field) -> bool:
    whole, less = (text.encode("iso-8859-1") for text in (example.xml, example.without(field.path)))
    shown = printed.rows if field.path.startswith(IN_ROWS) else printed.sheet
    return shown(whole) != shown(less)


IN_ROWS = (
    "Encabezado/IdDoc/FmaPago",
    "Encabezado/IdDoc/M",
    "Encabezado/IdDoc/TermPagoGlosa",
    "Encabezado/IdDoc/FchVenc",
    "Encabezado/Transporte",
    "Encabezado/Totales",
    "Encabezado/OtraMoneda",
    "Detalle",
    "DscRcgGlobal",
    "Referencia",
)
"""What ``sii/printing/words.py`` makes rows of; templates show the rest of the sheet."""


@pytest.fixture(scope="module")
def simulator():
    with Simulator() as running:
        enrol(running, tuple(KINDS))
        running.move_clock({"now": "2026-03-09T21:30:00"})
        yield running
    gc.collect()  # here, where its forgotten files are ignored, and not in another test


@dataclass
class Desk:
    """Signs what lacks a field, and has the simulator judge it."""

    simulator: Simulator
    signer: Signer
    cafs: dict[int, Caf]
    at: datetime
    used: dict[int, int]

    @classmethod
    def open(cls, simulator: Simulator, moment: datetime) -> "Desk":
        key = authority_from_pem(simulator.caf_public_key().encode())
        authorities, cafs = {simulator.state()["idk"]: key}, {}
        for kind in KINDS:
            given = simulator.issue_caf({"rut": ISSUER.rut, "type": kind, "count": 200})
            cafs[kind] = Caf.read(given["xml"].encode("iso-8859-1"), authorities)
        at = moment + timedelta(minutes=1)
        return cls(simulator, person(simulator), cafs, at, dict.fromkeys(KINDS, 0))

    def signed(self, document: Document, path: str = "") -> bytes:
        """The document with the next folio, without this field."""
        kind = int(document.kind)
        folio = self.cafs[kind].first + self.used[kind]
        self.used[kind] += 1
        stamp = ted.stamp(document, folio, self.cafs[kind], self.at)
        text = obliged.build(document, folio, stamp, self.at)
        text = obliged.without(text, path) if path else text
        return xmldsig.sign(text, f"F{folio}T{kind}", self.signer).xml

    def sealed(self, *dtes: bytes) -> bytes:
        cover = envelope.Caratula(ISSUER.rut, SENDER, RESOLVED_ON, 0)
        return envelope.seal(cover, dtes, self.signer, self.at)

    def judged(self, kind: int, dtes: list[bytes]) -> list[tuple[str, list[str]]]:
        """Verdict and reasons of each."""
        channel = BoletaGateway if kinds.of(kind).is_boleta else Gateway
        address = Endpoints(Environment.CERTIFICATION, self.simulator.url, read_timeout=20)
        with channel(address, self.signer, TokenCache()) as gateway:
            track_id = gateway.upload(self.sealed(*dtes), ISSUER.rut, FILE).track_id
        self.simulator.move_clock({"advance": 60})
        sent = self.simulator.envelope(track_id)
        return [(each["verdict"], each["reasons"]) for each in sent["documents"]]


@pytest.fixture(scope="module")
def desk(simulator, moment):
    return Desk.open(simulator, moment)


@pytest.mark.parametrize("kind", KINDS)  # the facturas first: the notes change one
def test_the_simulator_requires_it(desk, examples, kind):
    """Its schemas refuse a document without the field, or it refuses or objects to it."""
    whole = examples[kind][0].document
    genuine = desk.signed(whole)
    sealed = desk.sealed(genuine).decode("iso-8859-1")
    inside = genuine.decode("iso-8859-1")
    inside = inside[inside.index("<DTE") :]
    assert inside in sealed
    schemas, sent = Schemas(), []
    for field, of in _rows(Obligation.OBLIGATORY):
        if of != kind or not obliged.span(inside, field.path):
            continue
        less = sealed.replace(inside, obliged.without(inside, field.path))
        assert less != sealed
        if not schemas.errors(etree.fromstring(less.encode("iso-8859-1"))):
            sent.append(field.path)
    dtes = [genuine, *(desk.signed(whole, path) for path in sent)]
    first, *others = desk.judged(kind, dtes)
    assert first == ("accepted", [])
    passed = {
        (path, kind)
        for path, (verdict, reasons) in zip(sent, others, strict=True)
        if verdict == "accepted" and not reasons
    }
    assert passed == {each for each in _explained(UNJUDGED) if each[1] == kind}


def _explained(differences: dict[tuple[str, str], str]) -> set[tuple[str, int]]:
    """Path and type of each; the types are written in one string."""
    return {
        (path, int(kind)) for (path, kinds), _why in differences.items() for kind in kinds.split()
    }
