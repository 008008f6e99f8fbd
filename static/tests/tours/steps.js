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

/** In the app of ours; without an item, the section itself is the link. */
export function openOurMenu(section, item) {
    return [
        ...stepUtils.goToAppSteps("l10n_cl_sii.menu_root", "Open the app"),
        ...(item ? chooseMenu(section, item) : chooseEntry(section)),
    ];
}

export function chooseEntry(entry) {
    return [
        {
            content: "Open the entry",
            trigger: `.o_menu_sections a[data-menu-xmlid='${entry}']`,
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
    return openOurMenu("l10n_cl_sii.menu_folios", "l10n_cl_sii.menu_caf");
}

export function openIssuers() {
    return openOurMenu("l10n_cl_sii.menu_configuration", "l10n_cl_sii.menu_issuer");
}

export function openStatements() {
    return openOurMenu("l10n_cl_sii.menu_owed", "l10n_cl_sii.menu_statement");
}
