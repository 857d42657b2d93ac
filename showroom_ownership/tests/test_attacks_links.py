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
