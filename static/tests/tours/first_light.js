import { registry } from "@web/core/registry";
import { openInvoices } from "@l10n_cl_sii/../tests/tours/steps";

registry.category("web_tour.tours").add("l10n_cl_sii_confirm", {
    steps: () => [
        ...openInvoices(),
        {
            content: "Write an invoice",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Search the customer",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Distribuidora",
        },
        {
            content: "Choose the customer",
            trigger: ".o-autocomplete--dropdown-item:contains('Distribuidora Peñalolén Ltda.')",
            run: "click",
        },
        {
            content: "The customer gives the type of document",
            trigger: ".o_field_widget[name=l10n_latam_document_type_id] input:value('(33)')",
        },
        {
            content: "The folio is not asked",
            trigger: ".o_form_view:not(:has(.o_field_widget[name=l10n_latam_document_number]))",
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
            content: "Confirm",
            trigger: "button[name=l10n_cl_action_confirm]",
            run: "click",
        },
        {
            content: "It is signed",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=signed]",
        },
        {
            content: "It has a folio",
            trigger: ".o_field_widget[name=name]:contains(/FAC 0/)",
        },
        {
            content: "It shows what happens next",
            trigger: ".alert-info .o_field_widget[name=l10n_cl_dte_waiting_text]:contains(SII)",
        },
        {
            content: "It cannot be taken back",
            trigger: ".o_form_view:not(:has(button[name=button_draft]))",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_accepted", {
    steps: () => [
        ...openInvoices(),
        {
            content: "The list shows that the SII has accepted it: open it",
            trigger: ".o_data_row:has([name=l10n_cl_dte_state] .text-bg-success) td[name=name]",
            run: "click",
        },
        {
            content: "So does the form",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=accepted]",
        },
        {
            content: "Open the page of the SII",
            trigger: ".nav-link[name=l10n_cl_sii]",
            run: "click",
        },
        {
            content: "It shows the track ID",
            trigger: ".o_field_widget[name=l10n_cl_sii_track_id]:contains(/^\\d{10}$/)",
        },
        {
            content: "And the history",
            trigger: ".o_field_widget[name=l10n_cl_event_ids]:has(.o_data_row:eq(2))",
        },
    ],
});
