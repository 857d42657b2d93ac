import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    makeMockEnv,
    mockService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { ActivityMenu } from "@mail/core/web/activity_menu";
import { WhatWouldChangeDialog } from "@showroom_ownership/widgets/what_would_change";

describe.current.tags("desktop");

class Policy extends models.Model {
    _name = "showroom.policy";
}

defineMailModels();
defineModels([Policy]);

const change = (id, vals) => ({
    id,
    deal: `MAIN-00000${id}`,
    day: "2026-03-02",
    now: "Li 100 %",
    ground_now: "The holder may appeal",
    then: "Wang 100 %",
    ground_then: "Filed first and closed",
    state_then: "Final",
    other_credit: true,
    ...vals,
});

async function open({ save = () => true } = {}) {
    await makeMockEnv({ dialogData: { isActive: true, close() {}, scrollToOrigin() {} } });
    await mountWithCleanup(WhatWouldChangeDialog, {
        props: { policyId: 1, values: { appeal_days: 5 }, save, close: () => expect.step("closed") },
    });
    await animationFrame();
}

test("the rulings are asked batch by batch, and come in as they are found", async () => {
    const second = new Deferred();
    onRpc("showroom.policy", "what_would_change", ({ args }) => {
        expect.step(args);
        const first = { total: 4, days: 90, asked: 2, changes: [change(1)], last: 2 };
        return args[2] ? second : first;
    });
    await open();
    await animationFrame();
    expect(".o_showroom_change_summary").toHaveText("1 of 2 rulings would come out differently, 2 to ask.");
    expect(".modal-footer .btn-primary").not.toBeEnabled();
    second.resolve({ asked: 2, changes: [change(3, { other_credit: false, then: "Li 100 %" })], last: 0 });
    await animationFrame();
    await animationFrame();
    expect(".o_showroom_change_summary").toHaveText("2 of 4 rulings would come out differently.");
    expect(".o_showroom_changes_credit tbody tr").toHaveCount(1);
    expect(".o_showroom_changes_ground tbody tr").toHaveCount(1);
    expect.verifySteps([
        [1, { appeal_days: 5 }, 0],
        [1, { appeal_days: 5 }, 2],
    ]);
});

test("principles that cannot be saved leave the dialog open", async () => {
    onRpc("showroom.policy", "what_would_change", () => ({ total: 0, days: 90, asked: 0, changes: [], last: 0 }));
    let saved = false;
    await open({ save: () => saved });
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps([]);
    saved = true;
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps(["closed"]);
});

test("the cards that are due open with the filter that was clicked", async () => {
    mockService("action", {
        doAction: (action, { additionalContext }) => expect.step([action, Object.keys(additionalContext)]),
    });
    await makeMockEnv();
    const menu = await mountWithCleanup(ActivityMenu);
    menu.openActivityGroup({ id: "showroom_cards_due" }, "upcoming_all");
    const filters = ["search_default_my_cards", "search_default_followup_tomorrow"];
    expect.verifySteps([["showroom_ownership.crm_lead_action_due", filters]]);
});
