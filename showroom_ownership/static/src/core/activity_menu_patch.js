import { ActivityMenu } from "@mail/core/web/activity_menu";
import { patch } from "@web/core/utils/patch";

const FILTERS = {
    all: ["followup_overdue", "followup_today"],
    overdue: ["followup_overdue"],
    today: ["followup_today"],
    upcoming_all: ["followup_tomorrow"],
};

/** The group "Cards Due" opens the list of what is due, with the filter that was clicked. */
patch(ActivityMenu.prototype, {
    openActivityGroup(group, filter = "all", newWindow) {
        if (group.id !== "showroom_cards_due") {
            return super.openActivityGroup(...arguments);
        }
        this.dropdown.close();
        const names = ["my_cards", ...FILTERS[filter]];
        this.action.doAction("showroom_ownership.crm_lead_action_due", {
            newWindow,
            additionalContext: Object.fromEntries(
                names.map((name) => [`search_default_${name}`, 1])
            ),
            clearBreadcrumbs: true,
        });
    },
});
