from . import controllers
from . import models
from . import report
from . import wizards


def post_init(env):
    """Companies that had their chart of accounts before get the SII's taxes too."""
    companies = env["res.company"].search(
        [("chart_template", "=", "cl"), ("parent_id", "=", False)]
    )
    for company in companies:
        env["account.chart.template"].with_company(company)._l10n_cl_sii_load_taxes()
