"""``/v1/received_documents``: what a supplier sent, handed over by a program."""

import io
import zipfile
from contextlib import nullcontext

from odoo.addons.l10n_cl_sii.sii.tests.support import foreign_files
from odoo.addons.l10n_cl_sii.tests.received.received_case import ReceivedCase
from odoo.tests import HttpCase, tagged


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedDocuments(ReceivedCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clients = cls.env["l10n_cl.api.client"].sudo()
        cls.clients = clients.create(
            [{"name": "ERP", "company_id": one.id} for one in (cls.buyer, cls.company)]
        )
        cls.keys = [f"{one.api_key}:{one._issue_secret()}" for one in cls.clients]

    def enter_registry_test_mode(self):
        """The harness of HTTP is in it already."""
        return nullcontext()

    def call(self, method, path="", data=None, key=0, kind="application/xml"):
        """(status, JSON) of a call by the buyer's program; key 1: by the supplier's."""
        self.env.flush_all()
        answer = self.opener.request(
            method,
            f"{self.base_url()}/v1/received_documents{path}",
            data=data,
            headers={"Authorization": self.keys[key], "Content-Type": kind},
        )
        self.env.invalidate_all()
        return answer.status_code, answer.json()

    def test_once_by_its_key_as_clients_send_it(self):
        """A raw key:secret, together with an Idempotency-Key."""
        _move, xml = self.issued()
        self.env.flush_all()
        for replayed in (False, True):
            answer = self.opener.post(
                f"{self.base_url()}/v1/received_documents",
                data=xml,
                headers={"Authorization": self.keys[0], "Idempotency-Key": "k-1"},
            )
            self.assertEqual(answer.status_code, 201, answer.text)
            self.assertEqual("Idempotent-Replayed" in answer.headers, replayed)

    def test_files_of_other_kinds_are_refused_by_their_bytes(self):
        for data, sentence in (
            *((data, "archives of this kind") for data in foreign_files.ARCHIVES.values()),
            *((data, "is a PDF") for data in foreign_files.OTHERS["pdf"]),
            *((data, "is a web page") for data in foreign_files.OTHERS["page"]),
            (foreign_files.ARCHIVES["RAR"] + bytes(2_000_000), "archives of this kind"),
        ):
            with self.subTest(data=data[:8]):
                status, answer = self.call("POST", "?name=F33.xml", data)
                self.assertEqual(status, 400, answer)
                self.assertIn(sentence, answer["error"]["message"])

    def test_from_file_to_bill(self):
        move, xml = self.issued()
        status, [answer] = self.call("POST", "?name=factura.xml", xml)
        self.assertEqual(status, 201)
        folio = move.l10n_cl_dte_id.folio
        self.assertEqual(answer["id"], f"76354771-K-33-{folio}")
        self.assertEqual((answer["state"], answer["bill"]), ("new", None))
        verdicts = {"file": "whole", "stamp": "valid", "signer": "test", "institution": "waiting"}
        self.assertEqual(answer["verdicts"], verdicts)
        self.assertEqual(answer["signer"]["id"], "123456785")
        self.assertEqual(answer["total_amount"], int(move.amount_total))
        with zipfile.ZipFile(archive := io.BytesIO(), "w") as file:
            file.writestr("a.xml", xml)
        again = self.call("POST", "", archive.getvalue(), kind="application/zip")
        self.assertEqual(again, (201, [answer]))
        self.ask_sii()
        status, answer = self.call("GET", f"/{answer['id']}")
        self.assertEqual((status, answer["state"]), (200, "verified"))
        self.assertEqual(answer["verdicts"], {**verdicts, "institution": "held"})
        self.assertEqual(answer["other_files"], 0)
        document = self.env["l10n_cl.received.dte"].search([("folio", "=", folio)]).sudo()
        document.folio = 9_876_543_210
        self.assertEqual(self.call("GET", "/76354771-K-33-9876543210")[1]["number"], "9876543210")
        document.folio = folio
        self.assertTrue(answer["bill"] and answer["received_at"] and answer["claim_until"])
        self.assertEqual(self.call("GET", f"/{answer['id']}", key=1)[0], 404)

    def test_what_is_refused(self):
        _move, xml = self.issued()
        for data, key, code in (
            (b"", 0, "missing_parameter"),
            (b"<a/>", 0, "refused"),
            (b'<!DOCTYPE a [<!ENTITY b "c">]><DTE>&b;</DTE>', 0, "refused"),
            (xml, 1, "refused"),
        ):
            status, answer = self.call("POST", "", data, key)
            self.assertEqual((status, answer["error"]["code"]), (400, code))
        for path in ("/x", "/76354771-K-33-99999", "/%00", "/1-9-33-" + "9" * 30):
            self.assertEqual(self.call("GET", path)[0], 404)
        self.assertFalse(self.received.search([("company_id", "=", self.buyer.id)]))

    def test_a_forgery_is_suspect_and_a_person_is_called(self):
        _move, xml = self.issued()
        _status, [answer] = self.call("POST", "", xml.replace(b"<MntTotal>", b"<MntTotal>1"))
        self.assertEqual(answer["state"], "suspect")
        self.assertTrue(answer["problems"])
        document = self.received.search([("company_id", "=", self.buyer.id)])
        self.assertNotIn(document.activity_ids.user_id, self.clients.user_id)
