import { _t } from "@web/core/l10n/translation";

import { Component } from "@odoo/owl";

/**
 * Each state of ownership has an icon, a colour and a sentence: a colour never stands alone.
 */
const LOOKS = {
    appealed: ["fa-gavel", "danger", _t("The holder appealed the ruling: a manager decides.")],
    arbitration: ["fa-balance-scale", "danger", _t("A manager has to decide on the deal.")],
    negotiation: ["fa-comments", "warning", _t("Holder and closer have some days to agree on shares.")],
    provisional: ["fa-hourglass-half", "warning", _t("The ruling is provisional: the holder may still appeal.")],
    cancelled: ["fa-ban", "secondary", _t("The card was withdrawn.")],
    transfer_pending: ["fa-exchange", "info", _t("A transfer to another consultant waits for approval.")],
    pool: ["fa-inbox", "dark", _t("Nobody owns the card: it is in the outlet's pool.")],
    noticed: ["fa-bell", "danger", _t("The lapse was pointed out: without a follow-up the card is lost.")],
    overdue: ["fa-exclamation-circle", "danger", _t("The follow-up is overdue.")],
    ordered: ["fa-shopping-cart", "success", _t("The customer has ordered: the card cannot lapse.")],
    contested: ["fa-users", "warning", _t("Another consultant has received or owns this customer, too.")],
    protected: ["fa-shield", "primary", _t("A pre-registration protects this customer.")],
    due_today: ["fa-clock-o", "warning", _t("The follow-up is due today.")],
    filed: ["fa-check-circle", "success", _t("Filed, and the follow-up is on time.")],
    unfiled: ["fa-circle-o", "secondary", _t("No valid reception yet: whoever files first takes the card.")],
    settled: ["fa-trophy", "success", _t("The ruling on the deal is final.")],
};

/** The badge of a state of ownership, with its word in the reader's language. */
export class OwnershipBadge extends Component {
    static template = "showroom_ownership.OwnershipBadge";
    static props = { state: String, label: String };

    get look() {
        const [icon, colour, title] = LOOKS[this.props.state] || ["fa-circle-o", "secondary", ""];
        return { icon, colour, title };
    }
}
