import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("l10n_cl_sii_api_secret", {
    steps: () => [
        {
            content: "Make a secret",
            trigger: "button[name=action_issue_secret]",
            run: "click",
        },
        {
            content: "It is shown",
            trigger: ".modal .o_l10n_cl_secret",
            run({ anchor }) {
                const secret = anchor.textContent;
                if (secret.length < 20) {
                    throw new Error("No secret is shown");
                }
                // a page that is loaded again shows what the browser keeps
                const kept = { ...window.sessionStorage, ...window.localStorage };
                if (JSON.stringify(kept).includes(secret)) {
                    throw new Error("The browser keeps the secret");
                }
            },
        },
        {
            content: "Close",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It is gone",
            trigger: "body:not(:has(.o_l10n_cl_secret))",
        },
    ],
});
