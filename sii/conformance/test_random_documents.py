"""Two thousand random documents with transport, notes and limits: the strict simulator and the
SII's schemas of 2026 judge each, without a single objection.

RANDOM_SEED names another seed, RANDOM_DOCUMENTS another count.
"""

import gc
import os
from collections import Counter
from random import Random

import emitted
import pytest
import wire  # noqa: F401  (before the transport: it imports zeep quietly)
from documents import ISSUER
from office import RESOLVED_ON, SENDER, enrol, person

from sii import clock, kinds, rules
from sii.codes import Environment
from sii.dte import envelope
from sii.dte import issue as dte
from sii.dte.caf import Caf, authority_from_pem
from sii.transport.boleta.gateway import BoletaGateway
from sii.transport.endpoints import Endpoints
from sii.transport.gateway import Gateway
from sii.transport.token import TokenCache
from simulator import Simulator

SEED = int(os.environ.get("RANDOM_SEED", "1"))
COUNT = int(os.environ.get("RANDOM_DOCUMENTS", "2000"))
KINDS = kinds.codes(issued=True)
_TOGETHER = 50

# The simulator leaves the temporary file of a form to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)


class Judges:
    """The simulator, which has the official schemas too, and these schemas by themselves."""

    def __init__(self, simulator: Simulator, official):
        enrol(simulator, KINDS)
        simulator.change_settings({"boleta_limit": emitted.LIMIT})
        key = authority_from_pem(simulator.caf_public_key().encode())
        idk = simulator.state()["idk"]
        self.simulator, self.official, self.signer = simulator, official, person(simulator)
        self.judged, self._free = Counter(), {}
        for kind in KINDS:
            given = simulator.issue_caf({"rut": ISSUER.rut, "type": kind, "count": COUNT})
            caf = Caf.read(given["xml"].encode("iso-8859-1"), {idk: key})
            self._free[kind] = (caf, iter(range(caf.first, caf.last + 1)))

    def judge(self, documents: list) -> list[tuple]:
        """(document, folio) of each: nobody objects to any."""
        done = []
        for start in range(0, len(documents), _TOGETHER):
            done += self._judge(documents[start : start + _TOGETHER])
        return done

    def _judge(self, documents: list) -> list[tuple]:
        at, signed, numbered = clock.now(), [], []
        for document in documents:
            assert rules.check(document, emitted.LIMIT) == []
            caf, free = self._free[document.kind]
            folio = next(free)
            made = dte.issue(document, folio, caf, self.signer, at)
            assert self.official.validate(made.xml) == []
            signed.append(made.xml)
            numbered.append((document, folio))
        cover = envelope.Caratula(ISSUER.rut, SENDER, RESOLVED_ON, 0)
        sealed = envelope.seal(cover, signed, self.signer, at)
        assert self.official.validate(sealed) == []
        self._send(sealed, documents[0].traits.is_boleta)
        for document, folio in numbered:
            (answer,) = self.simulator.documents(ISSUER.rut, int(document.kind), folio)
            assert (answer["verdict"], answer["reasons"]) == ("accepted", []), document
            self.judged[document.kind] += 1
        return numbered

    def _send(self, sealed: bytes, is_boletas: bool) -> None:
        address = Endpoints(Environment.CERTIFICATION, self.simulator.url, read_timeout=60)
        channel = BoletaGateway if is_boletas else Gateway
        with channel(address, self.signer, TokenCache()) as gateway:
            gateway.upload(sealed, ISSUER.rut, "envio.xml")
        self.simulator.move_clock({"advance": 60})


@pytest.fixture
def judges(reference, official):
    with Simulator(schemas=reference / "schemas") as simulator:
        yield Judges(simulator, official)
    gc.collect()


def _notes(chance: Random, originals: list[tuple], count: int) -> list:
    """One note over each at most."""
    chosen = chance.sample(originals, len(originals))
    made = (emitted.note(chance, document, folio) for document, folio in chosen)
    return [note for note in made if note][:count]


def test_nobody_objects(judges):
    chance, day = Random(SEED), clock.today()
    boletas = [emitted.boleta_at_the_limit(chance, day) for _each in range(COUNT // 5)]
    originals = judges.judge(emitted.invoices(chance, COUNT // 2, day)) + judges.judge(boletas)
    notes = judges.judge(_notes(chance, originals, COUNT // 4))
    rest = COUNT - sum(judges.judged.values())
    with_amount = [(note, folio) for note, folio in notes if note.totals.total]
    over_notes = judges.judge(_notes(chance, with_amount, min(rest, COUNT // 20)))
    rest = COUNT - sum(judges.judged.values())
    judges.judge(emitted.invoices(chance, rest, day))
    assert sum(judges.judged.values()) == COUNT
    assert set(judges.judged) == set(KINDS)
    issued = [note for note, _folio in notes]
    assert over_notes
    assert {note.late for note in issued} == {True, False}
    assert len({note.note_reason for note in issued}) == 4
    carried = [each.transport for each, _folio in originals if each.transport]
    assert carried
    assert all(each.traits.is_note for each in issued)
