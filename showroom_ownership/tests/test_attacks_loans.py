from datetime import date

from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksLoans(AttackCase):
    """li looks after wang's Qian while she is on leave, and would like to keep the customer."""

    def setUp(self):
        super().setUp()
        Leave = self.env["showroom.leave"].with_user(self.wang)
        self.leave = Leave._arrange(self.wang, date(2026, 3, 2), date(2026, 3, 20), {self.qian: self.li})
        self.leave.with_user(self.chen).action_approve("Fine")
        self.run_leaves()
        self.assertEqual(self.qian.user_id, self.li)
        self.he = self._user("he", "consultant", self.main)
        self.enter("li")

    def run_leaves(self):
        self.scheduled(self.env["showroom.leave.line"]._cron_leaves)
        self.env.flush_all()
        self.env.invalidate_all()

    def end_leave(self):
        self.env.flush_all()
        self.leave.sudo(False).with_user(self.chen).action_end()
        self.run_leaves()

    def subjects(self, user):
        return self.told(user).mapped("subject")

    def test_is_not_lost_by_the_substitute(self):
        self.assertRefused(self.rpc("crm.lead", "action_set_lost", self.qian.ids), "long leave")
        self.assertRefused(self.rpc("crm.lead", "action_archive", self.qian.ids))
        self.assertEqual(self.qian.won_status, "pending")

    def test_a_manager_may(self):
        """The legal twin; so may li with a card of their own."""
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.zhao.ids))
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.qian.ids))

    def test_a_settlement_waits_for_who_is_on_leave(self):
        vals = {"lead_ids": [(6, 0, self.qian.ids)], "line_ids": [(0, 0, {"user_id": self.li.id, "percent": 100})]}
        [wizard] = self.assertDone(self.rpc("showroom.settlement.wizard", "create", [vals]))
        self.assertDone(self.rpc("showroom.settlement.wizard", "action_settle", [wizard]))
        settlement = self.qian.settlement_ids
        self.assertIn(self.wang, settlement.share_ids.user_id)
        self.assertEqual(settlement.state, "draft")
        self.assertTrue(any(self.qian.card_number in (subject or "") for subject in self.subjects(self.wang)))

    def test_what_the_substitute_asked_ends_with_the_leave(self):
        ask = ("action_request_transfer", self.qian.ids, self.he.id, "customer_request", "He asked")
        self.assertDone(self.rpc("crm.lead", *ask))
        self.assertDone(self.rpc("crm.lead", "action_request_cancellation", self.qian.ids, "Bought elsewhere"))
        asked = [self.qian.pending_transfer_id, self.qian.cancellation_ids]
        self.assertIn(f"A request about card {self.qian.card_number}", self.subjects(self.wang))
        self.end_leave()
        self.assertEqual(self.qian.user_id, self.wang)
        self.assertEqual([each.state for each in asked], ["withdrawn", "withdrawn"])
        self.assertFalse(self.qian.pending_transfer_id)

    def test_who_is_on_leave_hears_of_an_order(self):
        self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": self.qian.id}]))
        for user in self.wang | self.chen:
            self.assertIn("An order with a customer who was lent", self.subjects(user))

    def test_so_of_one_on_a_second_card(self):
        second = self.second()
        self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": second.id}]))
        for user in self.wang | self.chen:
            self.assertIn("An order with a customer who was lent", self.subjects(user))

    def test_who_is_on_leave_hears_of_links(self):
        self.assertDone(self.rpc("crm.lead", "action_link", self.zhao.ids, [self.qian.card_number], "family"))
        self.assertIn(f"Linked cards: {self.qian.card_number}", self.subjects(self.wang))

    def test_so_does_a_settlement_that_nobody_else_signed(self):
        vals = {"lead_ids": [(6, 0, self.qian.ids)], "line_ids": [(0, 0, {"user_id": self.li.id, "percent": 100})]}
        [wizard] = self.assertDone(self.rpc("showroom.settlement.wizard", "create", [vals]))
        self.assertDone(self.rpc("showroom.settlement.wizard", "action_settle", [wizard]))
        self.end_leave()
        self.assertEqual(self.qian.settlement_ids.state, "withdrawn")

    def test_who_is_on_leave_hears_of_a_leave_of_the_substitute(self):
        vals = {"first_day": "2026-03-04", "last_day": "2026-03-30"}
        vals["line_ids"] = [(0, 0, {"lead_id": self.qian.id, "substitute_id": self.he.id})]
        [wizard] = self.assertDone(self.rpc("showroom.leave.wizard", "create", [vals]))
        self.assertDone(self.rpc("showroom.leave.wizard", "action_arrange", [wizard]))
        self.assertIn("A customer who was lent", self.subjects(self.wang))

    def test_a_card_of_ones_own_does_not_stand_ahead_of_it(self):
        """zhao is older; as one customer, li would hold qian for good."""
        link = self.rpc("crm.lead", "action_link", self.zhao.ids, [self.qian.card_number], "same_customer")
        self.assertRefused(link, "different names")

    def test_a_deal_that_is_taken_back_after_the_leave_is_hers_again(self):
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.qian.ids))
        for user in self.wang | self.chen:
            self.assertEqual(self.told(user)[0].subject, "A deal on a card that was lent")
        self.end_leave()
        self.assertEqual(self.leave.line_ids.state, "kept")
        stage = self.main._first_stage()
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "write", self.qian.ids, {"stage_id": stage.id}))
        self.run_leaves()
        self.assertEqual((self.qian.user_id, self.leave.line_ids.state), (self.wang, "back"))

    # On a second card of the customer

    def second(self):
        vals = {"name": "x", "phone": self.qian.phone, "team_id": self.main.id, "user_id": self.li.id}
        return self.env["crm.lead"].browse(self.assertDone(self.rpc("crm.lead", "create", [vals])))

    def test_it_does_not_go_along_with_a_second_card(self):
        second = self.second()
        ask = ("action_request_transfer", second.ids, self.he.id, "customer_request", "He asked")
        self.assertDone(self.rpc("crm.lead", *ask))
        self.enter("chen")
        self.assertDone(self.rpc("showroom.transfer", "action_approve", second.pending_transfer_id.ids, "Yes"))
        self.assertEqual((second.user_id, self.qian.user_id), (self.he, self.li))
        self.end_leave()
        self.assertEqual(self.qian.user_id, self.wang)

    def test_a_deal_on_a_second_card_is_told(self):
        second = self.second()
        self.assertDone(self.rpc("crm.lead", "action_set_won", second.ids))
        for user in (self.wang, self.chen):
            self.assertIn("A deal beside a card that is to be a colleague's", self.subjects(user))

    def test_so_is_one_that_a_manager_closes(self):
        second = self.second()
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_set_won", second.ids))
        self.assertIn("A deal beside a card that is to be a colleague's", self.subjects(self.wang))

    def test_what_the_substitute_announces_is_told_and_ends_with_the_leave(self):
        vals = {"outlet_id": self.main.id, "customer_name": "x", "phone": self.qian.phone}
        [entry] = self.assertDone(self.rpc("showroom.preregistration", "create", [vals]))
        entry = self.env["showroom.preregistration"].browse(entry)
        self.assertIn("A customer who has an owner is announced", self.subjects(self.wang))
        entry.with_user(self.chen).action_approve()
        self.end_leave()
        self.assertEqual((entry.sudo().state, self.qian.user_id), ("withdrawn", self.wang))


@tagged("post_install", "-at_install")
class TestAttacksTwins(AttackCase):
    """li files one customer twice, first under an invented number, and the second card goes to wang."""

    def setUp(self):
        super().setUp()
        self.twin = self.card(self.li, phone="13910000077")
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "action_link", self.twin.ids, [self.zhao.card_number], "same_customer"))

    def assertBothWang(self):
        self.env.invalidate_all()
        self.assertEqual((self.zhao | self.twin).user_id, self.wang)
        self.twin.with_user(self.wang).action_set_won()
        self.assertEqual(self.twin.ruling_id.share_ids.user_id, self.wang)

    def test_a_transfer_takes_both(self):
        self.receive(self.wang, phone="13910000077")
        self.enter("wang")
        ask = ("action_request_transfer", self.twin.ids, self.wang.id, "customer_request", "She asked for me")
        self.assertDone(self.rpc("crm.lead", *ask))
        self.enter("chen")
        self.assertDone(self.rpc("showroom.transfer", "action_approve", self.twin.pending_transfer_id.ids, "Yes"))
        self.assertBothWang()

    def test_a_reassignment_takes_both(self):
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_reassign", self.twin.ids, self.wang.id, "She moved"))
        self.assertBothWang()

    def test_a_card_of_another_customer_stays(self):
        """The legal twin."""
        other = self.card(self.li, phone="13910000078", name="Sun")
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_reassign", self.twin.ids, self.wang.id, "She moved"))
        self.assertEqual(other.user_id, self.li)
