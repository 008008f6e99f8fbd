"""A Chilean company ready to invoice, and the strict SII it talks to over real HTTP."""

import base64

from odoo import Command
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.tests import new_test_user, tagged

from .simulated import Simulated

COMPANY_RUT = "76354771-K"
SIGNER_RUT = "12345678-5"
CUSTOMER_RUT = "96790240-3"
ACTECO = 620100
RESOLUTION_DATE = "2019-03-01"


@tagged("post_install_l10n", "post_install", "-at_install")
class SiiCase(Simulated, AccountTestInvoicingCommon):
    @classmethod
    @AccountTestInvoicingCommon.setup_country("cl")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls._set_up_company()
        cls._register_at_sii()
        cls.issuer = cls._create_issuer()
        cls.vat = cls.company_data["default_tax_sale"]
        cls.customer = cls._create_customer()
        cls.cable = cls.env["product.product"].create(
            # not goods to Odoo, so that no invoice has to state whether they travel with it
            {
                "name": "Cable de cobre Ñ 3x2,5",
                "default_code": "CBL-1",
                "list_price": 1000,
                "type": "service",
            }
        )

    def setUp(self):
        super().setUp()
        # the database forgets the folios of each test, the SII does not
        self.cafs = {code: self.load_caf(code) for code in (33, 34, 56, 61)}
        self._exchanged_before = len(self.sii.exchanges())

    @classmethod
    def _set_up_company(cls):
        cls.company.write(
            {
                "name": "Comercializadora Ñandú SpA",
                "vat": COMPANY_RUT,
                "street": "Av. Providencia 1234",
                "l10n_cl_activity_description": "Venta de materiales eléctricos",
                "phone": "+56 2 2345 6789",
            }
        )
        cls.company.partner_id.write(
            {
                "city_id": cls.env.ref("l10n_cl_sii.city_cl_13123").id,
                "l10n_cl_sii_taxpayer_type": "1",
                # these tests read English, whatever the database speaks
                "lang": False,
            }
        )

    @classmethod
    def _register_at_sii(cls):
        cls.sii.register_company(
            {
                "rut": COMPANY_RUT,
                "name": cls.company.name,
                "resolution_date": RESOLUTION_DATE,
                "resolution_number": 0,
                "actecos": [ACTECO],
                "types": [33, 34, 46, 56, 61],
                "users": [SIGNER_RUT],
            }
        )

    @classmethod
    def load_certificate(cls, **values):
        """A person's certificate as an administrator makes it in Odoo's own form."""
        person = cls.sii.issue_certificate(
            {"rut": SIGNER_RUT, "name": "María Pérez Núñez", **values}
        )
        return (
            cls.env["certificate.certificate"]
            .sudo()
            .create(
                {
                    "name": "María Pérez",
                    "content": person["pfx_base64"],
                    "pkcs12_password": person["password"],
                    "company_id": cls.company.id,
                }
            )
        )

    @classmethod
    def _create_issuer(cls):
        return (
            cls.env["l10n_cl.issuer"]
            .sudo()
            .create(
                {
                    "company_id": cls.company.id,
                    "resolution_date": RESOLUTION_DATE,
                    "sii_office": "Santiago Oriente",
                    "acteco_ids": cls.env.ref(f"l10n_cl_sii.acteco_{ACTECO}").ids,
                    "certificate_id": cls.load_certificate().id,
                }
            )
        )

    @classmethod
    def caf_file(cls, code, count=100, **values):
        """The file of a new CAF, as a manager downloads it from the SII."""
        caf = cls.sii.issue_caf({"rut": COMPANY_RUT, "type": code, "count": count, **values})
        return base64.b64encode(caf["xml"].encode("iso-8859-1"))

    @classmethod
    def load_caf(cls, code, count=100, **values):
        file = cls.caf_file(code, count, **values)
        return cls.env["l10n_cl.caf"].create({"issuer_id": cls.issuer.id, "file": file})

    @classmethod
    def _create_customer(cls, **values):
        return cls.env["res.partner"].create(
            {
                "name": "Distribuidora Peñalolén Ltda.",
                "is_company": True,
                "country_id": cls.env.ref("base.cl").id,
                "l10n_latam_identification_type_id": cls.env.ref("l10n_cl.it_RUT").id,
                "vat": CUSTOMER_RUT,
                "l10n_cl_sii_taxpayer_type": "1",
                "l10n_cl_activity_description": "Distribución de artículos para el hogar",
                "street": "Los Leones 55",
                "city_id": cls.env.ref("l10n_cl_sii.city_cl_13122").id,
                **values,
            }
        )

    def member(self, login, groups, company=None):
        """Somebody who works in one company alone; in ours unless another is given."""
        company = company or self.company
        return new_test_user(
            self.env(su=True), login, groups, company_id=company.id, company_ids=company.ids
        )

    def sii_manager(self):
        """An SII manager of our company."""
        users = self.env["res.users"].sudo()
        known = users.search([("login", "=", "jefa")])
        return known.with_env(self.env) or self.member("jefa", "account.group_account_manager")

    def draft(self, code=33, lines=None, **values):
        """A draft invoice or note. lines: dicts over a line of one cable at 1000."""
        move_type = "out_refund" if code == 61 else "out_invoice"
        taxes = self.env["account.tax"] if code == 34 else self.vat
        return self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.customer.id,
                "l10n_latam_document_type_id": self.document_type(code).id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.cable.id,
                            "quantity": 1,
                            "price_unit": 1000,
                            "tax_ids": [Command.set(taxes.ids)],
                            **line,
                        }
                    )
                    for line in (lines or [{}])
                ],
                **values,
            }
        )

    def exchanges(self):
        """What the SII was asked in this test."""
        return self.sii.exchanges()[self._exchanged_before :]

    def document_type(self, code):
        return self.env["l10n_latam.document.type"].search(
            [("code", "=", str(code)), ("country_id.code", "=", "CL")]
        )

    def post(self, **values):
        """A posted invoice."""
        move = self.draft(**values)
        move.action_post()
        return move
