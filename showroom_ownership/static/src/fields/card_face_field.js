import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { QuickFollowup } from "../widgets/quick_followup";
import { OwnershipBadge } from "./ownership_badge";
import { inDays } from "./remaining_days_field";

import { Component } from "@odoo/owl";

const { DateTime } = luxon;
const FAR = 99;

/**
 * What the pipeline says of a card. It comes as one text, since a pipeline shows hundreds of cards and each field of a
 * record costs the server time for each of them.
 */
export class CardFaceField extends Component {
    static template = "showroom_ownership.CardFaceField";
    static components = { OwnershipBadge, QuickFollowup };
    static props = { ...standardFieldProps };

    get face() {
        return JSON.parse(this.props.record.data[this.props.name] || "null");
    }

    /** A day in words, with the colour that Odoo gives to remaining days. */
    day(text) {
        const day = deserializeDate(text);
        const ahead = day.diff(DateTime.local().startOf("day"), "days").days;
        const late = this.props.record.isActive && ahead <= 0;
        const colour = late ? `fw-bold ${ahead < 0 ? "text-danger" : "text-warning"}` : "";
        return { label: Math.abs(ahead) > FAR ? formatDate(day) : inDays(day), colour, title: formatDate(day) };
    }
}

export const cardFaceField = {
    component: CardFaceField,
    displayName: _t("Card in the Pipeline"),
    supportedTypes: ["char"],
};

registry.category("fields").add("showroom_card_face", cardFaceField);
