import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { OwnershipBadge } from "./ownership_badge";

import { Component } from "@odoo/owl";

export class OwnershipBadgeField extends Component {
    static template = "showroom_ownership.OwnershipBadgeField";
    static components = { OwnershipBadge };
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const selection = this.props.record.fields[this.props.name].selection;
        return selection.find(([value]) => value === this.value)?.[1];
    }
}

export const ownershipBadgeField = {
    component: OwnershipBadgeField,
    displayName: _t("Ownership Badge"),
    supportedTypes: ["selection"],
};

registry.category("fields").add("showroom_ownership_badge", ownershipBadgeField);
