import { stepUtils } from "@web_tour/tour_utils";

/** Steps that several tours begin with. */

/** For who is in the app already. */
export function chooseMenu(section, item) {
    return [
        {
            content: "Open the menu's section",
            trigger: `button[data-menu-xmlid='${section}']`,
            run: "click",
        },
        {
            content: "Open the list",
            trigger: `.dropdown-item[data-menu-xmlid='${item}']`,
            run: "click",
        },
    ];
}

export function openMenu(section, item) {
    return [
        ...stepUtils.goToAppSteps("account.menu_finance", "Open Invoicing"),
        ...chooseMenu(section, item),
    ];
}

export function openInvoices() {
    return openMenu(
        "account.menu_finance_receivables",
        "account.menu_action_move_out_invoice_type"
    );
}

export function openCreditNotes() {
    return openMenu(
        "account.menu_finance_receivables",
        "account.menu_action_move_out_refund_type"
    );
}

export function openCafs() {
    return openMenu("account.menu_finance_configuration", "l10n_cl_sii.menu_caf");
}

export function openIssuers() {
    return openMenu("account.menu_finance_configuration", "l10n_cl_sii.menu_issuer");
}

export function openStatements() {
    return openMenu("account.menu_finance_receivables", "l10n_cl_sii.menu_statement");
}
