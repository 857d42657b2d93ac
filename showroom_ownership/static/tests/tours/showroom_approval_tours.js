import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const click = (trigger, content) => ({ trigger, content, run: "click" });
const see = (trigger, content) => ({ trigger, content });

// The number of what waits, in the bar and in the menu; from there to the list.
tours.add("showroom_approval_number", {
    steps: () => [
        see(".o_showroom_approvals .badge:contains('3')", "Three requests wait"),
        click("button[data-menu-xmlid='showroom_ownership.showroom_menu_approvals']", "Open the menu"),
        see(".dropdown-item:contains('My Approvals') .o_showroom_number:contains('3')", "The number is there too"),
        click(".o_showroom_approvals", "Open the number"),
        see(".o_showroom_approvals_menu button:contains('Cancellation'):contains('1')", "It is told by kind"),
        click(".o_showroom_approvals_menu button:contains('Transfer'):contains('2')", "Look at the transfers"),
        see(".o_list_view .o_data_row:eq(1)", "Two transfers wait"),
        see("body:not(:has(.o_data_row:eq(2)))", "and nothing else is shown"),
    ],
});

// Several transfers, all to somebody else than proposed, but one.
tours.add("showroom_approve_other", {
    steps: () => [
        see(".o_data_row:eq(1)", "Two transfers wait"),
        click(".o_list_view thead .o_list_record_selector input", "Select all"),
        click(".o_control_panel button:contains('Approve with Another Consultant')", "To somebody else"),
        {
            trigger: ".modal .o_field_widget[name='owner_id'] input",
            content: "All to Zhou",
            run: "edit Zhou",
        },
        click(".o-autocomplete--dropdown-item:contains('Zhou')", "Choose Zhou"),
        see(".modal .o_data_row:eq(1) [name='owner_id']:contains('Zhou')", "Every line says so"),
        click(".modal .o_data_row:eq(0) [name='owner_id']", "but one"),
        {
            trigger: ".modal .o_data_row:eq(0) [name='owner_id'] input",
            content: "goes to Qian",
            run: "edit Qian",
        },
        click(".o-autocomplete--dropdown-item:contains('Qian')", "Choose Qian"),
        click(".modal button[name='action_decide']:contains('Approve')", "Confirm"),
        see("body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row .o_field_widget))", "Nothing waits any more"),
        click(".o_showroom_approvals", "Open the number"),
        see(".o_showroom_approvals_menu:contains('Nothing waits for you')", "There is none"),
        see(".o_showroom_approvals:not(:has(.badge))", "It is gone"),
    ],
});

// Name a colleague for the days of absence.
tours.add("showroom_delegate", {
    steps: () => [
        click(".o_list_button_add", "A new delegation"),
        { trigger: ".o_field_widget[name='delegate_id'] input", content: "Zhou", run: "edit Zhou" },
        click(".o-autocomplete--dropdown-item:contains('Zhou')", "decides"),
        { trigger: ".o_field_widget[name='date_to'] input", content: "until", run: "edit 12/31/2099" },
        click(".o_form_view .text-muted", "Close the calendar"),
        click("button[name='action_delegate']", "Delegate"),
        see(".o_statusbar_status .o_arrow_button_current:contains('In Force')", "It is in force"),
    ],
});
