{
    "name": "Chile - SII certification",
    "summary": "The SII's test sets, simulation, exchange, books and samples, to its resolution",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations/EDI",
    "countries": ["cl"],
    "author": "l10n_cl_sii maintainers",
    "website": "https://github.com/l10n-cl-sii/l10n_cl_sii",
    "license": "LGPL-3",
    "depends": ["l10n_cl_sii"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/certification_views.xml",
        "views/certification_set_views.xml",
        "views/menus.xml",
    ],
    "assets": {"web.assets_tests": ["l10n_cl_sii_certification/static/tests/tours/**/*"]},
}
