import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, Deferred, queryAllTexts } from "@odoo/hoot-dom";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { LIS, MAIN, defineDesk, openDesk, typePhone } from "./desk_test_helpers";

describe.current.tags("desktop");
defineDesk();

test("one question for a number that is typed, when the typing pauses", async () => {
    onRpc("showroom.reception", "match", ({ args }) => {
        expect.step(args[0]);
        return {};
    });
    await openDesk();
    for (const phone of ["13810", "138100", "1381000"]) {
        await contains("[name=phone]").edit(phone, { confirm: false });
        await advanceTime(100);
    }
    expect.verifySteps([]);
    await advanceTime(50);
    expect.verifySteps(["1381000"]);
    await typePhone("138");
    expect.verifySteps([]);
});

test("an answer about an earlier number is dropped", async () => {
    const late = new Deferred();
    onRpc("showroom.reception", "match", ({ args }) => (args[0].endsWith("1") ? late : { state: "new" }));
    await openDesk();
    await typePhone("13810000001");
    await typePhone("13900000009");
    expect(".o_desk_match [data-state=new]").toHaveText("New customer");
    late.resolve(LIS);
    await animationFrame();
    expect(".o_desk_match [data-state=new]").toHaveCount(1);
});

test("an answer is dropped as soon as the number changes", async () => {
    const late = new Deferred();
    onRpc("showroom.reception", "match", () => late);
    await openDesk();
    await typePhone("13810000001");
    await contains("[name=phone]").edit("1391", { confirm: false });
    late.resolve(LIS);
    await animationFrame();
    expect(".o_desk_match [data-state=owned]").toHaveCount(0);
});

test("the holder's customer: who, where, and a tap to fetch them", async () => {
    onRpc("showroom.reception", "desk_notify", ({ args }) => {
        expect.step(args);
        return { holder: "Li", at: "10:05", now: true };
    });
    await openDesk();
    await typePhone("13810000001");
    expect(".o_desk_match").toHaveAttribute("aria-live", "polite");
    expect(".o_desk_match .fs-4").toHaveText("Li's customer: please fetch Li");
    expect(queryAllTexts(".o_desk_match dd")).toEqual(["Li", "Main", "MAIN-000001", "03/02/2026"]);
    await contains("label[for=o_desk_by_8]").click();
    await contains(".o_desk_notify").click();
    expect.verifySteps([["13810000001", 1, 8]]);
    expect(".o_desk_told").toHaveText("Li was told at 10:05.");
});

test("a holder of another outlet is called, and nobody stands in for them by one tap", async () => {
    onRpc("showroom.reception", "match", () => ({ ...LIS, owner: "Sun", owner_id: 9, outlet: "East" }));
    await openDesk();
    await typePhone("13810000001");
    await contains("label[for=o_desk_by_8]").click();
    expect(".o_desk_match .fs-4").toHaveText("Sun's customer: please call Sun");
    expect(".o_desk_behalf").toHaveCount(0);
});

test("a conflict says in words what is in question", async () => {
    const reasons = ["appeal", "ruling", "transfer", "pool", "owners", "contested"];
    onRpc("showroom.reception", "match", () => ({ ...LIS, state: "conflict", reasons, owner: false, owner_id: false }));
    await openDesk();
    await typePhone("13810000001");
    expect(".o_desk_match .fs-4").toHaveText("Conflict");
    expect(".o_desk_match li").toHaveCount(6);
    expect(queryAllTexts(".o_desk_match li")).not.toInclude("");
    expect(".o_desk_notify").toHaveCount(0);
});

test("standing in for the holder takes one tap, and one tap back", async () => {
    await openDesk();
    await typePhone("13810000001");
    expect(".o_desk_behalf").toHaveCount(0);
    await contains("label[for=o_desk_by_8]").click();
    await contains(".o_desk_behalf").click();
    expect("[name=on_behalf_of_id]").toHaveValue("7");
    expect(".o_desk_behalf").toHaveAttribute("aria-pressed", "true");
    await contains(".o_desk_behalf").click();
    expect("[name=on_behalf_of_id]").toHaveValue("");
});
