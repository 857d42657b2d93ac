import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    makeMockEnv,
    mockService,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { ApprovalsMenu } from "@showroom_ownership/approvals/approvals_menu";

describe.current.tags("desktop");

class Approval extends models.Model {
    _name = "showroom.approval";
}

defineMailModels();
defineModels([Approval]);

let waiting;

beforeEach(() => {
    waiting = [
        { kind: "showroom.transfer", name: "Transfer", count: 3 },
        { kind: "showroom.appeal", name: "Appeal", count: 1 },
    ];
    onRpc("showroom.approval", "count_waiting", () => {
        expect.step("counted");
        return waiting;
    });
});

async function open(decides = true) {
    patchWithCleanup(session, { showroom_decides: decides });
    await makeMockEnv();
    await mountWithCleanup(ApprovalsMenu);
    await animationFrame();
}

test("the number of what waits stands in the bar", async () => {
    await open();
    expect(".o_showroom_approvals .badge").toHaveText("4");
    expect.verifySteps(["counted"]);
});

test("it is counted again when somebody looks", async () => {
    await open();
    waiting = [{ kind: "showroom.appeal", name: "Appeal", count: 1 }];
    await contains(".o_showroom_approvals").click();
    await animationFrame();
    expect(".o_showroom_approvals .badge").toHaveText("1");
    expect.verifySteps(["counted", "counted"]);
});

test("a kind opens what waits of that kind", async () => {
    mockService("action", {
        doAction(action, { additionalContext }) {
            expect.step([action, additionalContext]);
        },
    });
    await open();
    await contains(".o_showroom_approvals").click();
    await contains(".o_showroom_approvals_menu button:contains('Appeal'):eq(0)").click();
    const chosen = { searchpanel_default_kind: "showroom.appeal" };
    expect.verifySteps(["counted", "counted", ["showroom_ownership.showroom_approval_action", chosen]]);
});

test("who decides nothing has no number and asks for none", async () => {
    await open(false);
    expect(".o_showroom_approvals").toHaveCount(0);
    expect.verifySteps([]);
});
