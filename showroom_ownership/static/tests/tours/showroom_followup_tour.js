import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const click = (trigger, content) => ({ trigger, content, run: "click" });

// A follow-up in two taps, and it stands in the timeline.
tours.add("showroom_quick_followup", {
    steps: () => [
        click(".o_form_statusbar .o_showroom_quick_followup", "Open"),
        {
            trigger: ".o_showroom_quick_menu input[type='text']",
            content: "Say what was said",
            run: "edit Comes again on Saturday",
        },
        click(".o_showroom_quick_menu [data-method='call']", "It was a call"),
        { trigger: ".o_notification:contains('Follow-up recorded as MAIN/')", content: "It has its number" },
        {
            trigger: ".o_showroom_timeline li[data-kind='followup']:contains('Comes again on Saturday')",
            content: "It is in the timeline at once",
        },
    ],
});
