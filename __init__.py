from . import controllers
from . import models
from . import wizards

from odoo.exceptions import UserError

from .models.access.kept import keep_documents

NAME = "l10n_cl_sii"


def refuse_other_name(env):
    """Views, data and code name this addon: under another name half of it would lead nowhere."""
    folder = __name__.rpartition(".")[2]
    if folder != NAME:
        raise UserError(
            env._(
                "The folder of this addon is called %(folder)s. Call it %(name)s in your addons "
                "path, start Odoo anew, update the list of apps and install it under that name.",
                folder=folder,
                name=NAME,
            )
        )


def post_init(env):
    """Companies that had their chart of accounts before get the SII's taxes too."""
    companies = env["res.company"].search(
        [("chart_template", "=", "cl"), ("parent_id", "=", False)]
    )
    for company in companies:
        env["account.chart.template"].with_company(company)._l10n_cl_sii_load_taxes()
