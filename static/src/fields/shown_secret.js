import { Component } from "@odoo/owl";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";

/** A secret, this once: it comes with the answer to the click and is kept nowhere. */
export class SecretDialog extends Component {
    static template = "l10n_cl_sii.SecretDialog";
    static components = { CopyButton, Dialog };
    static props = {
        title: String,
        secret: String,
        apiKey: { type: String, optional: true },
        url: { type: String, optional: true },
        close: Function,
    };
}

/** No component, so that the action, with the secret in it, is not kept for a reload of the page. */
function showSecret(env, { name, params }) {
    const { secret, api_key: apiKey, url } = params;
    env.services.dialog.add(SecretDialog, { title: name, secret, apiKey, url });
}

registry.category("actions").add("l10n_cl_show_secret", showSecret);
