import { waitForChannels } from "@bus/../tests/bus_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, Deferred, press, queryAllTexts, queryFirst, waitFor } from "@odoo/hoot-dom";
import { contains, makeServerError, MockServer, onRpc } from "@web/../tests/web_test_helpers";
import { missing, newReception, toValues } from "@showroom_ownership/desk/desk_reception";
import { EAST, MAIN, RECEIPT, defineDesk, fill, openDesk, server, typePhone } from "./desk_test_helpers";

describe.current.tags("desktop");
defineDesk();

test("the phone number comes first, and the next in turn is marked", async () => {
    await openDesk();
    expect("[name=phone]").toBeFocused();
    expect("[name=phone]").toHaveAttribute("inputmode", "tel");
    expect(queryAllTexts(".o_desk_chip")).toEqual(["Wang\nnext", "Li"]);
    expect(".o_desk_match [data-state=empty]").toHaveCount(1);
    expect("#o_desk_outlet").toHaveCount(0);
});

test("a consultant registers for themselves", async () => {
    Object.assign(server.offers, { self: 7, consultants: [{ id: 7, name: "Li", next: false }] });
    onRpc("showroom.reception", "desk_register", ({ args }) => {
        expect.step(args[0].consultant_id);
        return RECEIPT;
    });
    await openDesk();
    expect("[name=consultant_id]").toBeChecked();
    await typePhone("13810000001");
    expect(".o_desk_match .fs-4").toHaveText("Your customer");
    expect(".o_desk_notify").toHaveCount(0);
    await contains("[name=customer_name]").edit("Zhao", { confirm: false });
    await contains(".o_desk_register").click();
    expect.verifySteps([7]);
});

test("what was said is what is sent", async () => {
    onRpc("showroom.reception", "desk_register", ({ args }) => {
        const { request_key, ...said } = args[0];
        expect(request_key.length).toBeGreaterThan(30);
        expect(said).toEqual({
            outlet_id: 1, phone: "13900000009", customer_name: "Zhao", asked: "yes", prior_id: 7, named_id: 8,
            consultant_id: 8, on_behalf_of_id: false, accompanied_by_id: 9, party_size: 3, interest: "M9", channel: "call",
        }); // prettier-ignore
        expect.step("registered");
        return RECEIPT;
    });
    await openDesk();
    await fill();
    await contains("label[for=o_desk_asked_yes]").click();
    await contains("[name=prior_id]").select("7");
    await contains("[name=named_id]").select("8");
    expect("[name=accompanied_by_id] option").toHaveCount(2);
    await contains("[name=accompanied_by_id]").select("9");
    await contains("[aria-label='One person more']").click();
    await contains("[aria-label='One person more']").click();
    await contains("label[for=o_desk_call]").click();
    await contains("[name=interest]").edit("M9", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["registered"]);
});

test("two clicks make one call, and Ctrl+Enter registers from anywhere", async () => {
    const answer = new Deferred();
    onRpc("showroom.reception", "desk_register", () => {
        expect.step("register");
        return answer;
    });
    await openDesk();
    await fill();
    queryFirst("[name=customer_name]").focus();
    await press(["control", "Enter"]);
    await contains(".o_desk_register").click();
    await contains(".o_desk_register").click();
    expect.verifySteps(["register"]);
    answer.resolve(RECEIPT);
    await animationFrame();
    expect(".o_desk_number").toHaveText("MAIN/2026-03-02/001");
});

test("Enter in an earlier field goes on and registers nothing", async () => {
    onRpc("showroom.reception", "desk_register", () => expect.step("register"));
    await openDesk();
    await press("Enter");
    expect("[name=customer_name]").toBeFocused();
    expect.verifySteps([]);
});

test("a lost connection loses nothing, and the same key is sent again", async () => {
    const keys = [];
    const REGISTER = "/web/dataset/call_kw/showroom.reception/desk_register";
    onRpc(
        REGISTER,
        async (request) => {
            const { params } = await request.json();
            keys.push(params.args[0].request_key);
            return keys.length === 1 ? new Response("", { status: 502 }) : { result: RECEIPT };
        },
        { pure: true }
    );
    await openDesk();
    await fill();
    await contains(".o_desk_register").click();
    await animationFrame();
    expect(".o_desk_problem").toHaveText(/Not saved yet.*Tap again/);
    expect("[name=customer_name]").toHaveValue("Zhao");
    await contains(".o_desk_register").click();
    await animationFrame();
    expect(".o_desk_number").toHaveCount(1);
    expect(keys[0]).toBe(keys[1]);
});

test("a refusal is said in words beside the button, and the form stays", async () => {
    onRpc("showroom.reception", "desk_register", () => {
        throw makeServerError({ type: "UserError", message: "The page is closed." });
    });
    await openDesk();
    await fill();
    await contains(".o_desk_register").click();
    await animationFrame();
    expect(".o_desk_problem").toHaveText("The page is closed.");
    expect(".o_desk_problem").toHaveAttribute("role", "alert");
    expect("[name=phone]").toHaveValue("13900000009");
});

test("a line that will be no evidence is made at the second tap", async () => {
    onRpc("showroom.reception", "desk_register", () => {
        expect.step("register");
        return RECEIPT;
    });
    await openDesk();
    await contains(".o_desk_register").click();
    expect(".o_desk_problem").toHaveText("Choose who receives the customer.");
    await contains("label[for=o_desk_by_8]").click();
    await contains(".o_desk_register").click();
    expect(".o_desk_problem").toHaveText(/no evidence/);
    expect.verifySteps([]);
    await contains(".o_desk_register").click();
    expect.verifySteps(["register"]);
});

test("after saving: receipt, and the next customer begins with the phone number", async () => {
    await openDesk();
    await fill();
    await contains(".o_desk_register").click();
    await animationFrame();
    expect(".o_desk_hash").toHaveText(RECEIPT.receipt);
    expect(".o_desk_whose").toHaveText("Customer of Wang (Main, MAIN-000002)");
    expect(".o_desk_card").toHaveCount(0);
    expect(".o_desk_next").toBeFocused();
    await contains(".o_desk_next").click();
    await animationFrame();
    expect("[name=phone]").toBeFocused();
    expect("[name=phone]").toHaveValue("");
});

test("today's page follows the bus, and shows no name that is not given", async () => {
    await openDesk();
    await waitForChannels(["showroom_ownership.desk_1"]);
    expect(".o_desk_page .o_desk_empty").toHaveCount(1);
    const line = { line: 1, number: "MAIN/2026-03-02/001", time: "10:05", by: "Li", flaw: "" };
    server.page.lines = [
        { ...line, id: 4, line: 2, known: true, name: "Zhao", state: "void", flaw: "The line is void" },
        { ...line, id: 3, known: false, name: false, state: "evidence" },
    ];
    const tell = (outlet_id) =>
        MockServer.env["bus.bus"]._sendone("showroom_ownership.desk_1", "showroom_ownership.desk_changed", { outlet_id });
    tell(2);
    await advanceTime(100);
    expect(".o_desk_line").toHaveCount(0);
    tell(1);
    await waitFor(".o_desk_line");
    expect(queryAllTexts(".o_desk_state")).toEqual(["Void", "Evidence"]);
    expect(queryAllTexts(".o_desk_who")[1]).toInclude("Name not shown");
    expect("button.o_desk_open").toHaveCount(1);
});

test("those with several outlets choose one", async () => {
    server.offers.outlets = [MAIN, EAST];
    await openDesk();
    await typePhone("13900000009");
    onRpc("showroom.reception", "desk_open", ({ args }) => {
        expect.step(args[0]);
        return { ...server.offers, outlet: EAST, consultants: [{ id: 9, name: "Sun", next: true }] };
    });
    await contains("#o_desk_outlet").select("2");
    await animationFrame();
    expect.verifySteps([2]);
    await waitForChannels(["showroom_ownership.desk_1"], { operation: "delete" });
    await waitForChannels(["showroom_ownership.desk_2"]);
    expect("[name=phone]").toHaveValue("13900000009");
    expect(queryAllTexts(".o_desk_chip")).toEqual(["Sun\nnext"]);
});

test("who works at no outlet is told what to do", async () => {
    server.offers = { outlet: false };
    await openDesk();
    expect(".o_desk_empty").toHaveText(/A manager adds you/);
});

test("values: the time is the outlet's, and who was named counts only if they were asked", () => {
    const said = { ...newReception(7), phone: " 138 ", asked: "no", prior_id: "8", time: "00:30", party_size: "" };
    const values = toValues(said, MAIN);
    expect(values.arrived_at.slice(11)).toBe("16:30:00");
    expect([values.phone, values.prior_id, values.consultant_id, values.party_size]).toEqual(["138", false, 7, 1]);
    expect(newReception(7).request_key).not.toBe(said.request_key);
    expect(missing(said)).not.toBe("");
    expect(missing({ ...said, customer_name: "Zhao" })).toBe("");
});
