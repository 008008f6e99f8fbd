import { stepUtils } from "@web_tour/tour_utils";

/** Steps that several tours begin with. */

function openMenu(section, item) {
    return [
        ...stepUtils.goToAppSteps("account.menu_finance", "Open Invoicing"),
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

export function openCertification() {
    return openMenu("account.menu_finance_configuration", "l10n_cl_sii.menu_certification");
}

export function openStatements() {
    return openMenu("account.menu_finance_receivables", "l10n_cl_sii.menu_statement");
}
