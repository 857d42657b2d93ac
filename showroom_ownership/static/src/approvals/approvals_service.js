import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { debounce } from "@web/core/utils/timing";

/**
 * What waits for the user, by kind. Counted when the page is loaded, when the server says that requests changed, and
 * when the menu is opened; only for who decides.
 */
export const approvalsService = {
    dependencies: ["bus_service", "orm"],

    start(env, { bus_service, orm }) {
        const state = reactive({ decides: Boolean(session.showroom_decides), kinds: [], total: 0 });

        async function refresh() {
            try {
                state.kinds = await orm.silent.call("showroom.approval", "count_waiting");
            } catch {
                return; // offline or logged out: the rest of the screen says so
            }
            state.total = state.kinds.reduce((total, each) => total + each.count, 0);
        }

        if (state.decides) {
            refresh();
            // Every manager hears of a change at once; they do not all ask at once.
            bus_service.subscribe("showroom_approvals", debounce(refresh, 500 + 1500 * Math.random()));
        }
        return { state, refresh };
    },
};

registry.category("services").add("showroom_approvals", approvalsService);
