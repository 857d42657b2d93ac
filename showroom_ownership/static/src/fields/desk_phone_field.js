import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { PhoneField, phoneField } from "@web/views/fields/phone/phone_field";

import { useEffect, useRef } from "@odoo/owl";

const ENOUGH_DIGITS = 7;

/**
 * The reception desk's phone number: it is looked up while it is typed, without leaving the field.
 */
export class DeskPhoneField extends PhoneField {
    setup() {
        super.setup();
        const input = useRef("input");
        const lookUp = useDebounced(() => {
            const digits = input.el?.value.replace(/\D/g, "") || "";
            if (digits.length >= ENOUGH_DIGITS) {
                input.el.dispatchEvent(new Event("change"));
            }
        }, 400);
        useEffect(
            (el) => {
                el?.addEventListener("input", lookUp);
                return () => el?.removeEventListener("input", lookUp);
            },
            () => [input.el]
        );
    }
}

export const deskPhoneField = {
    ...phoneField,
    component: DeskPhoneField,
    displayName: _t("Phone, looked up while typing"),
};

registry.category("fields").add("showroom_desk_phone", deskPhoneField);
