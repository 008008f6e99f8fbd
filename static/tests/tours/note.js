import { registry } from "@web/core/registry";
import { openCreditNotes, openInvoices } from "@l10n_cl_sii/../tests/tours/steps";

registry.category("web_tour.tours").add("l10n_cl_sii_note", {
    steps: () => [
        ...openInvoices(),
        {
            content: "Open the accepted invoice",
            trigger: ".o_data_row:has([name=l10n_cl_dte_state] .text-bg-success) td[name=name]",
            run: "click",
        },
        {
            content: "Make a credit note",
            trigger: "button[name=action_reverse]",
            run: "click",
        },
        {
            content: "It would annul the invoice; it corrects its text",
            trigger: ".modal .o_field_widget[name=l10n_cl_does] input[data-value='2']",
            run: "click",
        },
        {
            content: "What the invoice states is shown there",
            trigger: ".modal .o_field_widget[name=l10n_cl_wrong_text] input:value(Giro de antes)",
        },
        {
            content: "Write what it must state",
            trigger: ".modal .o_field_widget[name=l10n_cl_right_text] input",
            run: "edit Ferretería",
        },
        {
            content: "Make the note",
            trigger: ".modal button[name=refund_moves]",
            run: "click",
        },
        {
            content: "It has one line, and no amount",
            trigger:
                ".o_field_widget[name=invoice_line_ids]:contains(DONDE DICE GIRO Giro de antes DEBE DECIR GIRO Ferretería)",
        },
        {
            content: "Confirm it",
            trigger: "button[name=l10n_cl_action_confirm]",
            run: "click",
        },
        {
            content: "It is signed",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=signed]",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_annul", {
    steps: () => [
        ...openInvoices(),
        {
            content: "Open the accepted invoice",
            trigger: ".o_data_row:has([name=l10n_cl_dte_state] .text-bg-success) td[name=name]",
            run: "click",
        },
        {
            content: "Make a credit note",
            trigger: "button[name=action_reverse]",
            run: "click",
        },
        {
            content: "It annuls the invoice, unless one chooses otherwise",
            trigger: ".modal .o_field_widget[name=l10n_cl_does] input[data-value='1']:checked",
        },
        {
            content: "Make the note",
            trigger: ".modal button[name=refund_moves]",
            run: "click",
        },
        {
            content: "It is over the whole amount",
            trigger: ".o_field_widget[name=tax_totals]:contains(/1[.,]190/)",
        },
        {
            content: "Confirm it",
            trigger: "button[name=l10n_cl_action_confirm]",
            run: "click",
        },
        {
            content: "It is signed",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=signed]",
        },
        {
            content: "It is a credit note",
            trigger: ".o_field_widget[name=name]:contains(/N.C 0/)",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_note_accepted", {
    steps: () => [
        ...openCreditNotes(),
        {
            content: "Open the accepted note",
            trigger: ".o_data_row:has([name=l10n_cl_dte_state] .text-bg-success) td[name=name]",
            run: "click",
        },
        {
            content: "The SII accepted it",
            trigger: "button[name=l10n_cl_action_open_dte] span[raw-value=accepted]",
        },
    ],
});
