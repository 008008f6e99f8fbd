import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";

const MILLION = 1e6;
const STEPS = 4;

/** A round number above ``value`` that STEPS parts evenly. */
function roundUp(value) {
    const rough = value / STEPS;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough) * power;
    return step * STEPS;
}

/** Net sales by day: facturas and boletas, one upon the other. */
export class MonthCard extends Component {
    static template = "l10n_cl_sii.MonthCard";
    static props = { month: Object };

    get isEmpty() {
        return !this.props.month.total;
    }

    get top() {
        const most = Math.max(...this.props.month.days.map((day) => day.factura + day.boleta));
        return most > 0 ? roundUp(most) : 8 * MILLION;
    }

    get unit() {
        return this.top >= MILLION ? MILLION : 1000;
    }

    get about() {
        return this.unit === MILLION
            ? _t("net sales by day, millions of $")
            : _t("net sales by day, thousands of $");
    }

    get lines() {
        return [...Array(STEPS + 1).keys()].map((step) => {
            const value = (this.top * step) / STEPS / this.unit;
            return { at: (100 * step) / STEPS, text: formatFloat(value, { trailingZeros: false }) };
        });
    }

    get bars() {
        const known = Object.fromEntries(this.props.month.days.map((day) => [day.day, day]));
        return [...Array(this.props.month.length).keys()].map((index) => {
            const day = known[index + 1] || { factura: 0, boleta: 0 };
            const isToday = index + 1 === this.props.month.days.length;
            return {
                day: index + 1,
                factura: Math.max(0, (100 * day.factura) / this.top),
                boleta: Math.max(0, (100 * day.boleta) / this.top),
                label: index === 0 || (index + 1) % 5 === 0 || isToday ? index + 1 : "",
                isToday,
            };
        });
    }
}
