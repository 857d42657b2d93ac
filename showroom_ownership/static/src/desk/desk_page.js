import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

import { Component, onMounted, onWillUnmount, onWillUpdateProps, useExternalListener, useState } from "@odoo/owl";

const CHANNEL = "showroom_ownership.desk_";
const CHANGED = "showroom_ownership.desk_changed";

/** Today's page of an outlet, the newest line first; it follows what any desk of the outlet registers. */
export class DeskPage extends Component {
    static template = "showroom_ownership.DeskPage";
    static props = { outlet: Object, saved: Number }; // saved: the line just made at this desk

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.state = useState({ lines: null, total: 0, closed: false });
        this.channel = CHANNEL + this.props.outlet.id;
        this.onChanged = ({ outlet_id }) => outlet_id === this.props.outlet.id && this.read();
        onMounted(() => {
            this.bus.subscribe(CHANGED, this.onChanged);
            this.bus.addChannel(this.channel);
            this.read();
        });
        onWillUnmount(() => {
            this.bus.deleteChannel(this.channel);
            this.bus.unsubscribe(CHANGED, this.onChanged);
        });
        onWillUpdateProps(({ saved }) => {
            if (saved && saved !== this.props.saved) {
                this.read(); // also where the bus does not reach
            }
        });
        // A tablet sleeps, and days change: what it shows when it is looked at again is read again.
        useExternalListener(document, "visibilitychange", () => !document.hidden && this.read());
    }

    async read() {
        const asked = (this.asked = (this.asked || 0) + 1);
        try {
            const page = await this.orm.silent.call("showroom.reception", "desk_page", [this.props.outlet.id]);
            if (asked === this.asked) {
                Object.assign(this.state, page);
            }
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    get title() {
        return _t("Today at %(outlet)s", { outlet: this.props.outlet.name });
    }

    get count() {
        return _t("%(number)s lines", { number: this.state.total });
    }

    get newest() {
        return _t("The newest %(shown)s lines are shown; the register has all of them.", {
            shown: this.state.lines.length,
        });
    }

    shortNumber(line) {
        return String(line.line).padStart(3, "0");
    }

    openLabel(line) {
        return _t("Open line %(number)s", { number: line.number });
    }

    look(state) {
        const looks = {
            evidence: { icon: "fa-check-circle", color: "success", text: _t("Evidence") },
            late: { icon: "fa-clock-o", color: "warning", text: _t("Recorded late") },
            void: { icon: "fa-ban", color: "danger", text: _t("Void") },
            no_evidence: { icon: "fa-exclamation-triangle", color: "warning", text: _t("No evidence") },
        };
        return looks[state];
    }

    open(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "showroom.reception",
            res_id: line.id,
            views: [[false, "form"]],
        });
    }
}
