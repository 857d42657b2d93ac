from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksPool(AttackCase):
    """Cards that wait in the pool for a colleague, and lost ones: an invented deal that is taken back wins neither."""

    def setUp(self):
        super().setUp()
        self.he = self._user("he", "consultant", self.main)
        self.li.active = False
        self.env["crm.lead"]._cron_departures()
        self.env.flush_all()
        self.wish = self.zhao.pending_transfer_id
        self.thief = "he" if self.wish.to_id == self.wang else "wang"
        self.line = {"outlet_id": self.main.id, "customer_name": "Zhao Min", "phone": self.zhao.phone}
        self.stage = self.main._first_stage()

    def in_pool(self):
        self.env.invalidate_all()
        return (self.zhao.user_id.name, self.zhao.owner_departed, self.zhao.ownership_badge, self.zhao.won_status)

    def take_back(self, card):
        return self.rpc("crm.lead", "write", card.ids, {"stage_id": self.stage.id})

    def test_a_deal_with_a_card_of_the_pool_that_is_taken_back_leaves_it_there(self):
        before = self.in_pool()
        self.assertEqual(before, (False, True, "pool", "pending"))
        self.enter(self.thief)
        [line] = self.assertDone(self.rpc("showroom.reception", "create", [self.line]))
        self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", [line]))
        self.assertEqual((self.zhao.user_id, self.wish.state), (getattr(self, self.thief), "withdrawn"))
        self.assertDone(self.take_back(self.zhao))
        self.assertEqual(self.in_pool(), before)
        again = self.zhao.pending_transfer_id
        self.assertEqual((again.state, again.reason, again.to_id), ("pending", "departure", self.wish.to_id))
        self.assertEqual(again.from_id, self.li)
        subjects = self.told(self.chen)[:2].mapped("subject")
        self.assertEqual(subjects, ["A card is in the pool again", "A deal on a card of the pool"])
        self.assertTrue(self.sound())

    def test_a_deal_of_who_has_left_goes_back_to_the_pool(self):
        """qian was wang's when the order's owner got it by the ruling; wang leaves before that is taken back."""
        with self.at("2026-03-02 15:30"):
            self.env["showroom.order"].with_user(self.wang).create({"lead_id": self.qian.id})
            self.qian.with_user(self.chen).action_reassign(self.he.id, "She is away")
            self.qian.with_user(self.he).action_set_won()
        self.assertEqual(self.qian.user_id, self.wang)
        self.he.active = False
        self.qian.with_user(self.chen).stage_id = self.stage
        self.assertFalse(self.qian.user_id)
        self.assertTrue(self.qian.owner_departed)

    def test_who_gets_it_hears_what_was_recorded_meanwhile(self):
        self.enter(self.thief)
        [line] = self.assertDone(self.rpc("showroom.reception", "create", [{**self.line, "asked": "yes"}]))
        [call] = self.assertDone(
            self.rpc("showroom.followup", "create", [{"lead_id": self.zhao.id, "method": "call", "reached": True}])
        )
        owner, thief = self.wish.to_id, getattr(self, self.thief)
        self.assertFalse(self.told(owner))
        self.enter("chen")
        self.assertDone(self.rpc("showroom.transfer", "action_approve", self.wish.ids, "Yes"))
        self.assertEqual(self.zhao.user_id, owner)
        message = self.told(owner).filtered(lambda each: each.subject == "Your customer was in the pool")
        for record in (self.env["showroom.reception"].browse(line), self.env["showroom.followup"].browse(call)):
            self.assertIn(record.number, message.body)
        self.assertIn(thief.name, message.body)

    def test_managers_hear_of_a_deal_that_ends_a_colleagues_request(self):
        self.receive(self.he, phone=self.qian.phone, name="Qian")
        self.qian.with_user(self.he).action_request_transfer(self.he.id, "customer_request", "She asked")
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.qian.ids))
        self.assertEqual(self.told(self.chen)[0].subject, "A deal on a card that a colleague asked for")

    def test_a_lost_card_is_not_opened_by_winning_it(self):
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.qian.ids))
        for values in ({"stage_id": self.won.id}, {"stage_id": self.won.id, "active": True}):
            with self.subTest(values):
                self.assertRefused(self.rpc("crm.lead", "write", self.qian.ids, values), "next reception")
        self.assertRefused(self.rpc("crm.lead", "action_set_won", self.qian.ids), "next reception")
        self.assertEqual((self.qian.won_status, self.qian.ruling_id.id), ("lost", False))

    def test_nor_by_an_old_line_of_the_register(self):
        """Of the owner or of a colleague: it would end a notice, too."""
        lines = self.qian.filing_id, self.receive(self.he, phone="13910000002", name="Qian")
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.qian.ids))
        for line, user in zip(lines, ("wang", "he"), strict=True):
            with self.subTest(user):
                self.enter(user)
                self.assertRefused(self.rpc("showroom.reception", "action_confirm_deal", line.ids), "next reception")
        self.assertEqual((self.qian.won_status, self.qian.ruling_id.id), ("lost", False))

    def test_a_lost_card_is_won_after_a_reception_and_by_managers(self):
        """The legal twins."""
        self.qian.with_user(self.wang).action_set_lost()
        self.env.flush_all()
        with self.undone():
            self.enter("chen")
            self.assertDone(self.rpc("crm.lead", "write", self.qian.ids, {"stage_id": self.won.id}))
            self.assertEqual(self.qian.ruling_id.closer_id, self.wang)
        self.enter("wang")
        said = {**self.line, "phone": self.qian.phone, "customer_name": "Qian"}
        [line] = self.assertDone(self.rpc("showroom.reception", "create", [said]))
        self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", [line]))
        self.assertEqual(self.qian.won_status, "won")
