from odoo.tests import tagged

from .attack_case import AttackCase

NEW = "13910000077"


@tagged("post_install", "-at_install")
class TestAttacksAsking(AttackCase):
    """Requests and orders that outlive what they were made for (4, 5.2)."""

    def setUp(self):
        super().setUp()
        self.first = self.main._first_stage()
        self.enter("li")

    def asked_by_wang(self):
        """The customer wants wang, who received him."""
        self.receive(self.wang)
        self.zhao.with_user(self.wang).action_request_transfer(self.wang.id, "customer_request", "He asked for me.")
        return self.zhao.pending_transfer_id

    # Requests

    def test_no_request_outlives_its_owner(self):
        """Asked on a card by hand, whose customer wang receives and files."""
        vals = {"name": "Hand", "phone": NEW, "team_id": self.main.id}
        card = self.env["crm.lead"].browse(self.assertDone(self.rpc("crm.lead", "create", [vals])))
        ask = (self.sun.id, "customer_request", "He said so.")
        self.assertDone(self.rpc("crm.lead", "action_request_transfer", card.ids, *ask))
        self.assertDone(self.rpc("crm.lead", "action_request_cancellation", card.ids, "Gone."))
        with self.at("2026-03-02 16:00"):
            self.receive(self.wang, phone=NEW, name="Walk In")
        self.assertEqual(card.user_id, self.wang)
        requests = self.env["showroom.approval"].search([("lead_id", "=", card.id)])
        self.assertEqual(requests.mapped("state"), ["withdrawn", "withdrawn"])
        self.assertFalse(card.pending_transfer_id)
        card.with_user(self.wang).action_request_cancellation("Gone, indeed.")

    def test_a_transfer_ends_what_else_was_asked(self):
        self.assertDone(self.rpc("crm.lead", "action_request_cancellation", self.zhao.ids, "Gone."))
        asked = self.asked_by_wang()
        asked.with_user(self.chen).action_approve()
        self.assertEqual((self.zhao.user_id, asked.state), (self.wang, "approved"))
        self.assertEqual(self.zhao.cancellation_ids.state, "withdrawn")
        self.assertIn("is over", self.told(self.li)[:1].body)

    def test_a_deal_that_is_taken_back_ends_no_request_of_a_colleague(self):
        asked = self.asked_by_wang()
        with self.at("2026-03-02 16:00"):
            for role, stage in (("li", self.won), ("chen", self.first)):
                self.enter(role)
                self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": stage.id}))
        again = self.zhao.pending_transfer_id
        self.assertEqual((asked.state, again.state, self.zhao.user_id), ("withdrawn", "pending", self.li))
        self.assertEqual((again.requested_by, again.to_id, again.text), (self.wang, self.wang, asked.text))
        again.with_user(self.chen).action_approve()
        self.assertEqual(self.zhao.user_id, self.wang)

    def test_who_asked_hears_that_it_is_over(self):
        self.asked_by_wang()
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.zhao.ids))
        self.assertIn("is over", self.told(self.wang)[:1].body)

    def test_what_one_withdrew_oneself_does_not_come_back(self):
        asked = self.asked_by_wang()
        with self.at("2026-03-02 16:00"):
            asked.with_user(self.wang).action_withdraw()
            self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": self.won.id}))
            self.enter("chen")
            self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": self.first.id}))
        self.assertFalse(self.zhao.pending_transfer_id)

    # Orders

    def test_a_former_owners_order_does_not_end_with_the_card(self):
        self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": self.zhao.id}]))
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "He is away")
        for day, values in (("03", {}), ("04", {"active": False})):
            with self.at(f"2026-03-{day} 10:00"):
                self.enter("wang")
                lose = ("write", self.zhao.ids, values) if values else ("action_set_lost", self.zhao.ids)
                self.assertDone(self.rpc("crm.lead", *lose))
                self.assertFalse(self.zhao.order_ids.cancelled_at)
            with self.at(f"2026-03-{day} 11:00"):
                line = self.receive(self.wang)
        with self.at("2026-03-04 12:00"):
            line.with_user(self.wang).action_confirm_deal()
        ruling = self.zhao.ruling_id
        self.assertEqual((ruling.ground, ruling.share_ids.user_id), ("order_customer", self.li))

    def test_an_order_ends_with_the_card(self):
        self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": self.zhao.id}]))
        self.assertTrue(self.zhao.order_date)
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.zhao.ids))
        self.assertFalse(self.zhao.order_date)
        self.assertTrue(self.zhao.order_ids.cancelled_at)
        self.assertTrue(self.sound())
        with self.at("2026-03-03 10:00"):
            line = self.receive(self.wang)
            line.with_user(self.wang).action_confirm_deal()
        ruling = self.zhao.ruling_id
        self.assertEqual((ruling.ground, ruling.share_ids.user_id), ("sole_claimant", self.wang))
