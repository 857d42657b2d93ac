import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";

import { Component } from "@odoo/owl";

/** What is handed out after saving: number, receipt, and whose customer it is now. */
export class DeskReceipt extends Component {
    static template = "showroom_ownership.DeskReceipt";
    static props = { receipt: Object, onNext: Function };

    setup() {
        this.action = useService("action");
        useAutofocus({ refName: "next", mobile: true });
    }

    get whose() {
        const { owner } = this.props.receipt;
        return owner ? _t("Customer of %(owner)s", { owner }) : _t("Nobody's customer: the card is in the pool");
    }

    openCard() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: this.props.receipt.card_id,
            views: [[false, "form"]],
        });
    }
}
