import { Component, useState } from "@odoo/owl";
import { useDiscussSystray } from "@mail/utils/common/hooks";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { NavBar } from "@web/webclient/navbar/navbar";

const ACTION = "showroom_ownership.showroom_approval_action";
export const MENU = "showroom_ownership.showroom_approval_menu";

/** The number of requests that wait for the user, beside the activities; opened, by kind. */
export class ApprovalsMenu extends Component {
    static components = { Dropdown };
    static props = [];
    static template = "showroom_ownership.ApprovalsMenu";

    setup() {
        this.action = useService("action");
        this.approvals = useService("showroom_approvals");
        this.state = useState(this.approvals.state);
        this.dropdown = useDropdownState();
        this.discussSystray = useDiscussSystray();
    }

    open(kind) {
        this.dropdown.close();
        const additionalContext = kind ? { searchpanel_default_kind: kind } : {};
        this.action.doAction(ACTION, { additionalContext, clearBreadcrumbs: true });
    }
}

registry
    .category("systray")
    .add("showroom_ownership.approvals_menu", { Component: ApprovalsMenu }, { sequence: 21 });

/** The same number beside My Approvals. */
patch(NavBar.prototype, {
    setup() {
        super.setup();
        this.showroomApprovals = useState(useService("showroom_approvals").state);
    },

    showroomNumber(item) {
        return item.xmlid === MENU && this.showroomApprovals.total;
    },
});
