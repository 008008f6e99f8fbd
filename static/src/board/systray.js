import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { debounce } from "@web/core/utils/timing";

const NEWS_WAIT = 2000;

/** Wherever one works: how many findings keep documents from the SII. Nothing while there is none. */
export class SiiAlarm extends Component {
    static template = "l10n_cl_sii.SiiAlarm";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ count: 0 });
        const bus = useService("bus_service");
        const look = debounce(() => this.look(), NEWS_WAIT);
        onWillStart(async () => {
            this.acts = await user.hasGroup("l10n_cl_sii.group_emitter");
            if (this.acts) {
                // nobody waits for it: the page comes first
                this.look();
                bus.subscribe("l10n_cl_sii", look);
            }
        });
        onWillUnmount(() => {
            bus.unsubscribe("l10n_cl_sii", look);
            look.cancel();
        });
    }

    async look() {
        this.state.count = await this.orm.silent.call("l10n_cl.board", "critical", []);
    }

    open() {
        this.action.doAction("l10n_cl_sii.board_action", { clearBreadcrumbs: true });
    }
}

registry
    .category("systray")
    .add("l10n_cl_sii.alarm", { Component: SiiAlarm }, { sequence: 30 });
