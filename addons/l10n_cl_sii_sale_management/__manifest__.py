{
    "name": "Chile - SII quotation templates",
    "summary": "What is sold by a quotation template emits its document by itself",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations/EDI",
    "author": "l10n_cl_sii maintainers",
    "website": "https://github.com/l10n-cl-sii/l10n_cl_sii",
    "license": "LGPL-3",
    "depends": ["l10n_cl_sii", "sale_management"],
    # No country: both sides were chosen, whatever the companies are at that moment.
    "auto_install": True,
    "data": ["views/sale_order_template_views.xml"],
}
