import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { RPCError, rpc } from "@web/core/network/rpc";

/** The buyer's tax data: the payment form shows when the server has kept them. */
export class Checkout extends Interaction {
    static selector = ".o_l10n_cl_checkout";
    dynamicContent = {
        ".o_l10n_cl_checkout_form": {
            "t-on-submit.prevent": this.locked(this.save),
            "t-att-class": () => ({ "d-none": this.complete }),
        },
        ".o_l10n_cl_checkout_kept": { "t-att-class": () => ({ "d-none": !this.complete }) },
        ".o_l10n_cl_checkout_kept button": { "t-on-click": () => (this.complete = false) },
        "[name='document']": { "t-on-change": () => (this.errors = {}) },
        "[data-documents]": {
            "t-att-class": (el) => ({
                "d-none": !el.dataset.documents.split(" ").includes(this.document),
            }),
        },
        "input[type='text']": { "t-on-input": (ev) => delete this.errors[ev.target.name] },
        "[data-error]": { "t-out": (el) => this.errors[el.dataset.error] || "" },
        "[data-told]": {
            "t-att-class": (el) => ({ "d-none": this.errors[el.dataset.told] !== undefined }),
        },
        _payment: { "t-att-class": () => ({ "d-none": !this.complete }) },
    };
    dynamicSelectors = {
        ...this.dynamicSelectors,
        _payment: () => document.querySelectorAll("#o_payment_form"),
    };

    setup() {
        this.form = this.el.querySelector(".o_l10n_cl_checkout_form");
        this.complete = Boolean(this.el.dataset.complete);
        this.errors = {};
    }

    get document() {
        return new FormData(this.form).get("document") || "";
    }

    async save() {
        const { document, ...data } = Object.fromEntries(new FormData(this.form));
        const { route, accessToken } = this.el.dataset;
        try {
            const kept = rpc(route, { access_token: accessToken, document: document || "", data });
            this.errors = (await this.waitFor(kept)).errors;
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.errors = { document: error.data.message };
        }
        this.complete = !Object.keys(this.errors).length;
        this.updateContent();
    }
}

registry.category("public.interactions").add("l10n_cl_sii.checkout", Checkout);
