import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const click = (trigger, content) => ({ trigger, content, run: "click" });
const see = (trigger, content) => ({ trigger, content });
const type = (name, text) => ({
    trigger: `.o_field_widget[name='${name}'] input`,
    content: `Fill in ${name}`,
    run: `edit ${text}`,
});

const at = (field, text) => ({
    trigger: `.o_desk_form [name='${field}']`,
    content: `Fill in ${field}`,
    run: `edit ${text}`,
});

// From the desk to a ruling, as a consultant with a new customer.
tours.add("showroom_first_deal", {
    steps: () => [
        at("phone", "13810000777"),
        see(".o_desk_match [data-state='new']", "A new customer"),
        at("customer_name", "Zhao Min"),
        see(".o_desk_chip:only-of-type:contains('Li'):contains('(you)')", "A consultant registers for themselves"),
        click(".o_desk_register", "Register the customer"),
        see(".o_desk_number:contains('/001')", "The line has its number"),
        see(".o_desk_line[data-state='evidence']:contains('Zhao Min')", "It is on today's page"),
        click(".o_desk_card", "Open the card"),
        see(".o_field_widget[name='ownership_badge']:contains('Filed')", "The card is filed"),
        click("button[name='action_set_won_rainbowman']", "Close the deal"),
        click("button[name='action_open_ruling']:visible", "Read the ruling"),
        see(".o_showroom_findings:contains('filed first and closed')", "It says why"),
    ],
});

// Reception registers the holder's customer for a colleague: the desk says whose it is and fetches the holder; the line
// goes on the holder's card.
tours.add("showroom_returning_customer", {
    steps: () => [
        at("phone", "0086-138-1000-0001"),
        see(".o_desk_match [data-state='owned']:contains('please fetch Li')", "The desk says whose customer it is"),
        at("customer_name", "Mrs Zhao"),
        click("label[for='o_desk_asked_yes']", "She has been here before"),
        { trigger: ".o_desk_form select[name='prior_id']", content: "Received by Li", run: "selectByLabel Li" },
        click(".o_desk_chip:contains('Wang')", "Wang receives her"),
        click(".o_desk_notify", "Fetch Li"),
        see(".o_desk_told:contains('Li was told')", "Li knows"),
        click(".o_desk_register", "Register"),
        see(".o_desk_whose:contains('Li')", "It is on Li's card"),
        see(".o_desk_receipt:not(:has(.o_desk_card))", "Reception does not open cards"),
        click(".o_desk_next", "Next customer"),
        see(".o_desk_form input[name='phone']:focus", "The phone number first"),
        click(".o_desk_line:contains('Mrs Zhao') .o_desk_open", "Open the line"),
        see(".o_form_view .o_field_widget[name='number']:contains('/001')", "The form is for reading"),
        click(".o_form_view button[name='action_next_customer']", "Back to the desk"),
        see(".o_desk_form input[name='phone']:focus", "At the desk again"),
    ],
});

// The owner wins a card that the ruling gives to somebody else: the ruling takes the place of the card.
tours.add("showroom_won_for_a_colleague", {
    steps: () => [
        see(".o_form_view .o_field_widget[name='ownership_badge']", "The card"),
        click("button[name='action_set_won_rainbowman']", "Close the deal"),
        see(".o_form_view .o_showroom_findings:contains('ordered with')", "The ruling says why"),
        see("body:not(:has(.o_error_dialog))", "Nothing is refused"),
    ],
});

// The same by the statusbar: what is left is the number, and a note.
tours.add("showroom_won_for_a_colleague_by_stage", {
    steps: () => [
        see(".o_form_view .o_field_widget[name='ownership_badge']", "The card"),
        click(".o_statusbar_status button:contains('Won')", "Close the deal"),
        see(".o_notification:contains('ordered with')", "The ruling in a sentence"),
        see("body:not(:has(.o_error_dialog)):not(:contains('Qian'))", "Nothing is refused, and nothing is told"),
    ],
});

// The closer confirms the deal from the reception, without access to the holder's card.
tours.add("showroom_confirm_from_reception", {
    steps: () => [
        click("button[name='action_confirm_deal']", "Confirm the deal"),
        click(".modal .btn-primary:contains('Confirm Deal')", "Yes, bought from me"),
        see(".o_notification:contains('The holder may appeal')", "It is ruled at once"),
    ],
});

tours.add("showroom_appeal", {
    steps: () => [
        click("button:contains('Appeal'):visible", "Contest the ruling"),
        type("text", "I called the day before"),
        click(".modal button[name='action_appeal']", "Send the appeal"),
        see(".alert:contains('Recommended')", "A recommendation is made"),
    ],
});

tours.add("showroom_decide", {
    steps: () => [
        click("button:contains('Decide'):visible", "Decide"),
        click(".modal button[name='action_decide']", "Follow the recommendation"),
        see(".o_statusbar_status .o_arrow_button_current:contains('Final')", "The ruling is final"),
    ],
});

tours.add("showroom_approve_batch", {
    steps: () => [
        see(".o_data_row:eq(1)", "Two requests wait"),
        click(".o_list_view thead .o_list_record_selector input", "Select all"),
        click(".o_control_panel button:contains('Approve')", "Approve the selection"),
        type("comment", "Agreed"),
        click(".modal button[name='action_decide']:contains('Approve')", "Confirm"),
        see("body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row .o_field_widget))", "Nothing waits any more"),
    ],
});

tours.add("showroom_policy_change", {
    steps: () => [
        click(".o_notebook .nav-link[name='ruling']", "Ruling and appeal"),
        type("appeal_days", "5"),
        click(".o_form_button_save", "Save"),
        click(".o_notebook .nav-link[name='versions']", "A version was made"),
        see(".o_field_widget[name='version_ids'] .o_data_row:eq(1)", "The old one and the new one"),
    ],
});
