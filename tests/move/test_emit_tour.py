"""In the browser: a clerk corrects what is in the way, emits, and corrects what was rejected."""

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import SiiCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestEmitTour(SiiCase, HttpCase):
    def clerk(self):
        return new_test_user(
            self.env(su=True),
            login="clerk",
            groups="base.group_user,account.group_account_invoice,base.group_partner_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_correct_and_emit(self):
        self.clerk()
        wrong = self._create_customer(
            name="Sin Giro SpA", vat="77123456-9", l10n_cl_activity_description=False
        )
        moves = self.draft() + self.draft(partner_id=wrong.id)
        self.start_tour("/odoo", "l10n_cl_sii_emit", login="clerk")
        self.env.invalidate_all()
        self.assertEqual(moves.mapped("l10n_cl_dte_state"), ["signed", "signed"])

    def test_rejection_and_remedy(self):
        self.clerk()
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        for cron in ("cron_send", "cron_poll"):
            self.env.ref(f"l10n_cl_sii.{cron}").method_direct_trigger()
            self.env["l10n_cl.envio"].sudo().search([]).next_attempt_at = False
        self.env["l10n_cl.envio"]._read_result(self.sii.envelope_result(move.l10n_cl_sii_track_id))
        self.start_tour("/odoo", "l10n_cl_sii_rejected", login="clerk")
        self.env.invalidate_all()
        self.assertEqual((move.l10n_cl_dte_state, move.l10n_cl_dte_id.generation), ("signed", 2))
