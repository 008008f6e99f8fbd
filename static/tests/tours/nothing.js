import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { inputFiles } from "@web/../tests/legacy/utils";
import { chooseFile } from "@l10n_cl_sii/../tests/tours/caf";
import { chooseEntry, chooseMenu, openIssuers } from "@l10n_cl_sii/../tests/tours/steps";

/** What a person has on his disk or on a paper: the test publishes it under this name. */
async function outside(name) {
    return fetch(`/web/content/l10n_cl_sii.${name}`);
}

// A step that awaits another page gives it twenty seconds; on a busy machine a chart of accounts
// takes longer. Listening before the tour does, this lets the page go whenever it is ready.
let mayGo = false;
window.addEventListener("beforeunload", (event) => mayGo && event.stopImmediatePropagation());

function type(field, text, inside = "") {
    return {
        content: `Type ${field}`,
        trigger: `${inside} .o_field_widget[name=${field}] :is(input, textarea)`,
        run: `edit ${text}`,
    };
}

function choose(field, text, inside = "") {
    return [
        type(field, text, inside),
        {
            content: `Choose ${field}`,
            trigger: `.o-autocomplete--dropdown-item:contains('${text}')`,
            run: "click",
        },
    ];
}

const save = [
    {
        content: "Save",
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        content: "It is saved",
        trigger: ".o_form_saved",
    },
];

const company = [
    ...stepUtils.goToAppSteps("base.menu_administration", "Open the settings"),
    ...chooseMenu("base.menu_users", "base.menu_action_res_company_form"),
    {
        content: "A new one",
        trigger: ".o_list_button_add",
        run: "click",
    },
    type("name", "Comercial Desde Cero SpA"),
    ...choose("country_id", "Chile"),
    type("vat", "76354771-K"),
    type("l10n_cl_activity_description", "Venta de materiales eléctricos"),
    type("street", "Av. Providencia 1234"),
    ...choose("l10n_cl_commune_id", "Providencia"),
    {
        content: "Save: it gets its chart, and then Odoo loads the page again",
        trigger: ".o_form_button_save",
        run({ click }) {
            mayGo = true;
            return click();
        },
    },
    {
        content: "There is another company to work in now",
        trigger: ".o_switch_company_menu button:enabled",
        run: "click",
    },
    {
        content: "Work in the new one",
        trigger: ".o_switch_company_item:contains('Desde Cero') .log_into",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "It is the one",
        trigger: ".o_switch_company_menu button:contains('Desde Cero')",
    },
];

const issuer = [
    ...openIssuers(),
    {
        content: "The list is the one of issuers",
        trigger: ".o_list_view th[data-name=resolution_number]",
    },
    {
        content: "A new issuer",
        trigger: ".o_list_button_add",
        run: "click",
    },
    {
        content: "The checklist shows what is missing",
        trigger:
            ".alert-warning .o_field_widget[name=missing]:contains(/activ/):contains(/resolu/):contains(/certific/)",
    },
    ...choose("acteco_ids", "620100"),
    {
        content: "One thing less",
        trigger: ".o_field_widget[name=missing]:not(:contains(/activ/))",
    },
    {
        content: "The environment is the one for tests",
        trigger: ".o_field_widget[name=environment] input:value(/ertific/)",
    },
    type("resolution_date", "2019-03-01"),
    {
        content: "Load the certificate",
        trigger: ".o_l10n_cl_load_certificate",
        run: "click",
    },
    {
        content: "Choose the file",
        trigger: ".modal #l10n_cl_certificate_file",
        async run() {
            const answer = await outside("pfx_of_nobody_yet");
            const file = new File([await answer.blob()], "ana.pfx");
            await inputFiles("#l10n_cl_certificate_file", [file]);
        },
    },
    {
        content: "Type its password",
        trigger: ".modal #l10n_cl_certificate_password",
        async run({ edit }) {
            const answer = await outside("password_of_nobody_yet");
            await edit(await answer.text());
        },
    },
    {
        content: "Load it",
        trigger: ".modal-footer .btn-primary:enabled",
        run: "click",
    },
    {
        content: "Whose it is",
        trigger: ".modal .alert-success:contains(Ana Soto)",
    },
    {
        content: "Close",
        trigger: ".modal-footer .btn-secondary",
        run: "click",
    },
    {
        content: "Nothing is missing any more",
        trigger: ".o_form_view:not(:has(.o_field_widget[name=missing])) .o_field_widget[name=certificate_holder]",
    },
];

const folios = [
    ...chooseMenu("l10n_cl_sii.menu_folios", "l10n_cl_sii.menu_caf"),
    {
        content: "A new one",
        trigger: ".o_list_button_add",
        run: "click",
    },
    chooseFile("caf_of_nobody_yet"),
    {
        content: "It is chosen",
        trigger: ".o_field_widget[name=file] .o_clear_file_button",
    },
    ...save,
    {
        content: "It is in use",
        trigger: ".o_field_widget[name=state] .text-bg-success",
    },
];

const dialog = ".modal .o_form_view";
const line = ".o_field_widget[name=invoice_line_ids] .o_selected_row";

const factura = [
    ...chooseEntry("l10n_cl_sii.menu_facturas"),
    {
        content: "Write an invoice",
        trigger: ".o_list_button_add",
        run: "click",
    },
    type("partner_id", "96790240-3"),
    {
        content: "Nobody has this RUT: make a customer of it",
        trigger: ".o-autocomplete--dropdown-item.o_m2o_dropdown_option_create_edit",
        run: "click",
    },
    {
        content: "It is taken as the RUT",
        trigger: `${dialog} .o_field_widget[name=vat] input:value(96790240-3)`,
    },
    type("name", "Distribuidora del Sur Ltda.", dialog),
    type("l10n_cl_activity_description", "Distribución", dialog),
    type("street", "Los Leones 55", dialog),
    ...choose("city_id", "Ñuñoa", dialog),
    {
        content: "Save the customer",
        trigger: ".modal .o_form_button_save",
        run: "click",
    },
    {
        content: "He gets a factura",
        trigger: ".o_field_widget[name=l10n_latam_document_type_id] input:value('(33)')",
    },
    {
        content: "Add a line",
        trigger: ".o_field_widget[name=invoice_line_ids] .o_field_x2many_list_row_add a",
        run: "click",
    },
    type("product_id", "Cable", line),
    {
        content: "There is no product yet: make it",
        trigger: ".o-autocomplete--dropdown-item.o_m2o_dropdown_option_create",
        run: "click",
    },
    type("price_unit", "1000", line),
    {
        content: "Leave the line",
        trigger: ".o_field_widget[name=tax_totals]",
        run: "click",
    },
    {
        content: "VAT is added",
        trigger: ".o_field_widget[name=tax_totals]:contains(/1[.,]190/)",
    },
    {
        content: "It is goods: they do not travel with the invoice",
        trigger: ".o_field_widget[name=l10n_cl_goods_travel] input[data-value=no]",
        run: "click",
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
];

registry.category("web_tour.tours").add("l10n_cl_sii_nothing", {
    // a chart of accounts takes its time on a busy machine
    steps: () =>
        [...company, ...issuer, ...folios, ...factura].map((step) => ({ timeout: 60000, ...step })),
});
