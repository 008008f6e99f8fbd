"""Programs are informed of a document that was made of something else than an invoice."""

from odoo.addons.l10n_cl_sii.tests.dte.parcel import ParcelCase

from . import test_webhooks


class TestSourceEvents(ParcelCase, test_webhooks.WebhookCase):
    def test_emitted_and_accepted_once_each(self):
        self.subscribe()
        statement = self.order().l10n_cl_statement_ids
        parcel = self.parcel(statement_id=statement.id)
        document = parcel._l10n_cl_issue()
        self.run_crons()
        emitted, accepted = self.deliver()
        self.assertEqual(
            (emitted["type"], accepted["type"]), ("document.emitted", "document.accepted")
        )
        self.assertEqual(accepted["data"]["statement_id"], statement.uuid)
        self.assertEqual(accepted["data"]["folio"], document.folio)
        self.assertTrue(accepted["data"]["pdf_url"].endswith(f"{document.public_token}/pdf"))

    def test_without_a_statement_nobody_is_informed(self):
        self.subscribe()
        self.parcel()._l10n_cl_issue()
        self.run_crons()
        self.assertEqual(self.deliver(), [])
