from .attack_case import AttackCase

PHONE = "13910000066"


class HandCase(AttackCase):
    """li opens cards by hand with a number that nobody filed, and joins them with others."""

    number = PHONE

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 11:00"):
            self.other = self.card(self.li, phone="13910000077", name="Hu")
            self.office = self.card(self.li, phone="13910000078", name="Hu")
        self.enter("li")

    def new(self, phone=None, **said):
        """A card of whoever has entered; without a number if it is False."""
        phone = self.number if phone is None else phone
        vals = {"name": "Hand", "phone": phone, "team_id": self.main.id, **said}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        return self.env["crm.lead"].browse(card)

    def put(self, card, **values):
        return self.rpc("crm.lead", "write", card.ids, values)

    def link(self, card, *others, kind="same_customer"):
        return self.rpc("crm.lead", "action_link", card.ids, [each.card_number for each in others], kind)

    def merge(self, *cards):
        ids = [card.id for card in cards]
        [wizard] = self.assertDone(self.rpc("crm.merge.opportunity", "create", [{"opportunity_ids": [[6, 0, ids]]}]))
        return self.rpc("crm.merge.opportunity", "action_merge", [wizard])
