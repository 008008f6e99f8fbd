import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/legacy/utils";

// the test gives it in the address, before Odoo tidies that up
const password = new URLSearchParams(window.location.search).get("password");

registry.category("web_tour.tours").add("l10n_cl_sii_certificate", {
    steps: () => [
        {
            content: "Open the dialog",
            trigger: ".o_l10n_cl_load_certificate",
            run: "click",
        },
        {
            content: "Choose the file",
            trigger: ".modal #l10n_cl_certificate_file",
            async run() {
                const answer = await fetch("/web/content/l10n_cl_sii.pfx_of_the_tour");
                const file = new File([await answer.blob()], "ana.pfx");
                await inputFiles("#l10n_cl_certificate_file", [file]);
            },
        },
        {
            content: "Type a wrong password",
            trigger: ".modal #l10n_cl_certificate_password",
            run: "edit wrong",
        },
        {
            content: "Load it",
            trigger: ".modal-footer .btn-primary:enabled",
            run: "click",
        },
        {
            content: "It shows what is wrong",
            trigger: ".modal .alert-danger",
        },
        {
            content: "Type the right one",
            trigger: ".modal #l10n_cl_certificate_password",
            run: `edit ${password}`,
        },
        {
            content: "Load it",
            trigger: ".modal-footer .btn-primary:enabled",
            run: "click",
        },
        {
            content: "Whose it is",
            trigger: ".modal .alert-success:contains(Ana Soto):contains(12345678-5)",
        },
        {
            content: "Close",
            trigger: ".modal-footer .btn-secondary",
            run: "click",
        },
        {
            content: "The form shows it",
            trigger: ".o_field_widget[name=certificate_holder]:contains(Ana Soto)",
        },
    ],
});
