"""What the fixture's documents are of: the demo's company, a customer with an issuer of its own."""

import base64
from functools import partial

from house.demo import company, customers, outside, products, programs, register

CUSTOMER_RUT = "96790240-3"
CUSTOMER_SIGNER = {"rut": "11111111-1", "name": "Pedro Soto"}
LANGUAGE = "es_CL"


class World:
    """The companies in Odoo (``env``, of ``odoo shell``) and at the SII (``sii``)."""

    def __init__(self, env, sii) -> None:
        self.env, self.sii = env, sii
        env["res.lang"]._activate_lang(LANGUAGE)  # its terms would be half of the file
        outside.close(env)
        self.issuer = company.set_up(env, sii)
        company.load_cafs(env, self.issuer, sii)
        self.company = self.issuer.company_id
        customers.create(env)
        products.create(env)
        programs.create(env)
        register.load(env, self.company)
        self.buyer = self._buyer()
        self.customer = env["res.partner"].search([("vat", "=", CUSTOMER_RUT)], limit=1)
        self.cable = env["product.product"].search([("default_code", "=", "TEC-ES")])
        sii.post("settings", {"stage_seconds": 0, "visible_after_seconds": 0})
        env.cr.commit()

    def _buyer(self):
        """The company that receives what the demo's company issues."""
        env = self.env
        buyer = env["res.company"].create(
            {
                "name": "Distribuidora Peñalolén Ltda.",
                "country_id": env.ref("base.cl").id,
                "vat": CUSTOMER_RUT,
                "street": "Los Leones 55",
                "l10n_cl_activity_description": "Distribución de artículos para el hogar",
            }
        )
        buyer.partner_id.write(
            {
                "city_id": env.ref("l10n_cl_sii.city_cl_13122").id,
                "l10n_latam_identification_type_id": env.ref("l10n_cl.it_RUT").id,
                "l10n_cl_sii_taxpayer_type": "1",
                "email": "pagos@penalolen.example",
                "l10n_cl_exchange_mailbox": "dte@penalolen.example",
            }
        )
        for user in env.user + env.ref("base.user_admin"):
            user.company_ids += buyer
        env["account.chart.template"].try_loading("cl", company=buyer, install_demo=False)
        values = {"rut": CUSTOMER_RUT, "name": buyer.name, "actecos": [company.ACTECO[0]]}
        values |= {"resolution_date": company.RESOLUTION_DATE, "users": [CUSTOMER_SIGNER["rut"]]}
        self.sii.post("companies", values)
        person = self.sii.post("certificates", CUSTOMER_SIGNER)
        certificate = env["certificate.certificate"].create(
            {
                "name": CUSTOMER_SIGNER["name"],
                "content": person["pfx_base64"],
                "pkcs12_password": person["password"],
                "company_id": buyer.id,
            }
        )
        self.buyer_issuer = self.issuer.copy(
            {"company_id": buyer.id, "certificate_id": certificate.id}
        )
        return buyer

    def script(self, on, do, **entry) -> None:
        """What the SII does next."""
        self.sii.post("script", {"on": on, "do": do, **entry})

    def draft(self, code=33, quantity=1, price=1000, **values):
        """A draft of the demo's company. Each has another total: Odoo warns of equal ones."""
        env = self.env
        type_ = env["l10n_latam.document.type"].search(
            [("code", "=", str(code)), ("country_id.code", "=", "CL")]
        )
        line = {"product_id": self.cable.id, "quantity": quantity, "price_unit": price}
        if code in (34, 41):
            line["tax_ids"] = [(5,)]
        return env["account.move"].create(
            {
                "move_type": "out_refund" if code == 61 else "out_invoice",
                "partner_id": self.customer.id,
                "l10n_latam_document_type_id": type_.id,
                "invoice_line_ids": [(0, 0, line)],
                **values,
            }
        )

    def post(self, **values):
        """A posted one, committed: what sends it works with cursors of its own."""
        move = self.draft(**values)
        move.action_post()
        self.env.cr.commit()
        return move

    def run(self, *crons) -> None:
        """Run scheduled actions; what waits for a moment is due now."""
        env = self.env
        queues = ("envio", "delivery", "claim", "received.dte")
        for name in crons:
            for queue in queues:
                env[f"l10n_cl.{queue}"].search([("next_attempt_at", "!=", False)]).write(
                    {"next_attempt_at": False}
                )
            env.cr.commit()
            module = name if "." in name else f"l10n_cl_sii.{name}"
            env.ref(module).method_direct_trigger()
            env.invalidate_all()
            env.cr.commit()

    def file(self, binary) -> bytes:
        return base64.b64decode(binary)

    def as_manager(self):
        return partial(self.env.__call__, user=self.env.ref("base.user_admin"))
