import { _t } from "@web/core/l10n/translation";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DeskForm } from "./desk_form";
import { DeskPage } from "./desk_page";
import { DeskReceipt } from "./desk_receipt";
import { inWords, isBegun, missing, newReception, toValues } from "./desk_reception";

import { Component, onWillStart, useState } from "@odoo/owl";

/** The reception desk: the next customer on the left, today's page of the outlet on the right. */
export class ReceptionDesk extends Component {
    static template = "showroom_ownership.ReceptionDesk";
    static components = { DeskForm, DeskPage, DeskReceipt, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.display = { controlPanel: {} };
        this.state = useState({ desk: null, reception: null, receipt: null, saving: false, problem: "", warned: "" });
        useHotkey("control+enter", () => this.register(), {
            bypassEditableProtection: true,
            isAvailable: () => Boolean(this.state.reception) && !this.state.receipt,
        });
        useSetupAction({
            beforeUnload: (ev) => this.isBegun && ev.preventDefault(),
            getLocalState: () => ({
                outletId: this.state.desk?.outlet?.id,
                reception: this.state.receipt ? null : { ...this.state.reception },
            }),
        });
        onWillStart(() => this.openDesk(this.props.state?.outletId || false, this.props.state?.reception));
    }

    get isBegun() {
        return Boolean(this.state.reception) && !this.state.receipt && isBegun(this.state.reception);
    }

    /** Go to the desk of an outlet; what is typed comes along, except who receives there. */
    async openDesk(outletId, reception) {
        const desk = await this.orm.call("showroom.reception", "desk_open", [outletId]);
        const known = reception && desk.consultants?.some(({ id }) => String(id) === reception.consultant_id);
        const kept = reception && { ...reception, consultant_id: known ? reception.consultant_id : "" };
        Object.assign(this.state, { desk, reception: kept || newReception(desk.self), problem: "", warned: "" });
    }

    onOutlet(ev) {
        return this.openDesk(Number(ev.target.value), { ...this.state.reception });
    }

    // Registering

    async register() {
        if (this.state.saving || this.state.receipt || this.isHeldBack()) {
            return;
        }
        Object.assign(this.state, { saving: true, problem: "" });
        try {
            const values = toValues(this.state.reception, this.state.desk.outlet);
            this.state.receipt = await this.orm.call("showroom.reception", "desk_register", [values]);
        } catch (error) {
            this.state.problem = inWords(error) || _t("Not saved. Everything is still here. Tap again.");
            if (!inWords(error)) {
                throw error;
            }
        } finally {
            this.state.saving = false;
        }
    }

    /** Whether something is to be said before the line is made, which could never be taken back. */
    isHeldBack() {
        const { reception, desk, warned } = this.state;
        const lacks = missing(reception);
        this.state.problem = "";
        if (desk.consultants.length && !reception.consultant_id) {
            this.state.problem = _t("Choose who receives the customer.");
        } else if (lacks && warned !== lacks) {
            this.state.problem = _t("%(lacks)s Tap again to register all the same.", { lacks });
            this.state.warned = lacks;
        }
        return Boolean(this.state.problem);
    }

    /** A new form; who is next in turn may have changed. */
    async nextCustomer() {
        Object.assign(this.state, { receipt: null, reception: newReception(this.state.desk.self), warned: "" });
        const desk = await this.orm.silent.call("showroom.reception", "desk_open", [this.state.desk.outlet.id]);
        this.state.desk = desk;
    }
}

registry.category("actions").add("showroom_ownership.desk", ReceptionDesk);
