import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { DeskMatch } from "./desk_match";

import { Component, onMounted, useState } from "@odoo/owl";

const { DateTime } = luxon;
const PAUSE = 150; // milliseconds without a key before the number is looked up
const ENOUGH_DIGITS = 5;

/** What is asked of one customer, the phone number first. */
export class DeskForm extends Component {
    static template = "showroom_ownership.DeskForm";
    static components = { DeskMatch };
    static props = { reception: Object, desk: Object, onRegister: Function };

    setup() {
        this.orm = useService("orm");
        this.reception = useState(this.props.reception);
        this.state = useState({ match: null });
        this.asked = 0;
        this.lookUpSoon = useDebounced(() => this.lookUp(), PAUSE);
        useAutofocus({ refName: "phone", mobile: true });
        onMounted(() => this.lookUp());
    }

    // The match

    onPhone() {
        this.asked++; // whatever is still on its way is about another number
        this.lookUpSoon();
    }

    async lookUp() {
        const asked = ++this.asked;
        const match = await this.ask(this.reception.phone);
        if (asked === this.asked) {
            this.state.match = match;
        }
    }

    async ask(phone) {
        if (phone.replace(/\D/g, "").length < ENOUGH_DIGITS) {
            return null;
        }
        try {
            return await this.orm.silent.call("showroom.reception", "match", [phone, this.props.desk.outlet.id]);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return null; // registering says so
            }
            throw error;
        }
    }

    get holder() {
        const { owner_id, state } = this.state.match || {};
        return state === "free" ? false : owner_id || false;
    }

    get holderIsHere() {
        const { colleagues, outlet } = this.props.desk;
        return colleagues.some(({ id, outlet_id }) => id === this.holder && outlet_id === outlet.id);
    }

    // Who

    get answers() {
        return [
            { value: "yes", label: _t("Yes") },
            { value: "no", label: _t("No") },
            { value: "not_asked", label: _t("Not asked") },
        ];
    }

    get channels() {
        return [
            { value: "visit", label: _t("Visit"), icon: "fa-male" },
            { value: "call", label: _t("Call"), icon: "fa-phone" },
        ];
    }

    get consultants() {
        return this.props.desk.consultants.map((person) => ({ ...person, value: String(person.id) }));
    }

    /** Staff by outlet, as groups to choose from. */
    groupsOf(colleagues) {
        const groups = new Map();
        for (const { id, name, outlet } of colleagues) {
            groups.set(outlet, [...(groups.get(outlet) || []), { value: String(id), name }]);
        }
        return [...groups].map(([outlet, people]) => ({ outlet, people }));
    }

    get everybody() {
        return this.groupsOf(this.props.desk.colleagues);
    }

    get others() {
        const { colleagues, outlet } = this.props.desk;
        return this.groupsOf(colleagues.filter(({ outlet_id }) => outlet_id !== outlet.id));
    }

    onPerson(ev) {
        this.reception[ev.target.name] = ev.target.value;
    }

    get receiver() {
        return Number(this.reception.consultant_id) || false;
    }

    /** The holder is away, and a colleague of the same outlet stands in: one tap. */
    get offersBehalf() {
        return this.holderIsHere && this.receiver && this.receiver !== this.holder;
    }

    get isOnBehalf() {
        return Number(this.reception.on_behalf_of_id) === this.holder;
    }

    get behalfLabel() {
        return _t("On behalf of %(owner)s", { owner: this.state.match.owner });
    }

    toggleBehalf() {
        this.reception.on_behalf_of_id = this.isOnBehalf ? "" : String(this.holder);
    }

    // How many, when

    addToParty(number) {
        const size = (Number(this.reception.party_size) || 1) + number;
        this.reception.party_size = Math.min(99, Math.max(1, size));
    }

    get localNow() {
        return DateTime.now().setZone(this.props.desk.outlet.tz).toFormat("HH:mm");
    }

    toggleTime() {
        this.reception.time = this.reception.time ? "" : this.localNow;
    }

    /** Enter goes on to the next field; only in the last one it registers. */
    onEnter(ev) {
        if (ev.key !== "Enter" || ev.isComposing || ev.ctrlKey || !ev.target.matches("input, select")) {
            return;
        }
        ev.preventDefault();
        const form = ev.currentTarget;
        const fields = [...form.querySelectorAll("input, select")];
        const rest = fields.slice(fields.indexOf(ev.target) + 1).filter((el) => el.name !== ev.target.name);
        const unanswered = (el) => !form.querySelector(`input[name="${el.name}"]:checked`);
        const next = rest.find((el) => el.type !== "radio" || el.checked || unanswered(el));
        if (next) {
            next.focus();
        } else {
            this.props.onRegister();
        }
    }
}
