import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const LINE = ".o_data_row:contains('Closed without a word')";
const click = (trigger, content) => ({ trigger, content, run: "click" });
const see = (trigger, content) => ({ trigger, content });

// Switch a principle off, see what would change, and only then save.
tours.add("showroom_what_would_change", {
    steps: () => [
        click(`${LINE} .o_boolean_toggle input`, "Switch a principle off"),
        see(`${LINE}.text-muted`, "It is off"),
        click(".o_showroom_what_would_change", "Ask what would change"),
        see(".o_showroom_change_summary[data-done]:contains('1 of 1')", "One ruling would"),
        see(".o_showroom_changes_credit tr:contains('Li 100 %'):contains('Wang 100 %')", "It says for whom"),
        click(".modal-footer .btn-primary", "Save"),
        see("body:not(:has(.modal)) .o_form_saved", "Saved"),
    ],
});
