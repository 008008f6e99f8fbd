import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/legacy/utils";

registry.category("web_tour.tours").add("l10n_cl_sii_receive", {
    steps: () => [
        {
            content: "Load files",
            trigger: ".o_list_view .o_control_panel .o_list_buttons button, .o_list_view .o_control_panel_main_buttons button",
            run: "click",
        },
        {
            content: "Choose the supplier's XML",
            trigger: ".modal .o_field_widget[name=attachment_ids] .o_file_input_trigger",
            async run() {
                const answer = await fetch("/web/content/l10n_cl_sii.supplier_xml");
                const file = new File([await answer.blob()], "factura.xml", { type: "text/xml" });
                await inputFiles(".modal .o_field_widget[name=attachment_ids] input[type=file]", [
                    file,
                ]);
            },
        },
        {
            content: "It is uploaded",
            trigger: ".modal .o_attachment:contains(factura)",
        },
        {
            content: "Load",
            trigger: ".modal-footer button[name=action_load]",
            run: "click",
        },
        {
            content: "The SII is yet to be asked",
            trigger: ".o_form_view .o_statusbar_status .o_arrow_button_current[data-value=new]",
        },
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_received_bill", {
    steps: () => [
        {
            content: "Open the verified document",
            trigger: ".o_data_row [name=issuer_name]",
            run: "click",
        },
        {
            content: "Accept it",
            trigger: ".o_statusbar_buttons button[type=action], .o_statusbar_buttons .btn-primary",
            run: "click",
        },
        {
            content: "With receipt of goods",
            trigger: ".modal-footer button[name=action_send]",
            run: "click",
        },
        {
            content: "Back on the document",
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
        {
            content: "Open the bill",
            trigger: "button[name=action_open_bill]",
            run: "click",
        },
        {
            content: "It has the lines of the XML",
            trigger: ".o_field_widget[name=invoice_line_ids] .o_data_row:contains(Cable)",
        },
        {
            content: "And its total",
            trigger: ".o_field_widget[name=tax_totals]:contains('1,190'), .o_field_widget[name=tax_totals]:contains('1.190')",
        },
    ],
});
