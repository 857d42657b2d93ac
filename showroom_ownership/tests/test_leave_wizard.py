from datetime import date

from odoo.exceptions import AccessError

from .leave_case import FIRST, LAST, LeaveCase


class TestLeaveWizard(LeaveCase):
    """The screen: cards are shared out by the rule, changed one by one or all at once."""

    def wizard(self, user, **vals):
        Wizard = self.env["showroom.leave.wizard"].with_user(user)
        return Wizard.create({"consultant_id": self.li.id, "first_day": FIRST, "last_day": LAST, **vals})

    def test_proposals_are_even_and_leave_out_who_is_away(self):
        wizard = self.wizard(self.li)
        self.assertEqual(wizard.line_ids.lead_id, self.zhao | self.qian)
        self.assertEqual(wizard.line_ids.substitute_id, self.wang | self.zhou)
        self.approved(substitutes={}, by=self.zhou, consultant=self.zhou)
        self.assertEqual(self.wizard(self.li).line_ids.substitute_id, self.wang)
        self.assertEqual(self.wizard(self.li, first_day=date(2026, 5, 1)).line_ids.substitute_id, self.wang | self.zhou)

    def test_all_to_one_and_the_request(self):
        wizard = self.wizard(self.li, all_to_id=self.zhou.id)
        self.assertEqual(wizard.line_ids.substitute_id, self.zhou)
        wizard.line_ids[0].substitute_id = False
        leave = self.env["showroom.leave"].browse(wizard.action_arrange()["res_id"])
        self.assertEqual((len(leave.line_ids), leave.state, leave.requested_by), (1, "pending", self.li))

    def test_a_consultant_arranges_nobody_elses(self):
        wizard = self.wizard(self.wang)
        self.assertFalse(wizard.line_ids)
        with self.assertRaises(AccessError):
            wizard.action_arrange()
        leave = self.env["showroom.leave"].browse(self.wizard(self.chen).action_arrange()["res_id"])
        self.assertEqual((len(leave.line_ids), leave.requested_by), (2, self.chen))

    def test_planned_cards_count_in_the_next_choice(self):
        self.arrange({self.zhao: self.wang, self.qian: self.wang})
        self.assertEqual(self.main._pick_owners(2, exclude=self.li), [self.zhou, self.zhou])
