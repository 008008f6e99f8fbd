"""The query page: whoever holds a ticket finds its document, and whoever guesses does not."""

import re

from odoo.tests import HttpCase, tagged

from ..models.dte_query import QUERY
from .boleta_case import BoletaCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestQueryPage(BoletaCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.move = self.boleta()
        self.document = self.move.l10n_cl_dte_id
        self.env["l10n_cl.limiter"].sudo().search([]).unlink()

    def typed(self, **values):
        return {
            "kind": "39",
            "folio": str(self.document.folio),
            "day": str(self.document.issued_on),
            "total": "1190",
            **values,
        }

    def ask(self, path=QUERY, **values):
        self.env.flush_all()
        return self.url_open(path, data=self.typed(**values), allow_redirects=False)

    def assert_found(self, answer):
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(self.document._public_path()))

    def test_found_as_it_is_printed(self):
        day = self.document.issued_on
        for values in (
            {},
            {"total": "$ 1.190"},
            {"folio": f"00{self.document.folio}"},
            {"day": f"{day:%d-%m-%Y}"},
            {"day": f"{day:%d/%m/%Y}", "total": " 1190 "},
        ):
            with self.subTest(values):
                self.assert_found(self.ask(**values))
        self.assertEqual(self.url_open(self.ask().headers["Location"]).status_code, 200)

    def test_no_cookie_and_no_trace_of_whoever_asks(self):
        for answer in (self.url_open(QUERY), self.ask(total="1"), self.ask()):
            self.assertNotIn("Set-Cookie", answer.headers)
            self.assertEqual(answer.status_code in (200, 303), True)
        self.assertIn("noindex", self.url_open(QUERY).headers["X-Robots-Tag"])

    def test_wrong_and_unknown_get_the_same_answer(self):
        def page(**values):
            answer = self.ask(**values)
            self.assertEqual(answer.status_code, 200)
            # but for what was typed
            main = re.search(r"<main>.*</main>", answer.text, re.DOTALL)[0]
            return re.sub(r'\s(value|selected|action)="[^"]*"', "", main)

        draft = self.draft(code=39, partner_id=self.nobody.id)
        self.assertFalse(draft.l10n_cl_dte_id)
        pages = {
            page(total="1191"),
            page(day="2020-01-01"),
            page(kind="33"),
            page(folio=str(self.document.folio + 1)),
            page(folio="9999999999"),
            page(path=f"{QUERY}/96790240-3"),
        }
        self.assertEqual(len(pages), 1)
        self.assertNotIn(self.company.name, pages.pop())

    def test_what_is_no_answer_is_asked_again(self):
        for values in (
            {"folio": "abc"},
            {"folio": ""},
            {"folio": "٣"},
            {"total": "12,5"},
            {"total": "9" * 30},
            {"day": "ayer"},
            {"day": "2026-02-30"},
            {"kind": "52x"},
            {"kind": ""},
        ):
            with self.subTest(values):
                answer = self.ask(**values)
                self.assertEqual(answer.status_code, 200)
                self.assertFalse(self.env["l10n_cl.limiter"].sudo().search([]))

    def test_guessing_ends(self):
        other = self.boleta()
        for total in range(2000, 2010):
            self.assertEqual(self.ask(total=str(total)).status_code, 200)
        self.env.invalidate_all()
        for total in ("1190", "2010"):
            answer = self.ask(total=total)
            self.assertEqual(answer.status_code, 429)
            self.assertTrue(0 < int(answer.headers["Retry-After"]) <= 3600)
        # another's ticket is found all the same, and so is this one by its QR code
        found = self.ask(folio=str(other.l10n_cl_dte_id.folio))
        self.assertEqual(found.status_code, 303)
        self.assertEqual(self.url_open(self.document._public_path()).status_code, 200)

    def test_the_issuer_may_be_named(self):
        self.assert_found(self.ask(path=f"{QUERY}/{self.issuer.company_rut}"))
        self.assert_found(self.ask(path=f"{QUERY}/76.354.771-k"))
        page = self.url_open(f"{QUERY}/{self.issuer.company_rut}").text
        self.assertIn(f'action="{QUERY}/{self.issuer.company_rut}"', page)

    def test_facturas_and_notes_are_found_too(self):
        invoice = self.post()
        self.document = invoice.l10n_cl_dte_id
        self.assert_found(self.ask(kind="33"))

    def test_a_given_up_folio_is_not_found_as_valid(self):
        self.script("document", "reject:HED-3-861")
        self.run_crons()
        answer = self.url_open(self.ask().headers["Location"])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("alert-danger", answer.text)
        self.assertNotIn("/pdf", answer.text)

    def test_on_a_phone(self):
        page = self.url_open(QUERY).text
        self.assertIn('name="viewport"', page)
        for field in ("kind", "folio", "day", "total"):
            self.assertIn(f'for="{field}"', page)
        self.assertIn('inputmode="numeric"', page)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestQueryOnPhone(HttpCase):
    browser_size = "375x667"

    def test_nothing_is_wider_than_the_phone(self):
        code = """
            const button = document.querySelector("form button").getBoundingClientRect();
            if (document.documentElement.scrollWidth > window.innerWidth) {
                console.error("wider than the phone");
            } else if (button.left < 0 || button.right > window.innerWidth) {
                console.error("the button is not in sight");
            } else {
                console.log("test successful");
            }
        """
        self.browser_js(QUERY, code, login=None)
