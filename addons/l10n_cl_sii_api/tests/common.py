"""A program that calls the API of a Chilean company over real HTTP."""

from odoo.addons.l10n_cl_sii.tests.test_emission import EmissionCase
from odoo.tests import HttpCase, tagged

ROOT = "/api/v1/integration"


@tagged("post_install_l10n", "post_install", "-at_install")
class ApiCase(EmissionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client, cls.auth = cls.make_client(cls.company)

    @classmethod
    def make_client(cls, company):
        client = (
            cls.env["l10n_cl.api.client"]
            .sudo()
            .create({"name": f"Shop of {company.name}", "company_id": company.id})
        )
        return client, (client.api_key, client._issue_secret())

    def call(self, method, path, body=None, auth=None, **options):
        """(status, JSON) of a call."""
        self.env.flush_all()
        answer = self.opener.request(
            method, self.base_url() + ROOT + path, json=body, auth=auth or self.auth, **options
        )
        self.env.invalidate_all()
        return answer.status_code, answer.json()
