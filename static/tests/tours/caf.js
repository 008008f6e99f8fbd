import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/legacy/utils";
import { openCafs } from "@l10n_cl_sii/../tests/tours/steps";

/** Choose a file, as downloaded from the SII: the test publishes it under this name. */
export function chooseFile(name) {
    return {
        content: "Choose the file",
        trigger: ".o_field_widget[name=file] .o_select_file_button",
        async run() {
            const answer = await fetch(`/web/content/l10n_cl_sii.${name}`);
            const file = new File([await answer.blob()], `${name}.xml`, { type: "text/xml" });
            await inputFiles(".o_field_widget[name=file] .o_input_file", [file]);
        },
    };
}

const save = {
    content: "Save",
    trigger: ".o_form_button_save",
    run: "click",
};

registry.category("web_tour.tours").add("l10n_cl_sii_caf", {
    steps: () => [
        ...openCafs(),
        {
            content: "The list of folios is there",
            trigger: ".o_last_breadcrumb_item:contains(CAF)",
        },
        {
            content: "Load a CAF",
            trigger: ".o_list_button_add",
            run: "click",
        },
        chooseFile("caf_of_another"),
        {
            content: "It is chosen",
            trigger: ".o_field_widget[name=file] .o_clear_file_button",
        },
        save,
        {
            content: "It is of another company, and the message states that",
            trigger: ".o_error_dialog:contains('77123456-9'), .modal:contains('77123456-9')",
        },
        {
            content: "Close the message",
            trigger: ".modal-footer button:contains(Close), .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Take that file away",
            trigger: ".o_field_widget[name=file] .o_clear_file_button",
            run: "click",
        },
        chooseFile("caf_of_ours"),
        {
            content: "It is chosen",
            trigger: ".o_field_widget[name=file] .o_clear_file_button",
        },
        save,
        {
            content: "The range is read from the file",
            trigger: ".o_form_view .oe_title:contains(Factura)",
        },
        {
            content: "And it is in use",
            trigger: ".o_field_widget[name=state] .text-bg-success",
        },
    ],
});
