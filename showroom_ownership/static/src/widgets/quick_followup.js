import { _t } from "@web/core/l10n/translation";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, useState } from "@odoo/owl";

const WIZARD = "showroom_ownership.showroom_followup_wizard_action";

/**
 * A follow-up in two taps: open, and say how. What was said may be typed before the second one.
 */
export class QuickFollowup extends Component {
    static template = "showroom_ownership.QuickFollowup";
    static components = { Dropdown };
    static props = { ...standardWidgetProps, icon: { type: Boolean, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.dropdown = useDropdownState();
        this.said = useState({ outcome: "", reached: true });
        this.methods = [
            ["call", "fa-phone", _t("Call")],
            ["visit", "fa-building-o", _t("Visit")],
            ["message", "fa-commenting-o", _t("Message")],
        ];
        this.busy = false;
    }

    /** Evidence cannot be taken back: two quick taps are one follow-up. */
    async record(method) {
        if (this.busy) {
            return;
        }
        this.busy = true;
        try {
            await this.append(method);
        } finally {
            this.busy = false;
        }
    }

    async append(method) {
        const card = this.props.record;
        if (!this.props.icon && !(await card.save())) {
            return;
        }
        const { outcome, reached } = this.said;
        const message = await this.orm.call("crm.lead", "action_follow_up", [
            [card.resId],
            method,
            outcome,
            reached,
        ]);
        this.dropdown.close();
        Object.assign(this.said, { outcome: "", reached: true });
        this.notification.add(message, { type: "success" });
        await card.load();
    }

    more() {
        this.dropdown.close();
        const card = this.props.record;
        return this.action.doAction(WIZARD, {
            additionalContext: {
                active_model: "crm.lead",
                active_id: card.resId,
                active_ids: [card.resId],
                default_outcome: this.said.outcome,
                default_reached: this.said.reached,
            },
            onClose: () => card.load(),
        });
    }
}

export const quickFollowup = {
    component: QuickFollowup,
    extractProps: ({ options }) => ({ icon: Boolean(options.icon) }),
};

registry.category("view_widgets").add("showroom_quick_followup", quickFollowup);
