"""The SII's result mail explains verdicts folio by folio, and decides none."""

import base64
from email.message import EmailMessage

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import SiiCase


class TestResult(SiiCase):
    def judged(self, do):
        """A posted invoice, and the result mail of its envelope."""
        self.sii.add_to_script({"on": "document", "do": do})
        move = self.post()
        self.run_crons()
        return move, self.sii.envelope_result(move.l10n_cl_sii_track_id)

    def load(self, mail):
        wizard = self.env["l10n_cl.read.result"].create({"file": base64.b64encode(mail)})
        return wizard.action_read()

    def test_the_reasons_of_a_rejection_reach_the_invoice(self):
        move, mail = self.judged("reject:HED-3-861")
        self.assertEqual(move.l10n_cl_reason_ids.code, "RCH")
        action = self.load(mail)
        self.assertEqual(action["res_id"], move.l10n_cl_dte_id.id)
        reason = move.l10n_cl_reason_ids
        self.assertEqual((reason.code, reason.field), ("HED-3-861", "Issuer: Activities"))
        for text in (
            move.l10n_cl_dte_explanation,
            move.activity_ids.note,
            move.message_ids[0].body,
        ):
            self.assertIn("does not know this economic activity", text)
            self.assertIn("Actividad economica no registrada", text)
        self.assertEqual(len(move.activity_ids), 1)

    def test_reading_twice_reports_once(self):
        move, mail = self.judged("reject:HED-3-861")
        self.load(mail)
        messages = move.message_ids
        self.load(mail)
        self.assertEqual(move.message_ids, messages)

    def test_an_objection_is_explained_without_calling_anybody(self):
        move, mail = self.judged("object:DTE-1-650")
        self.load(mail)
        self.assertEqual(move.l10n_cl_reason_ids.code, "DTE-1-650")
        self.assertFalse(move.activity_ids)

    def test_an_envelope_that_was_refused_as_a_whole(self):
        self.issuer.resolution_date = "2001-01-01"
        move = self.post()
        self.run_crons()
        self.load(self.sii.envelope_result(move.l10n_cl_sii_track_id))
        self.assertEqual(move.l10n_cl_reason_ids.code, "CRT-3-19")
        self.assertIn("Issuer: Resolution number", move.activity_ids.note)

    def test_mail_before_verdict_keeps_its_reasons(self):
        self.sii.add_to_script({"on": "document", "do": "reject:DTE-3-505"})
        move = self.post()
        self.run_crons("cron_send")
        self.sii.envelope(move.l10n_cl_sii_track_id)
        self.load(self.sii.envelope_result(move.l10n_cl_sii_track_id))
        self.assertEqual(move.l10n_cl_dte_state, "sent")
        self.run_crons("cron_poll")
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        self.assertEqual(move.l10n_cl_reason_ids.code, "DTE-3-505")

    def test_a_forged_mail_rejects_nothing(self):
        move = self.post()
        self.run_crons()
        _other, mail = self.judged("reject:HED-3-861")
        forged = mail.replace(_other.l10n_cl_sii_track_id.encode(), b"%d" % self.track_of(move))
        forged = forged.replace(
            b"<FOLIO>%d<" % _other.l10n_cl_dte_id.folio, b"<FOLIO>%d<" % move.l10n_cl_dte_id.folio
        )
        self.assertEqual(self.load(forged)["tag"], "display_notification")
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertFalse(move.l10n_cl_reason_ids)

    def track_of(self, move):
        return int(move.l10n_cl_sii_track_id)

    def test_files_that_are_no_result_of_ours(self):
        _move, mail = self.judged("reject:HED-3-861")
        foreign = mail.replace(b"76354771-K", b"96790240-3")
        for file in (b"<EnvioDTE/>", b"hola", foreign):
            with self.assertRaises(UserError):
                self.load(file)

    def mail_in(self, *files):
        """A mail to the issuer's address, as the mail gateway gets it."""
        domain = self.env["mail.alias.domain"].create({"name": "mail.example"})
        self.company.alias_domain_id = domain
        issuer = self.issuer.sudo()
        issuer.write({"alias_name": "sii-resultados"})
        issuer.alias_domain_id = domain
        message = EmailMessage()
        message["From"] = "siidte@sii.example"
        message["To"] = "sii-resultados@mail.example"
        message["Subject"] = "Resultado de Revision Envio"
        message["Message-Id"] = "<1@sii.example>"
        message.set_content("Adjunto resultado")
        for name, file in files:
            message.add_attachment(file, maintype="application", subtype="xml", filename=name)
        self.env["mail.thread"].message_process("res.partner", message.as_bytes())
        return issuer.message_ids

    def test_the_mail_itself_can_come_in(self):
        move, mail = self.judged("reject:HED-3-861")
        messages = self.mail_in(("resultado.xml", mail), ("otro.xml", b"<EnvioDTE/>"))
        self.assertEqual(move.l10n_cl_reason_ids.code, "HED-3-861")
        self.assertIn("does not know this economic activity", move.activity_ids.note)
        self.assertEqual(len(messages.attachment_ids), 2)
        self.assertTrue(messages.filtered(lambda each: "otro.xml" in (each.body or "")))

    def test_only_emitters_read(self):
        _move, mail = self.judged("reject:HED-3-861")
        viewer = new_test_user(self.env, "viewer", "l10n_cl_sii.group_viewer,base.group_user")
        with self.assertRaises(AccessError):
            self.env["l10n_cl.read.result"].with_user(viewer).create(
                {"file": base64.b64encode(mail)}
            ).action_read()

    def test_a_strangers_result_changes_no_state_and_is_shown_as_a_mail(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        rejected = self.post()
        self.run_crons()
        result = self.sii.envelope_result(rejected.l10n_cl_sii_track_id)
        waiting = self.post()
        self.run_crons("cron_send")
        forged = result.replace(
            b"%d" % self.track_of(rejected), b"%d" % self.track_of(waiting)
        ).replace(
            b"<FOLIO>%d<" % rejected.l10n_cl_dte_id.folio,
            b"<FOLIO>%d<" % waiting.l10n_cl_dte_id.folio,
        )
        messages = waiting.message_ids
        self.mail_in(("resultado.xml", forged))
        self.assertEqual(waiting.l10n_cl_dte_state, "sent")
        self.assertTrue(waiting.l10n_cl_reason_ids.mailed)
        self.assertIn("not proven", waiting.l10n_cl_dte_explanation)
        self.assertFalse(waiting.activity_ids)
        self.assertEqual(waiting.message_ids, messages)
        self.run_crons("cron_poll")
        self.assertEqual(waiting.l10n_cl_dte_state, "accepted")
        self.assertFalse(waiting.l10n_cl_reason_ids)

    def test_a_mail_takes_no_place_of_what_a_person_loaded(self):
        move, mail = self.judged("reject:HED-3-861")
        self.load(mail)
        self.mail_in(("resultado.xml", mail.replace(b"HED-3-861", b"HED-3-305")))
        self.assertEqual(move.l10n_cl_reason_ids.code, "HED-3-861")
        self.assertFalse(move.l10n_cl_reason_ids.mailed)
