"""The query page: who holds a ticket finds its document, and who guesses does not."""

import re
import time
from datetime import date

import requests

from odoo.tests import HttpCase, tagged

from ...models.dte.query import QUERY
from ..boleta_case import BoletaCase


@tagged("post_install_l10n", "post_install", "-at_install")
class QueryCase(BoletaCase, HttpCase):
    """A boleta of 1.190 pesos, and whoever asks for it."""

    def setUp(self):
        super().setUp()
        self.move = self.boleta()
        self.document = self.move.l10n_cl_dte_id
        self.forget()

    def forget(self):
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


class TestQueryPage(QueryCase):
    def test_found_as_it_is_printed(self):
        day = self.document.issued_on
        for values in (
            {},
            {"total": "$ 1.190"},
            {"total": "$1.190.-", "folio": f"N° {self.document.folio}"},
            {"total": "1.190,00", "folio": f"Nº{self.document.folio}"},
            {"day": f"{day:%d.%m.%Y}", "total": "1190,0"},
            {"folio": f"00{self.document.folio}"},
            {"day": f"{day:%d-%m-%Y}"},
            {"day": f"{day:%d/%m/%Y}", "total": " 1190 "},
        ):
            with self.subTest(values):
                self.assert_found(self.ask(**values))
        self.assertEqual(self.url_open(self.ask().headers["Location"]).status_code, 200)

    def test_no_cookie_and_no_trace_of_the_visitor(self):
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

    def test_invalid_values_are_asked_again(self):
        for values in (
            {"folio": "abc"},
            {"folio": ""},
            {"folio": "0"},
            {"folio": "-1"},
            {"folio": "10000000000"},
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

    def test_one_that_was_not_sent_yet_is_in_process(self):
        self.assertIn("En proceso", self.url_open(self.ask().headers["Location"]).text)

    def test_nobody_is_named(self):
        """Whoever finds it has typed what he is shown."""
        invoice = self.post()
        self.document = invoice.l10n_cl_dte_id
        answer = self.ask(kind="33")
        page = answer.text + self.url_open(answer.headers["Location"]).text
        for secret in (self.customer.name, self.customer.vat, self.customer.street):
            self.assertNotIn(secret, page)

    def test_of_another_company_or_environment(self):
        right = self.document
        selection = right._fields["environment"]._description_selection(self.env)
        for environment in dict(selection).keys() - {"certification", "production"}:
            right.sudo().environment = environment
            self.assertEqual(self.ask().status_code, 200, environment)
        right.sudo().environment = "production"
        self.assert_found(self.ask())
        # what another issuer sent, whose address names it
        right.sudo().issuer_rut = "76543210-3"
        self.assertEqual(self.ask().status_code, 200)
        self.assertEqual(self.ask(path=f"{QUERY}/{self.issuer.company_rut}").status_code, 200)

    def test_methods_and_odd_requests(self):
        odd = "\x00\ud7ff'\"<script>%s{}"
        for method, path, options in (
            ("HEAD", QUERY, {}),
            ("OPTIONS", QUERY, {}),
            ("PUT", QUERY, {}),
            ("DELETE", QUERY, {}),
            ("GET", f"{QUERY}?kind=39&folio=1", {}),
            ("GET", f"{QUERY}/{'9' * 2000}", {}),
            ("GET", f"{QUERY}/%00%ff", {}),
            ("POST", QUERY, {"data": dict.fromkeys(self.typed(), odd)}),
            ("POST", QUERY, {"data": b"folio=%ff%fe&kind=39&day=%00&total=1"}),
            ("POST", QUERY, {"files": {"folio": ("a", b"1")}, "data": self.typed(folio="")}),
            ("POST", QUERY, {"json": self.typed()}),
            ("POST", QUERY, {"data": self.typed(folio="1" * 50_000)}),
            ("POST", f"{QUERY}?{'a=1&' * 1000}", {"data": self.typed(total="1")}),
        ):
            with self.subTest(method=method, path=path[:40], options=str(options)[:60]):
                self.env.flush_all()
                answer = self.opener.request(
                    method, self.base_url() + path, allow_redirects=False, **options
                )
                self.assertLess(answer.status_code, 500)
                self.assertNotEqual(answer.status_code, 303)
                self.assertNotIn("<script>%s", answer.text)
                self.assertNotIn("Traceback", answer.text)

    def test_on_a_phone(self):
        page = self.url_open(QUERY).text
        self.assertIn('name="viewport"', page)
        for field in ("kind", "folio", "day", "total"):
            self.assertIn(f'for="{field}"', page)
        self.assertIn('inputmode="numeric"', page)


class TestQueryLimits(QueryCase):
    """Who guesses waits, with the right answer too; nobody else does."""

    def ask_from(self, address, **values):
        """What somebody at another address gets."""
        self.opener.mount("http://", _From(address))
        return self.ask(**values)

    def guess(self, address, times, **values):
        """The statuses of as many wrong totals."""
        return [
            self.ask_from(address, total=str(5000 + number), **values).status_code
            for number in range(times)
        ]

    def in_one_hour(self, play):
        """Counted by the clock's hour: from the beginning again when one has ended meanwhile."""
        hour = time.time() // 3600
        try:
            play()
        except AssertionError:
            if hour == time.time() // 3600:
                raise
            self.forget()
            play()

    def assert_waits(self, answer):
        self.assertEqual(answer.status_code, 429)
        self.assertTrue(0 < int(answer.headers["Retry-After"]) <= 3600)

    def test_who_guesses_waits_and_the_buyer_does_not(self):
        other = self.boleta().l10n_cl_dte_id

        def play():
            self.assertEqual(set(self.guess("127.0.0.1", 19)), {200})
            # wrong as often as that, and right in the end
            self.assert_found(self.ask_from("127.0.0.1"))
            self.assertEqual(self.guess("127.0.0.1", 2), [200, 429])
            self.assert_waits(self.ask_from("127.0.0.1"))
            # another address is no other who guesses, another network is
            self.assert_waits(self.ask_from("127.0.0.200"))
            self.assert_found(self.ask_from("127.0.1.1"))
            # and he finds another's document, and this one by its QR code
            found = self.ask_from("127.0.0.1", folio=str(other.folio))
            self.assertEqual(found.status_code, 303)
            self.assertEqual(self.url_open(self.document._public_path()).status_code, 200)

        self.in_one_hour(play)

    def test_many_who_guess_together_have_few_tries_each(self):
        def play():
            for network in range(3):
                self.assertEqual(set(self.guess(f"127.1.{network}.1", 20)), {200})
            for _time in range(3):
                self.assert_found(self.ask_from("127.2.0.1"))
            self.assertEqual(self.guess("127.3.0.1", 6), [200] * 5 + [429])
            self.assert_waits(self.ask_from("127.3.0.1"))
            self.assert_found(self.ask_from("127.2.0.1"))

        self.in_one_hour(play)

    def test_folio_after_folio_with_one_total(self):
        def play():
            folios = (str(1000 + number) for number in range(60))
            seen = {self.ask_from("127.0.0.1", folio=folio).status_code for folio in folios}
            self.assertEqual(seen, {200})
            self.assert_waits(self.ask_from("127.0.0.1"))
            self.assert_found(self.ask_from("127.0.0.2"))

        self.in_one_hour(play)

    def test_who_finds_them_all_waits(self):
        def play():
            seen = {self.ask_from("127.0.0.1").status_code for _time in range(120)}
            self.assertEqual(seen, {303})
            self.assert_waits(self.ask_from("127.0.0.1"))
            self.assert_waits(self.ask_from("127.0.0.1", total="1"))
            self.assert_found(self.ask_from("127.0.0.2"))

        self.in_one_hour(play)

    def test_waiting_reveals_nothing(self):
        """Of a folio that nobody has, the same as of one that is there."""

        def play():
            pages = []
            for folio in (str(self.document.folio), "987654"):
                self.guess("127.0.0.1", 20, folio=folio)
                answer = self.ask_from("127.0.0.1", folio=folio)
                self.assert_waits(answer)
                main = re.search(r"<main>.*</main>", answer.text, re.DOTALL)[0]
                pages.append(re.sub(r'\s(value|selected|action)="[^"]*"', "", main))
            self.assertEqual(pages[0], pages[1])

        self.in_one_hour(play)

    def test_what_is_wrong_costs_what_is_unknown_costs(self):
        """However wrong: the same queries, so that time does not reveal which folios exist."""
        documents = self.env["l10n_cl.dte"]
        rut, right = self.document.issuer_rut, (39, self.document.folio, self.document.issued_on)

        def cost(rut, kind, folio, day, total):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = documents._query_find(rut, kind, folio, day, total)
            self.assertFalse(found)
            return self.cr.sql_log_count - before

        kind, folio, day = right
        cost(rut, *right, 1)
        costs = {
            cost(rut, *right, 1191),
            cost(rut, kind, folio, date(2020, 1, 1), 1190),
            cost(rut, 33, folio, day, 1190),
            cost(rut, kind, folio + 1000, day, 1190),
            cost("76543210-3", *right, 1190),
        }
        self.assertEqual(len(costs), 1)


class _From(requests.adapters.HTTPAdapter):
    """Calls from another address of this machine."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **options):
        return super().init_poolmanager(*args, source_address=(self.address, 0), **options)


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
