from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attack_hand_case import PHONE, HandCase


@tagged("post_install", "-at_install")
class TestAttacksBridges(HandCase):
    """li joins two customers over a card in between, or over one that was lost; each with its legal twin (2, 5)."""

    def setUp(self):
        super().setUp()
        self.contact, self.second = self.env["res.partner"].create([{"name": "S"}, {"name": "T"}])
        self.enter("li")

    def order(self, card):
        return self.rpc("showroom.order", "create", [{"lead_id": card.id}])

    def assertApart(self, *cards):
        for card in cards:
            self.assertFalse(card._customers()[card.sudo()] & (self.env["crm.lead"].union(*cards) - card).sudo())

    # Over a card in between

    def test_a_card_in_between_joins_no_two_customers(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        bridge = self.new(False)
        self.assertDone(self.link(bridge, self.other))
        self.assertRefused(self.put(bridge, partner_id=self.contact.id), "different names")
        self.assertApart(self.zhao, self.other)

    def test_nor_by_its_number(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        bridge = self.new(False, partner_id=self.contact.id)
        self.assertRefused(self.put(bridge, phone="13910000077"), "different names")
        self.assertRefused(self.rpc("res.partner", "write", self.contact.ids, {"phone": "13910000077"}))
        double = self.new("13910000077")
        self.assertRefused(self.put(double, partner_id=self.contact.id), "different names")
        vals = {"name": "x", "phone": "13910000077", "partner_id": self.contact.id, "team_id": self.main.id}
        self.assertRefused(self.rpc("crm.lead", "create", [vals]), "different names")
        loose = self.new(False)
        self.assertRefused(self.put(loose, phone="13910000077", partner_id=self.contact.id), "different names")
        self.assertApart(self.zhao, self.other)

    def test_nor_by_a_lead_that_comes_from_another_team(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        vals = {"name": "x", "phone": "13910000077", "partner_id": self.contact.id, "team_id": self.plain_team.id}
        [lead] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        self.assertRefused(self.rpc("crm.lead", "write", [lead], {"team_id": self.main.id}), "different names")
        self.assertDone(self.rpc("crm.lead", "write", [lead], {"partner_id": False}))
        self.assertDone(self.rpc("crm.lead", "write", [lead], {"team_id": self.main.id}))

    def test_nor_by_merged_contacts(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        self.assertDone(self.put(self.other, partner_id=self.second.id))
        with self.refused(AccessError, "different names"):
            self.li.group_ids += self.env.ref("base.group_partner_manager")
            wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.li).create({})
            wizard._merge((self.contact | self.second).ids)

    def test_two_numbers_of_one_name_are_joined_over_a_card_in_between(self):
        """The legal twin."""
        self.assertDone(self.put(self.office, partner_id=self.contact.id))
        bridge = self.new(False, partner_id=self.contact.id)
        self.assertDone(self.put(bridge, phone="13910000077"))
        self.assertIn(self.office.sudo(), self.other._customers()[self.other.sudo()])

    # Over a card that was lost

    def lost(self):
        with self.at("2026-03-02 12:00"):
            card = self.card(self.li, phone=PHONE, name="Another")
            card.with_user(self.li).action_set_lost()
        self.assertFalse(card.filing_id)
        return card

    def test_a_lost_card_is_put_behind_no_other_customer(self):
        card = self.lost()
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        self.assertRefused(self.put(card, partner_id=self.contact.id), "different names")
        self.assertRefused(self.put(self.zhao | card, partner_id=self.second.id), "different names")

    def test_the_lines_of_a_lost_card_speak_of_no_other_number(self):
        lost = self.lost()
        hand = self.new("13910000067")
        answer = self.rpc("crm.lead", "merge_opportunity", (lost | hand).ids)
        self.assertRefused(answer, "several customers")

    # By an order on the card that is merged

    def test_an_order_on_the_second_card_gives_the_first_no_number(self):
        self.assertDone(self.put(self.zhao, partner_id=self.contact.id))
        hand = self.new(partner_id=self.contact.id)
        self.assertDone(self.order(hand))
        stage = self.env["crm.stage"].search([("is_won", "=", False)], order="sequence desc", limit=1)
        self.assertDone(self.put(hand, stage_id=stage.id))
        for cards in (self.zhao | hand, hand | self.zhao):
            answer = self.rpc("crm.lead", "merge_opportunity", cards.ids)
            self.assertRefused(answer, "several customers")

    # Over a second card of the number

    def chained(self):
        """Two cards of one number by hand, the second of them linked with Zhao's; the first is filed then."""
        first, second = self.new(), self.new()
        self.assertDone(self.link(second, self.zhao))
        return first, second

    def test_a_chain_that_was_prepared_takes_no_colleagues_customer(self):
        _first, second = self.chained()
        with self.at("2026-03-02 16:00"):
            filed = self.receive(self.wang, phone=PHONE, name="Walk In").lead_id
        self.assertRefused(self.link(self.zhao, filed), "different names")
        self.assertDone(self.link(second, filed))  # it has the number, and nothing behind it any more
        self.assertNotIn(self.zhao, filed._same_customer())
        self.assertRefused(self.link(self.zhao, second), "different names")

    def test_nor_puts_it_an_older_card_behind_ones_own(self):
        first, second = self.chained()
        with self.at("2026-03-02 16:00"):
            filed = self.receive(self.li, phone=PHONE, name="Another").lead_id
        self.assertRefused(self.link(self.zhao, filed), "different names")
        stage = self.env["crm.stage"].search([("is_won", "=", False)], order="sequence desc", limit=1)
        for head in (first, second):
            with self.undone():
                self.assertDone(self.put(head, stage_id=stage.id))
                answer = self.rpc("crm.lead", "merge_opportunity", (first | second).ids)
                card = (first | second).exists()
                self.assertTrue(answer.refused or self.zhao not in card._same_customer())

    # What Odoo finds by itself

    def test_an_address_that_two_customers_share_lets_mail_go(self):
        self.assertDone(self.put(self.zhao | self.other, email_from="home@example.com"))
        [partner] = self.assertDone(self.rpc("res.partner", "create", [{"name": "Home", "email": "home@example.com"}]))
        said = {"body": "Hello", "partner_ids": [partner], "message_type": "comment"}
        self.assertDone(self.rpc("crm.lead", "message_post", self.zhao.ids, **said))
        self.assertEqual(self.zhao.partner_id.id, partner)
        self.assertFalse(self.other.partner_id)

    def test_nor_does_the_chatter_of_the_screen_join_a_colleagues_customer(self):
        """It posts as the system for whoever writes; Odoo puts the contact on all cards with the address."""
        self.qian.email_from = "qian@customer.example"
        self.assertDone(self.put(self.zhao, email_from="qian@customer.example"))
        aside = {"name": "x", "team_id": self.plain_team.id, "email_from": "qian@customer.example"}
        [aside] = self.assertDone(self.rpc("crm.lead", "create", [aside]))
        vals = {"name": "Invented", "email": "qian@customer.example"}
        [partner] = self.assertDone(self.rpc("res.partner", "create", [vals]))
        for lead in (self.zhao.id, aside):
            with self.undone():
                said = {"body": "x", "partner_ids": [partner], "message_type": "comment"}
                params = {"thread_model": "crm.lead", "thread_id": lead, "post_data": said}
                self.make_jsonrpc_request("/mail/message/post", params)
                self.env.invalidate_all()
                self.assertEqual(self.env["crm.lead"].browse(lead).partner_id.id, partner, "their own gets it")
                self.assertFalse(self.qian.partner_id)
                self.assertEqual(self.qian._same_customer(), self.qian)

    # Who hears of it

    def test_owners_and_managers_hear_of_two_cards_with_one_contact(self):
        for card in (self.other, self.office):
            self.assertDone(self.put(card, partner_id=self.contact.id))
        told = self.env["mail.message"].search([("subject", "=like", "Linked cards: %")])
        self.assertIn(self.chen.partner_id, told.notified_partner_ids)
        self.assertIn(self.office.card_number, "".join(told.mapped("body")))

    def test_a_later_card_put_behind_a_colleagues_is_told_and_a_manager_undoes_it(self):
        with self.at("2026-03-02 14:00"):
            late = self.card(self.li, phone=PHONE, name="Another")
        self.assertDone(self.link(late, self.qian))
        self.assertEqual(late._same_customer()._heads()[1].user_id, self.wang)
        told = self.env["mail.message"].search([("subject", "=", f"Linked cards: {self.qian.card_number}")])
        self.assertLessEqual(self.wang.partner_id | self.chen.partner_id, told.notified_partner_ids)
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_end_link", self.qian.ids, [late.card_number]))
        self.assertApart(late, self.qian)
