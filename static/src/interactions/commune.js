import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { uniqueId } from "@web/core/utils/functions";
import { told } from "./told";

/** A text that names a commune of Chile: proposals while it is typed, and which one is meant. */
export class Commune extends Interaction {
    static selector = "input.o_l10n_cl_commune";
    dynamicContent = {
        _root: { "t-on-input": this.debounced(this.check, 300) },
        _country: { "t-on-change": this.check },
    };
    dynamicSelectors = {
        ...this.dynamicSelectors,
        _country: () => this.country,
    };

    setup() {
        this.country = this.el.form?.querySelector("select[name='country_id']");
        this.proposals = document.createElement("datalist");
        this.proposals.id = uniqueId("l10n_cl_communes_");
        this.insert(this.proposals, this.el, "afterend");
        this.el.setAttribute("list", this.proposals.id);
    }

    async start() {
        await this.check();
    }

    get isChilean() {
        return !this.country || this.country.selectedOptions[0]?.getAttribute("code") === "CL";
    }

    async check() {
        const name = this.el.value.trim();
        if (!this.isChilean || !name) {
            this.proposals.replaceChildren();
            return told(this.el, null, "");
        }
        const route = "/l10n_cl_sii/checkout/communes";
        const answer = await this.waitFor(rpc(route, { name }, { silent: true }));
        if (this.el.value.trim() !== name) {
            return; // an answer to what has been typed over
        }
        this.proposals.replaceChildren(...answer.names.map((each) => new Option(each, each)));
        told(this.el, answer.found, answer.text);
        const region = this.el.form?.querySelector("select[name='state_id']");
        if (answer.found && region) {
            region.value = answer.region_id;
        }
    }
}

registry.category("public.interactions").add("l10n_cl_sii.commune", Commune);
