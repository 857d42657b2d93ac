from odoo.tests import tagged

from .attack_hand_case import PHONE, HandCase


@tagged("post_install", "-at_install")
class TestAttacksBehind(HandCase):
    """li puts an older card behind one that goes to wang, or will be wang's; each with its legal twin (2, 5)."""

    def setUp(self):
        super().setUp()
        self.contact = self.env["res.partner"].create({"name": "S"})
        self.enter("li")

    # A number that nobody filed

    def test_a_merge_gives_a_filed_card_no_number_that_it_was_not_filed_under(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        hand = self.new(partner_id=self.contact.id)
        self.assertDone(self.put(hand, phone=PHONE))
        self.assertRefused(self.merge(self.zhao, hand), "several customers")
        self.assertRefused(self.rpc("crm.lead", "merge_opportunity", (self.zhao | hand).ids), "several customers")
        linked = self.new("13910000067")
        self.assertDone(self.link(linked, self.other))
        self.assertRefused(self.merge(self.other, linked), "several customers")

    def test_a_second_card_of_the_number_is_merged(self):
        with self.at("2026-03-02 11:30"):
            mine = self.card(self.li, phone="13910000079", name="He")
        hand = self.new("13910000079")
        self.assertDone(self.merge(mine, hand))
        self.assertTrue(mine.exists() | hand.exists())
        number = mine.phone_sanitized
        self.assertDone(self.merge(self.other, self.office))
        self.assertEqual(number, "+8613910000079")

    # Two customers of one's own

    def test_two_customers_become_one_by_no_link_of_their_owner(self):
        self.assertRefused(self.link(self.zhao, self.other), "different names")
        self.assertDone(self.link(self.other, self.office))

    def test_two_customers_become_one_by_no_contact_of_their_owner(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        self.assertRefused(self.put(self.other, partner_id=self.contact.id), "different names")
        two = self.env["res.partner"].create({"name": "Hu"})
        for card in (self.other, self.office):
            self.assertDone(self.put(card, partner_id=two.id))

    def test_what_was_joined_before_it_was_filed_stands_alone_then(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        by_contact, by_link = self.new(partner_id=self.contact.id), self.new("13910000067")
        self.assertDone(self.link(by_link, self.zhao))
        with self.at("2026-03-02 16:00"):
            for number in (PHONE, "13910000067"):
                self.receive(self.li, phone=number, name="Another")
        for card in (by_contact, by_link):
            self.assertTrue(card.filing_id)
            self.assertEqual(card._same_customer(), card)

    def prepared(self):
        """Two cards under a number that nobody filed, the second with the contact of li's older customer."""
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        return self.new(), self.new(partner_id=self.contact.id)

    def test_so_does_what_was_won_meanwhile_once_it_is_taken_back(self):
        first, second = self.prepared()
        self.assertDone(self.put(second, stage_id=self.won.id))
        with self.at("2026-03-02 16:00"):
            self.receive(self.wang, phone=PHONE, name="Hu")
        self.assertEqual(first.user_id, self.wang)
        with self.at("2026-03-02 17:00"):
            self.enter("li")
            self.assertDone(self.put(second, stage_id=self.main._first_stage().id))
            self.assertNotIn(self.zhao, second._same_customer())
            self.assertIn("A second card of your customer", self.told(self.wang).mapped("subject"))
            self.assertDone(self.put(second, stage_id=self.won.id))
        self.assertEqual(second.ruling_id.holder_id, self.wang)

    def test_and_what_was_lost_meanwhile(self):
        first, second = self.prepared()
        self.assertDone(self.rpc("crm.lead", "action_set_lost", second.ids))
        with self.at("2026-03-02 16:00"):
            self.receive(self.wang, phone=PHONE, name="Hu")
        self.assertEqual(first.user_id, self.wang)
        self.assertNotIn(self.zhao, second._same_customer())

    def test_a_family_of_what_is_won_falls_away(self):
        """Else what li does for the older customer would be done for the family of wang's."""
        first, second = self.new(), self.new()
        self.assertDone(self.link(second, self.zhao, kind="family"))
        self.assertDone(self.put(second, stage_id=self.won.id))
        with self.at("2026-03-02 16:00"):
            self.receive(self.wang, phone=PHONE, name="Hu")
        self.assertFalse(self.env["showroom.card.link"].search(second._linked_either_way()))
        self.assertEqual(first.user_id, self.wang)

    def test_and_what_was_put_aside_meanwhile_once_it_is_restored(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        first, second = self.new(), self.new(partner_id=self.contact.id, active=False)
        with self.at("2026-03-02 16:00"):
            self.receive(self.wang, phone=PHONE, name="Hu")
        self.assertEqual(first.user_id, self.wang)
        with self.at("2026-03-02 17:00"):
            second.with_user(self.chen).action_unarchive()
        self.assertNotIn(self.zhao, second._same_customer())
        self.assertIn("A second card of your customer", self.told(self.wang).mapped("subject"))

    def test_what_is_filed_under_the_same_name_stays_joined(self):
        hand = self.new()
        self.assertDone(self.link(hand, self.other))
        with self.at("2026-03-02 16:00"):
            self.receive(self.li, phone=PHONE, name="Hu")
        self.assertEqual(hand._same_customer(), hand | self.other)

    def test_a_line_that_got_its_number_later_comes_later(self):
        with self.at("2026-03-02 12:00"):
            line = self.receive(self.li, phone="", name="Zhou")
        with self.at("2026-03-02 13:00"):
            theirs = self.card(self.wang, phone="13910000068", name="Zhou")
        self.assertDone(self.rpc("showroom.reception", "action_correct", line.ids, {"phone": "13910000069"}))
        self.assertDone(self.link(line.lead_id, theirs))
        self.assertEqual(theirs.sudo()._same_customer()._heads()[1], theirs, "it counts from when it got the number")

    # An order in the same second

    def test_an_order_in_the_second_of_the_first_filing_binds_nobody(self):
        hand = self.new()
        self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": hand.id}]))
        self.receive(self.wang, phone=PHONE, name="Walk In")
        self.assertEqual(hand.filing_at, hand.order_ids.recorded_at)
        self.assertFalse(hand.order_date)
        with self.at("2026-03-03 10:00"):
            self.enter("wang")
            self.assertDone(self.put(hand, stage_id=self.won.id))
        self.assertEqual((hand.ruling_id.ground, hand.ruling_id.share_ids.user_id), ("sole_claimant", self.wang))

    # A deal with a customer whom nobody received

    def unfiled_deal(self):
        hand = self.new()
        self.assertDone(self.put(hand, stage_id=self.won.id))
        with self.at("2026-03-02 16:00"):
            line = self.receive(self.wang, phone=PHONE, name="Walk In")
        self.assertEqual(line.lead_id, hand)
        return hand, line

    def test_managers_hear_who_received_a_customer_that_was_won_already(self):
        hand, line = self.unfiled_deal()
        domain = [("subject", "=", "A deal with a customer whom nobody had received"), ("res_id", "=", hand.id)]
        told = self.env["mail.message"].search(domain)
        self.assertIn(self.chen.partner_id, told.notified_partner_ids)
        self.assertIn(self.wang.name, told.body)
        self.enter("wang")
        self.assertRefused(self.rpc("showroom.reception", "action_confirm_deal", line.ids), "Ask a manager")

    def test_a_deal_that_is_taken_back_leaves_the_card_to_who_received_the_customer(self):
        hand, line = self.unfiled_deal()
        with self.at("2026-03-03 10:00"):
            self.enter("chen")
            self.assertDone(self.put(hand, stage_id=self.main._first_stage().id))
            self.assertEqual((hand.user_id, hand.filing_id), (self.wang, line))
            self.assertTrue(hand.followup_due)
            self.enter("wang")
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        self.assertEqual((hand.ruling_id.ground, hand.ruling_id.share_ids.user_id), ("sole_claimant", self.wang))

    def test_ones_own_reception_after_a_deal_is_told_to_nobody(self):
        """The legal twin."""
        hand = self.new()
        self.assertDone(self.put(hand, stage_id=self.won.id))
        self.receive(self.li, phone=PHONE, name="Walk In")
        self.assertFalse(self.env["mail.message"].search([("subject", "like", "whom nobody had received")]))
