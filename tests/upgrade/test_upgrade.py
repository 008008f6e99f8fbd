"""A database of 6ce047d, with documents in every state, comes through today's migrations.

``scripts/test upgrade`` runs it (two minutes). The database is ``6ce047d.sql.xz``, made by
``scripts/fixture`` with the programs in ``making/``, without any secret; ``secrets_again.py`` puts
fresh ones where that commit kept them, before the upgrade. What an upgrade may not change is
listed in ``upgraded.py``: add to it, and a test here for what your migration moves.
"""

import base64
import hashlib
import hmac
import json
import lzma
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from house.upgrade_fixture import FIXTURE
from upgraded import FILES, KEPT

STATES = {
    "l10n_cl_dte": "signed sent accepted objected rejected exception void",
    "l10n_cl_envio": "ready sending unknown sent processed refused exception",
    "l10n_cl_claim": "to_send sending unknown done refused",
    "l10n_cl_delivery": "waiting to_send sending sent failed none dropped",
    "l10n_cl_received_dte": "new verified suspect answered expired",
    "l10n_cl_statement": "pending processing_payment paid expired refunded",
    "l10n_cl_emission_request": "waiting ready parked done cancelled",
    "l10n_cl_folio_void": "to_declare declared",
    "l10n_cl_webhook_delivery": "pending delivered failed",
}


def test_the_fixture_holds_no_secret():
    text = lzma.decompress(FIXTURE.read_bytes())
    for mark in (b"PRIVATE KEY-----", b"<RSASK>", b"whsec_"):
        assert mark not in text
        assert mark.hex().encode() not in text


@pytest.mark.parametrize("table", STATES)
def test_the_fixture_has_every_state(upgraded, table):
    found = {row[1] for row in upgraded.before[table]}
    assert found == set(STATES[table].split())


def test_it_upgrades_without_warnings(upgraded):
    assert upgraded.trouble() == []


@pytest.mark.parametrize("what", [*KEPT, *(model for model, _field in FILES)])
def test_nothing_that_was_there_changes(upgraded, what):
    assert upgraded.before[what]
    assert upgraded.look()[what] == upgraded.before[what]


def test_no_file_of_the_sii_is_kept_a_second_time_as_words(upgraded):
    words = "SELECT count(*) FROM ir_attachment WHERE index_content LIKE '%SiiDte%'"
    assert upgraded.rows(words) == [(0,)]


def test_the_office_that_was_typed_is_one_of_the_list(upgraded):
    offices = upgraded.rows(
        "SELECT DISTINCT office.name, data.name FROM l10n_cl_issuer issuer"
        " JOIN l10n_cl_sii_office office ON office.id = issuer.sii_office_id"
        " LEFT JOIN ir_model_data data"
        "   ON data.model = 'l10n_cl.sii.office' AND data.res_id = office.id"
    )
    assert offices == [("Santiago Oriente", "sii_office_santiago_oriente")]
    assert "sii_office" not in upgraded.columns("l10n_cl_issuer")


def test_what_waits_has_an_index_of_its_own(upgraded):
    names = {name for (name,) in upgraded.rows("SELECT indexname FROM pg_indexes")}
    for model, waiting in (
        ("claim", "to_send_first"),
        ("delivery", "to_send_first"),
        ("dte", "to_seal_first"),
        ("dte", "free_first"),
        ("dte", "reserved_first"),
        ("emission_request", "ready"),
        ("envio", "ready"),
        ("received_dte", "to_verify_first"),
        ("webhook_delivery", "pending_first"),
    ):
        assert f"l10n_cl_{model}_{waiting}" in names
        assert f"l10n_cl_{model}__state_index" not in names
    # longer ones begin with the same column
    for column in ("delivery__dte_id", "event__company_id", "received_dte__company_id"):
        assert f"l10n_cl_{column}_index" not in names


def test_free_folios_become_rows(with_free_folios):
    rows = with_free_folios.rows(
        "SELECT folio, caf_id, company_id, document_type_id IS NULL FROM l10n_cl_dte"
        " WHERE state = 'free' ORDER BY folio"
    )
    ((first, last, caf, company),) = with_free_folios.rows(
        "SELECT free_from, free_to, caf.id, issuer.company_id FROM l10n_cl_caf caf"
        " JOIN l10n_cl_issuer issuer ON issuer.id = caf.issuer_id WHERE free_from > 0"
    )
    assert rows == [(folio, caf, company, False) for folio in range(first, last + 1)]
    assert not with_free_folios.trouble()


def test_odoos_menus_are_as_odoo_has_them(upgraded):
    """The app has its own; before, SII managers came in by Odoo's Configuration."""
    rows = upgraded.rows(
        """SELECT menu.name FROM ir_ui_menu_group_rel link
             JOIN ir_model_data menu ON menu.res_id = link.menu_id AND menu.model = 'ir.ui.menu'
             JOIN ir_model_data grp ON grp.res_id = link.gid AND grp.model = 'res.groups'
            WHERE menu.module = 'account' AND grp.module = 'l10n_cl_sii'"""
    )
    assert rows == []


def test_numbers_have_64_bits(upgraded):
    for table, column in (
        ("l10n_cl_dte", "folio"),
        ("l10n_cl_dte", "amount_total"),
        ("l10n_cl_received_dte", "folio"),
        ("l10n_cl_caf", "last"),
        ("l10n_cl_certification_set", "attention"),
    ):
        assert upgraded.columns(table)[column] == "int8", (table, column)


def test_what_arrived_before_gets_its_verdicts(upgraded, user):
    """The SII was never asked about a signature then; the files are read again, states stay."""
    states = dict(upgraded.rows("SELECT id, state FROM l10n_cl_received_dte"))
    verdicts = dict(upgraded.rows("SELECT id, sii_verdict FROM l10n_cl_received_dte"))
    for document, state in states.items():
        known = verdicts[document] == "unasked"
        assert known == (state in ("verified", "answered", "expired")), (state, verdicts[document])
    upgraded.run(user, "cron_judge_received")
    found = upgraded.rows(
        "SELECT id, state, bytes_verdict, stamp_verdict, chain_verdict FROM l10n_cl_received_dte"
    )
    for document, state, *verdicts in found:
        # the CAFs of the fixture are of a simulator that is gone: what is new is suspect by that
        assert state == states[document] or (states[document], state) == ("new", "suspect")
        assert verdicts == ["whole", "invalid", "unknown"]


def test_answers_mailed_before_are_unproven(upgraded):
    """Nobody asked who signed them."""
    rows = upgraded.rows("SELECT code, unproven FROM l10n_cl_claim_event WHERE dte_id IS NOT NULL")
    for code, unproven in rows:
        assert bool(unproven) == code.startswith(("RecepcionDTE", "ResultadoDTE", "Recibo"))


def test_a_factura_and_what_waited_reach_the_sii(upgraded, user, sii):
    waiting = upgraded.rows(
        "SELECT e.id, e.xml_sha256 FROM l10n_cl_envio e JOIN l10n_cl_dte d ON d.envio_id = e.id"
        " WHERE e.state = 'ready' AND e.track_id IS NULL LIMIT 1"
    )
    move = _factura(user)
    (document,) = user.search("l10n_cl.dte", [("move_id", "=", move)])
    for _round in range(3):
        for queue in ("send", "poll"):
            upgraded.run(user, f"cron_{queue}")
    values = user.read("l10n_cl.dte", document, "state", "sii_text", "folio")
    assert values["state"] == "accepted", values
    (held,) = sii.documents("76999123-9", 33, values["folio"])
    assert held["verdict"] == "accepted"
    got = {hashlib.sha256(sii.envelope_xml(e["track_id"])).hexdigest() for e in sii.envelopes()}
    assert waiting[0][1] in got


def test_the_program_is_known(upgraded, user):
    answer = requests.get(
        f"{user.url}/api/v1/integration/buyers", auth=upgraded.secrets.api, timeout=60
    )
    assert answer.status_code == 200, answer.text


def test_twenty_enrolments_at_once_make_one_contact(upgraded, user):
    """C14, over HTTP: the same tax data of one buyer."""

    def make(path, body):
        answer = requests.post(
            f"{user.url}/api/v1/integration/{path}",
            json=body,
            auth=upgraded.secrets.api,
            timeout=60,
        )
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]

    buyer = make("buyers", {"buyer": {"name": "Berta Soto", "email": "berta@example.com"}})
    sold = make(
        "single_payments",
        {
            "single_payment": {"name": "Curso", "emit_document": True},
            "products": [{"name": "Curso", "value": 5000, "currency": "CLP"}],
        },
    )
    enrolment = {
        "single_payment_buyer": {
            "single_payment_id": sold["id"],
            "buyer_id": buyer["id"],
            "invoice_information": {
                "rut": "76.123.456-0",
                "business_name": "Acme SpA",
                "activity": "Servicios",
                "address": "Apoquindo 1234",
                "commune": "Las Condes",
                "region": "Metropolitana de Santiago",
            },
        },
    }
    with ThreadPoolExecutor(5) as programs:
        list(programs.map(lambda _n: make("single_payment_buyers", enrolment), range(20)))
    contacts = upgraded.rows(
        "SELECT count(*) FROM res_partner c JOIN res_partner b ON b.id = c.parent_id"
        " WHERE b.l10n_cl_uuid = %s AND c.l10n_cl_is_tax_contact",
        buyer["id"],
    )
    assert contacts == [(1,)]


def test_the_webhook_signs_with_its_secret(upgraded, user):
    got = []

    class Program(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Program) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/events"
        upgraded.rows("UPDATE l10n_cl_webhook SET url = %s", url)
        upgraded.run(user, "cron_webhooks", "l10n_cl_sii_api")
        server.shutdown()
    assert got
    for headers, body in got:
        assert json.loads(body)["object"] == "event"
        parts = dict(part.split("=", 1) for part in headers["X-Signature"].split(","))
        signed = f"{parts['t']}.".encode() + body
        right = hmac.new(upgraded.secrets.webhook.encode(), signed, hashlib.sha256).hexdigest()
        assert right == parts["v1"]


def _factura(user):
    (customer,) = user.search("res.partner", [("vat", "=", "77888456-9")], limit=1)
    (product,) = user.search("product.product", [("default_code", "=", "NB-14")])
    line = (0, 0, {"product_id": product, "quantity": 1})
    values = {"move_type": "out_invoice", "partner_id": customer, "invoice_line_ids": [line]}
    (move,) = user.call("account.move", "create", [values])
    user.call("account.move", "action_post", [move])
    return move


def test_no_key_and_no_secret_lies_anywhere(upgraded):
    """In the vault alone, which this server was given no key for: there it is base64."""
    known = upgraded.secrets.known()
    assert known
    assert {
        secret: upgraded.holders_of(secret) for secret in known if upgraded.holders_of(secret)
    } == {}
    coded = [base64.b64encode(pem) for pem in upgraded.secrets.private.values()]
    kept = [row[0] for row in upgraded.rows("SELECT kept FROM l10n_cl_vault")]
    assert len(kept) == len(upgraded.secrets.cafs) + len(coded) + 1
    for pem in coded:
        assert f"open:{pem.decode()}" in kept


def test_no_certificate_file_opens(upgraded):
    files = upgraded.rows("SELECT db_datas FROM ir_attachment WHERE db_datas IS NOT NULL")
    assert not {bytes(content) for (content,) in files} & set(upgraded.secrets.pfx.values())
    passwords = "SELECT 1 FROM certificate_certificate WHERE pkcs12_password IS NOT NULL"
    assert not upgraded.rows(passwords)
    assert not upgraded.rows("SELECT 1 FROM certificate_key")


def test_who_issued_goes_on_issuing(upgraded):
    """The switch is on since the issuer was made, not since the upgrade."""
    found = upgraded.rows("SELECT emits_since = create_date::date FROM l10n_cl_issuer")
    assert found
    assert {same for (same,) in found} == {True}


def test_what_quotation_templates_had_is_in_its_own_addon(upgraded):
    [(state,)] = upgraded.rows(
        "SELECT state FROM ir_module_module WHERE name = 'l10n_cl_sii_sale_management'"
    )
    assert state == "installed"
    moved = {"l10n_cl_emit_document", "l10n_cl_emission_policy_id"}
    assert moved <= set(upgraded.columns("sale_order_template"))
    owners = upgraded.rows(
        "SELECT module FROM ir_model_data WHERE name LIKE 'sale_order_template_view_form_emission'"
    )
    assert owners == [("l10n_cl_sii_sale_management",)]


def test_no_reason_is_guessed_for_notes_of_before(upgraded):
    """Drafts are asked when they are confirmed, what was signed stays as it is."""
    found = upgraded.rows(
        "SELECT state, l10n_cl_note_reason, l10n_cl_returned_on, l10n_cl_delivered_on"
        " FROM account_move WHERE move_type = 'out_refund'"
    )
    assert "posted" in {state for state, *_rest in found}
    assert {tuple(rest) for _state, *rest in found} == {(None, None, None)}
