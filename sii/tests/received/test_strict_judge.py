"""What our rules let pass, the strict simulator takes without a single objection, and it shares
no code with them."""

import gc
from dataclasses import replace

import pytest
import wide
import wire  # noqa: F401  (before the transport: it imports zeep quietly)
from documents import ISSUER
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from office import RESOLVED_ON, SENDER, Office
from random_documents import legal_documents, moved, transports

from sii import clock
from sii.document import Document
from sii.dte import envelope
from sii.dte import issue as dte
from sii.dte.caf import Caf, authority_from_pem
from simulator import Simulator

# The simulator leaves the temporary file of a form to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)
KINDS = (33, 34, 46)
"""Notes need an original that the SII has accepted: the addon's tests send those."""


@pytest.fixture(scope="module")
def office():
    with Simulator() as simulator:
        office = Office.open(simulator)
        simulator.register_company(
            {
                "rut": ISSUER.rut,
                "name": ISSUER.name,
                "resolution_date": RESOLVED_ON.isoformat(),
                "resolution_number": 0,
                "actecos": list(ISSUER.actecos),
                "types": list(KINDS),
                "users": [SENDER],
            }
        )
        yield office
    gc.collect()


@pytest.fixture(scope="module")
def folios(office):
    """Of each type its CAF and the folios not yet used."""
    key = authority_from_pem(office.simulator.caf_public_key().encode())
    idk, found = office.simulator.state()["idk"], {}
    for kind in KINDS:
        given = office.simulator.issue_caf({"rut": ISSUER.rut, "type": kind, "count": 1000})
        caf = Caf.read(given["xml"].encode("iso-8859-1"), {idk: key})
        found[kind] = (caf, iter(range(caf.first, caf.last + 1)))
    return found


def judged(office: Office, folios, documents: list[Document]) -> list[tuple]:
    """The simulator's verdict and reasons for each."""
    if not documents:
        return []
    at, signed = clock.now(), []
    for document in documents:
        caf, free = folios[document.kind]
        today = replace(moved(document, clock.today()), due_on=None, references=())
        signed.append(dte.issue(today, next(free), caf, office.signer, at).xml)
    cover = envelope.Caratula(ISSUER.rut, SENDER, RESOLVED_ON, 0)
    sealed = envelope.seal(cover, signed, office.signer, at)
    with office.gateway() as gateway:
        track_id = gateway.upload(sealed, ISSUER.rut, "envio.xml").track_id
    office.simulator.move_clock({"advance": 60})
    with office.gateway() as gateway:
        gateway.envelope_status(ISSUER.rut, track_id)
    sent = next(e for e in office.simulator.envelopes() if int(e["track_id"]) == int(track_id))
    return [(each["verdict"], each["reasons"]) for each in sent["documents"]]


def is_ordinary(document: Document) -> bool:
    """Whether the protocol leaves no doubt: taxes come to something (the older schema forbids a
    total of 0), global surcharges are not all there is, and nothing is owed back."""
    used = {code for line in document.lines for code in line.additional_taxes}
    sold = any(line.amount for line in document.lines if line.exempt is None)
    taxed = used == {tax.code for tax in document.totals.taxes}
    totals = document.totals
    period = totals.total + (totals.not_billable or 0)
    return taxed and sold and min(period, totals.payable or 0) >= 0


@pytest.mark.parametrize("name", ["33", "33-full", "33-gross", "34", "46", "46-partial"])
def test_examples(office, folios, name):
    document = replace(wide.EXAMPLES[name](), instalments=())
    assert judged(office, folios, [document]) == [("accepted", [])]


@settings(
    deadline=None,
    max_examples=20,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(transports(), min_size=1, max_size=10))
def test_random_transports(office, folios, carried):
    documents = [replace(wide.EXAMPLES["33"](), transport=transport) for transport in carried]
    assert judged(office, folios, documents) == [("accepted", [])] * len(documents)


@settings(
    deadline=None,
    max_examples=20,
    derandomize=True,  # each example is a whole envelope
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(st.lists(legal_documents().filter(lambda d: not d.traits.is_note), min_size=1))
def test_random_documents(office, folios, documents):
    documents = [each for each in documents if is_ordinary(each)]
    assert judged(office, folios, documents) == [("accepted", [])] * len(documents)
