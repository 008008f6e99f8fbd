"""Beside the demo company: a branch of it, and a company of its own. Runs in ``odoo shell``."""

import base64

from house.demo import company as demo
from house.demo.simulator_api import SimulatorApi

BRANCH = "Comercial Andina, sucursal Concepción"
OTHER = "Ferretería Ñielol Ltda."
OTHER_RUT = "76543210-3"
FOLIOS = 20


def load(env, simulator_url: str) -> None:
    """Make both ready to invoice, the admin a user of both, and commit."""
    main = env.ref("base.main_company")
    branch = main.create({"name": BRANCH, "parent_id": main.id})
    other = _other(env, main)
    _enrol(env, main, other, SimulatorApi(simulator_url))
    env.ref("base.user_admin").company_ids += branch + other
    env.cr.commit()


def _other(env, main):
    other = main.create(
        {
            "name": OTHER,
            "country_id": env.ref("base.cl").id,
            "street": "Caupolicán 110",
            "vat": OTHER_RUT,
            "l10n_cl_activity_description": "Ferretería",
        }
    )
    other.partner_id.write(
        {
            "city_id": env.ref("l10n_cl_sii.city_cl_09101").id,
            "l10n_latam_identification_type_id": env.ref("l10n_cl.it_RUT").id,
            "l10n_cl_sii_taxpayer_type": "1",
        }
    )
    env["account.chart.template"].try_loading("cl", company=other, install_demo=False)
    return other


def _enrol(env, main, other, simulator: SimulatorApi) -> None:
    """The same person signs for it as for the demo company."""
    company = {
        "rut": OTHER_RUT,
        "name": OTHER,
        "resolution_date": demo.RESOLUTION_DATE,
        "actecos": [demo.ACTECO[0]],
        "users": [demo.SIGNER["rut"]],
    }
    simulator.post("companies", company)
    person = simulator.post("certificates", demo.SIGNER)
    certificate = env["certificate.certificate"].create(
        {
            "name": demo.SIGNER["name"],
            "content": person["pfx_base64"],
            "pkcs12_password": person["password"],
            "company_id": other.id,
        }
    )
    values = {"company_id": other.id, "certificate_id": certificate.id}
    issuer = main.l10n_cl_issuer_id.copy(values)
    caf = simulator.post("cafs", {"rut": OTHER_RUT, "type": 33, "count": FOLIOS})
    file = base64.b64encode(caf["xml"].encode("iso-8859-1"))
    env["l10n_cl.caf"].create({"issuer_id": issuer.id, "file": file})
