import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";

/**
 * Rules again on the rulings of the last days, batch by batch, with the policy as it is on the screen.
 */
export class WhatWouldChangeDialog extends Component {
    static template = "showroom_ownership.WhatWouldChangeDialog";
    static components = { Dialog };
    static props = { policyId: [Number, Boolean], values: Object, save: Function, close: Function };

    setup() {
        this.orm = useService("orm");
        this.title = _t("What Would Change");
        this.state = useState({ total: 0, asked: 0, days: 0, changes: [], done: false });
        this.isStopped = false;
        onWillStart(() => {
            this.run();
        });
        onWillDestroy(() => (this.isStopped = true));
    }

    async run() {
        let after = 0;
        do {
            const found = await this.orm.silent.call("showroom.policy", "what_would_change", [
                this.props.policyId,
                this.props.values,
                after,
            ]);
            if (!after) {
                Object.assign(this.state, { total: found.total, days: found.days });
            }
            this.state.asked += found.asked;
            this.state.changes.push(...found.changes);
            after = found.last;
        } while (after && !this.isStopped);
        this.state.done = !this.isStopped;
    }

    get percent() {
        return this.state.total ? Math.round((100 * this.state.asked) / this.state.total) : 0;
    }

    get intro() {
        return _t(
            "The rulings of the last %s days, ruled on again from their stored facts with the principles as they are on the screen. Nothing is stored. Who had filed when stays as it was.",
            this.state.days || "…"
        );
    }

    get summary() {
        const { total, asked, changes, done } = this.state;
        return done
            ? _t("%(changed)s of %(asked)s rulings would come out differently.", {
                  changed: changes.length,
                  asked,
              })
            : _t("%(changed)s of %(asked)s rulings would come out differently, %(left)s to ask.", {
                  changed: changes.length,
                  asked,
                  left: Math.max(total - asked, 0),
              });
    }

    get groups() {
        const others = this.state.changes.filter((change) => change.other_credit);
        const same = this.state.changes.filter((change) => !change.other_credit);
        return [
            { name: "credit", title: _t("Credited otherwise"), changes: others },
            { name: "ground", title: _t("Same credit, on another ground or in another state"), changes: same },
        ].filter((group) => group.changes.length);
    }

    async save() {
        if (await this.props.save()) {
            this.props.close();
        }
    }
}

export class WhatWouldChange extends Component {
    static template = "showroom_ownership.WhatWouldChange";
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
    }

    /** The grounds in force, in the order in which they stand on the screen. */
    get principles() {
        const lines = this.props.record.data.principle_ids.records.map((line) => line.data);
        const ordered = [...lines].sort((one, other) => one.sequence - other.sequence);
        return ordered.filter((line) => line.active).map((line) => line.ground);
    }

    /** Numbers, choices and switches; the server knows which of them a ruling asks for. */
    get values() {
        const plain = Object.entries(this.props.record.data).filter(([, value]) => typeof value !== "object");
        return { ...Object.fromEntries(plain), principles: this.principles };
    }

    open() {
        const policy = this.props.record;
        this.dialog.add(WhatWouldChangeDialog, {
            policyId: policy.resId || false,
            values: this.values,
            save: () => policy.save(),
        });
    }
}

registry.category("view_widgets").add("showroom_what_would_change", { component: WhatWouldChange });
