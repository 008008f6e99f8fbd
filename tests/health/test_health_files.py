"""Each document is compared with its own signed file, in turn: what agrees may be wrong."""

from ..taxpayer.identity_case import IdentityCase


class TestFiles(IdentityCase):
    def compare(self, cron="cron_books_files"):
        with self.enter_registry_test_mode():
            self.env.ref(f"l10n_cl_sii.{cron}").method_direct_trigger()
        self.env.invalidate_all()
        differences = self.env["l10n_cl.books.difference"].sudo()
        return differences.search([("issuer_id", "=", self.issuer.id), ("kind", "=", "file")])

    def change(self, document, **values):
        """In the database itself, with books and snapshot alike."""
        self.env.flush_all()
        for name, value in values.items():
            self.cr.execute(
                f"UPDATE l10n_cl_dte SET {name} = %s WHERE id = %s", [value, document.id]
            )
        self.env.invalidate_all()

    def test_nothing_differs(self):
        foreigner = self.post(code=34)
        move = self.post() | foreigner
        self.run_crons()
        note = self.draft(code=61, reversed_entry_id=move[0].id)
        self.assertFalse(self.compare(), note)

    def test_two_that_changed_places(self):
        """Invoice and document of each point at the other's, and every number agrees."""
        one, other = self.post(), self.post()
        self.run_crons()
        first, second = one.l10n_cl_dte_id, other.l10n_cl_dte_id
        folios = first.folio, second.folio
        self.change(first, folio=0)
        self.change(second, folio=folios[0])
        self.change(first, folio=folios[1])
        names = one.name, other.name
        for move, name in ((one, "/"), (other, names[0]), (one, names[1])):
            self.cr.execute("UPDATE account_move SET name = %s WHERE id = %s", [name, move.id])
        self.env.invalidate_all()
        differences = self.compare()
        self.assertEqual(differences.dte_id, first | second)
        self.assertIn(
            f"F{folios[0]} ", differences.filtered(lambda d: d.dte_id == first).in_document
        )
        self.assertIn("Signed file", self.issuer.alarms)

    def test_each_datum(self):
        move = self.post()
        self.run_crons()
        document = move.l10n_cl_dte_id
        for name, value in (
            ("document_code", 34),
            ("amount_total", 1),
            ("issued_on", "2020-01-01"),
            ("receiver_rut", "66666666-6"),
            ("issuer_rut", "60803000-K"),
        ):
            with self.subTest(name):
                before = document[name]
                self.change(document, **{name: value})
                [difference] = self.compare()
                self.assertEqual(difference.dte_id, document)
                self.compare("cron_books_all")
                self.assertTrue(difference.exists(), "the other comparison leaves it")
                self.change(document, **{name: before})
                self.compare()
                self.assertFalse(difference.exists(), "taken back by itself")

    def test_it_goes_on_where_it_stopped(self):
        moves = self.post() | self.post() | self.post()
        documents = moves.l10n_cl_dte_id.sorted("id")
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("l10n_cl_sii.books_files_up_to", str(documents[1].id))
        for document in documents:
            self.change(document, amount_total=7)
        self.assertEqual(self.compare().dte_id, documents[2])
        self.assertEqual(parameters.get_param("l10n_cl_sii.books_files_up_to"), "0")
        self.assertEqual(self.compare().dte_id, documents)

    def test_what_differed_is_looked_at_every_night(self):
        """Wherever the turn is: what was put right, or was rejected since, is reported no more."""
        moves = self.post() | self.post()
        documents = moves.l10n_cl_dte_id.sorted("id")
        for document in documents:
            self.change(document, amount_total=7)
        self.assertEqual(self.compare().dte_id, documents)
        last = str(documents[-1].id)
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.books_files_up_to", last)
        self.change(documents[0], amount_total=1190)
        self.change(documents[1], state="rejected")
        self.assertFalse(self.compare())

    def test_a_missing_file_is_reported(self):
        move, whole = self.post(), self.post()
        self.change(whole.l10n_cl_dte_id, amount_total=7)
        self.lose(move.l10n_cl_dte_id)
        self.assertEqual(self.compare().dte_id, whole.l10n_cl_dte_id)
        self.assertEqual(self.incidents(move.l10n_cl_dte_id).kind, "altered")

    def test_an_unreadable_one_stops_no_other(self):
        """Its hash was changed with it: then its contents cannot be read at all."""
        move, other = self.post(), self.post()
        document = move.l10n_cl_dte_id
        self.alter(document, b"<Folio>", b"<Filio>")
        data = self.attachment(document)._l10n_cl_stored_bytes()
        self.change(document, xml_sha256=document._file_values(data)["xml_sha256"])
        self.change(other.l10n_cl_dte_id, amount_total=7)
        self.assertEqual(self.compare().dte_id, (document | other.l10n_cl_dte_id))
