"""Two companies and one SII: what the first issues, the second receives."""

import base64

from odoo import Command
from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..common import ACTECO, CUSTOMER_RUT, RESOLUTION_DATE, SiiCase

BUYER_RUT = "11111111-1"


class ReceivedCase(SiiCase):
    @classmethod
    @AccountTestInvoicingCommon.setup_country("cl")
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.setup_other_company(name="Distribuidora Peñalolén Ltda.")["company"]
        cls.buyer.write(
            {
                "vat": CUSTOMER_RUT,
                "street": "Los Leones 55",
                "l10n_cl_activity_description": "Distribución de artículos para el hogar",
            }
        )
        cls.buyer.partner_id.write(
            {
                "city_id": cls.env.ref("l10n_cl_sii.city_cl_13122").id,
                "l10n_cl_sii_taxpayer_type": "1",
                "lang": False,
            }
        )
        cls.sii.register_company(
            {
                "rut": CUSTOMER_RUT,
                "name": cls.buyer.name,
                "resolution_date": RESOLUTION_DATE,
                "resolution_number": 0,
                "actecos": [ACTECO],
                "users": [BUYER_RUT],
            }
        )
        cls.buyer_issuer = cls._create_buyer_issuer()
        cls.received = cls.env["l10n_cl.received.dte"].with_company(cls.buyer)

    @classmethod
    def _create_buyer_issuer(cls):
        person = cls.sii.issue_certificate({"rut": BUYER_RUT, "name": "Pedro Soto"})
        certificate = (
            cls.env["certificate.certificate"]
            .sudo()
            .create(
                {
                    "name": "Pedro Soto",
                    "content": person["pfx_base64"],
                    "pkcs12_password": person["password"],
                    "company_id": cls.buyer.id,
                }
            )
        )
        acteco = cls.env["l10n_cl.acteco"].search([("code", "=", str(ACTECO))], limit=1)
        return (
            cls.env["l10n_cl.issuer"]
            .sudo()
            .create(
                {
                    "company_id": cls.buyer.id,
                    "resolution_date": RESOLUTION_DATE,
                    "acteco_ids": [Command.set(acteco.ids)],
                    "certificate_id": certificate.id,
                }
            )
        )

    def issued(self, accepted=True, **values):
        """An invoice of the supplier, which the SII has accepted; its signed XML."""
        move = self.post(**values)
        if accepted:
            self.run_crons("cron_send", "cron_poll")
            self.assertEqual(move.l10n_cl_dte_id.state, "accepted")
        return move, base64.b64decode(move.l10n_cl_dte_id.xml)

    def load(self, *files):
        """The documents of files that the buyer loads. files: (name, bytes)."""
        wizard = (
            self.env["l10n_cl.receive"]
            .with_company(self.buyer)
            .create(
                {
                    "attachment_ids": [
                        Command.create({"name": name, "raw": data}) for name, data in files
                    ]
                }
            )
        )
        action = wizard.action_load()
        action = action.get("params", {}).get("next", action)
        domain = action.get("domain") or [("id", "=", action["res_id"])]
        return self.received.search(domain)

    def ask_sii(self):
        """The scheduler asks the SII about what arrived."""
        self.received.sudo().search([]).next_attempt_at = False
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_verify_received").method_direct_trigger()

    def receive(self, **values):
        """A document that arrived, was verified and became a bill."""
        move, xml = self.issued(**values)
        [document] = self.load((f"{move.l10n_cl_dte_id.folio}.xml", xml))
        self.ask_sii()
        return document
