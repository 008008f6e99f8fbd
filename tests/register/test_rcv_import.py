"""The portal's CSV files, loaded by a person: whole files, differences, and nothing by halves."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...sii.tests.support import foreign_files, registers

RUT = "76354771-K"
NAME = f"RCV_COMPRA_REGISTRO_{RUT}_202606.csv"
_DAYS = ("28/05/2019", "01/06/2019", "30/06/2019")
REGISTRO, PENDIENTE = "COMPRA_REGISTRO", "COMPRA_PENDIENTE"


@tagged("post_install_l10n", "post_install", "-at_install")
class RcvImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chile = cls.env.ref("base.cl")
        cls.company = cls.env["res.company"].create(
            {"name": "Registro SpA", "country_id": chile.id, "vat": RUT}
        )
        cls.env = cls.env(context={"allowed_company_ids": cls.company.ids})

    def wizard(self, *files, month="2026-06"):
        """The wizard with (name, content) files."""
        return self.env["l10n_cl.import.rcv"].create(
            {
                "month": month,
                "attachment_ids": [
                    Command.create({"name": name, "raw": content}) for name, content in files
                ],
            }
        )

    def load(self, *files, **values):
        """Import (name, content) files; the results, in order."""
        wizard = self.wizard(*files, **values)
        wizard.action_import()
        return wizard.file_ids

    def entries(self):
        return self.env["l10n_cl.rcv.entry"].search([("company_id", "=", self.company.id)])


class TestRcvImport(RcvImportCase):
    def test_a_long_list_is_read_by_the_scheduled_action(self):
        """Longer than one request should read: kept whole, and in one transaction later."""
        short = registers.file(REGISTRO, *map(self._line, range(1, 4)))
        filler = b"\r\n" * 500_001  # empty lines are none
        first, long, bad = self.load(
            (NAME, short), (f"x{NAME}", short + filler), ("bad.csv", b"x" * 1_000_001)
        )
        self.assertEqual((first.created, first.later), (3, False))
        for later in (long, bad):
            self.assertIn("being read", later.later)
            self.assertFalse(later.period_id or later.problems)
        heavy = self.env["l10n_cl.received.heavy"].search([("kind", "=", "register")], order="id")
        self.assertEqual(heavy.mapped("state"), ["waiting"] * 2)
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_read_heavy").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(heavy.mapped("state"), ["done"] * 2)
        self.assertEqual(heavy.mapped("refused"), [0, 1], heavy.mapped("text"))
        self.assertEqual(heavy[0].kept, 3)
        self.assertTrue(heavy[1].text)
        self.assertEqual(len(self.entries()), 3)

    def test_many_short_files_do_not_bypass_the_limit(self):
        short = registers.file(REGISTRO) + b"\r\n" * 300_000
        results = self.load((NAME, short), (f"a{NAME}", short), (f"b{NAME}", short))
        self.assertEqual([bool(each.later) for each in results], [False, True, True])

    def test_many_files_at_once(self):
        purchases, sales = self.load(
            (NAME, registers.file(REGISTRO, *map(self._line, range(1, 4)))),
            ("ventas.csv", registers.file("VENTA", encoding="iso-8859-1")),
        )
        self.assertEqual((purchases.created, purchases.listing), (3, "Compra registro"))
        self.assertEqual((sales.created, sales.period_id.issue_type), (1, "issued"))
        self.assertEqual(purchases.period_id.month, "2026-06")
        self.assertFalse(purchases.problems or sales.problems)
        entry = self.entries().filtered(lambda each: each.number == "1002")
        self.assertEqual(entry.counterpart_name, "Distribuidora Peñalolén Ltda.")
        self.assertEqual((entry.net_amount, entry.total_amount), (10000, 11900))
        self.assertEqual(entry.invoice_status, "registered")
        self.assertIs(entry.common_use_vat, None)

    @staticmethod
    def _line(number, listing=REGISTRO, **cells):
        return registers.line(listing, number, **cells)

    def test_again_nothing_changes(self):
        content = registers.file(REGISTRO, *map(self._line, range(1, 4)))
        self.load((NAME, content))
        again = self.load((NAME, content))
        self.assertEqual((again.created, again.changed, again.unchanged), (0, 0, 3))
        self.assertEqual(len(self.entries()), 3)

    def test_differences_are_reported(self):
        pending = [self._line(number, PENDIENTE) for number in (1, 2)]
        self.load(("pendientes.csv", registers.file(PENDIENTE, *pending)))
        moved = self.load((NAME, registers.file(REGISTRO, self._line(1))))
        self.assertEqual((moved.created, moved.changed), (0, 1))
        self.assertEqual(moved.event_ids.attribute, "invoice_status")
        self.assertEqual((moved.event_ids.before, moved.event_ids.after), ("pending", "registered"))
        rest = self.load(("pendientes.csv", registers.file(PENDIENTE, self._line(3, PENDIENTE))))
        self.assertEqual((rest.created, rest.missing), (1, 1))

    def test_a_file_with_a_bad_line_changes_nothing(self):
        lines = [self._line(1), self._line(2, **{"Monto Neto": "mucho"}), self._line(3, Folio="")]
        bad, good = self.load(
            (NAME, registers.file(REGISTRO, *lines)),
            ("ventas.csv", registers.file("VENTA")),
        )
        self.assertEqual(
            bad.problems.splitlines(),
            [
                "Line 3: Monto Neto is no whole number: “mucho”.",
                "Line 4: Folio is empty.",
            ],
        )
        self.assertFalse(bad.period_id)
        self.assertEqual(good.created, 1)
        self.assertEqual(self.entries().mapped("issue_type"), ["issued"])

    def test_hostile_files(self):
        whole = registers.file(REGISTRO, *map(self._line, range(1, 4)))
        files = {
            "empty": b"",
            "delimiter": whole.replace(b";", b","),
            "utf-16": whole.decode().encode("utf-16"),
            "truncated": whole[: len(whole) - 40],
            "header": whole.replace(b"Folio", b"Numero", 1),
            "page": b"<html><body>Sesion expirada</body></html>",
            "workbook": b"PK\x03\x04" + bytes(500),
            "percent": whole.replace(b"Nro;", b"%(x)s;", 1),
        }
        results = self.load(*((f"{name}.csv", content) for name, content in files.items()))
        self.assertEqual(len(results), len(files))
        for result in results:
            with self.subTest(result.name):
                self.assertTrue(result.problems)
        self.assertFalse(self.entries())

    def test_files_of_others_are_refused(self):
        other, month = self.load(
            ("RCV_COMPRA_REGISTRO_96790240-3_202606.csv", registers.file(REGISTRO)),
            ("RCV_COMPRA_REGISTRO_76354771-K_209901.csv", b"x"),
        )
        self.assertEqual(other.problems, "The file is of another company, 96790240-3.")
        self.assertTrue(month.problems)
        self.assertFalse(self.entries())

    def test_the_month_is_taken_from_the_name(self):
        result = self.load((NAME, registers.file(REGISTRO)), month="2026-01")
        self.assertEqual(result.period_id.month, "2026-06")

    def test_the_month_is_taken_from_the_rows_where_the_name_has_none(self):
        rows = [self._line(n, **{"Fecha Docto": day}) for n, day in enumerate(_DAYS, 1)]
        for month in (False, "2019-06"):
            result = self.load(("x.csv", registers.file(REGISTRO, *rows)), month=month)
            self.assertEqual((result.period_id.month, result.problems), ("2019-06", False))
        self.assertEqual(set(self.entries().mapped("tax_period")), {"2019-06"})

    def test_another_month_than_the_rows_is_asked_about(self):
        content = registers.file(REGISTRO, self._line(9))
        named = (NAME, registers.file(REGISTRO, self._line(1)))
        wizard = self.wizard(("x.csv", content), named, month="2026-01")
        wizard.action_import()
        asked, kept = wizard.file_ids
        self.assertIn("2026-06 (1)", asked.problems)
        self.assertEqual((asked.asks, wizard.asks, kept.created), (True, True, 1))
        self.assertEqual(len(self.entries()), 1)
        self.assertEqual(wizard.attachment_ids.mapped("name"), ["x.csv"])
        wizard.month_sure = True
        wizard.action_import()
        self.assertEqual(wizard.file_ids.period_id.month, "2026-01")
        self.assertFalse(wizard.attachment_ids or wizard.asks)

    def test_a_name_that_its_rows_deny_is_asked_about(self):
        """All of another year or of months to come; what came late, or one of many, is no sign."""
        for day, asks in (
            ("05/03/2019", True),
            ("05/07/2026", True),
            ("05/11/2025", True),
            ("05/12/2025", False),
            ("30/06/2026", False),
        ):
            row = self._line(1, **{"Fecha Docto": day})
            wizard = self.wizard((NAME, registers.file(REGISTRO, row)))
            wizard.action_import()
            self.assertEqual(wizard.asks, asks, day)
            if asks:
                self.assertIn("its name says 2026-06", wizard.file_ids.problems)
                wizard.month_sure = True
                wizard.action_import()
                self.assertFalse(wizard.asks)
            self.assertEqual(wizard.file_ids.period_id.month, "2026-06")
        rows = [self._line(n, **{"Fecha Docto": day}) for n, day in enumerate(_DAYS, 1)]
        mixed = registers.file(REGISTRO, *rows, self._line(9))
        self.assertFalse(self.load((NAME, mixed)).asks)

    def test_a_document_twice_with_other_totals_is_reported(self):
        twice = {"Monto Total": "12000", "Monto Neto": "10100"}
        lines = [self._line(1), self._line(2), self._line(1, **twice)]
        result = self.load((NAME, registers.file(REGISTRO, *lines)))
        self.assertEqual((result.created, result.unchanged), (2, 0))
        self.assertIn(f"Line 2 of {NAME}, Line 4 of {NAME}: Type 33, number 1001", result.problems)
        self.assertIn("Net 10.000 / 10.100, Total 11.900 / 12.000", result.problems)
        self.assertNotIn("1002", result.problems)
        entry = self.entries().filtered(lambda each: each.number == "1001")
        self.assertEqual((entry.total_amount, entry.net_amount), (12_000, 10_100))
        same = [self._line(1, **twice), self._line(2), self._line(2), self._line(1, **twice)]
        self.assertFalse(self.load((NAME, registers.file(REGISTRO, *same))).problems)

    def test_files_of_other_kinds_are_reported_by_kind(self):
        for kind, sentence in (
            ("office", "of a spreadsheet program"),
            ("page", "is a web page"),
            ("pdf", "is a PDF"),
            ("picture", "is a picture"),
        ):
            for data in foreign_files.OTHERS[kind]:
                with self.subTest(kind=kind, data=data[:9]):
                    self.assertIn(sentence, self.load(("RCV.csv", data)).problems)
        for kind, data in foreign_files.ARCHIVES.items():
            with self.subTest(kind=kind):
                self.assertIn(f"an archive ({kind})", self.load(("RCV.csv", data)).problems)

    def test_folios_that_a_spreadsheet_spoilt(self):
        for folio in ("1,23E+09", "1.23E+09", "ABC", "-5", "12.0"):
            with self.subTest(folio):
                line = self._line(1, Folio=folio)
                result = self.load((NAME, registers.file(REGISTRO, self._line(2), line)))
                self.assertIn(f"Line 3: Folio is no whole number: “{folio}”", result.problems)
                self.assertFalse(self.entries())

    def test_a_document_twice_far_apart(self):
        """Beyond what is written at once; and read by the scheduled action."""
        lines = [self._line(n) for n in range(1, 1_200)]
        lines.append(self._line(1, **{"Monto Total": "12000"}))
        data = registers.file(REGISTRO, *lines)
        [result] = self.load((NAME, data))
        self.assertIn("Total 11.900 / 12.000", result.problems)
        self.assertEqual(len(result.problems.splitlines()), 1)
        [result] = self.load((NAME, data + b"\r\n" * 500_001))
        self.assertTrue(result.later)
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_read_heavy").method_direct_trigger()
        self.env.invalidate_all()
        heavy = self.env["l10n_cl.received.heavy"].search([("kind", "=", "register")])
        self.assertEqual((heavy.refused, heavy.kept > 0), (0, True), heavy.text)
        self.assertIn("Total 11.900 / 12.000", heavy.text)

    def test_a_document_in_two_lists_with_other_totals(self):
        pending = registers.file(PENDIENTE, registers.line(PENDIENTE, 1))
        other = registers.file(REGISTRO, self._line(1, **{"Monto Total": "12000"}))
        first, second = self.load(("a.csv", pending), ("b.csv", other))
        self.assertFalse(first.problems)
        self.assertIn("Line 2 of a.csv, Line 2 of b.csv", second.problems)
        self.assertEqual(self.entries().total_amount, 12_000)
        first, second = self.load(
            ("a.csv", pending), ("b.csv", registers.file(REGISTRO, self._line(1)))
        )
        self.assertFalse(first.problems or second.problems)

    def test_totals_need_a_month(self):
        summary = registers.file("RESUMEN", "39;12;0;10000;1900;11900")
        asked = self.load(("x.csv", summary), month=False)
        self.assertIn("write it", asked.problems)
        self.assertEqual(self.load(("x.csv", summary)).period_id.month, "2026-06")

    def test_what_must_be_there(self):
        with self.assertRaises(UserError):
            self.load()
        with self.assertRaises(UserError):
            self.load(("x.csv", registers.file(REGISTRO)), month="junio")
        self.company.vat = False
        with self.assertRaises(UserError):
            self.load(("x.csv", registers.file(REGISTRO)))

    def test_who_may(self):
        viewer = new_test_user(
            self.env,
            "viewer",
            groups="base.group_user,l10n_cl_sii.group_viewer",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            email=False,
        )
        with self.assertRaises(AccessError):
            self.env["l10n_cl.import.rcv"].with_user(viewer).create({"month": "2026-06"})
        emitter = new_test_user(
            self.env,
            "emitter",
            groups="base.group_user,l10n_cl_sii.group_emitter",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            email=False,
        )
        wizard = (
            self.env["l10n_cl.import.rcv"]
            .with_user(emitter)
            .create(
                {
                    "month": "2026-06",
                    "attachment_ids": [
                        Command.create({"name": NAME, "raw": registers.file(REGISTRO)})
                    ],
                }
            )
        )
        wizard.action_import()
        self.assertEqual(wizard.file_ids.created, 1)
