import { _t } from "@web/core/l10n/translation";
import { capitalize } from "@web/core/utils/strings";
import { registry } from "@web/core/registry";
import {
    RemainingDaysField,
    remainingDaysField,
} from "@web/views/fields/remaining_days/remaining_days_field";

/** A day as counted from today: "In 12 days", "Yesterday". */
export const inDays = (day) => capitalize(day.toRelativeCalendar({ unit: "days" }));

/**
 * Deadlines are counted in days: "In 12 days" where the stock widget says "Next month".
 */
export class ShowroomRemainingDaysField extends RemainingDaysField {
    get diffString() {
        if (this.diffDays === null || Math.abs(this.diffDays) > 99) {
            return super.diffString;
        }
        return inDays(this.props.record.data[this.props.name]);
    }
}

export const showroomRemainingDaysField = {
    ...remainingDaysField,
    component: ShowroomRemainingDaysField,
    displayName: _t("Remaining Days, always in days"),
};

registry.category("fields").add("showroom_remaining_days", showroomRemainingDaysField);
