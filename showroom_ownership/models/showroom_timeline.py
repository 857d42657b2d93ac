from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

KINDS = (
    "ownership ruling settlement cancellation transfer notice preregistration order communication followup reception"
).split()
CHANNEL_ICONS = {"visit": "fa-building-o", "call": "fa-phone", "online": "fa-globe", "outreach": "fa-pencil"}
METHOD_ICONS = {
    "call": "fa-phone", "visit": "fa-building-o", "message": "fa-commenting-o", "email": "fa-envelope-o",
    "test_drive": "fa-car",
}  # fmt: skip
SHOWN = 200  # of a card: thirty years of follow-ups every two months; the lists have them all


class ShowroomTimeline(models.AbstractModel):
    """All that happened with a customer, in one column: the newest first, each with its ledger number, and marked
    where it is no evidence. Only what the reader may read; one search for each kind, for any number of cards.
    """

    _name = "showroom.timeline"
    _description = "Timeline of a Card"

    @api.model
    def _html(self, cards):
        """The timeline of each card by its id."""
        items = self._items(cards)
        entries = self._entries(items)
        render = self.env["ir.qweb"]._render
        return {
            card.id: render(
                "showroom_ownership.card_timeline",
                {"items": items[card.id][:SHOWN], "entries": entries, "shown": SHOWN, "more": items[card.id][SHOWN:]},
            )
            for card in cards
        }

    @api.model
    def _items(self, cards):
        """What happened, by card, the newest first."""
        found = defaultdict(list)
        for kind in KINDS:
            for card, item in getattr(self, f"_{kind}_items")(cards):
                found[card.id].append({"kind": kind, **item, "when": self._when(card, item["at"])})
        for items in found.values():
            items.sort(key=lambda item: item["at"], reverse=True)
        return found

    @api.model
    def _entries(self, items):
        """The ledger entries that the reader may open, by number."""
        numbers = {item["number"] for some in items.values() for item in some if item.get("number")}
        entries = self.env["showroom.ledger.entry"].search_fetch([("number", "in", list(numbers))], ["number"])
        return {entry.number: entry.id for entry in entries}

    @api.model
    def _found(self, kind, cards):
        """The newest records of a kind on the cards that the reader may read; one more than is shown of a card."""
        limit = (SHOWN + 1) * len(cards)
        return self.env[f"showroom.{kind}"].search([("lead_id", "in", cards.ids)], order="id desc", limit=limit)

    @api.model
    def _item(self, record, at, icon, head, who, *texts, flaw=False, **more):
        """One line: when, a sign, what, who, in words; `flaw` says why it does not count."""
        url = f"/odoo/{record._name}/{record.id}"
        said = " ".join(text for text in texts if text)
        return {"at": at, "icon": icon, "head": head, "who": who.name, "text": said, "flaw": flaw, "url": url, **more}

    @api.model
    def _label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")

    @api.model
    def _when(self, card, at):
        """A moment in the outlet's time, as the reader writes it."""
        tz = card.outlet_id.sudo().tz
        day = fields.Datetime.context_timestamp(self.with_context(tz=tz), at).date()
        time = format_datetime(self.env, at, tz=tz, dt_format="HH:mm")
        return f"{format_date(self.env, day, date_format='medium')} {time}"

    # Evidence

    @api.model
    def _reception_items(self, cards):
        for line in self._found("reception", cards):
            icon = CHANNEL_ICONS.get(line.channel, "fa-book")
            head = self.env._("Reception: %s", self._label(line, "channel"))
            more = {"flaw": self._reception_flaw(line), "number": line.number}
            texts = self._reception_texts(line)
            yield line.lead_id, self._item(line, line.arrived_at, icon, head, line.consultant_id, *texts, **more)

    @api.model
    def _reception_flaw(self, line):
        if line.is_void:
            return self.env._("Void: %s", line.void_reason or "-")
        return not line.is_evidence and self.env._("No evidence: %s", self._label(line, "flaw"))

    @api.model
    def _reception_texts(self, line):
        """What the line says, beside who received."""
        return (
            line.on_behalf_of_id and self.env._("On behalf of %s.", line.on_behalf_of_id.name),
            line.named_id and self.env._("Asked for %s by name.", line.named_id.name),
            self._asked_text(line),
            line.accompanied_by_id and self.env._("Accompanied by %s.", line.accompanied_by_id.name),
            line.interest and self.env._("Interested in %s.", line.interest),
            line.is_corrected and self.env._("Corrected on the same day."),
        )

    @api.model
    def _asked_text(self, line):
        """The answer to whether the customer has been here before."""
        if line.asked == "yes" and line.prior_id:
            return self.env._("Said that %s had received them before.", line.prior_id.name)
        return {
            "yes": self.env._("Said they had been here before."),
            "no": self.env._("Said they had not been here before."),
        }.get(line.asked)

    @api.model
    def _followup_items(self, cards):
        for call in self._found("followup", cards):
            flaw = not call.is_valid and self.env._("Does not count: %s", self._label(call, "flaw"))
            behalf = call.on_behalf_of_id and self.env._("On behalf of %s.", call.on_behalf_of_id.name)
            head = self.env._("Follow-up: %s", self._label(call, "method"))
            icon = METHOD_ICONS.get(call.method, "fa-phone")
            more = {"flaw": flaw, "number": call.number}
            yield (
                call.lead_id,
                self._item(call, call.happened_at, icon, head, call.consultant_id, behalf, call.outcome, **more),
            )

    @api.model
    def _communication_items(self, cards):
        for talk in self._found("communication", cards):
            head = self.env._("Spoke with %s", talk.with_id.name)
            item = self._item(talk, talk.recorded_at, "fa-comments-o", head, talk.by_id, talk.note, number=talk.number)
            yield talk.lead_id, item

    @api.model
    def _order_items(self, cards):
        for order in self._found("order", cards):
            flaw = order.cancelled_at and self.env._("The order was cancelled.")
            icon, head = "fa-shopping-cart", self.env._("Order")
            more = {"flaw": flaw, "number": order.number}
            yield order.lead_id, self._item(order, order.recorded_at, icon, head, order.by_id, order.note, **more)

    @api.model
    def _preregistration_items(self, cards):
        """Announcements of the customer's number, also of before there was a card."""
        of_phone = {card.phone_sanitized: card for card in cards if card.phone_sanitized}
        domain = [("phone_key", "in", list(of_phone))]
        Entry, limit = self.env["showroom.preregistration"], (SHOWN + 1) * len(cards)
        for entry in Entry.search(domain, order="id desc", limit=limit) if of_phone else ():
            flaw = entry.state != "approved" and self._label(entry, "state")
            until = entry.valid_until and self.env._("Until %s.", self.env["showroom.wording"]._day(entry.valid_until))
            head = self.env._("Pre-registered by %s", entry.outlet_id.name)
            more = {"flaw": flaw, "number": entry.number}
            item = self._item(entry, entry.recorded_at, "fa-shield", head, entry.consultant_id, until, **more)
            yield of_phone[entry.phone_key], item
