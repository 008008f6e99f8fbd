import { registry } from "@web/core/registry";
import { chooseFile } from "@l10n_cl_sii/../tests/tours/caf";
import { openOurMenu } from "@l10n_cl_sii/../tests/tours/steps";

function openCertification() {
    return openOurMenu(
        "l10n_cl_sii.menu_sii",
        "l10n_cl_sii_certification.menu_certification"
    );
}

function press(name) {
    return {
        content: `Press ${name}`,
        trigger: `.o_statusbar_buttons button[name=${name}]`,
        run: "click",
    };
}

registry.category("web_tour.tours").add("l10n_cl_sii_certification", {
    steps: () => [
        ...openCertification(),
        press("action_load"),
        chooseFile("set_file"),
        {
            content: "It is chosen",
            trigger: ".modal .o_field_widget[name=file] .o_clear_file_button",
        },
        {
            content: "Load it",
            trigger: ".modal button[name=action_load]",
            run: "click",
        },
        {
            content: "One of its sets is told to be beyond the assistant",
            trigger: ".o_notification:contains('GUIA DE DESPACHO')",
        },
        {
            content: "Open the basic set",
            trigger: ".o_data_row:contains('700100') button[name=action_open]",
            run: "click",
        },
        {
            content: "Its cases are shown before anything is made",
            trigger: ".o_data_row:contains('700100-6'):contains('DEVOLUCION DE MERCADERIAS')",
        },
        press("action_issue"),
        {
            content: "They were made, and wait for the SII",
            trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=sent]",
        },
        {
            content: "Back to the certification",
            trigger: ".breadcrumb-item:contains('Ñandú'), .o_back_button:contains('Ñandú')",
            run: "click",
        },
        {
            content: "Look at the steps",
            trigger: ".nav-link[name=steps]",
            run: "click",
        },
        {
            content: "What is known of the sets",
            trigger: ".o_data_row .o_data_cell[name=known_text]:contains('0')",
        },
    ],
});
