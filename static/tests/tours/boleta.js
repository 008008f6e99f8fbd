import { registry } from "@web/core/registry";
import { openInvoices } from "@l10n_cl_sii/../tests/tours/steps";

registry.category("web_tour.tours").add("l10n_cl_sii_boleta", {
    steps: () => [
        ...openInvoices(),
        {
            content: "Write an invoice",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Search the customer without a name",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Consumidor Final",
        },
        {
            content: "Choose nobody in particular",
            trigger: ".o-autocomplete--dropdown-item:contains('Consumidor Final Anónimo')",
            run: "click",
        },
        {
            content: "Nobody in particular gets a boleta",
            trigger: ".o_field_widget[name=l10n_latam_document_type_id] input:value('(39)')",
        },
        {
            content: "Add a line",
            trigger: ".o_field_widget[name=invoice_line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Search the product",
            trigger:
                ".o_field_widget[name=invoice_line_ids] .o_selected_row [name=product_id] input",
            run: "edit Cable de cobre",
        },
        {
            content: "Choose the product",
            trigger: ".o-autocomplete--dropdown-item:contains('Cable de cobre')",
            run: "click",
        },
        {
            content: "Its price and VAT are there",
            trigger: ".o_field_widget[name=tax_totals]:contains(/1.190/)",
        },
        {
            content: "State how it was paid",
            trigger: ".o_field_widget[name=l10n_cl_means] input",
            run: "click",
        },
        {
            content: "By card, the second of the list",
            trigger: ".o_select_menu_item:eq(1)",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: "button[name=l10n_cl_action_confirm]",
            run: "click",
        },
        {
            content: "It is signed",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=signed]",
        },
        {
            content: "It has a folio of boletas",
            trigger: ".o_field_widget[name=name]:contains(/BEL 0/)",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_boleta_accepted", {
    steps: () => [
        ...openInvoices(),
        {
            content: "The list shows that the SII has accepted the boleta: open it",
            trigger: ".o_data_row:has([name=l10n_cl_dte_state] .text-bg-success) td[name=name]",
            run: "click",
        },
        {
            content: "Open the page of the SII",
            trigger: ".nav-link[name=l10n_cl_sii]",
            run: "click",
        },
        {
            content: "It shows the long track ID of the service for boletas",
            trigger: ".o_field_widget[name=l10n_cl_sii_track_id]:contains(/^\\d{15}$/)",
        },
    ],
});
