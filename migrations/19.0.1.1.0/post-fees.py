from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Companies get the retentions of fees of the coming years."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].search(
        [("chart_template", "=", "cl"), ("parent_id", "=", False)]
    )
    for company in companies:
        env["account.chart.template"].with_company(company)._l10n_cl_sii_load_taxes()
