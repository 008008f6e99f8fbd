"""``/v1/invoices``: the register over real HTTP, as its documentation says."""

from copy import deepcopy

from odoo.addons.l10n_cl_sii.tests.test_rcv_upsert import RcvCase, sample
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

    def get(self, path="", key=None, headers=None, **parameters):
        self.env.flush_all()
        answer = self.opener.get(
            f"{self.base_url()}/v1/invoices{path}",
            params=parameters,
            headers=headers or {"Authorization": key or self.key},
        )
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

    def tell(self, count, **top):
        """So many documents, one a day from the first of March on."""
        told = []
        for day in range(1, count + 1):
            one = deepcopy(sample()) | {"id": f"inv_{day}", "number": str(day)} | top
            one["date"] = f"2026-03-{day:02}T03:00:00.000Z"
            told.append(one)
        self.upsert(*told)


class TestInvoices(RegisterCase):
    def test_the_documentations_sample_is_served_unchanged(self):
        self.upsert(sample())
        self.assertEqual(self.listed(), [sample()])
        self.assertEqual(self.get("/inv_nMNejK7BT8oGbvO4").json(), sample())

    def test_link_token_names_the_company(self):
        self.upsert(sample())
        self.assertEqual(len(self.listed(link_token=self.client.link_token)), 1)
        error = self.refused(400, "invalid_link_token", "link_token", link_token="link_x")
        self.assertEqual(error["type"], "link_error")
