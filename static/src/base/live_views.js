import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";
import { ListController } from "@web/views/list/list_controller";
import { useGathered, useSiiNews } from "./news";

/** Models whose forms and lists follow the SII, with the field that holds the state. */
const FOLLOWED = { "account.move": "l10n_cl_dte_state", "l10n_cl.dte": "state" };
const ON_THE_WAY = ["signed", "sent"];

/** The open form shows the answer by itself; what was typed and not saved is left alone. */
patch(FormController.prototype, {
    setup() {
        super.setup(...arguments);
        const name = FOLLOWED[this.props.resModel];
        if (!name) {
            return;
        }
        const notification = useService("notification");
        const load = async () => {
            const root = this.model.root;
            if (await root.isDirty()) {
                notification.add(_t("The SII answered: save to see it."), { type: "info" });
            } else {
                await root.load();
                this.model.notify();
            }
        };
        const loadSoon = useGathered(load);
        const waits = () => ON_THE_WAY.includes(this.model.root?.data?.[name]);
        const news = useSiiNews(
            ({ records, waiting }) => {
                const root = this.model.root;
                const state = records[this.props.resModel]?.[root.resId];
                if (state || (waiting && waits())) {
                    if (state !== root.data[name]) {
                        news.notice(state);
                    }
                    loadSoon();
                }
            },
            { waits, ask: load }
        );
    },
});

/** The open list too, unless somebody is choosing or typing in it. */
patch(ListController.prototype, {
    setup() {
        super.setup(...arguments);
        if (!(this.props.resModel in FOLLOWED)) {
            return;
        }
        const loadSoon = useGathered(() => {
            const root = this.model.root;
            if (!root.editedRecord && !root.selection.length) {
                this.model.load();
            }
        });
        useSiiNews(({ records }) => {
            const changed = records[this.props.resModel] || {};
            const root = this.model.root;
            if (root.groups ? Object.keys(changed).length : root.records.some((r) => r.resId in changed)) {
                loadSoon();
            }
        });
    },
});
