"""What is mailed in a customer's name: it counts only when its signer is known."""

import base64
import re
from datetime import timedelta
from email.message import EmailMessage

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo import SUPERUSER_ID, fields
from odoo.tests import tagged

from ...sii import clock
from ..strangers import answer, from_simulator, stranger
from .received_case import BUYER_RUT, ReceivedCase

CUSTOMER = "96790240-3"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestMailedAnswers(ReceivedCase):
    mailed = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "nandu.example"})
        cls.company.alias_domain_id = domain
        cls.issuer.sudo().write({"alias_name": "dte", "alias_domain_id": domain.id})
        cls.person = cls.sii.issue_certificate({"rut": BUYER_RUT, "name": "Pedro Soto"})

    def mail(self, *files):
        message = EmailMessage()
        message["From"], message["To"] = "alguien@example.com", "dte@nandu.example"
        self.mailed += 1
        message["Subject"], message["Message-Id"] = "Respuesta", f"<{self.mailed}@example.com>"
        message.set_content("Se adjunta.")
        for file in files:
            message.add_attachment(file, maintype="application", subtype="xml", filename="r.xml")
        gateway = self.env["mail.thread"].with_user(SUPERUSER_ID)
        gateway.message_process("res.partner", message.as_bytes())
        return "".join(self.issuer.message_ids.mapped("body"))

    def answered(self, xml, by, **values):
        at = values.pop("at", clock.now())
        return answer(xml, by, at, values.pop("rut", CUSTOMER), sii=self.sii, **values)

    def assert_unproven(self, move, code="ResultadoDTE 2"):
        [event] = move.l10n_cl_claim_event_ids
        self.assertEqual((event.code, event.unproven), (code, True))
        self.assertFalse(move.activity_ids)
        self.assertFalse([body for body in move.message_ids.mapped("body") if "Customer:" in body])
        self.assertEqual(move.l10n_cl_answer, "open")
        texts = move.l10n_cl_dte_id.event_ids.mapped("text")
        self.assertTrue([text for text in texts if "Unproven" in (text or "")])
        return event

    def test_somebody_who_is_known_answers(self):
        move, xml = self.issued()
        self.mail(self.answered(xml, from_simulator(self.person)))
        [event] = move.l10n_cl_claim_event_ids
        self.assertEqual((event.code, event.unproven), ("ResultadoDTE 2", False))
        self.assertEqual((event.signer_name, event.signer_rut), ("Pedro Soto", BUYER_RUT))
        self.assertIn("rejects", move.activity_ids.summary)
        self.assertIn(BUYER_RUT, move.activity_ids.note)

    def test_strangers_who_certified_themselves(self):
        for accepted, kind, code in (
            (False, "result", "ResultadoDTE 2"),
            (True, "result", "ResultadoDTE 0"),
            (True, "reception", "RecepcionDTE 0"),
            (True, "receipts", "Recibo"),
        ):
            for by in (stranger(), stranger("Pedro Soto", BUYER_RUT), stranger(rut=CUSTOMER)):
                with self.subTest(code=code, rut=by.rut):
                    move, xml = self.issued()
                    self.mail(self.answered(xml, by, kind=kind, accepted=accepted))
                    event = self.assert_unproven(move, code)
                    self.assertEqual(event.chain_verdict, "self_signed")

    def test_the_certificate_of_somebody_else(self):
        """Anybody can copy it out of any document; the key that signs is another."""
        move, xml = self.issued()
        file = self.answered(xml, stranger())
        self.mail(_with_certificate(file, from_simulator(self.person).certificate_der))
        event = self.assert_unproven(move)
        self.assertEqual((event.chain_verdict, event.chain_reason), ("broken", "other_key"))

    def test_a_certificate_that_expired(self):
        today = fields.Date.today()
        old = self.sii.issue_certificate(
            {
                "rut": BUYER_RUT,
                "name": "Pedro Soto",
                "valid_from": f"{today - timedelta(days=900)}",
                "valid_to": f"{today - timedelta(days=30)}",
            }
        )
        by = from_simulator(old)
        for days in (0, 60):  # signed today, and as if it had been signed in time
            with self.subTest(days=days):
                move, xml = self.issued()
                self.mail(self.answered(xml, by, at=clock.now() - timedelta(days=days)))
                self.assertEqual(self.assert_unproven(move).chain_verdict, "expired")

    def test_a_moment_to_come(self):
        move, xml = self.issued()
        at = clock.now() + timedelta(days=3)
        self.mail(self.answered(xml, from_simulator(self.person), at=at))
        self.assert_unproven(move)

    def test_a_simulators_authority_in_production(self):
        move, xml = self.issued()
        file = self.answered(xml, from_simulator(self.person))
        for table, record in (("issuer", self.issuer), ("dte", move.l10n_cl_dte_id)):
            self.env.cr.execute(
                f"UPDATE l10n_cl_{table} SET environment = 'production' WHERE id = %s",
                [record.id],
            )
        self.env.invalidate_all()
        self.mail(file)
        self.assertEqual(self.assert_unproven(move).chain_verdict, "unknown")

    def test_who_answers_is_not_who_got_it(self):
        move, xml = self.issued()
        by = from_simulator(self.person)
        body = self.mail(self.answered(xml, by, rut="77888777-0"))
        self.assertIn("not issued to who answers", body)
        self.assertFalse(move.l10n_cl_claim_event_ids)

    def test_wrong_amounts_folios_and_addressees(self):
        move, xml = self.issued()
        by = from_simulator(self.person)
        other = self.post(lines=[{"quantity": 2}])
        self.run_crons("cron_send", "cron_poll")
        theirs = base64.b64decode(other.l10n_cl_dte_id.xml)
        folio = b"<Folio>%d<" % move.l10n_cl_dte_id.folio
        replayed = theirs.replace(b"<Folio>%d<" % other.l10n_cl_dte_id.folio, folio)
        elsewhere = xml.replace(b"<RUTEmisor>76354771-K<", b"<RUTEmisor>60803000-K<")
        for file in (replayed, elsewhere, xml.replace(folio, b"<Folio>99999<")):
            self.mail(self.answered(file, by))
        self.assertFalse(move.l10n_cl_claim_event_ids | other.l10n_cl_claim_event_ids)
        self.assertFalse(move.activity_ids)

    def test_what_is_unproven_hides_nothing_and_is_not_endless(self):
        move, xml = self.issued()
        by = stranger()
        for _time in range(3):
            self.mail(self.answered(xml, by))
        self.assert_unproven(move)
        self.mail(self.answered(xml, from_simulator(self.person)))
        events = move.l10n_cl_claim_event_ids
        self.assertEqual(sorted(events.mapped("unproven")), [False, True])
        self.assertIn("rejects", move.activity_ids.summary)
        self.mail(self.answered(xml, from_simulator(self.person)))
        self.assertEqual(len(move.l10n_cl_claim_event_ids), 2)

    def test_simple_signatures_count_where_a_manager_wants_it(self):
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.authority.simulator", False)
        certificate = x509.load_pem_x509_certificate(self.sii.ca_certificate().encode())
        key = certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self.env["l10n_cl.authority"].sudo().create(
            {"name": "CA simple", "recognition": "key", "file": base64.b64encode(key)}
        )
        move, xml = self.issued()
        self.mail(self.answered(xml, from_simulator(self.person)))
        event = self.assert_unproven(move)
        self.assertEqual((event.chain_verdict, event.signer_rut), ("recognised", BUYER_RUT))
        self.issuer.sudo().recognised_answer = True
        move, xml = self.issued()
        self.mail(self.answered(xml, from_simulator(self.person)))
        self.assertFalse(move.l10n_cl_claim_event_ids.unproven)


def _with_certificate(file, der):
    """A signed file that brings another certificate."""
    text = base64.b64encode(der)
    return re.sub(rb"<X509Certificate>[^<]*<", b"<X509Certificate>" + text + b"<", file)
