import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { told } from "./told";

/** A RUT whose check digit is looked at while it is typed. */
export class Rut extends Interaction {
    static selector = "input.o_l10n_cl_rut";
    dynamicContent = {
        _root: { "t-on-input": this.debounced(this.check, 300) },
    };

    async start() {
        await this.check();
    }

    async check() {
        const typed = this.el.value.trim();
        if (!typed) {
            return told(this.el, null, "");
        }
        const call = rpc("/l10n_cl_sii/checkout/rut", { rut_typed: typed }, { silent: true });
        const { good, text } = await this.waitFor(call);
        if (this.el.value.trim() === typed) {
            told(this.el, good, text);
        }
    }
}

registry.category("public.interactions").add("l10n_cl_sii.rut", Rut);
