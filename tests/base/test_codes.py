"""Every code of the SII that we can meet is explained, and reaches the person who must act."""

from ...sii.transport import document_status as documents
from ...sii.transport import envelope_status as status
from ...sii.transport import token, upload
from ...simulator import reasons
from ..common import SiiCase

# Numbers of the simulator's own, which no SII will ever send.
_OWN_OF_SIMULATOR = range(901, 1000)


class TestCodes(SiiCase):
    def assert_explained(self, family, codes):
        missing = [code for code in codes if not self.table._find(family, code)]
        self.assertEqual(missing, [], family)

    def setUp(self):
        super().setUp()
        self.table = self.env["l10n_cl.sii.code"]

    def test_every_code_that_the_library_knows_is_explained(self):
        self.assert_explained("envelope", {*status.VERDICT_OF, *status.USER_CODES})
        self.assert_explained("envelope", status.NOT_AUTHENTICATED)
        self.assert_explained("document", {*documents.VERDICT_OF, *status.NOT_AUTHENTICATED})
        self.assert_explained("upload", map(str, [0, 5, 9, 106, 107, *upload.REFUSALS]))
        known = {code for code in token.CERTIFICATE_CODES if code not in ("-03", "-7")}
        self.assert_explained("token", known | token.REQUEST_CODES)

    def test_every_reason_that_the_simulator_gives_is_explained(self):
        codes = [code for code in reasons.TEXTS if int(code.split("-")[2]) not in _OWN_OF_SIMULATOR]
        self.assertGreater(len(codes), 20)
        self.assertEqual({row.family for row in map(self.find_reason, codes)}, {"reason"})

    def find_reason(self, code):
        return self.table._find("reason", code)

    def test_codes_that_need_a_person_have_a_remedy(self):
        rows = self.table.search([("family", "in", ("reason", "section", "parser"))])
        self.assertFalse(rows.filtered(lambda row: not row.cause or not row.remedy))
        self.assertEqual(len(rows), len(set(rows.mapped(lambda row: (row.family, row.code)))))

    def test_an_unknown_reason_is_explained_by_its_section(self):
        self.assertEqual(self.find_reason("DET-3-777").code, "DET")
        self.assertFalse(self.find_reason("XYZ-3-777"))
        bare = self.table._find("reason", "", "DTE Sin Comuna Origen")
        self.assertEqual(bare.field, "Company: Commune")

    def test_a_refused_schema_is_explained_to_the_end(self):
        self.sii.add_to_script({"on": "upload", "do": "status:7"})
        move = self.post()
        self.run_crons("cron_send")
        reason = move.l10n_cl_reason_ids[:1]
        self.assertEqual((reason.family, reason.code), ("upload", "7"))
        for text in (move.l10n_cl_dte_explanation, move.activity_ids.note):
            self.assertIn("The file does not follow", text)
            self.assertIn("Correct the invoice or its customer", text)
        self.assertIn("Correct the invoice or its customer", move.message_ids[0].body)

    def test_a_wrong_resolution_names_the_field(self):
        self.issuer.resolution_date = "2001-01-01"
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_reason_ids.code, "RCT")
        self.assertIn("Issuer: Resolution number", move.activity_ids.note)
        move.button_draft()
        self.issuer.resolution_date = "2019-03-01"
        move.action_post()
        self.assertFalse(move.l10n_cl_reason_ids)

    def test_a_failure_keeps_the_words_of_the_sii_beside_ours(self):
        self.sii.add_to_script({"on": "upload", "do": "status:1"})
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        self.assertIn("may not send for this company", move.activity_ids.note)
        self.assertIn("gives the permission", move.activity_ids.note)
        self.assertIn("(SII: 1", move.l10n_cl_dte_sii_text)

    def test_an_objection_is_explained(self):
        self.sii.add_to_script({"on": "document", "do": "object:DTE-1-650"})
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_reason_ids.code, "RPR")
        self.assertIn("The document is legal", move.l10n_cl_dte_explanation)
        self.assertFalse(move.activity_ids)
