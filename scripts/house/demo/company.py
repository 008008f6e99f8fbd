"""The demo company: its address and accounts, its SII issuer, certificate and CAFs."""

import base64

from .simulator_api import SimulatorApi

RUT = "76999123-9"
NAME = "Comercial Andina SpA"
SIGNER = {"rut": "12345678-5", "name": "Ana Rojas Fuentes"}
# Code of the SII's list of activities, with its official name.
ACTECO = ("465100", "Venta al por mayor de computadores, equipo periférico y programas")
RESOLUTION_DATE = "2026-01-05"
TYPES = (33, 34, 39, 41, 46, 56, 61)
FOLIOS_EACH = 200


def set_up(env, simulator: SimulatorApi):
    """Make the main company a Chilean taxpayer known to the simulator; return its issuer."""
    company = env.ref("base.main_company")
    # the README has readers of both languages
    env["res.lang"]._activate_lang("en_US")
    company.write(
        {
            "name": NAME,
            "country_id": env.ref("base.cl").id,
            "street": "Avenida Providencia 1208, oficina 402",
            "phone": "+56 2 2345 6789",
            "email": "facturacion@andina.example",
            "logo": False,
        }
    )
    company.partner_id.write(
        {
            "city_id": env.ref("l10n_cl_sii.city_cl_13123").id,
            "l10n_latam_identification_type_id": env.ref("l10n_cl.it_RUT").id,
            "vat": RUT,
            "lang": "es_CL",
            "l10n_cl_sii_taxpayer_type": "1",
            "l10n_cl_activity_description": "Venta de computadores y servicios",
        }
    )
    env["account.chart.template"].try_loading("cl", company=company, install_demo=False)
    # made in dollars, before the company had its chart of accounts and with it its currency
    env["product.pricelist"].search([]).currency_id = company.currency_id
    simulator.post(
        "companies",
        {
            "rut": RUT,
            "name": NAME,
            "resolution_date": RESOLUTION_DATE,
            "resolution_number": 0,
            "actecos": [ACTECO[0]],
            "types": list(TYPES),
            "users": [SIGNER["rut"]],
        },
    )
    return _issuer(env, company, simulator)


def _issuer(env, company, simulator: SimulatorApi):
    """The company's issuer in certification, whose SII is the simulator."""
    parameters = env["ir.config_parameter"]
    parameters.set_param("l10n_cl_sii.base_url", simulator.url)
    parameters.set_param("l10n_cl_sii.caf_authority.666", simulator.caf_public_key())
    parameters.set_param("l10n_cl_sii.authority.simulator", simulator.ca_certificate())
    person = simulator.post("certificates", SIGNER)
    code, name = ACTECO
    acteco = env["l10n_cl.acteco"].search([("code", "=", code)])
    issuer = env["l10n_cl.issuer"].create(
        {
            "company_id": company.id,
            "environment": "certification",
            "resolution_number": 0,
            "resolution_date": RESOLUTION_DATE,
            "sii_office": "SANTIAGO ORIENTE",
            "acteco_ids": (acteco or acteco.create({"code": code, "name": name})).ids,
            "sender_rut": SIGNER["rut"],
        }
    )
    issuer.load_certificate(person["pfx_base64"], person["password"])
    return issuer


def load_cafs(env, issuer, simulator: SimulatorApi) -> None:
    """Ask the simulator for folios of every type and load them as a user would."""
    for type_ in TYPES:
        caf = simulator.post("cafs", {"rut": RUT, "type": type_, "count": FOLIOS_EACH})
        file = base64.b64encode(caf["xml"].encode("iso-8859-1"))
        env["l10n_cl.caf"].create({"issuer_id": issuer.id, "file": file})
