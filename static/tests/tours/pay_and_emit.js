import { registry } from "@web/core/registry";
import { openStatements } from "@l10n_cl_sii/../tests/tours/steps";

registry.category("web_tour.tours").add("l10n_cl_sii_pay_and_emit", {
    steps: () => [
        ...openStatements(),
        {
            content: "Open what is owed",
            trigger: ".o_data_row td[name=partner_id]",
            run: "click",
        },
        {
            content: "Pay it",
            trigger: ".o_form_view button[name=l10n_cl_action_pay_and_emit]",
            run: "click",
        },
        {
            content: "What is owed is there",
            trigger: ".modal .o_field_widget[name=amount]:contains(/35.700/)",
        },
        {
            content: "State how it came",
            trigger: ".modal .o_field_widget[name=memo] input",
            run: "edit Transferencia 4711",
        },
        {
            content: "Pay and emit",
            trigger: ".modal button[name=action_pay_and_emit]",
            run: "click",
        },
        {
            content: "The folio is shown",
            trigger: ".modal .alert-success .o_field_widget[name=outcome]:contains(/FAC 0/)",
        },
        {
            content: "The document is signed",
            trigger: ".modal .o_data_row td[name=l10n_cl_dte_state] span",
        },
        {
            content: "It can be printed",
            trigger: ".modal button[name=action_print]",
        },
        {
            content: "Close",
            trigger: ".modal button[special=cancel]",
            run: "click",
        },
        {
            content: "It is paid",
            trigger: ".o_form_view .o_arrow_button_current[data-value=paid]",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_pay_draft", {
    steps: () => [
        {
            content: "Pay the draft that is open",
            trigger: ".o_form_view button[name=l10n_cl_action_pay_and_emit]",
            run: "click",
        },
        {
            content: "Pay and emit",
            trigger: ".modal button[name=action_pay_and_emit]",
            run: "click",
        },
        {
            content: "The folio is shown",
            trigger: ".modal .alert-success .o_field_widget[name=outcome]:contains(/FAC 0/)",
        },
        {
            content: "Close",
            trigger: ".modal button[special=cancel]",
            run: "click",
        },
        {
            content: "The invoice is signed",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=signed]",
        },
    ],
});
