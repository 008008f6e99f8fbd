"""``/v1/invoices``: the register over real HTTP, as its documentation states."""

import base64
import json
import re

from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object
from odoo.addons.l10n_cl_sii.tests.register.rcv_case import RcvCase, sample
from odoo.tests import HttpCase, tagged


@tagged("post_install_l10n", "post_install", "-at_install")
class RegisterCase(RcvCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client, cls.key = cls.make_client(cls.company)

    @classmethod
    def make_client(cls, company):
        values = {"name": f"Reader of {company.name}", "company_id": company.id}
        client = cls.env["l10n_cl.api.client"].sudo().create(values)
        return client, f"{client.api_key}:{client._issue_secret()}"

    def get(self, path="", authorization=None, **parameters):
        return self.fetch(f"{self.base_url()}/v1/invoices{path}", authorization, parameters)

    def fetch(self, address, authorization=None, parameters=None):
        self.env.flush_all()
        headers = {"Authorization": self.key if authorization is None else authorization}
        answer = self.opener.get(address, params=parameters, headers=headers)
        self.env.invalidate_all()
        return answer

    def listed(self, **parameters):
        answer = self.get(**parameters)
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def numbers(self, **parameters):
        return [each["number"] for each in self.listed(**parameters)]

    def refused(self, status, code, param, path="", **parameters):
        answer = self.get(path, **parameters)
        self.assertEqual(answer.status_code, status, answer.text)
        error = answer.json()["error"]
        self.assertEqual(set(error), {"type", "code", "message", "param", "doc_url"})
        self.assertEqual((error["code"], error["param"]), (code, param))
        return error

    def add_invoices(self, count, **top):
        """So many documents, one a day from the first of March on, before sunrise UTC."""
        self.upsert(
            *(
                sample()
                | {
                    "id": f"inv_{day}",
                    "number": str(day),
                    "date": f"2026-03-{day:02}T03:00:00.000Z",
                    **top,
                }
                for day in range(1, count + 1)
            )
        )


class TestInvoices(RegisterCase):
    def test_the_documentations_sample_is_served(self):
        """Unchanged, and also under the names of the documentation's table."""
        self.upsert(sample())
        wanted = rcv_object.with_both_spellings(sample())
        self.assertEqual(self.listed(), [wanted])
        one = self.get("/inv_nMNejK7BT8oGbvO4").json()
        self.assertEqual(one, wanted)
        inner = one["institution_invoice"]
        self.assertEqual(inner["vat_commissions"], inner["vat_commisions"])
        taxes = inner["other_taxes"]
        self.assertEqual(taxes.pop("other_taxes_details"), taxes["other_taxes_detail"])
        expected = sample()["institution_invoice"]["other_taxes"]
        self.assertEqual(json.dumps(taxes), json.dumps(expected))

    def test_newest_first_and_thirty_a_page(self):
        self.add_invoices(31)
        self.assertEqual(self.numbers(), [str(day) for day in range(31, 1, -1)])
        self.assertEqual(self.numbers(page=2), ["1"])
        self.assertEqual(self.numbers(page=3), [])

    def test_link_header_leads_through_all_pages(self):
        self.add_invoices(25)
        found, address = [], f"{self.base_url()}/v1/invoices?per_page=10&issue_type=received"
        while address:
            answer = self.fetch(address)
            found += [each["number"] for each in answer.json()]
            parts = re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"])
            links = {rel: link for link, rel in parts}
            address = links.get("next")
        self.assertEqual(found, [str(day) for day in range(25, 0, -1)])
        self.assertEqual(set(links), {"first", "prev", "last"})
        self.assertIn("issue_type=received", links["prev"])
        first = self.fetch(links["first"]).headers["Link"]
        self.assertEqual(re.findall(r'rel="(\w+)"', first), ["first", "next", "last"])

    def test_links_lead_on_without_their_query(self):
        self.add_invoices(5)
        links = self.get(per_page=2, since="2026-03-02").headers["Link"]
        [bare] = re.findall(r'<([^>?]*)\?[^>]*>; rel="next"', links)
        answer = self.fetch(bare)
        self.assertEqual([each["number"] for each in answer.json()], ["3", "2"])
        self.assertNotIn('rel="next"', answer.headers["Link"])
        self.refused(404, "not_found", None, "/pages/AAAA")

    def walk(self, rel, address=None, **parameters):
        """The numbers on each page, from one to the next by a link, and the last page's links."""
        answer = self.get(**parameters) if address is None else self.fetch(address)
        pages = []
        while True:
            pages.append([each["number"] for each in answer.json()])
            links = {
                name: link
                for link, name in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"])
            }
            if rel not in links:
                return pages, links
            answer = self.fetch(links[rel])

    def test_there_and_back_again(self):
        """The same pages from the first to the last one and back; a date may be missing."""
        self.add_invoices(7)
        self.env.cr.execute("UPDATE l10n_cl_rcv_entry SET date = NULL WHERE number IN ('6', '7')")
        self.env.cr.execute("UPDATE l10n_cl_rcv_entry SET date = '2026-03-04' WHERE number = '3'")
        self.env.invalidate_all()
        there, links = self.walk("next", per_page=2)
        self.assertEqual(there, [["5", "4"], ["3", "2"], ["1", "7"], ["6"]])
        back, links = self.walk("prev", links["last"])
        self.assertEqual(back, [["7", "6"], ["2", "1"], ["4", "3"], ["5"]])
        self.assertEqual(set(links), {"first", "next", "last"})
        self.assertEqual(self.walk("next", links["first"])[0], there)

    def test_what_comes_in_meanwhile_moves_no_page(self):
        self.add_invoices(4)
        links = self.get(per_page=2).headers["Link"]
        self.upsert(sample() | {"id": "inv_new", "number": "99", "date": "2026-03-30T03:00:00Z"})
        [following] = re.findall(r'<([^>]*)>; rel="next"', links)
        self.assertEqual([each["number"] for each in self.fetch(following).json()], ["2", "1"])

    def test_a_cursor_is_one_of_ours(self):
        self.add_invoices(3)
        [cursor] = re.findall(
            r'cursor=([^&>]*)[^>]*>; rel="next"', self.get(per_page=2).headers["Link"]
        )
        self.assertEqual(self.numbers(per_page=2, cursor=cursor), ["1"])
        for wrong in ("x", "W10", cursor[:-4], "WzAsIm5vIGRheSIsMV0", "é"):
            self.refused(400, "invalid_parameter", "cursor", cursor=wrong)

    def test_since_and_until_are_chilean_days_and_both_included(self):
        self.add_invoices(5)
        self.assertEqual(self.numbers(since="2026-03-02", until="2026-03-04"), ["4", "3", "2"])
        # still the third of March in Chile
        self.assertEqual(self.numbers(since="2026-03-04T02:59:59Z"), ["5", "4", "3"])
        self.assertEqual(self.numbers(until="2026-03-02T03:00:00Z"), ["2", "1"])
        # as client libraries write a moment without zone
        self.assertEqual(self.numbers(since="2026-03-04 00:00:00"), ["5", "4"])

    def test_updated_since(self):
        self.add_invoices(2)
        self.env.cr.execute("UPDATE l10n_cl_rcv_entry SET write_date = '2026-03-05 12:00:00'")
        self.upsert(sample(vat_amount=1) | {"id": "inv_2", "number": "2"})
        self.assertEqual(self.numbers(updated_since="2026-03-05T12:00:01Z"), ["2"])
        self.assertEqual(len(self.numbers(updated_since="2026-03-05T08:00:00-04:00")), 2)

    def test_filters(self):
        self.add_invoices(1)
        for number, status in enumerate(("pending", "cancelled", "rejected"), 50):
            self.upsert(sample(invoice_status=status) | {"id": status, "number": str(number)})
        self.upsert(sample() | {"id": "inv_s", "number": "99", "issue_type": "issued"})
        self.assertEqual(self.numbers(invoice_status="pending"), ["50"])
        self.assertEqual(self.numbers(invoice_status="cancelled"), ["51"])
        self.assertEqual(self.numbers(invoice_status="rejected"), ["52"])
        self.assertEqual(self.numbers(issue_type="issued"), ["99"])
        self.assertEqual(len(self.numbers(issue_type="received", invoice_status="registered")), 1)

    def test_a_page_takes_the_same_queries_whatever_its_size(self):
        self.add_invoices(30)
        counted = []
        for size in (2, 30):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.entries.search([("company_id", "=", self.company.id)], limit=size)
            self.assertEqual(len(found._invoice_objects()), size)
            counted.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counted[0], counted[1])

    def test_events_list_what_changed(self):
        self.upsert(sample(invoice_status="pending"))
        self.upsert(sample(confirmation_status="C"), source="sii")
        events = self.get("/inv_nMNejK7BT8oGbvO4/events").json()
        self.assertEqual(
            [event["type"] for event in events],
            [
                "invoice.confirmation_status.changed",
                "invoice.invoice_status.changed",
                "invoice.created",
            ],
        )
        self.assertEqual(
            events[1]["data"],
            {
                "attribute": "invoice_status",
                "before": "pending",
                "after": "registered",
                "source": "sii",
            },
        )


class TestInvoicesRefused(RegisterCase):
    def test_parameters_that_mean_nothing(self):
        for name, value in (
            ("since", "ayer"),
            ("since", ""),
            ("until", ""),
            ("updated_since", ""),
            ("until", "2026-02-30"),
            ("updated_since", "x"),
            ("issue_type", "both"),
            ("invoice_status", "paid"),
            ("page", "0"),
            ("page", "x"),
            ("per_page", "301"),
            ("per_page", "-1"),
            ("since", "0001-01-01T00:00:00Z"),
        ):
            with self.subTest(name=name, value=value):
                error = self.refused(400, "invalid_parameter", name, **{name: value})
                self.assertEqual(error["type"], "invalid_request_error")

    def test_the_link_is_one_of_the_keys_company(self):
        self.upsert(sample())
        self.assertEqual(len(self.listed(link_token=self.client.link_token)), 1)
        other = self.env["res.company"].create({"name": "Otra SpA"})
        stranger, _key = self.make_client(other)
        for token in ("link_x", "", "\0", stranger.link_token):
            error = self.refused(400, "invalid_link_token", "link_token", link_token=token)
            self.assertEqual(error["type"], "link_error")

    def test_a_link_shows_whose_documents_it_opens(self):
        self.company.vat = "76354771-K"
        link = self.get_link(self.client.link_token).json()
        self.assertEqual((link["id"], link["object"]), (self.client.link_token, "link"))
        self.assertEqual(link["holder_id"], "76354771K")
        self.assertEqual(link["institution"]["id"], "cl_fiscal_sii")
        for token in ("link_x", "%00"):
            answer = self.get_link(token)
            self.assertEqual(answer.status_code, 400, answer.text)
            self.assertEqual(answer.json()["error"]["code"], "invalid_link_token")

    def get_link(self, token):
        return self.fetch(f"{self.base_url()}/v1/links/{token}")

    def test_both_ways_to_authenticate(self):
        basic = f"Basic {base64.b64encode(self.key.encode()).decode()}"
        self.assertEqual(self.get(authorization=basic).status_code, 200)
        self.assertEqual(self.get(authorization=self.key).status_code, 200)

    def test_wrong_keys(self):
        for header in ("x:y", "", "Basic !", f"Bearer {self.key}", f"{self.key}x", "ñ:ñ"):
            with self.subTest(header=header):
                answer = self.get(authorization=header.encode())
                self.assertEqual(answer.status_code, 401, answer.text)
                self.assertEqual(answer.json()["error"]["type"], "authentication_error")

    def test_what_is_anothers_is_not_there(self):
        other = self.env["res.company"].create({"name": "Otra SpA"})
        self.upsert(sample(), company=other)
        self.assertEqual(self.listed(), [])
        for path in ("/inv_nMNejK7BT8oGbvO4", "/inv_nMNejK7BT8oGbvO4/events", "/x", "/%00", "/%27"):
            self.refused(404, "not_found", "id", path)
        _client, key = self.make_client(other)
        answer = self.get("/inv_nMNejK7BT8oGbvO4", key).json()
        self.assertEqual(answer, rcv_object.with_both_spellings(sample()))
