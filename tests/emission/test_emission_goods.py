"""Goods that are paid for emit their factura once it is stated whether they travel with it."""

from odoo.exceptions import AccessError
from odoo.tests import Form

from ...models.emission.goods import answer_goods
from ..transport.transport_case import TransportCase
from .emission_case import EmissionCase


class TestEmissionGoods(EmissionCase, TransportCase):
    def setUp(self):
        super().setUp()
        self.cable.type = "consu"

    def paid(self, **values):
        statement = self.statement(**values)
        self.pay(statement)
        self.run_requests()
        return statement

    def apart(self, travel):
        """An order that a person invoices."""
        return self.order(l10n_cl_emit_document=False, l10n_cl_goods_travel=travel)

    def test_without_an_answer_a_person_is_called(self):
        statement = self.paid()
        request = statement.request_id
        self.assert_parked(request, "goods_travel_missing", "goods_travel")
        self.assertEqual(request.reason_model, "sale.order")
        viewer = self.member("mira", "base.group_user,l10n_cl_sii.group_viewer")
        with self.assertRaises(AccessError):
            request.with_user(viewer).action_goods_stay()
        clerk = self.member("cobranza", "base.group_user,account.group_account_invoice")
        request.with_user(clerk).action_goods_stay()
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(statement.move_id.l10n_cl_goods_travel, "no")

    def test_the_button_for_yes_states_what_is_not_known(self):
        statement = self.paid()
        statement.request_id.action_goods_travel()
        self.run_requests()
        self.assert_emitted_once(statement)
        (text,) = self.texts(statement.move_id, "DscItem")
        self.assertIn("patente del vehículo, transportista, chofer, fecha y hora de salida.", text)
        self.assertEqual(self.texts(statement.move_id, "Transporte/s:DirDest"), ["Los Leones 55"])

    def test_the_policy_decides_once_for_all(self):
        statement = self.paid()
        self.assertEqual(statement.request_id.state, "parked")
        self.policy.write({"goods_travel": "yes", "vehicle_id": self.truck.id})
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(self.texts(statement.move_id, "Transporte/s:Patente"), ["ABCD12"])

    def test_the_order_goes_before_the_policy(self):
        self.policy.goods_travel = "yes"
        statement = self.paid(l10n_cl_goods_travel="no")
        self.assert_emitted_once(statement)
        self.assertFalse(self.texts(statement.move_id, "Transporte"))

    def test_values_of_an_invoice_go_before_the_policy(self):
        other = self.truck.copy({"plate": "XX1234", "driver_id": False})
        self.policy.write({"goods_travel": "yes", "vehicle_id": other.id})
        move = self.draft(**self.carried())
        answer_goods(move, "yes", self.policy)
        self.assertEqual((move.l10n_cl_vehicle_id, move.l10n_cl_plate), (self.truck, "ABCD12"))
        self.assertFalse(move.l10n_cl_departure_unknown)
        silent = self.draft(lines=[{"product_id": self.goods.id}])
        answer_goods(silent, "yes", self.policy)
        self.assertEqual(silent.l10n_cl_vehicle_id, other)
        self.assertTrue(silent.l10n_cl_driver_unknown)

    def test_a_clerk_states_it_on_the_statement(self):
        statement = self.paid()
        place = self.env["res.partner"].create(
            {
                "name": "Obra",
                "type": "delivery",
                "parent_id": self.customer.id,
                "street": "Km 8",
                "city_id": self.cellar.city_id.id,
            }
        )
        clerk = self.member("cobranza", "base.group_user,account.group_account_invoice")
        with Form(statement.with_user(clerk)) as form:
            form.l10n_cl_goods_travel = "yes"
            form.l10n_cl_vehicle_id = self.truck
            self.assertEqual(form.l10n_cl_plate, "ABCD12")
            form.l10n_cl_trailer_unknown = True
            form.l10n_cl_destination_id = place
            form.l10n_cl_departs_at = self.at()
        self.run_requests()
        self.assert_emitted_once(statement)
        move = statement.move_id
        self.assertEqual(self.texts(move, "Transporte/s:DirDest"), ["Km 8"])
        self.assertEqual(self.texts(move, "Transporte/s:Patente"), ["ABCD12"])
        self.assertIn("patente del carro", self.texts(move, "DscItem")[0])

    def test_an_invalid_value_parks_by_its_code_until_corrected(self):
        statement = self.statement()
        statement.write(
            {
                "l10n_cl_goods_travel": "yes",
                "l10n_cl_vehicle_id": self.truck.id,
                "l10n_cl_departs_at": self.at(-1),
            }
        )
        self.assertIn("before the day of the document", statement.request_id.foreseen)
        self.pay(statement)
        self.run_requests()
        self.assert_parked(statement.request_id, "departure_before_issue", "transport.departs_at")
        statement.l10n_cl_departs_at = self.at()
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_boletas_and_services_ask_nothing(self):
        self.policy.document = "receipt"
        self.assert_emitted_once(self.paid())
        self.policy.document = "invoice"
        self.cable.type = "service"
        self.assert_emitted_once(self.paid())

    def test_it_is_shown_before_the_payment(self):
        self.assertIn("Nobody has said", self.statement().request_id.foreseen)

    def test_orders_that_differ_leave_the_question_open(self):
        self.cable.invoice_policy = "order"
        same = self.apart("no") | self.apart("no")
        self.assertEqual(same._create_invoices().l10n_cl_goods_travel, "no")
        others = self.apart("no") | self.apart("yes")
        self.assertFalse(others._create_invoices().l10n_cl_goods_travel)
