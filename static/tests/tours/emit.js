import { registry } from "@web/core/registry";
import { openInvoices } from "@l10n_cl_sii/../tests/tours/steps";

registry.category("web_tour.tours").add("l10n_cl_sii_emit", {
    steps: () => [
        ...openInvoices(),
        {
            content: "Choose all invoices",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Open the actions",
            trigger: ".o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Look at what they will become",
            trigger: ".o-dropdown-item:contains(DTE)",
            run: "click",
        },
        {
            content: "One is ready",
            trigger: ".o_field_widget[name=ready_count]:contains(/^1$/)",
        },
        {
            content: "The other has a problem: follow its link",
            trigger: ".alert-danger:contains(giro) a:contains(Sin Giro SpA)",
            run: "click",
        },
        {
            content: "Write the giro",
            trigger: ".o_field_widget[name=l10n_cl_activity_description] input",
            run: "edit Comercio al por menor",
        },
        {
            content: "Save the customer",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_saved",
        },
        {
            content: "Back to the invoices to emit",
            trigger: ".breadcrumb-item:contains(DTE) a, .o_back_button",
            run: "click",
        },
        {
            content: "Both are ready",
            trigger: ".o_field_widget[name=ready_count]:contains(/^2$/)",
        },
        {
            content: "Emit",
            trigger: "button[name=action_emit]",
            run: "click",
        },
        {
            content: "Each has its folio",
            trigger: ".o_field_widget[name=line_ids]:has(.o_data_row:eq(1) [name=outcome]:contains(/FAC/))",
        },
        {
            content: "Nothing is left to emit",
            trigger: ".o_form_view:not(:has(button[name=action_emit]))",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_rejected", {
    steps: () => [
        ...openInvoices(),
        {
            content: "Open the rejected invoice",
            trigger: ".o_data_row:has([name=l10n_cl_dte_state] .text-bg-danger) td[name=name]",
            run: "click",
        },
        {
            content: "It shows why, in plain words",
            trigger: ".alert-danger [name=l10n_cl_dte_explanation]:contains(HED-3-861)",
        },
        {
            content: "Take it back",
            trigger: "button[name=button_draft]",
            run: "click",
        },
        {
            content: "And confirm it, corrected",
            trigger: "button[name=l10n_cl_action_confirm]",
            run: "click",
        },
        {
            content: "It is signed again",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=signed]",
        },
    ],
});
