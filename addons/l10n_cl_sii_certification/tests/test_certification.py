"""The certification assistant: from the SII's text file to an envelope without objections."""

import base64
from pathlib import Path

from lxml import etree

from odoo.addons.l10n_cl_sii.tests.boleta_case import BoletaCase
from odoo.exceptions import AccessError, UserError
from odoo.modules import get_module_path
from odoo.tests import new_test_user

SETS = Path(get_module_path("l10n_cl_sii")) / "sii/tests/sets"
RUTS = ("96790240-3", "78885550-8", "76192083-9", "60803000-K")


class CertificationCase(BoletaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.customer | cls.env["res.partner"].union(
            *(cls._create_customer(name=f"Cliente {rut}", vat=rut) for rut in RUTS[1:])
        )

    def setUp(self):
        super().setUp()
        action = self.env["l10n_cl.certification"].action_open()
        self.certification = self.env["l10n_cl.certification"].browse(action["res_id"])
        self.certification.partner_ids = self.customers

    def load(self, name, data=None):
        data = (SETS / f"{name}.txt").read_bytes() if data is None else data
        wizard = self.env["l10n_cl.certification.load"].create(
            {
                "certification_id": self.certification.id,
                "file": base64.b64encode(data),
                "file_name": f"{name}.txt",
            }
        )
        action = wizard.action_load()
        self.certification.invalidate_recordset()
        return action

    def loaded(self, kind):
        return self.certification.set_ids.filtered(lambda each: each.kind == kind)

    def carried_out(self, name, kind):
        """A set with its documents made, sent and judged."""
        self.load(name)
        test_set = self.loaded(kind)
        test_set.action_issue()
        self.run_crons()
        return test_set

    def assert_accepted_whole(self, test_set):
        for case in test_set.case_ids:
            self.assertEqual(case.dte_state, "accepted", (case.name, case.move_id.name))
            self.assertEqual(case.move_id.amount_total, case.amount_total, case.name)
            self.assertEqual(case.move_id.l10n_cl_dte_id.amount_total, case.amount_total)
        self.assertEqual(test_set.state, "accepted")
        self.assertFalse(test_set.case_ids.move_id.l10n_cl_reason_ids)


class TestCertification(CertificationCase):
    def test_file_is_shown(self):
        action = self.load("invoices")
        self.assertIn("GUIA DE DESPACHO", action["params"]["message"])
        self.assertEqual(
            self.certification.set_ids.mapped("kind"), ["basic", "sales_book", "purchase_book"]
        )
        cases = self.loaded("basic").case_ids
        self.assertEqual(cases.mapped("name"), [f"700100-{number}" for number in range(1, 9)])
        self.assertEqual(
            [case.document_type_id.code for case in cases],
            ["33", "33", "33", "33", "61", "61", "61", "56"],
        )
        self.assertIn("131 × Brocha AFECTO: 1115 -5%", cases[1].items)
        self.assertFalse(cases.move_id)

    def test_basic_set(self):
        test_set = self.carried_out("invoices", "basic")
        self.assert_accepted_whole(test_set)
        documents = test_set.envio_id.dte_ids
        self.assertEqual(len(documents), 8)
        root = etree.fromstring(base64.b64decode(test_set.envio_id.xml))
        reasons = [
            each.text for each in root.iterfind(".//{*}Referencia[{*}TpoDocRef='SET']/{*}RazonRef")
        ]
        self.assertEqual(reasons, [f"CASO 700100-{number}" for number in range(1, 9)])
        receivers = [each.text for each in root.iterfind(".//{*}Receptor/{*}RUTRecep")]
        self.assertEqual(len(set(receivers[:4])), 4)
        percents = [each.text for each in root.iterfind(".//{*}DescuentoPct")]
        self.assertEqual(percents, ["5", "7", "5", "7"])
        printed = test_set.case_ids[5].move_id._l10n_cl_printed_document().references
        self.assertEqual(printed[0].reason, "CASO 700100-6")

    def test_the_set_is_issued_before_the_company_emits(self):
        self.issuer.emits_since = False
        recorded = self.draft()
        self.assert_accepted_whole(self.carried_out("invoices", "basic"))
        recorded.action_post()
        self.assertFalse(recorded.l10n_cl_dte_id)

    def test_the_simulation_too(self):
        self.issuer.emits_since = False
        drafts = self.env["account.move"].union(*(self.draft() for _each in range(10)))
        self.assertFalse(any(drafts.mapped("l10n_cl_is_dte")))
        self.certification.simulation_move_ids = drafts
        self.certification.action_simulate()
        self.run_crons()
        self.assertEqual(set(drafts.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_exempt_set(self):
        self.assert_accepted_whole(self.carried_out("exempt", "exempt"))

    def test_boleta_set(self):
        test_set = self.carried_out("boletas", "boleta")
        self.assert_accepted_whole(test_set)
        self.assertEqual(test_set.envio_id.channel, "dte")
        for number, case in enumerate(test_set.case_ids, 1):
            self.assertEqual(self.texts(case.move_id, "Referencia/s:CodRef"), ["SET"])
            self.assertEqual(self.texts(case.move_id, "RazonRef"), [f"CASO-{number}"])
        self.assertEqual(self.texts(test_set.case_ids[4].move_id, "UnmdItem"), ["Kg"])

    def test_too_few_customers(self):
        self.load("invoices")
        self.certification.partner_ids = self.customer
        with self.assertRaisesRegex(UserError, "4 invoices"):
            self.loaded("basic").action_issue()

    def test_refused_whole(self):
        """A customer without RUT on the third invoice: no document is made, no folio taken."""
        self.load("invoices")
        self.customers[2].l10n_cl_activity_description = False
        left = self.cafs[33].left
        with self.assertRaises(UserError), self.cr.savepoint():
            self.loaded("basic").action_issue()
        self.assertFalse(self.loaded("basic").case_ids.move_ids)
        self.assertEqual(self.cafs[33].left, left)

    def test_made_again(self):
        test_set = self.carried_out("invoices", "basic")
        former = test_set.case_ids.move_id
        test_set.action_issue()
        self.run_crons()
        self.assert_accepted_whole(test_set)
        self.assertFalse(former & test_set.case_ids.move_id)

    def test_not_while_on_its_way(self):
        self.load("invoices")
        self.loaded("basic").action_issue()
        with self.assertRaisesRegex(UserError, "on their way"):
            self.loaded("basic").action_issue()

    def test_last_file_counts(self):
        self.load("invoices")
        first = self.loaded("basic")
        self.load("invoices")
        self.assertFalse(first.active)
        self.assertEqual(len(self.loaded("basic")), 1)

    def test_bad_files_change_nothing(self):
        whole = (SETS / "invoices.txt").read_bytes()
        for data, text in (
            (b"", "no test set"),
            (whole[:1700], "before its set is complete|cannot be understood|no items|not name"),
            (b"\x89PNG\r\n\x1a\n\0", "is not text"),
            (whole.replace(b"FACTURA ELECTRONICA", b"FACTURA CUALQUIERA"), "is not known"),
        ):
            with self.subTest(text), self.assertRaisesRegex(UserError, text):
                self.load("bad", data)
        self.assertFalse(self.certification.set_ids)

    def test_production_is_refused(self):
        self.load("invoices")
        self.issuer.sudo().environment = "production"
        with self.assertRaisesRegex(UserError, "certification environment only"):
            self.loaded("basic").action_issue()

    def test_a_row_of_one_s_own_is_not_moved(self):
        """Rules look at a row before it is written, so a company in the values needs a look too."""
        other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        with self.assertRaises(AccessError):
            self.certification.company_id = other

    def test_the_case_of_an_invoice_is_not_written_by_hand(self):
        self.load("invoices")
        case = self.loaded("basic").case_ids[0]
        with self.assertRaises(AccessError):
            self.draft().l10n_cl_certification_case_id = case

    def test_managers_only(self):
        self.load("invoices")
        clerk = new_test_user(self.env(su=True), "clerk", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.loaded("basic").with_user(clerk).action_issue()
        with self.assertRaises(AccessError):
            self.env["l10n_cl.certification"].with_user(clerk).action_open()
