import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";
import { inWords } from "./desk_reception";

import { Component, useState } from "@odoo/owl";

const LOOKS = {
    new: { color: "success", icon: "fa-user-plus" },
    owned: { color: "warning", icon: "fa-address-card-o" },
    own: { color: "success", icon: "fa-address-card-o" },
    free: { color: "info", icon: "fa-unlock" },
    conflict: { color: "danger", icon: "fa-exclamation-triangle" },
};

/** Whose customer is at the desk, said aloud while the number is typed, and a tap to fetch the holder. */
export class DeskMatch extends Component {
    static template = "showroom_ownership.DeskMatch";
    static props = {
        match: { type: [Object, { value: null }] }, // what the server knows of the number; null: not asked yet
        phone: String,
        outlet: Object,
        here: Boolean, // the holder works at this outlet
        self: { type: [Number, Boolean] },
        receiver: { type: [Number, Boolean] },
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ told: "", problem: "", busy: false });
    }

    get kind() {
        const { state, owner_id } = this.props.match || {};
        return state === "owned" && owner_id === this.props.self ? "own" : state;
    }

    get look() {
        return LOOKS[this.kind];
    }

    get title() {
        const { owner, number } = this.props.match;
        const titles = {
            new: _t("New customer"),
            own: _t("Your customer"),
            free: _t("Known customer: card %(number)s goes to whoever receives.", { number }),
            conflict: _t("Conflict"),
            owned: this.props.here
                ? _t("%(owner)s's customer: please fetch %(owner)s", { owner })
                : _t("%(owner)s's customer: please call %(owner)s", { owner }),
        };
        return titles[this.kind];
    }

    get reasons() {
        const words = {
            appeal: _t("An appeal is running."),
            ruling: _t("A ruling on the deal is not final yet."),
            transfer: _t("A transfer waits for approval."),
            pool: _t("Nobody owns the card: it is in the pool."),
            owners: _t("Several consultants own cards of this customer."),
            contested: _t("Another consultant has received this customer too."),
        };
        return (this.props.match.reasons || []).map((reason) => words[reason]);
    }

    get details() {
        const { owner, outlet, number, last_contact } = this.props.match;
        const last = last_contact ? formatDate(deserializeDate(last_contact)) : _t("none");
        return [
            [_t("Owner"), owner || _t("nobody")],
            [_t("Outlet"), outlet],
            [_t("Card"), number],
            [_t("Last contact"), last],
        ];
    }

    get canNotify() {
        const { owner_id, state } = this.props.match;
        return owner_id && owner_id !== this.props.self && state !== "free";
    }

    get notifyLabel() {
        return _t("Notify %(owner)s", { owner: this.props.match.owner });
    }

    async onNotify() {
        const { phone, outlet, receiver } = this.props;
        Object.assign(this.state, { busy: true, problem: "" });
        try {
            const { holder, at, now } = await this.orm.call("showroom.reception", "desk_notify", [
                phone,
                outlet.id,
                receiver,
            ]);
            this.state.told = now
                ? _t("%(holder)s was told at %(at)s.", { holder, at })
                : _t("%(holder)s was told already, at %(at)s.", { holder, at });
        } catch (error) {
            this.state.problem = inWords(error);
            if (!this.state.problem) {
                throw error;
            }
        } finally {
            this.state.busy = false;
        }
    }
}
