import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { inputFiles } from "@web/../tests/legacy/utils";

const openApp = stepUtils.goToAppSteps("l10n_cl_sii.menu_root", "Open the app");

const openTile = {
    content: "What has to be sent",
    trigger: ".o_sii_tile[data-name=waiting]:contains(1)",
    run: "click",
};

registry.category("web_tour.tours").add("l10n_cl_sii_board", {
    steps: () => [
        ...openApp,
        openTile,
        {
            content: "Its list has the one document",
            trigger: ".o_list_view .o_data_row:only-child .o_field_widget[name=state], .o_list_view .o_data_row",
        },
        {
            content: "Back to the page",
            trigger: ".o_back_button",
            run: "click",
        },
        {
            content: "The stopped document is told, with its button",
            trigger: ".o_sii_todo .o_sii_line .btn-link",
        },
        {
            content: "Choose a file of folios and one that is none",
            trigger: ".o_sii_folios",
            async run() {
                const answer = await fetch("/web/content/l10n_cl_sii.folios_for_the_board");
                const caf = new File([await answer.blob()], "folios.xml", { type: "text/xml" });
                const other = new File(["<x/>"], "otro.xml", { type: "text/xml" });
                await inputFiles(".o_sii_folios input[type=file]", [caf, other]);
            },
        },
        {
            content: "One was taken",
            trigger: ".o_sii_results .o_sii_good:contains(folios.xml)",
        },
        {
            content: "The other was not, and why",
            trigger: ".o_sii_results .o_sii_bad:contains(otro.xml)",
        },
        {
            content: "The alarm above leads here from wherever one is",
            trigger: ".o_l10n_cl_alarm .badge",
            run: "click",
        },
        {
            content: "Ask the SII",
            trigger: ".o_sii_head .btn:has(.fa-refresh)",
            run: "click",
        },
        {
            content: "It is being asked",
            trigger: ".o_notification",
        },
        {
            content: "A new boleta",
            trigger: ".o_sii_head .btn-outline-primary",
            run: "click",
        },
        {
            content: "It is one, for nobody in particular",
            trigger: ".o_form_view .o_field_widget[name=l10n_latam_document_type_id] input:value(/39/)",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_board_viewer", {
    steps: () => [
        ...openApp,
        {
            content: "The figures are there, and nothing to press above them",
            trigger: ".o_l10n_cl_board:not(:has(.o_sii_head .btn)) .o_sii_tile",
        },
        openTile,
        {
            content: "The list is there",
            trigger: ".o_list_view .o_data_row",
        },
    ],
});
