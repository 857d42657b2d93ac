import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const click = (trigger, content) => ({ trigger, content, run: "click" });
const see = (trigger, content) => ({ trigger, content });

// From the activity menu to the card that will be lost, and what it says.
tours.add("showroom_activity_menu", {
    steps: () => [
        click(".o_menu_systray i.fa-clock-o", "Open the activity menu"),
        see(".o-mail-ActivityGroup:contains('Cards Due'):contains('1 Late')", "It counts the card"),
        click(".o-mail-ActivityGroup:contains('Cards Due') span:contains('1 Late')", "Show what is late"),
        see(".o_searchview_facet:contains('Overdue')", "The list is filtered"),
        click(".o_data_row:contains('Zhao Min') td[name='name']", "Open the card"),
        see(".alert:contains('or the card goes to a colleague')", "It says what happens when"),
    ],
});

// From who is about to lose cards to the cards.
tours.add("showroom_about_to_lose", {
    steps: () => [
        click(".o_data_row:contains('Li') td[name='overdue']", "Open the cards of a consultant"),
        see(".o_searchview_facet:contains('Overdue')", "Only overdue ones"),
        see(".o_data_row:contains('Zhao Min')", "The card is there"),
    ],
});
