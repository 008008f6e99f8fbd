"""Inside Odoo: a Chilean company that invoices, with the addon and its SII or without."""

import base64

from house.demo.simulator_api import SimulatorApi

from .desk import ISSUER, RECEIVER, RESOLVED_ON, SENDER

FOLIOS = 200_000
_COMMUNES = {ISSUER: "13120", RECEIVER: "13114"}


def set_up(env) -> None:
    """Make the main company a taxpayer with a customer, and an issuer where there is the addon."""
    settle(env)
    if "l10n_cl.issuer" in env:
        from odoo.addons.l10n_cl_sii.simulator import Simulator

        with Simulator() as sii:
            enrol(env, sii.url)
    env.cr.commit()


def settle(env) -> None:
    """Make the main company a taxpayer with a customer."""
    company = env.ref("base.main_company")
    company.country_id = env.ref("base.cl")
    company.partner_id.write(_taxpayer(env, ISSUER))
    env["account.chart.template"].try_loading("cl", company=company, install_demo=False)
    env["res.partner"].create({"ref": "bench", **_taxpayer(env, RECEIVER)})


def _taxpayer(env, party) -> dict:
    values = {
        "name": party.name,
        "is_company": True,
        "country_id": env.ref("base.cl").id,
        "l10n_latam_identification_type_id": env.ref("l10n_cl.it_RUT").id,
        "vat": party.rut,
        "l10n_cl_sii_taxpayer_type": "1",
        "l10n_cl_activity_description": party.giro,
        "street": party.address,
        "city": party.city,
    }
    commune = env.ref(f"l10n_cl_sii.city_cl_{_COMMUNES[party]}", raise_if_not_found=False)
    return values | {"city_id": commune.id} if commune else values


def enrol(env, url: str, folios: int = FOLIOS) -> None:
    """Make the main company an issuer that the simulator at this address knows, with folios."""
    sii = SimulatorApi(url)
    company = env.ref("base.main_company")
    acteco = str(ISSUER.actecos[0])
    enrolment = {
        "rut": ISSUER.rut,
        "name": ISSUER.name,
        "resolution_date": RESOLVED_ON.isoformat(),
        "resolution_number": 0,
        "actecos": [acteco],
        "types": [33],
        "users": [SENDER],
    }
    sii.post("companies", enrolment)
    person = sii.post("certificates", {"rut": SENDER, "name": "MARÍA PÉREZ SOTO"})
    caf = sii.post("cafs", {"rut": ISSUER.rut, "type": 33, "count": folios})
    authority = sii.caf_public_key()
    env["ir.config_parameter"].set_param("l10n_cl_sii.caf_authority.666", authority)
    certificate = {
        "name": SENDER,
        "content": person["pfx_base64"],
        "pkcs12_password": person["password"],
        "company_id": company.id,
    }
    known = env["l10n_cl.acteco"].search([("code", "=", acteco)])
    issuer = env["l10n_cl.issuer"].create(
        {
            "company_id": company.id,
            "resolution_date": RESOLVED_ON,
            "sii_office": "SANTIAGO ORIENTE",
            "acteco_ids": (known or known.create({"code": acteco, "name": "Venta"})).ids,
            "certificate_id": env["certificate.certificate"].create(certificate).id,
        }
    )
    env["l10n_cl.caf"].create({"issuer_id": issuer.id, "file": caf_file(caf)})


def caf_file(caf) -> bytes:
    """A CAF that the simulator issued, as a binary field takes it."""
    return base64.b64encode(caf["xml"].encode("iso-8859-1"))
