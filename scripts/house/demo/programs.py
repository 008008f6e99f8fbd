"""The programs that may call the demo's API: of its company, and of one without issuer."""

from datetime import date, timedelta

from .user import User

SHOP = "Online shop"
OFF = "Shop of a company without issuer"
COMPANY_OFF = "Servicios Andes Ltda."
# Value of the UF on the first day of the rates below, and what it gains each day.
UF = 39485.65
UF_STEP = 3.2
UF_DAYS_BEFORE = 40
UF_DAYS_AFTER = 400


def create(env) -> None:
    """The company's emission policy and rates of the UF; a second company; both programs."""
    company = env.ref("base.main_company")
    company.l10n_cl_emission_policy_id = env["l10n_cl.emission.policy"].create(
        {"name": "Cuando se paga", "company_id": company.id}
    )
    _rates(env)
    clients, admin = env["l10n_cl.api.client"], env.ref("base.user_admin")
    for name, owner in ((SHOP, company), (OFF, _company_off(env))):
        values = {"name": name, "company_id": owner.id, "responsible_id": admin.id}
        clients.create(values)


def _company_off(env):
    chile = env.ref("base.cl")
    company = env["res.company"].create({"name": COMPANY_OFF, "country_id": chile.id})
    env.user.write({"company_ids": [(4, company.id)]})
    env.ref("base.user_admin").write({"company_ids": [(4, company.id)]})
    env["account.chart.template"].try_loading("cl", company=company, install_demo=False)
    return company


def _rates(env) -> None:
    """The UF, whose rates Odoo's other currency of that kind takes over."""
    uf = env.ref("l10n_cl.UF")
    uf.active = True
    first = date.today() - timedelta(days=UF_DAYS_BEFORE)
    env["res.currency.rate"].create(
        [
            {
                "currency_id": uf.id,
                "company_id": env.ref("base.main_company").id,
                "name": first + timedelta(days=day),
                "inverse_company_rate": UF + UF_STEP * day,
            }
            for day in range(UF_DAYS_BEFORE + UF_DAYS_AFTER)
        ]
    )


def keys(user: User) -> dict[str, str]:
    """New secrets of both programs, as a manager makes them; those of the run before end."""
    shown = {}
    for name, suffix in ((SHOP, ""), (OFF, "_off")):
        clients = user.search("l10n_cl.api.client", [("name", "=", name)])
        action = user.call("l10n_cl.api.client", "action_issue_secret", clients)
        params = action["params"]
        shown |= {f"api_key{suffix}": params["api_key"], f"api_secret{suffix}": params["secret"]}
        link = user.read("l10n_cl.api.client", clients[0], "link_token")["link_token"]
        shown[f"link_token{suffix}"] = link
    return shown
