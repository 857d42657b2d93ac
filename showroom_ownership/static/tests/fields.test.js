import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

const FACE = JSON.stringify({
    badge: "overdue",
    label: "Overdue",
    outlet: "Main",
    due: "2026-03-01",
    lost: "Lost on Wed, Mar 4 unless followed up",
    pending: true,
});

class Card extends models.Model {
    _name = "crm.lead";

    badge = fields.Selection({
        selection: [
            ["overdue", "Overdue"],
            ["filed", "Filed"],
        ],
    });
    due = fields.Date();
    deadline = fields.Datetime();
    face = fields.Char();

    _records = [
        { id: 1, badge: "overdue", due: "2026-03-14", deadline: "2026-03-04 15:30:00", face: FACE },
        { id: 2, badge: "filed", due: false, deadline: "2026-03-02 05:10:30" },
        { id: 3, badge: false, due: "2026-03-01", deadline: false },
    ];
}

defineMailModels();
defineModels([Card]);

const show = (resId, arch) => mountView({ type: "form", resModel: "crm.lead", resId, arch: `<form>${arch}</form>` });

const BADGE = `<field name="badge" widget="showroom_ownership_badge" readonly="1"/>`;
const DUE = `<field name="due" widget="showroom_remaining_days" readonly="1"/>`;
const COUNTDOWN = `<field name="deadline" widget="showroom_countdown" readonly="1"/>`;

test("a badge has a word, an icon and a sentence, not only a colour", async () => {
    await show(1, BADGE);
    expect(".o_showroom_badge").toHaveText("Overdue");
    expect(".o_showroom_badge").toHaveClass("text-bg-danger");
    expect(".o_showroom_badge").toHaveAttribute("title", "The follow-up is overdue.");
    expect(".o_showroom_badge i.fa-exclamation-circle").toHaveCount(1);
});

test("a lead without a state of ownership has no badge", async () => {
    await show(3, BADGE);
    expect(".o_showroom_badge").toHaveCount(0);
});

test("what is due is counted in days, however far away", async () => {
    mockDate("2026-03-02 12:00:00");
    await show(1, DUE);
    expect(".o_field_widget[name=due]").toHaveText("In 12 days");
});

test("what was due yesterday says so", async () => {
    mockDate("2026-03-02 12:00:00");
    await show(3, DUE);
    expect(".o_field_widget[name=due]").toHaveText("Yesterday");
});

const PIPELINE = `<kanban><templates><t t-name="card"><field name="face" widget="showroom_card_face"/></t></templates></kanban>`;
const pipeline = () => mountView({ type: "kanban", resModel: "crm.lead", arch: PIPELINE });

test("a card in the pipeline says how it stands, since when, and what is coming", async () => {
    mockDate("2026-03-02 12:00:00");
    await pipeline();
    expect(".o_showroom_card").toHaveCount(1);
    expect(".o_showroom_badge[data-state=overdue]").toHaveText("Overdue");
    expect(".o_showroom_due .text-danger").toHaveText("Yesterday");
    expect(".o_showroom_card").toHaveText(/Lost on Wed, Mar 4 unless followed up/);
    expect(".o_showroom_card [title='A transfer waits for approval']").toHaveCount(1);
    expect(".o_showroom_card [title='Outlet']").toHaveText("Main");
});

test("a follow-up is recorded from the pipeline", async () => {
    onRpc("crm.lead", "action_follow_up", ({ args }) => {
        expect.step(args);
        return "Recorded";
    });
    await pipeline();
    await contains(".o_showroom_due .o_showroom_quick_followup").click();
    await contains("[data-method=call]").click();
    expect.verifySteps([[[1], "call", "", true]]);
});

test("the time to appeal runs while somebody reads", async () => {
    mockDate("2026-03-02 12:00:00", 0);
    await show(1, COUNTDOWN);
    expect(".o_showroom_countdown").toHaveText("2 d 3 h left");
    await advanceTime(31 * 60000);
    await animationFrame();
    expect(".o_showroom_countdown").toHaveText("2 d 2 h left");
});

test("the last day counts in minutes, and ends", async () => {
    mockDate("2026-03-02 04:00:00", 0);
    await show(2, COUNTDOWN);
    expect(".o_showroom_countdown").toHaveText("1 h 10 min left");
    expect(".o_showroom_countdown").toHaveClass("text-bg-danger");
    await advanceTime(71 * 60000);
    await animationFrame();
    expect(".o_showroom_countdown").toHaveText("The time is over");
});

test("no deadline, no countdown", async () => {
    await show(3, COUNTDOWN);
    expect(".o_showroom_countdown").toHaveCount(0);
});

test("a follow-up takes two taps, and two quick ones make one", async () => {
    onRpc("crm.lead", "action_follow_up", ({ args }) => {
        expect.step(args);
        return "Recorded";
    });
    await show(1, `<widget name="showroom_quick_followup"/>`);
    await contains(".o_showroom_quick_followup").click();
    const visit = document.querySelector("[data-method=visit]");
    visit.click();
    visit.click();
    await animationFrame();
    expect.verifySteps([[[1], "visit", "", true]]);
});

test("what was said goes along, also that nobody answered", async () => {
    onRpc("crm.lead", "action_follow_up", ({ args }) => {
        expect.step(args);
        return "Recorded";
    });
    await show(2, `<widget name="showroom_quick_followup"/>`);
    await contains(".o_showroom_quick_followup").click();
    await contains("[aria-label='What was said']").edit("Asks for an offer", { confirm: false });
    await contains(".o_showroom_quick_menu input[type=checkbox]").click();
    await contains("[data-method=call]").click();
    expect.verifySteps([[[2], "call", "Asks for an offer", false]]);
});
