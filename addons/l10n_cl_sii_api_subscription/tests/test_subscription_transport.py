"""Goods that are sold by periods: whether they travel with each factura, and how."""

from odoo.addons.l10n_cl_sii_api.tests.payment.test_transport import TransportApiCase

from .common import BUSINESS, MEMBERSHIP, SubscriptionApiCase


class TestSubscriptionTransport(SubscriptionApiCase, TransportApiCase):
    def enrolled(self, **values):
        service = self.make_subscription(products=[{**MEMBERSHIP, "kind": "goods"}], dop=None)
        self.assertEqual(service["products"][0]["kind"], "goods")
        return self.enrol_in(service, invoice_information=BUSINESS, **values)

    def periods_of(self, enrolled):
        found = self.env["sale.subscription"].search([("l10n_cl_uuid", "=", enrolled["id"])])
        return found, found.l10n_cl_statement_ids

    def test_asked_for_in_each_period(self):
        enrolled = self.enrolled()
        reason = enrolled["statements"][0]["emission"]["reason"]
        self.assertEqual((reason["code"], reason["confirmable"]), ("goods_travel_missing", True))

    def test_they_never_travel(self):
        enrolled = self.enrolled(goods_travel=False)
        subscription, statements = self.periods_of(enrolled)
        subscription.sudo()._l10n_cl_owe_next()
        for statement in subscription.l10n_cl_statement_ids:
            self.assertIsNone(statement.sudo().request_id._goods_obstacle())
        self.assertGreater(len(subscription.l10n_cl_statement_ids), len(statements))

    def test_how_the_first_ones_travel(self):
        enrolled = self.enrolled(transport=self.carried())
        subscription, statements = self.periods_of(enrolled)
        self.assertEqual(set(statements.mapped("l10n_cl_plate")), {"ABCD12"})
        subscription.sudo()._l10n_cl_owe_next()
        later = subscription.l10n_cl_statement_ids - statements
        self.assertEqual(later.request_id._goods_obstacle().code, "goods_travel_missing")

    def test_transport_sent_later(self):
        enrolled = self.enrolled()
        path, part = f"/subscription_buyers/{enrolled['id']}", {"goods_travel": False}
        changed = self.changed(path, {"subscription_buyer": part})
        self.assertIsNone(changed["statements"][0]["emission"]["reason"])
        error = self.refused("PATCH", path, {"subscription_buyer": {"goods_travel": True}})
        self.assertEqual(error["param"], "subscription_buyer.transport")
