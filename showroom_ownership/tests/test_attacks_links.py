from unittest.mock import patch

from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksLinks(AttackCase):
    """A family can be invented, and a card opened by hand: both can be done, and nobody concerned is left unaware."""

    def setUp(self):
        super().setUp()
        self.enter("li")

    def link(self, card, *others, kind="family"):
        return self.rpc("crm.lead", "action_link", card.ids, [each.card_number for each in others], kind)

    def new(self, phone="13910000002", **said):
        vals = {"name": "Somebody", "phone": phone, "team_id": self.main.id, **said}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        return self.env["crm.lead"].browse(card)

    def told(self, user, text=""):
        """What somebody was told since the test began, of all their cards."""
        domain = [("partner_ids", "in", user.partner_id.ids), ("message_type", "=", "user_notification")]
        found = self.env["mail.message"].search([*domain, ("date", ">=", "2026-03-02 07:00:00")])
        return found.filtered(lambda message: text in message.subject)

    # The same customer

    def test_who_gave_a_card_away_gets_not_ahead_of_it_by_an_older_one(self):
        """Filed twice under one name, first under an invented number."""
        older = self.receive(self.li, phone="13910000071", name="Twice").lead_id
        given = self.receive(self.li, phone="13910000072", name="Twice").lead_id
        given.with_user(self.chen).action_reassign(self.wang.id, "She has time")
        self.assertRefused(self.link(older, given, kind="same_customer"), "Ask a manager")
        self.assertEqual(given._customers()[given], given)

    def linked_with_a_lost_one(self):
        """Two cards of li's under one name, linked; the one is lost, the other given to wang."""
        lost = self.receive(self.li, phone="13910000071", name="Twice").lead_id
        given = self.receive(self.li, phone="13910000072", name="Twice").lead_id
        self.assertDone(self.link(lost, given, kind="same_customer"))
        self.assertDone(self.rpc("crm.lead", "action_set_lost", lost.ids))
        given.with_user(self.chen).action_reassign(self.wang.id, "She has time")
        return lost, given

    def test_who_gets_a_card_hears_of_a_lost_one_that_is_linked(self):
        lost, given = self.linked_with_a_lost_one()
        self.assertIn(lost.card_number, self.told(self.wang, "Linked cards: " + given.card_number).body)

    def test_and_of_what_happens_on_it(self):
        lost, given = self.linked_with_a_lost_one()
        before = self.told(self.wang)
        self.receive(self.li, phone="13910000071", name="Twice", asked="yes", named_id=self.li.id)
        self.assertEqual(lost.won_status, "pending")
        self.assertDone(self.rpc("showroom.followup", "create", [{"lead_id": lost.id, "method": "call"}]))
        subjects = (self.told(self.wang) - before).filtered(lambda each: given.card_number in each.body)
        self.assertEqual(
            set(subjects.mapped("subject")), {"Your customer is here", "A colleague followed up with your customer"}
        )

    def test_who_is_told_beside_is_asked_for_once_for_any_number_of_cards(self):
        lines = {card: self.receive(user, phone=card.phone, name="x") for card, user in (
            (self.zhao, self.wang), (self.qian, self.li))}  # fmt: skip
        cards, Facts = self.zhao | self.qian, type(self.env["showroom.facts"])
        self.assertEqual(cards.mapped("is_contested"), [True, True])
        asked, customer_cards = [], Facts._customer_cards
        with patch.object(Facts, "_customer_cards", lambda *args: asked.append(1) or customer_cards(*args)):
            about = {card: (line.consultant_id, line) for card, line in lines.items()}
            cards.sudo()._tell_beside(about, lambda told, line: told._words_of_reception(line))
        self.assertEqual(len(asked), 1)

    # Families (6)

    def test_everybody_concerned_is_told_of_a_family_and_a_manager_undoes_it(self):
        self.assertDone(self.link(self.zhao, self.qian))
        for user in (self.wang, self.chen):
            message = self.told(user, "Linked cards: " + self.qian.card_number)
            self.assertEqual(len(message), 1)
            self.assertIn("one family", message.body)
            self.assertNotIn("Zhao", message.body + message.subject)
        self.assertFalse(self.told(self.li))
        self.assertIn("one family", "".join(self.qian.message_ids.mapped("body")))
        for role, card in (("li", self.zhao), ("wang", self.qian)):
            self.enter(role)
            other = (self.zhao | self.qian) - card
            self.assertRefused(self.rpc("crm.lead", "action_end_link", card.ids, [other.card_number]), "Ask a manager")
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_end_link", self.zhao.ids, [self.qian.card_number]))
        self.assertEqual(self.qian._cluster(), self.qian)
        self.assertIn("undid the link", self.told(self.wang)[:1].body)
        self.assertRefused(
            self.rpc("crm.lead", "action_end_link", self.zhao.ids, [self.qian.card_number]), "not linked"
        )

    def test_a_family_of_two_cards_of_ones_own_is_told_to_whose_customer_it_is(self):
        double = self.new()
        self.assertDone(self.link(double, self.zhao))
        self.assertEqual(len(self.told(self.wang, "Linked cards")), 1)

    def test_so_is_one_that_becomes_her_customers_by_a_number_that_comes_later(self):
        double = self.new(False)
        self.assertDone(self.link(double, self.zhao))
        self.assertFalse(self.told(self.wang, "Linked cards"))
        self.assertDone(self.rpc("crm.lead", "write", double.ids, {"phone": "13910000002"}))
        [message] = self.told(self.wang, "Linked cards")
        self.assertIn(self.zhao.card_number, message.body)
        self.assertTrue(self.told(self.chen, "Linked cards"))

    def test_only_ones_own_open_card_is_linked_and_not_from_a_reception(self):
        with self.at("2026-03-02 12:00"):
            line = self.receive(self.li, phone="13910000002", name="Qian")
        said = {"reception_id": line.id, "card_number": self.zhao.card_number, "kind": "family"}
        [wizard] = self.assertDone(self.rpc("showroom.card.link.wizard", "create", [said]))
        self.assertRefused(self.rpc("showroom.card.link.wizard", "action_link", [wizard]))
        self.assertRefused(self.link(self.qian, self.zhao))
        self.qian.with_user(self.wang).action_set_won()
        self.assertRefused(self.link(self.zhao, self.qian), "linked by a manager")
        self.assertRefused(self.link(self.zhao, self.qian, kind="same_customer"), "linked by a manager")

    # Cards opened by hand (B3)

    def test_a_second_card_says_what_it_is_and_once_a_day(self):
        for _time in range(3):
            self.new()
        self.assertDone(self.rpc("crm.lead", "write", self.new(False).ids, {"phone": "13910000002"}))
        [message] = self.told(self.wang)
        self.assertEqual(message.subject, "A second card of your customer")
        self.assertIn(self.qian.card_number, message.body)
        with self.at("2026-03-03 10:00"):
            self.env["crm.lead"].with_user(self.li).create(
                {"name": "x", "phone": "13910000002", "team_id": self.main.id}
            )
        self.assertEqual(len(self.told(self.wang)), 2)

    def test_so_does_one_that_is_nobodys(self):
        """Brought to the outlet as a lead of another team; the manager who gives it to somebody received nobody."""
        fleet = self.env["crm.team"].create({"name": "Fleet"})
        vals = {"name": "x", "phone": "13910000002", "team_id": fleet.id, "user_id": False, "type": "opportunity"}
        lead = self.env["crm.lead"].with_user(self.li).create(vals)
        self.assertIn(self.li.partner_id, lead.sudo().message_partner_ids)
        self.assertRefused(self.rpc("crm.lead", "write", lead.ids, {"team_id": self.main.id}), "for yourself")
        lead.with_user(self.chen).write({"team_id": self.main.id})
        self.assertNotIn(self.li.partner_id, lead.sudo().message_partner_ids, "he does not see the card")
        self.assertFalse(lead.sudo().user_id)
        self.assertEqual(self.told(self.wang).mapped("subject"), ["A second card of your customer"])
        with self.at("2026-03-03 10:00"):
            lead.with_user(self.chen).action_reassign(self.sun.id, "For her")
        self.assertEqual(set(self.told(self.wang).mapped("subject")), {"A second card of your customer"})

    def test_a_second_card_is_no_reception(self):
        self.new()
        self.assertRefused(
            self.rpc("showroom.followup", "create", {"lead_id": self.qian.id, "method": "call"}), "not received"
        )
        said = {"lead_id": self.qian.id, "with_id": self.wang.id}
        self.assertRefused(self.rpc("showroom.communication", "create", said), "not received")
        with self.at("2026-03-02 16:00"):
            self.receive(self.li, phone="13910000002", name="Qian")
            self.assertDone(self.rpc("showroom.followup", "create", {"lead_id": self.qian.id, "method": "call"}))

    # Won as it is opened (B2)

    def test_a_card_that_is_opened_won_says_whose_deal_it_is(self):
        vals = {"name": "x", "phone": "13910000002", "team_id": self.main.id, "stage_id": self.won.id}
        self.assertRefused(self.rpc("crm.lead", "create", [vals]), "Save it open")

    def test_what_a_manager_took_apart_is_linked_by_managers(self):
        link = [self.zhao.ids, [self.qian.card_number], "family"]
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "action_link", *link))
        self.zhao.with_user(self.chen).action_end_link([self.qian.card_number])
        self.assertRefused(self.rpc("crm.lead", "action_link", *link), "undid")
        self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"apart_ids": [[5, 0, 0]]}))
        self.enter("wang")
        self.assertRefused(self.rpc("crm.lead", "action_link", self.qian.ids, [self.zhao.card_number]), "undid")
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_link", *link))
        self.assertFalse((self.zhao | self.qian).apart_ids)

    def test_nor_by_another_card_of_one_of_these_customers(self):
        self.assertDone(self.link(self.zhao, self.qian))
        self.zhao.with_user(self.chen).action_end_link([self.qian.card_number])
        for phone, other in ((self.zhao.phone, self.qian), (self.qian.phone, self.zhao)):
            self.assertRefused(self.link(self.new(phone), other), "undid")
        apart = self.new(False)
        self.assertDone(self.link(apart, self.zhao))
        self.assertRefused(self.rpc("crm.lead", "write", apart.ids, {"phone": self.qian.phone}), "undid")
        another = self.new(False)
        self.assertDone(self.link(another, self.qian))
        self.assertRefused(self.rpc("crm.lead", "write", another.ids, {"phone": self.zhao.phone}), "undid")

    def test_nor_by_the_first_card_if_it_was_a_second_one(self):
        second = self.new(self.zhao.phone)
        self.assertDone(self.link(second, self.qian))
        second.with_user(self.chen).action_end_link([self.qian.card_number])
        self.assertIn(self.qian, self.zhao.apart_ids)
        self.assertRefused(self.link(self.zhao, self.qian), "undid")
        self.enter("chen")
        self.assertDone(self.link(self.zhao, self.qian))
        self.assertFalse((self.zhao | self.qian | second).apart_ids)

    def test_nor_after_a_merge(self):
        self.assertDone(self.link(self.zhao, self.qian))
        self.zhao.with_user(self.chen).action_end_link([self.qian.card_number])
        second = self.new(self.zhao.phone)
        merged = (self.zhao | second).with_user(self.chen).merge_opportunity()
        self.assertIn(self.qian, merged.apart_ids)
        self.assertRefused(self.link(merged, self.qian), "undid")

    def test_a_family_by_a_second_card_is_shown_and_undone_on_the_first(self):
        double = self.new()
        self.assertDone(self.link(double, self.zhao))
        shown = self.qian.with_user(self.wang).linked_cards
        self.assertIn(self.zhao.card_number, shown)
        self.assertIn(double.card_number, shown)
        self.assertNotIn("Zhao", shown)
        self.assertRefused(self.rpc("crm.lead", "action_end_link", self.zhao.ids, [self.qian.card_number]))
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_end_link", self.qian.ids, [self.zhao.card_number]))
        self.assertNotIn(self.zhao, self.qian._cluster())
        self.assertFalse(self.zhao.with_user(self.li).linked_cards)

    def test_a_card_that_nobody_filed_shows_what_was_linked_with_it(self):
        """Not who has the customer by now: that is asked at the desk, where it is recorded."""
        double = self.new()
        self.assertDone(self.link(double, self.zhao))
        self.assertEqual(double.with_user(self.li).linked_cards, self.zhao.with_user(self.li)._screen_name())

    # What came before a merge or a transfer

    def merge(self, *cards):
        ids = [card.id for card in cards]
        wizard = self.assertDone(self.rpc("crm.merge.opportunity", "create", {"opportunity_ids": [[6, 0, ids]]}))
        self.assertDone(self.rpc("crm.merge.opportunity", "action_merge", [wizard]))

    def test_a_family_that_a_merge_makes_is_told(self):
        self.assertToldOfFamily(self.new(False), self.new())

    def test_also_if_the_card_with_the_number_stays(self):
        double = self.new()
        self.assertToldOfFamily(self.new(False), double)
        self.assertTrue(double.exists())

    def assertToldOfFamily(self, empty, double):
        self.assertDone(self.link(empty, self.zhao))
        self.merge(empty, double)
        for user in (self.wang, self.chen):
            message = self.told(user, "Linked cards: " + self.qian.card_number)
            self.assertIn(self.zhao.card_number, "".join(message.mapped("body")))

    def test_so_is_a_later_card_that_it_makes_the_same_customers(self):
        late, double, empty = self.card(self.li, phone="13910000005", name="Late"), self.new(), self.new(False)
        self.assertDone(self.link(empty, late, kind="same_customer"))
        self.merge(empty, double)
        self.assertIn("one customer", "".join(self.told(self.wang, "Linked cards").mapped("body")))

    def test_a_merge_of_one_customers_cards_tells_nothing(self):
        """The legal twin."""
        self.merge(self.zhao, self.new(self.zhao.phone))
        self.assertFalse(self.told(self.chen, "Linked cards"))

    def test_who_gets_a_card_hears_of_its_links(self):
        with self.at("2026-03-02 15:00"):
            sun = self.card(self.li, phone="13910000003", name="Sun")
        self.assertDone(self.link(self.zhao, sun))
        sun.with_user(self.chen).action_reassign(self.wang.id, "Wang knows them.")
        [message] = self.told(self.wang, "Linked cards: " + sun.card_number)
        self.assertIn(self.zhao.card_number, message.body)

    def test_and_of_a_second_card_of_the_customer(self):
        double = self.new()
        self.qian.with_user(self.chen).action_reassign(self.sun.id, "Sun knows them.")
        [message] = self.told(self.sun, "Linked cards: " + self.qian.card_number)
        self.assertIn(double.card_number, message.body)

    def test_a_card_that_hangs_together_with_none_tells_nothing(self):
        """The legal twin; older cards of the customer come along."""
        later = self.card(self.li, phone="13910000003", name=self.zhao.filing_id.customer_name)
        self.assertDone(self.link(self.zhao, later, kind="same_customer"))
        later.with_user(self.chen).action_reassign(self.wang.id, "Wang knows them.")
        self.assertEqual(self.zhao.user_id, self.wang)
        self.assertFalse(self.told(self.wang, "Linked cards"))
