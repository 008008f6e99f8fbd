{
    "name": "Chile - SII API for programs: subscriptions",
    "summary": "Sell by periods and enrol buyers by REST",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations/EDI",
    "author": "l10n_cl_sii maintainers",
    "website": "https://github.com/l10n-cl-sii/l10n_cl_sii",
    "license": "AGPL-3",
    "depends": ["l10n_cl_sii_api", "l10n_cl_sii_subscription"],
    # No country: both sides were chosen, whatever the companies are at that moment.
    "auto_install": True,
    "data": ["security/ir.model.access.csv", "security/rules.xml"],
}
