"""In the browser: a supplier's XML is loaded, verified, accepted, and its bill opened."""

import base64

from odoo.tests import new_test_user, tagged

from ..tour_case import TourCase
from .received_case import ReceivedCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestReceivedTour(ReceivedCase, TourCase):
    def test_from_file_to_bill(self):
        _move, xml = self.issued()
        self.publish("supplier_xml", base64.b64encode(xml))
        new_test_user(
            self.env(su=True),
            login="accountant",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.buyer.id,
            company_ids=self.buyer.ids,
        )
        url = "/odoo/action-l10n_cl_sii.received_dte_action"
        self.start_tour(url, "l10n_cl_sii_receive", login="accountant")
        document = self.received.search([("company_id", "=", self.buyer.id)])
        self.assertEqual(document.state, "new")
        self.ask_sii()
        self.start_tour(url, "l10n_cl_sii_received_bill", login="accountant")
        self.assertEqual(set(document.claim_ids.mapped("action")), {"ACD", "ERM"})
