"""What a case says must have come out, compared with what did."""

from decimal import Decimal


class CaseExpectations:
    """One method for each thing that can be expected; each gives what came out."""

    def compare(self, expected):
        """A sentence for each expectation that does not hold."""
        card = self.card(expected["customer"]) if "customer" in expected else self.env["crm.lead"]
        failures = []
        for key, wanted in expected.items():
            if key != "customer":
                got = getattr(self, f"seen_{key}")(card, wanted)
                failures += self._differences(key, wanted, got)
        return failures

    def _differences(self, key, wanted, got):
        if isinstance(got, Shares):
            same = {name: float(value) for name, value in (wanted or {}).items()} == got
            return [] if same else [f"{key} are {dict(got)}, expected {wanted}"]
        if isinstance(wanted, dict):
            return [
                text
                for name, value in wanted.items()
                for text in self._differences(f"{key}.{name}", value, (got or {}).get(name))
            ]
        same = self._plain(wanted) == self._plain(got)
        return [] if same else [f"{key} is {self._plain(got)}, expected {self._plain(wanted)}"]

    def _plain(self, value):
        """Numbers as numbers and days as text, whatever they were written as."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, (int, float, Decimal)):
            return round(float(value), 2)
        if isinstance(value, (list, tuple)):
            return [self._plain(item) for item in value]
        return str(value)

    def _name(self, user):
        names = {person.id: name for name, person in self.people.items()}
        return names.get(user.id, user.login or "pool")

    def _shares(self, pairs):
        named = ((self._name(self.env["res.users"].browse(user)), float(percent)) for user, percent in pairs)
        return Shares(named)

    # Cards

    def seen_owner(self, card, _wanted):
        return self._name(card.user_id)

    def seen_filing_by(self, card, _wanted):
        return self._name(card.user_id) if card.filing_id and card.user_id else "none"

    def seen_followup_due(self, card, _wanted):
        return card.followup_due or None

    def seen_followup_state(self, card, _wanted):
        return card.followup_state

    def seen_badge(self, card, _wanted):
        return card.ownership_badge

    def seen_next_method(self, card, _wanted):
        return card.next_method

    def seen_history(self, card, _wanted):
        return [[self._name(line.user_id), line.reason] for line in card.ownership_ids.sorted("id")]

    def seen_transfer(self, card, _wanted):
        transfer = card.transfer_ids.sorted("id")[-1:]
        if not transfer:
            return {"state": "none"}
        seen = {"state": transfer.state, "reason": transfer.reason, "to": self._name(transfer.to_id)}
        return {**seen, "escalated_to": transfer.escalated_to or "none", "waits_for": transfer.waits_for}

    def seen_evidence(self, _card, wanted):
        return {name: self.lines[name].is_evidence for name in wanted}

    # Card management

    def seen_card_due(self, card, _wanted):
        return card.card_due or None

    def seen_card_state(self, card, _wanted):
        return card.card_state or "none"

    def seen_lapses(self, card, _wanted):
        """Who was noted for not completing the card, first to last."""
        notes = self.env["showroom.conduct"].search([("lead_id", "=", card.id), ("kind", "=", "lapse")], order="id")
        return [self._name(note.user_id) for note in notes]

    def seen_card_kind(self, card, _wanted):
        return card.card_kind

    def seen_grade(self, card, _wanted):
        return card.grade_id.code or "none"

    def seen_after_sales(self, card, _wanted):
        """Whose calls of the after-sales plan are open, and when: pairs of person and day."""
        calls = card.activity_ids.filtered("showroom_after_sales").sorted("date_deadline")
        return [[self._name(call.user_id), call.date_deadline] for call in calls]

    # Rulings

    def seen_ruling(self, card, wanted):
        ruling = card.ruling_ids.sorted("id")[-1:]
        if wanted == "none":
            return "none" if not ruling else ruling.state
        return self._seen_ruling(ruling, wanted) if ruling else {"state": "none"}

    def _seen_ruling(self, ruling, wanted):
        appeal = ruling.appeal_ids.sorted("id")[-1:]
        seen = {name: ruling[name] for name in ("state", "ground", "principle")}
        seen["shares"] = self._shares((line.user_id.id, line.percent) for line in ruling.share_ids)
        seen["recommended"] = self._shares(appeal.recommended_shares or ())
        if isinstance(wanted.get("recommended"), str):  # a ground, where a manager has to find the shares
            seen["recommended"] = appeal.recommended_ground
        return {**seen, "appeal_until": ruling.until}

    def seen_forecast(self, card, wanted):
        closer = self.person(wanted["closer"])
        seen = card.with_user(self.env.ref("base.user_admin")).get_forecast(closer.id)
        shares = self._shares(seen["shares"].items())
        return {"closer": wanted["closer"], "ground": seen["ground"], "state": seen["state"], "shares": shares}


class Shares(dict):
    """Percent by person. Compared as a whole: nobody else may have any."""
