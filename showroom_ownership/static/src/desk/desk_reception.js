import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { serializeDateTime } from "@web/core/l10n/dates";
import { uuid } from "@web/core/utils/strings";

const { DateTime } = luxon;

const PEOPLE = ["consultant_id", "prior_id", "named_id", "on_behalf_of_id", "accompanied_by_id"];
const TEXTS = ["phone", "customer_name", "interest"];
const SAID = ["odoo.exceptions.UserError", "odoo.exceptions.ValidationError", "odoo.exceptions.AccessError"];

/**
 * What is asked of a customer. The key is made with it: saved again, it is the same line of the register.
 * (`randomUUID` is missing where the tablet reaches the server without https.)
 *
 * @param {number|false} receiver the consultant at the desk, who registers for themselves
 */
export function newReception(receiver) {
    return {
        request_key: window.crypto.randomUUID?.() || uuid() + uuid(),
        phone: "",
        customer_name: "",
        asked: "not_asked",
        prior_id: "",
        named_id: "",
        consultant_id: receiver ? String(receiver) : "",
        on_behalf_of_id: "",
        accompanied_by_id: "",
        party_size: 1,
        interest: "",
        channel: "visit",
        time: "",
    };
}

/** Whether anything was said yet that would be lost. */
export function isBegun(reception) {
    return TEXTS.some((name) => reception[name].trim());
}

/**
 * The values as the server takes them. Who was named as having received the customer counts only if the customer has
 * been here; an empty time is the server's now.
 */
export function toValues(reception, outlet) {
    const { request_key, asked, channel, party_size } = reception;
    const values = { request_key, asked, channel, party_size: Number(party_size) || 1, outlet_id: outlet.id };
    TEXTS.forEach((name) => (values[name] = reception[name].trim() || false));
    PEOPLE.forEach((name) => (values[name] = Number(reception[name]) || false));
    values.prior_id = asked === "yes" && values.prior_id;
    if (reception.time) {
        const today = DateTime.now().setZone(outlet.tz).toISODate();
        values.arrived_at = serializeDateTime(DateTime.fromISO(`${today}T${reception.time}`, { zone: outlet.tz }));
    }
    return values;
}

/** What keeps a reception from being evidence, in words; it can be registered all the same. */
export function missing(reception) {
    if (reception.customer_name.trim() && reception.phone.trim()) {
        return "";
    }
    return _t("Without a name and a phone number the line is no evidence, and the customer counts as new.");
}

/**
 * A failure in words for beside the button, or nothing if it is none of the desk's.
 *
 * @param {Error} error
 */
export function inWords(error) {
    if (error instanceof ConnectionLostError) {
        return _t("Not saved yet: the connection was lost. Everything is still here. Tap again.");
    }
    if (error instanceof RPCError && SAID.includes(error.exceptionName)) {
        return error.data.message;
    }
    return "";
}
