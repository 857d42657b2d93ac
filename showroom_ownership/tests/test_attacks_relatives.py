from odoo.tests import tagged

from .attack_hand_case import HandCase


@tagged("post_install", "-at_install")
class TestAttacksRelatives(HandCase):
    """A family, follow-ups or a deal that li prepared on cards opened by hand, for the customer of a colleague."""

    number = "13910000002"  # of Qian, who is wang's

    def family(self, card):
        self.assertDone(self.link(card, self.other, kind="family"))

    def messages(self, user, subject):
        found = self.env["mail.message"].search([("partner_ids", "in", user.partner_id.ids)])
        return found.filtered(lambda message: subject in (message.subject or "")).mapped("body")

    def waiting(self):
        self.qian.with_user(self.wang).action_request_transfer(self.sun.id, "customer_request", "She knows Sun")
        self.assertTrue(self.qian.pending_transfer_id)

    # Cards that wait for a colleague (4)

    def test_a_second_card_of_a_customer_who_waits_is_linked_by_a_manager(self):
        self.waiting()
        self.assertRefused(self.link(self.new(), self.other, kind="family"), "linked by a manager")

    def test_nor_does_a_number_bring_a_family(self):
        empty = self.new(False)
        self.family(empty)
        with self.undone():
            self.assertDone(self.put(empty, phone=self.number))  # the legal twin
        self.waiting()
        self.assertRefused(self.put(empty, phone=self.number), "linked by a manager")

    def test_nor_does_a_merge(self):
        double, empty = self.new(), self.new(False)
        self.family(empty)
        with self.undone():
            self.assertDone(self.merge(empty, double))  # the legal twin
        self.waiting()
        self.assertRefused(self.merge(empty, double), "linked by a manager")

    def test_nor_does_a_contact_bring_a_filed_card(self):
        """Filed under the same name, with a number that li invented."""
        mine, other = (self.card(self.li, phone=phone, name="Mei") for phone in ("13910000044", "13910000045"))
        contact = self.env["res.partner"].with_user(self.li).create({"name": "Mei"})
        with self.undone():
            for card in (mine, other):
                self.assertDone(self.put(card, partner_id=contact.id))  # the legal twin
        self.receive(self.wang, phone="13910000044", name="Mei")
        mine.with_user(self.wang).action_request_transfer(self.wang.id, "customer_request", "They asked for me")
        self.assertDone(self.put(mine, partner_id=contact.id))
        self.assertRefused(self.put(other, partner_id=contact.id), "linked by a manager")

    def test_it_is_merged_into_no_deal_of_before(self):
        own = self.card(self.li, phone="13910000044", name="Mei")
        double = self.new("13910000044")
        with self.undone():
            self.assertDone(self.rpc("crm.lead", "action_set_won", double.ids))
            self.assertDone(self.merge(own, double))  # the legal twin
        self.assertDone(self.rpc("crm.lead", "action_set_won", double.ids))
        self.receive(self.wang, phone="13910000044", name="Mei")
        own.with_user(self.wang).action_request_transfer(self.wang.id, "customer_request", "They asked for me")
        self.assertRefused(self.merge(own, double), "merged by a manager")
        self.enter("chen")
        self.assertDone(self.merge(own, double))

    def test_nor_to_the_pool(self):
        empty = self.new(False)
        self.family(empty)
        self.qian.sudo()._change_owner(self.env["res.users"], "departure")
        self.assertRefused(self.put(empty, phone=self.number), "linked by a manager")
        self.assertRefused(self.link(self.new(), self.other, kind="family"), "linked by a manager")

    # Follow-ups of before (5)

    def followed(self, times=2):
        card = self.new(False)
        for _time in range(times):
            self.assertDone(self.rpc("showroom.followup", "create", {"lead_id": card.id, "method": "call"}))
        return card

    def assertHears(self):
        [body] = self.messages(self.wang, "followed up with your customer")
        self.assertIn("2 follow-ups", body)
        self.assertIn(self.qian.card_number, body)

    def test_the_holder_hears_of_follow_ups_before_the_number(self):
        self.assertDone(self.put(self.followed(), phone=self.number))
        self.assertHears()

    def test_and_before_a_merge(self):
        self.assertDone(self.merge(self.followed(), self.new()))
        self.assertHears()

    def test_also_if_the_card_with_the_number_stays(self):
        double = self.new()
        self.assertDone(self.merge(self.followed(), double))
        self.assertTrue(double.exists())
        self.assertHears()

    def test_and_of_conversations_with_them(self):
        card = self.new(False)
        for colleague in (self.wang, self.sun):
            said = {"lead_id": card.id, "with_id": colleague.id, "note": "Agreed"}
            self.assertDone(self.rpc("showroom.communication", "create", said))
        before = self.messages(self.wang, "conversation with you")
        self.assertDone(self.put(card, phone=self.number))
        [body] = set(self.messages(self.wang, "conversation with you")) - set(before)
        self.assertIn(self.qian.card_number, body)
        self.assertIn("Agreed", body)
        self.assertEqual(len(self.messages(self.sun, "conversation with you")), 1)

    def test_a_card_without_them_tells_of_none(self):
        """The legal twin."""
        self.assertDone(self.put(self.followed(0), phone=self.number))
        self.assertFalse(self.messages(self.wang, "followed up with your customer"))


@tagged("post_install", "-at_install")
class TestAttacksPreparedBeside(HandCase):
    """li opens two cards for a number that nobody knows; the colleague's reception is on one of them."""

    def receive_as_wang(self):
        self.receive(self.wang, phone=self.number, name="Guo")

    def told(self, user, subject):
        found = self.env["mail.message"].search([("partner_ids", "in", user.partner_id.ids)])
        return found.filtered(lambda message: subject in (message.subject or ""))

    def test_a_family_on_the_second_falls_away_and_is_told(self):
        first, second = self.new(), self.new()
        self.assertDone(self.link(second, self.other, kind="family"))
        self.receive_as_wang()
        self.assertEqual(first.user_id, self.wang)
        self.assertFalse(second.link_ids)
        self.assertEqual(first._cluster(), first | second)
        self.assertTrue(self.told(self.chen, "Linked cards"))

    def test_also_if_the_first_is_of_who_receives(self):
        second = self.new()
        self.assertDone(self.link(second, self.other, kind="family"))
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "create", [{"name": "W", "phone": self.number, "team_id": self.main.id}]))
        self.receive_as_wang()
        self.assertFalse(second.link_ids)

    def test_managers_hear_of_a_deal_on_the_second(self):
        self.assertTold(lose_the_first=False)

    def test_also_if_the_first_was_lost(self):
        self.assertTold(lose_the_first=True)

    def test_who_files_hears_of_follow_ups_that_were_recorded_before(self):
        first, second = self.new(), self.new()
        for card in (first, second):
            self.assertDone(self.rpc("showroom.followup", "create", {"lead_id": card.id, "method": "call"}))
        self.receive_as_wang()
        [message] = self.told(self.wang, "followed up with your customer")
        self.assertIn("2 follow-ups", message.body)
        self.receive(self.li, phone="13910000055", name="He")
        self.assertFalse(self.told(self.li, "followed up with your customer"))

    def assertTold(self, lose_the_first):
        first, second = self.new(), self.new()
        if lose_the_first:
            self.assertDone(self.rpc("crm.lead", "action_set_lost", first.ids))
        self.assertDone(self.rpc("crm.lead", "action_set_won", second.ids))
        self.receive_as_wang()
        [message] = self.told(self.chen, "whom nobody had received")
        self.assertIn(second.card_number, message.body)


@tagged("post_install", "-at_install")
class TestAttacksLeftBehind(HandCase):
    """li loses a card; what was linked with it or recorded on it before is not in the way of who files it then."""

    number = "13910000078"  # of `office`, filed under the name of `other`

    def lose(self):
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.office.ids))

    def receive_as_wang(self):
        with self.at("2026-03-02 16:00"):
            self.receive(self.wang, phone=self.number, name="Hu")
        self.assertEqual(self.office.user_id, self.wang)

    def told(self, user, subject):
        found = self.env["mail.message"].search([("partner_ids", "in", user.partner_id.ids)])
        return found.filtered(lambda message: subject in (message.subject or ""))

    def test_links_end(self):
        for kind in ("same_customer", "family"):
            with self.subTest(kind), self.undone():
                self.assertDone(self.link(self.office, self.other, kind=kind))
                self.lose()
                self.receive_as_wang()
                self.assertEqual(self.office._cluster(), self.office)
                self.assertTrue(self.told(self.chen, "Linked cards"))
                deal = self.office.with_user(self.wang)
                deal.action_set_won()
                self.assertEqual(self.office.ruling_id.share_ids.user_id, self.wang)

    def test_a_managers_link_stands(self):
        """The legal twin."""
        self.office.with_user(self.chen).action_link([self.other.card_number], "family")
        self.lose()
        self.receive_as_wang()
        self.assertIn(self.other, self.office._cluster())

    def test_so_does_one_of_who_receives_the_customer_again(self):
        """Another legal twin."""
        self.assertDone(self.link(self.office, self.other, kind="family"))
        self.lose()
        with self.at("2026-03-02 16:00"):
            self.receive(self.li, phone=self.number, name="Hu")
        self.assertIn(self.other, self.office._cluster())

    def test_a_contact_that_stays_with_the_former_owner_goes(self):
        partner = self.env["res.partner"].with_user(self.li).create({"name": "Hu"})
        self.assertDone(self.put(self.other | self.office, partner_id=partner.id))
        self.lose()
        self.receive_as_wang()
        self.assertEqual((self.other.partner_id, self.office.partner_id), (partner, partner.browse()))

    def test_who_files_hears_of_follow_ups_and_of_second_cards(self):
        double = self.new()
        for card in (self.office, double):
            self.assertDone(self.rpc("showroom.followup", "create", {"lead_id": card.id, "method": "call"}))
        self.lose()
        self.receive_as_wang()
        [message] = self.told(self.wang, "followed up with your customer")
        self.assertIn("2 follow-ups", message.body)
        self.assertEqual(len(self.told(self.wang, "A second card of your customer")), 1)
