import { registry } from "@web/core/registry";
import { openInvoices } from "@l10n_cl_sii/../tests/tours/steps";

registry.category("web_tour.tours").add("l10n_cl_sii_emit_many", {
    steps: () => [
        ...openInvoices(),
        {
            content: "Choose all invoices of the page",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "And those of the other pages",
            trigger: ".o_select_domain",
            run: "click",
        },
        {
            content: "Open the actions",
            trigger: ".o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Emit them",
            trigger: ".o-dropdown-item:contains(/Emit DTE|Emitir DTE/)",
            run: "click",
        },
        {
            content: "How many of which type",
            trigger: ".o_field_widget[name=many_text]:contains(101)",
        },
        {
            content: "Emit",
            trigger: "button[name=action_emit]",
            run: "click",
        },
        {
            content: "The job waits for its turn: stop it",
            trigger: "button[name=action_stop]",
            run: "click",
        },
        {
            content: "It says who did",
            trigger: ".alert-warning:contains(clerk)",
        },
        {
            content: "Go on",
            trigger: "button[name=action_go_on]",
            run: "click",
        },
        {
            content: "It is in the queue again",
            trigger: "button[name=action_stop]",
        },
        {
            content: "Look at its documents",
            trigger: "button[name=action_open_lines]",
            run: "click",
        },
        {
            content: "All of them wait",
            trigger: ".o_list_view .o_group_header:contains(101)",
        },
    ],
});
