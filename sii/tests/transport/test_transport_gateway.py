"""The whole way over real HTTP: the strict simulator takes the SII's place, troubles included."""

import dataclasses
import gc
import re

import pytest
import wire  # noqa: F401  (before the transport: it imports zeep quietly)
from documents import ISSUER
from office import Office, person

from sii.errors import Busy, CertificateProblem, NotSent, OutcomeUnknown, Refused
from sii.transport.replies import DocumentVerdict, EnvelopeVerdict, TypeCount
from sii.transport.signature_status import ODD_ANSWERS
from simulator import Simulator

FILE = "envio.xml"

# The simulator leaves the temporary file of a form to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module")
def simulator():
    with Simulator() as running:
        yield running
    gc.collect()  # here, where its forgotten files are ignored, and not in another test


@pytest.fixture
def office(simulator):
    return Office.open(simulator)


def operations(office: Office) -> list[str]:
    return [exchange["operation"] for exchange in office.simulator.exchanges()]


def test_a_factura_is_received_processed_and_found(office):
    sent = office.envelope()
    with office.gateway() as gateway:
        received = gateway.upload(sent, ISSUER.rut, FILE)
        waiting = gateway.envelope_status(ISSUER.rut, received.track_id)
        not_yet = office.status(gateway)
        office.simulator.move_clock({"advance": 60})
        processed = gateway.envelope_status(ISSUER.rut, received.track_id)
        found, differs = office.status(gateway), office.status(gateway, more=1)
        unknown = office.status(gateway, folio=office.caf.last)
    assert office.simulator.envelope_xml(received.track_id) == sent
    assert waiting.verdict is EnvelopeVerdict.PENDING
    assert not_yet.verdict is DocumentVerdict.UNKNOWN
    assert (processed.verdict, processed.sii_code) == (EnvelopeVerdict.PROCESSED, "EPR")
    assert processed.counts == (TypeCount(33, informed=1, accepted=1, rejected=0, objected=0),)
    assert (found.verdict, found.sii_code) == (DocumentVerdict.MATCHES, "DOK")
    assert differs.verdict is DocumentVerdict.DIFFERS
    assert unknown.verdict is DocumentVerdict.UNKNOWN
    assert operations(office).count("token") == 1


def test_a_rejected_document_is_counted(office):
    office.simulator.add_to_script({"on": "document", "do": "reject:DTE-3-505"})
    with office.gateway() as gateway:
        track_id = gateway.upload(office.envelope(), ISSUER.rut, FILE).track_id
        office.simulator.move_clock({"advance": 60})
        status = gateway.envelope_status(ISSUER.rut, track_id)
    assert status.counts == (TypeCount(33, informed=1, accepted=0, rejected=1, objected=0),)


def test_a_token_that_expires_in_the_middle_of_an_upload(office):
    office.simulator.add_to_script({"on": "upload", "do": "token_expired"})
    with office.gateway() as gateway:
        gateway.upload(office.envelope(), ISSUER.rut, FILE)
    assert operations(office) == ["seed", "token", "upload"] * 2
    assert len(office.simulator.envelopes()) == 1


def test_a_token_that_expires_between_questions(office):
    with office.gateway() as gateway:
        track_id = gateway.upload(office.envelope(), ISSUER.rut, FILE).track_id
        office.simulator.add_to_script(
            [
                {"on": "envelope_status", "do": "token_expired"},
                {"on": "document_status", "do": "token_expired"},
            ]
        )
        assert gateway.envelope_status(ISSUER.rut, track_id).verdict is EnvelopeVerdict.PENDING
        assert office.status(gateway).verdict is DocumentVerdict.UNKNOWN
    assert operations(office).count("token") == 3


def test_tokens_that_never_last(office):
    office.simulator.add_to_script({"on": "upload", "do": "token_expired", "times": 9})
    with office.gateway() as gateway, pytest.raises(Refused) as caught:
        gateway.upload(office.envelope(), ISSUER.rut, FILE)
    assert caught.value.code == "not_authenticated"
    assert operations(office).count("upload") == 2


def test_a_lost_answer_is_an_unknown_outcome_and_the_repeat_is_refused(office):
    sent = office.envelope()
    office.simulator.add_to_script({"on": "upload", "do": "drop_after_processing"})
    with office.gateway() as gateway:
        with pytest.raises(OutcomeUnknown):
            gateway.upload(sent, ISSUER.rut, FILE)
        with pytest.raises(Refused) as caught:
            gateway.upload(sent, ISSUER.rut, FILE)
        office.simulator.move_clock({"advance": 60})
        assert office.status(gateway).is_held
    assert caught.value.code == "already_received"
    assert len(office.simulator.envelopes()) == 1


@pytest.mark.parametrize("action", ["drop_before", "timeout:30", "truncate"])
def test_troubles_that_leave_an_upload_in_doubt(office, action):
    office.simulator.add_to_script({"on": "upload", "do": action})
    with office.gateway(patience=3) as gateway, pytest.raises(OutcomeUnknown):
        gateway.upload(office.envelope(), ISSUER.rut, FILE)


@pytest.mark.parametrize("action", ["503", "html", "error_500", "status:9", "status:106"])
def test_troubles_after_which_the_same_bytes_go_out_once(office, action):
    sent = office.envelope()
    office.simulator.add_to_script({"on": "upload", "do": action})
    with office.gateway() as gateway:
        with pytest.raises(Busy):
            gateway.upload(sent, ISSUER.rut, FILE)
        gateway.upload(sent, ISSUER.rut, FILE)
    assert len(office.simulator.envelopes()) == 1


@pytest.mark.parametrize("on", ["seed", "token"])
@pytest.mark.parametrize("action", ["503", "html", "error_500", "truncate", "drop_before"])
def test_without_a_token_nothing_is_sent(office, on, action):
    office.simulator.add_to_script({"on": on, "do": action})
    with office.gateway() as gateway:
        with pytest.raises(Busy):
            gateway.upload(office.envelope(), ISSUER.rut, FILE)
        assert "upload" not in operations(office)
        gateway.upload(office.envelope(), ISSUER.rut, FILE)


@pytest.mark.parametrize(
    "action",
    ["503", "html", "error_500", "truncate", "drop_before", "drop_after_processing", "timeout:30"],
)
def test_a_question_may_be_asked_again(office, action):
    with office.gateway(patience=3) as gateway:
        track_id = gateway.upload(office.envelope(), ISSUER.rut, FILE).track_id
        office.simulator.add_to_script({"on": "envelope_status", "do": action})
        with pytest.raises(Busy):
            gateway.envelope_status(ISSUER.rut, track_id)
        assert gateway.envelope_status(ISSUER.rut, track_id).sii_code == "REC"


@pytest.mark.parametrize("action", ["latin1", "swapped", "qualified"])
@pytest.mark.parametrize("on", ["seed", "token", "envelope_status"])
def test_answers_of_another_shape_mean_the_same(office, on, action):
    office.simulator.add_to_script({"on": on, "do": action})
    with office.gateway() as gateway:
        track_id = gateway.upload(office.envelope(), ISSUER.rut, FILE).track_id
        assert gateway.envelope_status(ISSUER.rut, track_id).sii_code == "REC"


def test_an_envelope_that_is_not_visible_yet_is_pending(office):
    office.simulator.change_settings({"visible_after_seconds": 5})
    with office.gateway() as gateway:
        track_id = gateway.upload(office.envelope(), ISSUER.rut, FILE).track_id
        status = gateway.envelope_status(ISSUER.rut, track_id)
    assert (status.verdict, status.sii_code) == (EnvelopeVerdict.PENDING, "-11")


def test_a_schema_error_has_its_details(office):
    broken = office.envelope().replace(b"<RznSocRecep>", b"<Invento/><RznSocRecep>")
    with office.gateway() as gateway, pytest.raises(Refused) as caught:
        gateway.upload(broken, ISSUER.rut, FILE)
    assert caught.value.code == "schema_invalid"
    assert "Invento" in caught.value.data["text"]


def test_a_sender_without_permission(office):
    stranger = person(office.simulator, "22222222-2")
    with office.gateway(stranger) as gateway, pytest.raises(Refused) as caught:
        gateway.upload(office.envelope(), ISSUER.rut, FILE)
    assert caught.value.code == "sender_not_allowed"


def test_a_company_the_sii_does_not_know(office):
    with office.gateway() as gateway, pytest.raises(Refused) as caught:
        gateway.upload(office.envelope(), "77777777-7", FILE)
    assert caught.value.code in ("company_not_allowed", "sender_not_allowed")


def test_a_certificate_the_sii_does_not_trust(office, signer):
    with office.gateway(signer) as gateway, pytest.raises(CertificateProblem) as caught:
        gateway.upload(office.envelope(), ISSUER.rut, FILE)
    assert caught.value.data["sii_code"]


def test_ping(office):
    with office.gateway() as gateway:
        gateway.ping()
        office.simulator.add_to_script({"on": "seed", "do": "503"})
        with pytest.raises(Busy):
            gateway.ping()


def test_ping_without_server_is_not_sent():
    with Simulator() as simulator:
        office = Office.open(simulator)
        with office.gateway() as gateway:
            simulator.stop()
            with pytest.raises(NotSent):
                gateway.ping()


def test_a_document_is_asked_about_with_its_signature(office):
    sent = office.envelope()
    value = re.findall(rb"<SignatureValue>([^<]+)<", sent)[0].decode()
    asked = (ISSUER.rut, office.document.receiver.rut, 33, office.caf.first)
    data = (office.document.issued_on, office.document.totals.total)
    with office.gateway() as gateway:
        gateway.upload(sent, ISSUER.rut, FILE)
        assert gateway.signature_status(*asked, *data, value).verdict is DocumentVerdict.UNKNOWN
        office.simulator.move_clock({"advance": 60})
        found = gateway.signature_status(*asked, *data, value)
        forged = gateway.signature_status(*asked, *data, value[::-1])
        office.simulator.add_to_script({"on": "signature_status", "do": "token_expired"})
        again = gateway.signature_status(*asked, *data, value)
    assert (found.verdict, found.signature_asked) == (DocumentVerdict.MATCHES, True)
    assert forged.verdict is DocumentVerdict.DIFFERS
    assert again == dataclasses.replace(found, raw=again.raw)


@pytest.mark.parametrize("action", ["swapped", "qualified", "latin1"])
def test_the_answer_about_a_signature_in_other_shapes(office, action):
    office.simulator.add_to_script({"on": "signature_status", "do": action})
    with office.gateway() as gateway:
        status = gateway.signature_status(
            ISSUER.rut, "77777777-7", 33, office.caf.first, office.document.issued_on, 1, "eA=="
        )
    assert status.verdict is DocumentVerdict.UNKNOWN


@pytest.mark.parametrize("action", ["estado:9", "estado:3", "estado:14"])
def test_an_odd_answer_about_a_signature_is_not_taken_for_silence(office, action):
    office.simulator.add_to_script({"on": "signature_status", "do": action})
    with office.gateway() as gateway, pytest.raises(Busy) as caught:
        gateway.signature_status(
            ISSUER.rut, "77777777-7", 33, 1, office.document.issued_on, 1, "eA=="
        )
    assert caught.value.code in ODD_ANSWERS
