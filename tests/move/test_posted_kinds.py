"""A posted invoice of an issuer that looks like a tax document is one."""

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import Form

from ...models.access.unforeseen import attempt
from ...sii import kinds
from ..common import SiiCase

_ISSUED = {
    "out_invoice": set(kinds.texts(issued=True, is_credit_note=False, is_purchase=False)),
    "out_refund": set(kinds.texts(issued=True, is_credit_note=True)),
}


class TestMoveKinds(SiiCase):
    def chilean_types(self):
        types = self.env["l10n_latam.document.type"].with_context(active_test=False)
        return types.search([("country_id.code", "=", "CL")])

    def test_only_what_is_issued_is_offered(self):
        for move_type, issued in _ISSUED.items():
            for partner in (self.customer, self._create_customer(l10n_cl_sii_taxpayer_type="4")):
                move = self.draft(61 if move_type == "out_refund" else 33, partner_id=partner.id)
                offered = set(move.l10n_latam_available_document_type_ids.mapped("code"))
                self.assertTrue(offered)
                self.assertLessEqual(offered, issued)

    def test_everything_else_is_refused(self):
        """Any Chilean type, of invoices and of notes, as a program or an import writes it."""
        for move_type, issued in _ISSUED.items():
            for document_type in self.chilean_types():
                if document_type.code in issued:
                    continue
                move = self.draft(61 if move_type == "out_refund" else 33)
                with self.subTest(move_type, code=document_type.code):
                    with self.assertRaises(UserError) as refused, self.cr.savepoint():
                        # of some kinds Odoo refuses the choice already
                        move.l10n_latam_document_type_id = document_type
                        self.env.flush_all()
                        move.action_post()
                    if move_type == "out_invoice" and document_type.internal_type != "credit_note":
                        self.assertIn(document_type.display_name, str(refused.exception))
                    move.invalidate_recordset()
                    self.assertEqual(move.state, "draft")

    def test_one_of_many_stops_no_other(self):
        wrong = self.draft()
        wrong.l10n_latam_document_type_id = self.document_type(110)
        done, text = attempt(wrong, lambda move: move.action_post())
        self.assertIn("cannot be issued here", text)
        self.assertEqual(self.post().state, "posted")

    def test_before_the_switch_all_are_recorded(self):
        self.issuer.sudo().emits_since = False
        move = self.draft()
        offered = set(move.l10n_latam_available_document_type_ids.mapped("code"))
        self.assertIn("110", offered)
        move.l10n_latam_document_type_id = self.document_type(46)
        move.action_post()
        self.assertEqual(move.state, "posted")

    def test_a_journal_without_documents(self):
        journal = self.company_data["default_journal_sale"].copy(
            {"l10n_latam_use_documents": False}
        )
        move = self.draft(journal_id=journal.id, l10n_latam_document_type_id=False)
        move.action_post()
        self.assertEqual(move.state, "posted")

    def recorded(self, code, number):
        """Posted with a number while the company did not issue here."""
        self.issuer.sudo().emits_since = False
        move = self.draft()
        move.l10n_latam_document_type_id = self.document_type(code)
        move.l10n_latam_document_number = number
        move.action_post()
        self.issuer.sudo().emits_since = "2020-01-01"
        return move

    def test_a_taken_name_is_reported_with_its_invoice(self):
        other = self.recorded(33, str(self.cafs[33].first))
        draft = self.draft()
        with self.assertRaises(RedirectWarning) as refusal, self.cr.savepoint():
            draft.action_post()
        text, action = refusal.exception.args[:2]
        self.assertIn(other.name, text)
        self.assertEqual((action["res_model"], action["res_id"]), ("account.move", other.id))
        self.assertFalse(draft.l10n_cl_dte_ids)
        self.assertIn(other.name, attempt(draft, lambda move: move.action_post())[1])
        # the way on that it offers
        other.l10n_cl_action_issued_elsewhere()
        draft.action_post()
        self.assertEqual(draft.l10n_cl_dte_id.folio, self.cafs[33].first + 1)

    def test_a_name_of_another_kind(self):
        """46 and 33 have one prefix in Odoo."""
        other = self.recorded(46, str(self.cafs[33].first))
        with self.assertRaisesRegex(RedirectWarning, other.name), self.cr.savepoint():
            self.post()

    def test_a_form_offers_what_can_be_posted(self):
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.customer
            with form.invoice_line_ids.new() as line:
                line.product_id = self.cable
        form.record.action_post()
        self.assertTrue(form.record.l10n_cl_dte_id)
