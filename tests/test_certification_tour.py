"""In the browser: a manager loads the SII's set and makes its documents."""

import base64

from odoo.tests import HttpCase, new_test_user, tagged

from .test_certification import SETS, CertificationCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestCertificationTour(CertificationCase, HttpCase):
    def test_set_to_documents(self):
        new_test_user(
            self.env(su=True),
            login="manager",
            groups="base.group_user,account.group_account_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "set.txt",
                    "datas": base64.b64encode((SETS / "invoices.txt").read_bytes()),
                    "public": True,
                }
            )
        )
        self.env["ir.model.data"].sudo().create(
            {
                "module": "l10n_cl_sii",
                "name": "set_file",
                "model": attachment._name,
                "res_id": attachment.id,
            }
        )
        self.start_tour("/odoo", "l10n_cl_sii_certification", login="manager")
        self.run_crons()
        self.assert_accepted_whole(self.loaded("basic"))
