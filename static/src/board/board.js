import { Component, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { debounce } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { FoliosCard } from "./folios";
import { readFiles } from "./files";
import { MonthCard } from "./month";

/** How long further news is waited for: a run at the SII brings many at once. */
const NEWS_WAIT = 500;
const POINTS = {
    waiting: "wait",
    sent: "sent",
    accepted: "good",
    objected: "look",
    rejected: "bad",
    stopped: "stop",
};

/** SII hoy: what today asks of whom. One call brings it all; news of the SII comes by the bus. */
export class Board extends Component {
    static template = "l10n_cl_sii.Board";
    static components = { FoliosCard, MonthCard };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.files = useRef("files");
        this.state = useState({ today: null, all: false });
        this.points = POINTS;
        this.done = _t("done");
        this.missing = _t("missing");
        this.levels = { bad: _t("needs somebody"), look: _t("look into it"), good: _t("all well") };
        this.reloadSoon = debounce(() => this.reload(), NEWS_WAIT);
        const bus = useService("bus_service");
        bus.subscribe("l10n_cl_sii", this.reloadSoon);
        useBus(this.env.bus, "l10n_cl_sii:reload", this.reloadSoon);
        onWillStart(() => this.reload());
        onWillUnmount(() => {
            bus.unsubscribe("l10n_cl_sii", this.reloadSoon);
            this.reloadSoon.cancel();
        });
    }

    async reload() {
        this.state.today = await this.orm.silent.call("l10n_cl.board", "today", []);
    }

    get today() {
        return this.state.today;
    }

    // -- how much of the third column fits, with trouble before anything else

    get received() {
        return this.today.received.slice(0, this.today.todo.length > 1 ? 3 : 5);
    }

    get todo() {
        return this.state.all ? this.today.todo : this.today.todo.slice(0, 3);
    }

    get register() {
        const { todo, register } = this.today;
        return todo.length > 1 ? [] : register.slice(0, 3 - todo.length);
    }

    showAll() {
        this.state.all = true;
    }

    async open(name, ids = []) {
        this.action.doAction(await this.orm.call("l10n_cl.board", "open_list", [name, ids]));
    }

    openCompany(id) {
        user.activateCompanies([id]);
    }

    openReceived(id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "l10n_cl.received.dte",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async write(word) {
        const action = await this.orm.call("l10n_cl.board", "open_issued", [word]);
        this.action.doAction(action, { viewType: "form", props: { resId: false } });
    }

    async askSii() {
        await this.orm.call("l10n_cl.board", "ask_sii", []);
        this.notification.add(_t("The SII is being asked; what it answers appears here."), {
            type: "info",
        });
    }

    loadXml() {
        this.files.el.click();
    }

    /** Files of folios and of suppliers: each goes to where it belongs. */
    async onChosen(event) {
        const files = await readFiles(event.target.files);
        event.target.value = "";
        if (!files.length) {
            return;
        }
        const loaded = await this.orm.call("l10n_cl.board", "load_files", [files]);
        for (const { name, text, done } of loaded.results) {
            this.notification.add(`${name}: ${text}`, { type: done ? "success" : "danger" });
        }
        await this.reload();
        if (loaded.action) {
            this.action.doAction(loaded.action);
        }
    }

    continueSteps() {
        this.action.doAction(this.today.steps.action);
    }

    tileClass(tile) {
        const level = tile.level ? `o_sii_${tile.level} o_sii_tile_acts` : "";
        return tile.count ? level : "o_sii_tile_zero";
    }
}

registry.category("actions").add("l10n_cl_sii.board", Board);
