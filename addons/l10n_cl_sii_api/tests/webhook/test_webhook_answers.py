"""Programs get what customers answer to the documents that we issued."""

import base64

from odoo import fields
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.addons.l10n_cl_sii.sii.codes import Environment
from odoo.addons.l10n_cl_sii.sii.exchange.claims import ClaimAction
from odoo.addons.l10n_cl_sii.sii.signature.certificates import from_pem
from odoo.addons.l10n_cl_sii.sii.transport.endpoints import Endpoints
from odoo.addons.l10n_cl_sii.sii.transport.gateway import Gateway
from odoo.addons.l10n_cl_sii.tests.strangers import answer, from_simulator, stranger

from .test_webhooks import WebhookCase


class TestAnswers(WebhookCase):
    def test_the_customers_answer_is_announced(self):
        self.subscribe(["document.answered"])
        statement = self.emit()
        self.run_crons()
        document = statement.move_id.l10n_cl_dte_id
        loose = self.post()
        self.run_crons()
        for one in (document, loose.l10n_cl_dte_id):
            self.claim(one, ClaimAction.CLAIM_TOTAL)
        self.env["l10n_cl.dte"].search([]).sudo().answer_asked_at = fields.Datetime.now()
        for _again in range(2):
            self.env.ref("l10n_cl_sii.cron_ask_answers").method_direct_trigger()
        events = {event["data"]["folio"]: event for event in self.deliver()}
        self.assertEqual(set(events), {document.folio, loose.l10n_cl_dte_id.folio})
        self.assertEqual(events[document.folio]["type"], "document.answered")
        data = events[document.folio]["data"]
        self.assertEqual(data["statement_id"], statement.uuid)
        self.assertEqual(data["answer"]["code"], "RFT")
        self.assertEqual(data["answer"]["responsible"], "11111111-1")
        self.assertIsNone(events[loose.l10n_cl_dte_id.folio]["data"]["statement_id"])

    def test_what_a_stranger_mails_in_the_customers_name(self):
        self.subscribe(["document.answered"])
        move = self.post()
        self.run_crons()
        document = move.l10n_cl_dte_id.sudo()
        xml, rut = base64.b64decode(document.xml), document.receiver_rut
        person = self.sii.issue_certificate({"rut": "11111111-1", "name": "Pedro Soto"})
        for by, expected in ((stranger(), []), (from_simulator(person), ["ResultadoDTE 2"])):
            file = answer(xml, by, clock.now(), rut, sii=self.sii)
            document._take_mailed_answers(file, move.company_id)
            codes = [event["data"]["answer"]["code"] for event in self.deliver()]
            self.assertEqual(codes, expected)
        self.assertEqual(len(document.claim_event_ids), 2)

    def claim(self, document, action):
        """The customer answers at the SII."""
        person = self.sii.issue_certificate({"rut": "11111111-1", "name": "Pedro Soto"})
        rut, name = document.receiver_rut, document.receiver_name
        user = {"users": ["11111111-1"], "resolution_number": 0, "actecos": [620100]}
        self.sii.register_company(
            {"rut": rut, "name": name, "resolution_date": "2019-03-01", **user}
        )
        keys = (person["certificate_pem"].encode(), person["key_pem"].encode())
        places = Endpoints(Environment.CERTIFICATION, self.sii.url)
        with Gateway(places, from_pem(*keys)) as gateway:
            receipt = gateway.claim(
                document.issuer_rut, document.document_code, document.folio, action
            )
        self.assertTrue(receipt.is_registered)
