import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    makeMockEnv,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { getDefaultConfig } from "@web/views/view";
import { ReceptionDesk } from "@showroom_ownership/desk/desk";

class Reception extends models.Model {
    _name = "showroom.reception";
}

export const MAIN = { id: 1, name: "Main", tz: "Asia/Shanghai" };
export const EAST = { id: 2, name: "East", tz: "Asia/Shanghai" };
export const PEOPLE = [
    { id: 7, name: "Li", outlet_id: 1, outlet: "Main" },
    { id: 8, name: "Wang", outlet_id: 1, outlet: "Main" },
    { id: 9, name: "Sun", outlet_id: 2, outlet: "East" },
];
export const LIS = {
    state: "owned",
    reasons: [],
    owner: "Li",
    owner_id: 7,
    outlet: "Main",
    number: "MAIN-000001",
    last_contact: "2026-03-02",
};
export const RECEIPT = {
    id: 5,
    number: "MAIN/2026-03-02/001",
    receipt: "MAIN/2026-03-02/001 0123456789ab",
    qr: false,
    owner: "Wang",
    owner_id: 8,
    outlet: "Main",
    card: "MAIN-000002",
    card_id: false,
    state: "evidence",
    flaw: "",
};

/** What the server answers; a test changes it before it opens the desk. */
export const server = {};

export function defineDesk() {
    defineMailModels();
    defineModels([Reception]);
    beforeEach(answer);
}

function answer() {
    server.offers = {
        outlet: MAIN,
        outlets: [MAIN],
        consultants: [
            { id: 8, name: "Wang", next: true },
            { id: 7, name: "Li", next: false },
        ],
        colleagues: PEOPLE,
        self: false,
        interests: ["M9"],
    };
    server.page = { closed: false, lines: [] };
    onRpc("showroom.reception", "desk_open", () => server.offers);
    onRpc("showroom.reception", "desk_page", () => ({ total: server.page.lines.length, ...server.page }));
    onRpc("showroom.reception", "match", ({ args }) => (args[0].includes("0001") ? LIS : { state: "new" }));
    onRpc("showroom.reception", "desk_register", () => RECEIPT);
}

export const openDesk = async () => {
    const env = await makeMockEnv({ config: getDefaultConfig() });
    await mountWithCleanup(ReceptionDesk, { env, props: { action: { id: 1 } } });
    await animationFrame();
};

export const typePhone = async (phone) => {
    await contains("[name=phone]").edit(phone, { confirm: false });
    await advanceTime(150);
    await animationFrame();
};

export const fill = async () => {
    await typePhone("13900000009");
    await contains("[name=customer_name]").edit("Zhao", { confirm: false });
    await contains("label[for=o_desk_by_8]").click();
};
