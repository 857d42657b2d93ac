import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, onWillDestroy, useState } from "@odoo/owl";

const { DateTime } = luxon;
const EVERY_MINUTE = 60000;

/**
 * The time that is left until a deadline, counted down while somebody reads.
 */
export class CountdownField extends Component {
    static template = "showroom_ownership.CountdownField";
    static props = { ...standardFieldProps };

    setup() {
        this.clock = useState({ now: DateTime.now() });
        const timer = setInterval(() => (this.clock.now = DateTime.now()), EVERY_MINUTE);
        onWillDestroy(() => clearInterval(timer));
    }

    get left() {
        const deadline = this.props.record.data[this.props.name];
        return deadline && deadline.diff(this.clock.now, ["days", "hours", "minutes"]);
    }

    get isOver() {
        return this.left.valueOf() <= 0;
    }

    get text() {
        const days = this.left.days;
        const hours = this.left.hours;
        const minutes = Math.floor(this.left.minutes);
        if (this.isOver) {
            return _t("The time is over");
        }
        if (days) {
            return _t("%(days)s d %(hours)s h left", { days, hours });
        }
        return _t("%(hours)s h %(minutes)s min left", { hours, minutes });
    }

    get colour() {
        return this.isOver || !this.left.days ? "text-bg-danger" : "text-bg-warning";
    }
}

export const countdownField = {
    component: CountdownField,
    displayName: _t("Countdown"),
    supportedTypes: ["datetime"],
};

registry.category("fields").add("showroom_countdown", countdownField);
