"""What a sale and a purchase are to the registers: proposed by the lines, stated by who knows."""

from odoo.exceptions import UserError
from odoo.tests import Form

from ..amounts.amounts_case import AmountsCase
from ..emission.emission_case import EmissionCase
from .purchase_case import PurchaseCase


class TransactionCase(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machines = cls.env["account.account"].create(
            {"code": "129999", "name": "Maquinaria", "account_type": "asset_fixed"}
        )

    def kinds(self, move):
        path = "IdDoc/s:TpoTran"
        return self.texts(move, path + "Compra"), self.texts(move, path + "Venta")


class TestSale(TransactionCase):
    def test_proposed_by_the_accounts_of_the_lines(self):
        for code in (33, 34):
            self.assertEqual(self.kinds(self.emit(code=code)), ([], ["1"]))
        machine = {"account_id": self.machines.id}
        self.assertEqual(self.kinds(self.emit(lines=[machine])), ([], ["2"]))
        self.assertEqual(self.kinds(self.emit(lines=[{}, machine])), ([], ["2"]))

    def test_chosen(self):
        move = self.emit(l10n_cl_sale_kind="3", l10n_cl_purchase_kind="5")
        self.assertEqual(self.kinds(move), (["5"], ["3"]))
        kept = self.emit(l10n_cl_sale_kind="1", lines=[{"account_id": self.machines.id}])
        self.assertEqual(self.kinds(kept), ([], ["1"]))

    def test_the_form_shows_what_is_proposed(self):
        draft = self.draft()
        with Form(draft) as form:
            self.assertEqual(form.l10n_cl_transaction_text, "Line of business")
            with form.invoice_line_ids.edit(0) as line:
                line.account_id = self.machines
            self.assertEqual(form.l10n_cl_transaction_text, "Fixed asset")
            form.l10n_cl_sale_kind = "3"
        draft.action_post()
        self.assertEqual(self.kinds(draft), ([], ["3"]))

    def test_signed_is_signed(self):
        move = self.post().with_user(self.sii_manager())
        for name in ("l10n_cl_sale_kind", "l10n_cl_purchase_kind"):
            with self.assertRaises(UserError):
                move.write({name: "2"})


class TestSaleOfEmissions(EmissionCase):
    def test_the_policy_decides_it(self):
        for kind, code in (("proposed", "1"), ("fixed_asset", "2"), ("real_estate", "3")):
            self.policy.sale_kind = kind
            statement = self.statement()
            self.pay(statement)
            self.run_requests()
            self.assert_emitted_once(statement)
            self.assertEqual(self.texts(statement.move_id, "IdDoc/s:TpoTranVenta"), [code])


class TestOthers(PurchaseCase):
    def kinds(self, move):
        return self.texts(move, "TpoTranCompra"), self.texts(move, "TpoTranVenta")

    def test_a_credit_note_repeats_it_and_a_debit_note_omits_it(self):
        invoice = self.accepted(l10n_cl_sale_kind="3", l10n_cl_purchase_kind="3")
        debit = self.debit(invoice, copy_lines=True)
        self.assert_accepted(debit)
        self.assertEqual(self.kinds(debit), ([], []))
        credit = self.credit(self.accepted(l10n_cl_sale_kind="3"))
        self.assert_accepted(credit)
        self.assertEqual(self.kinds(credit), ([], ["3"]))

    def test_a_purchase_invoice_is_classed_by_who_buys(self):
        machines = self.env["account.account"].create(
            {"code": "129999", "name": "Maquinaria", "account_type": "asset_fixed"}
        )
        usual, machine = self.bill(), self.bill(lines=[{"account_id": machines.id}])
        chosen = self.bill(l10n_cl_purchase_kind="6")
        moves = usual | machine | chosen
        moves.action_post()
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})
        self.assertEqual(self.kinds(usual), (["1"], []))
        self.assertEqual(self.kinds(machine), (["4"], []))
        self.assertEqual(self.kinds(chosen), (["6"], []))
