import { onWillUnmount, useComponent, useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { debounce } from "@web/core/utils/timing";

/** Milliseconds: how long a notice stays, news are gathered, a page without websocket waits. */
const NOTICE = 4000;
const GATHER = 300;
const PATIENCE = 10000;

const NOTICES = {
    accepted: [_t("Accepted by the SII"), "success"],
    objected: [_t("Accepted by the SII with objections"), "warning"],
    rejected: [_t("Rejected by the SII"), "danger"],
    foreign: [_t("The SII holds another document under this folio"), "danger"],
    exception: [_t("Stopped on its way to the SII"), "warning"],
};

/**
 * News of the SII, by Odoo's bus: which records of the user's companies have a new state.
 *
 * Any page: `useSiiNews((news) => this.reload())` in setup. news: {company, records, waiting};
 * records: model -> id -> state; waiting: what documents on their way wait for reads otherwise.
 */
export const siiNews = {
    dependencies: ["bus_service", "notification"],
    start(env, { bus_service: bus, notification }) {
        bus.start();
        return {
            /** Calls back with each message; returns what ends it. */
            follow(callback) {
                bus.subscribe("l10n_cl_sii", callback);
                return () => bus.unsubscribe("l10n_cl_sii", callback);
            },
            isLive: () => bus.workerState === "CONNECTED",
            /** A short notice of a state that a person wants to hear of. */
            notice(state) {
                if (state in NOTICES) {
                    const [text, type] = NOTICES[state];
                    notification.add(text, { type, autocloseDelay: NOTICE });
                }
            },
            /** Why a page was asked for again by itself. */
            noticeNotLive() {
                notification.add(
                    _t(
                        "No live connection with the server: this page asked once. Reload it to see later answers."
                    ),
                    { type: "info", autocloseDelay: NOTICE }
                );
            },
        };
    },
};

registry.category("services").add("l10n_cl_sii.news", siiNews);

/**
 * Follow the news while the page is open.
 *
 * callback: called with each message. waits: whether the page shows something on its way; if
 * nothing is live after 10 s, `ask()` is called once and a notice says why.
 */
export function useSiiNews(callback, { waits, ask } = {}) {
    const component = useComponent();
    const news = useService("l10n_cl_sii.news");
    onWillUnmount(news.follow((message) => callback.call(component, message)));
    if (waits) {
        useEffect(
            (waiting) => {
                if (!waiting) {
                    return;
                }
                const timer = browser.setTimeout(async () => {
                    if (!news.isLive()) {
                        await ask.call(component);
                        news.noticeNotLive();
                    }
                }, PATIENCE);
                return () => browser.clearTimeout(timer);
            },
            () => [waits.call(component)]
        );
    }
    return news;
}

/** A function that reloads once for news that come close together. */
export function useGathered(reload) {
    const gathered = debounce(reload, GATHER);
    onWillUnmount(() => gathered.cancel());
    return gathered;
}
