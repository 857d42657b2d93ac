import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

// The first reception, at the desk: phone number, name, question, consultant, receipt.
registry.category("web_tour.tours").add("showroom_tour", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='showroom_ownership.showroom_menu_root']",
            content: _t("A customer comes in. Open the reception desk."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_desk_form [name='phone']",
            content: _t("Ask for the phone number first: the desk says at once whose customer it is."),
            tooltipPosition: "bottom",
            run: "edit 138 1000 0088",
        },
        { trigger: ".o_desk_match [data-state]:not([data-state='empty']):not([data-state='incomplete'])" },
        {
            trigger: ".o_desk_form [name='customer_name']",
            content: _t("Then the name, as the customer gives it."),
            tooltipPosition: "bottom",
            run: "edit Lin Tao",
        },
        {
            trigger: "label[for='o_desk_asked_no']",
            content: _t("Ask whether they have been here before. The answer is kept as evidence."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_desk_chip:first",
            content: _t("Choose who receives the customer. Who is next in turn is marked."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_desk_register",
            content: _t("Register: the line gets the server's time and a number, and nobody can change it any more."),
            tooltipPosition: "top",
            run: "click",
        },
        { trigger: ".o_desk_number" },
        {
            trigger: ".o_desk_next",
            content: _t("The receipt proves that the line was made. A card has opened for the consultant. On to the next!"),
            tooltipPosition: "bottom",
            run: "click",
        },
        { trigger: ".o_desk_line" },
    ],
});
