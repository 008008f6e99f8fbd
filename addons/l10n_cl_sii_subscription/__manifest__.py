{
    "name": "Chile - SII subscriptions",
    "summary": "Subscriptions whose periods are charged and emit their documents by themselves",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations/EDI",
    "countries": ["cl"],
    "author": "l10n_cl_sii maintainers",
    "website": "https://github.com/l10n-cl-sii/l10n_cl_sii",
    "license": "AGPL-3",
    "depends": ["l10n_cl_sii", "subscription_oca"],
    "data": [
        "security/rules.xml",
        "data/subscription.xml",
        "views/res_partner_views.xml",
        "views/sale_subscription_template_views.xml",
        "views/sale_subscription_views.xml",
    ],
}
