import { registry } from "@web/core/registry";
import { dragenterFiles, dropFiles } from "@web/../tests/legacy/utils";

/** @returns {Promise<File[]>} the list of purchases that the test has put there */
async function purchases() {
    const answer = await fetch("/web/content/l10n_cl_sii.register_csv");
    return [new File([await answer.blob()], "RCV_COMPRA_REGISTRO.csv", { type: "text/csv" })];
}

registry.category("web_tour.tours").add("l10n_cl_sii_register", {
    steps: () => [
        {
            content: "Import files",
            trigger: ".o_list_view .o_control_panel .o_list_buttons button, .o_list_view .o_control_panel_main_buttons button",
            run: "click",
        },
        {
            content: "Of June",
            trigger: ".modal .o_field_widget[name=month] input",
            run: "edit 2026-06",
        },
        {
            content: "Drag the file there and drop it",
            trigger: ".modal .o_l10n_cl_dropped_files",
            async run() {
                const files = await purchases();
                await dragenterFiles(".modal .o_l10n_cl_dropped_files", files);
                await dropFiles(".o-Dropzone", files);
            },
        },
        {
            content: "It is uploaded",
            trigger: ".modal .o_attachment:contains(RCV_COMPRA_REGISTRO)",
        },
        {
            content: "Import",
            trigger: ".modal-footer button[name=action_import]",
            run: "click",
        },
        {
            content: "Three documents are new: show them",
            trigger: ".modal .o_data_row:has([name=created]:contains(3)) button[name=action_open_entries]",
            run: "click",
        },
        {
            content: "A bill of the second one",
            trigger: ".o_data_row:contains(1002) button[name=action_create_bill]",
            run: "click",
        },
        {
            content: "It is a draft over the same amount",
            trigger: ".o_form_view .o_field_widget[name=tax_totals]:contains('11,900'), .o_form_view .o_field_widget[name=tax_totals]:contains('11.900')",
        },
    ],
});
