import { registry } from "@web/core/registry";

const form = ".o_l10n_cl_checkout_form";

function write(name, text) {
    return {
        content: `Write: ${name}`,
        trigger: `${form} input[name=${name}]:visible`,
        run: `edit ${text}`,
    };
}

function press() {
    return {
        content: "Go on to the payment",
        trigger: `${form} button[type=submit]`,
        run: "click",
    };
}

function pay() {
    return [
        {
            content: "The data are kept, and the payment shows",
            trigger: ".o_l10n_cl_checkout_kept:visible",
        },
        {
            content: "Pay",
            trigger: "#o_payment_form:visible button[name=o_payment_submit_button]:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The provider has sent the buyer back",
            trigger: "[name=o_payment_status_alert]",
        },
    ];
}

registry.category("web_tour.tours").add("l10n_cl_sii_checkout_boleta", {
    steps: () => [
        {
            content: "Nothing can be paid before the data are there",
            trigger: "body:not(:has(#o_payment_form:visible))",
        },
        {
            content: "Without a name to give: a boleta",
            trigger: `${form} input[value=receipt]`,
            run: "click",
        },
        {
            content: "Nobody asks a boleta's buyer for his giro",
            trigger: `${form}:not(:has(input[name=activity]:visible))`,
        },
        write("rut", "12.345.678-9"),
        {
            content: "The wrong digit is reported while it is typed",
            trigger: "#l10n_cl_rut_told:contains('dígito')",
        },
        write("address", "Irarrázaval 2434, depto. 5"),
        write("commune", "nunoa"),
        {
            content: "The commune is known by any of its spellings",
            trigger: "#l10n_cl_commune_told:contains('Ñuñoa')",
        },
        press(),
        {
            content: "It is not taken",
            trigger: "[data-error=rut]:contains('no es válido')",
        },
        write("rut", "12345678-5"),
        {
            content: "Now it is right",
            trigger: "#l10n_cl_rut_told:contains('12.345.678-5')",
        },
        press(),
        ...pay(),
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_checkout_factura", {
    steps: () => [
        {
            content: "A firm wants a factura",
            trigger: `${form} input[value=invoice]`,
            run: "click",
        },
        write("rut", "76086428-5"),
        write("business_name", "Ferretería <b>Ñuble</b> Ltda."),
        write("activity", "Ferretería"),
        write("address", "Los Copihues 12"),
        write("commune", "Macondo"),
        {
            content: "There is no such commune",
            trigger: "#l10n_cl_commune_told:contains('ninguna comuna')",
        },
        write("commune", "chillan viejo"),
        {
            content: "This one there is",
            trigger: "#l10n_cl_commune_told:contains('Chillán Viejo')",
        },
        press(),
        {
            content: "He looks at his data again",
            trigger: ".o_l10n_cl_checkout_kept:visible button",
            run: "click",
        },
        {
            content: "They are there, and the payment waits for them",
            trigger: `body:not(:has(#o_payment_form:visible)) ${form} input[name=rut]:visible`,
        },
        press(),
        ...pay(),
    ],
});

registry.category("web_tour.tours").add("l10n_cl_sii_checkout_paid", {
    steps: () => [
        {
            content: "It is paid",
            trigger: ".badge.text-bg-success:contains('Pagad')",
        },
        {
            content: "There is its document",
            trigger: "a[href*='/l10n_cl_sii/document/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It can be downloaded",
            trigger: "a[href$='/pdf']",
        },
    ],
});
