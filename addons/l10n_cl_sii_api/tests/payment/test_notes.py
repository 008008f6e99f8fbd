"""Notes that programs make over documents that the company issued."""

from odoo import fields
from odoo.addons.l10n_cl_sii.sii import clock

from ..common import ApiCase


class TestNotes(ApiCase):
    def factura(self, quantity=4, **values):
        lines = [{"quantity": quantity}, {"name": "Flete", "price_unit": 500}]
        return self.post(lines=lines, **values)

    def path(self, move):
        document = move.l10n_cl_dte_id
        return f"/documents/{document.document_code}-{document.folio}/notes"

    def note_of(self, answer):
        return self.env["l10n_cl.dte"].search(
            [("document_code", "=", answer["document_type"]), ("folio", "=", answer["folio"])]
        )

    def returned(self, quantity=1, **values):
        lines = [{"line": 1, "quantity": quantity}]
        return {"action": "credit", "kind": "return", "lines": lines, **values}

    def test_a_part_that_came_back(self):
        move = self.factura()
        day = str(clock.today())
        answer = self.made(self.path(move), self.returned(returned_on=day))
        self.assertEqual(
            (answer["document_type"], answer["state"], answer["total"]), (61, "signed", 1190)
        )
        self.assertEqual((answer["kind"], answer["returned_on"]), ("return", day))
        self.assertTrue(answer["lowers_vat"])
        self.assertEqual(answer["waits_for"], f"33-{move.l10n_cl_dte_id.folio}")
        note = self.note_of(answer)
        self.assertEqual(note.move_id.create_uid, self.client.user_id)
        self.assertEqual(note.move_id.l10n_cl_reference_ids.code, "3")
        self.run_crons()
        self.run_crons()
        self.assertEqual(note.state, "accepted", note.sii_text)

    def test_annulled_once_and_brought_back(self):
        move = self.factura()
        body = {"action": "annul", "kind": "error", "reason": "Cliente equivocado"}
        answer = self.made(self.path(move), body)
        error = self.refused("POST", self.path(move), body, 409)
        self.assertEqual(error["code"], "already_annulled")
        undone = self.made(self.path(self.note_of(answer).move_id), {"action": "annul"})
        self.assertEqual((undone["document_type"], undone["total"]), (56, answer["total"]))
        self.made(self.path(move), body)

    def test_no_more_than_is_left(self):
        move = self.factura()
        self.made(self.path(move), self.returned(3))
        error = self.refused("POST", self.path(move), self.returned(4), 409)
        self.assertEqual(error["code"], "exceeds_what_is_left")
        self.assertIn("are left after", error["message"])
        self.made(self.path(move), self.returned(1))

    def test_a_discount_is_of_an_amount(self):
        move = self.factura()
        body = {"action": "credit", "kind": "discount", "lines": [{"line": 2, "amount": 300}]}
        answer = self.made(self.path(move), body)
        self.assertEqual((answer["total"], answer["kind"]), (357, "discount"))

    def test_lines_are_numbered_as_in_the_document(self):
        discount = {"name": "Descuento", "quantity": 1, "price_unit": -100}
        lines = [{"quantity": 1}, discount, {"name": "Flete", "price_unit": 500}]
        move = self.post(lines=lines)
        note = self.note_of(self.made(self.path(move), self.returned_line(2))).move_id
        self.assertEqual(note.invoice_line_ids.mapped("name"), ["Flete"])
        both = [{"line": 1, "quantity": 1}, {"line": 3, "quantity": 1}]
        note = self.note_of(self.made(self.path(move), self.returned(lines=both))).move_id
        self.assertEqual(set(note.invoice_line_ids.mapped("price_unit")), {1000, -100})

    def returned_line(self, line):
        return self.returned(lines=[{"line": line, "quantity": 1}])

    def test_a_note_of_nothing(self):
        path = self.path(self.factura())
        for size in ({"amount": 0.4}, {"quantity": 1e-9}):
            error = self.refused("POST", path, self.returned(lines=[{"line": 1, **size}]))
            self.assertEqual((error["code"], error["param"]), ("invalid_parameter", "lines"))
        error = self.refused("POST", path, self.returned(reason="a\0b"))
        self.assertEqual(error["param"], "reason")

    def test_a_text_and_an_interest(self):
        move = self.factura()
        body = {"action": "correct_text", "corrections": [{"field": "giro", "after": "Ferretería"}]}
        self.assertEqual(self.made(self.path(move), body)["total"], 0)
        body = {"action": "debit", "lines": [{"line": 2, "amount": 100}], "reason": "Intereses"}
        answer = self.made(self.path(move), body)
        self.assertEqual((answer["document_type"], answer["total"]), (56, 119))

    def test_a_term_that_is_over_is_asked(self):
        move = self.factura(invoice_date=fields.Date.subtract(clock.today(), months=3))
        body = self.returned(kind="error")
        error = self.refused("POST", self.path(move), body, 409)
        self.assertEqual((error["code"], error["confirmable"]), ("note_late", True))
        self.assertIn("Too late to lower the VAT", error["message"])
        answer = self.made(self.path(move), {**body, "confirm": ["note_late"]})
        self.assertFalse(answer["lowers_vat"])
        xml = self.note_of(answer).move_id.l10n_cl_dte_id._xml_bytes()
        self.assertIn(b"<IndNoRebaja>1</IndNoRebaja>", xml)

    def test_missing_and_meaningless_fields_are_refused(self):
        path = self.path(self.factura())
        cases = [
            ({"action": "annul"}, "missing_parameter", "kind"),
            ({"action": "credit", "kind": "error"}, "missing_parameter", "lines"),
            ({"action": "correct_text"}, "missing_parameter", "corrections"),
            ({"action": "forget"}, "invalid_parameter", "action"),
            ({"action": "annul", "kind": "gift"}, "invalid_parameter", "kind"),
            (
                self.returned(kind="error", returned_on="2026-01-05"),
                "invalid_parameter",
                "returned_on",
            ),
            (
                self.returned(lines=[{"line": 9, "quantity": 1}]),
                "invalid_parameter",
                "lines.0.line",
            ),
            (self.returned(lines=[{"line": 1}]), "invalid_parameter", "lines.0"),
        ]
        before = self.env["account.move"].search_count([])
        for body, code, param in cases:
            error = self.refused("POST", path, body)
            self.assertEqual((error["code"], error["param"]), (code, param), body)
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_what_no_note_does(self):
        path = self.path(self.factura())
        answer = self.made(path, {"action": "annul", "kind": "return"})
        over = self.path(self.note_of(answer).move_id)
        error = self.refused("POST", over, self.returned(), 409)
        self.assertEqual(error["code"], "note_not_possible")
        self.refused("POST", "/documents/33-999999/notes", self.returned(), 404)
        self.refused("POST", "/documents/x/notes", self.returned(), 404)

    def test_of_another_company(self):
        _client, other = self.make_client(self.env["res.company"].create({"name": "Otra"}))
        self.refused("POST", self.path(self.factura()), self.returned(), 404, auth=other)

    def test_a_rejected_document(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.factura()
        self.run_crons()
        error = self.refused("POST", self.path(move), self.returned(), 409)
        self.assertEqual(error["code"], "document_not_valid")

    def test_made_once(self):
        move = self.factura()
        headers = {"Idempotency-Key": "nc-1"}
        first = self.call("POST", self.path(move), self.returned(), headers=headers)
        self.assertEqual(first[0], 201, first)
        self.assertEqual(
            self.call("POST", self.path(move), self.returned(), headers=headers), first
        )
        self.assertEqual(len(move.reversal_move_ids), 1)
