from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .test_approval import ApprovalCase


class TestApprovalTransfer(ApprovalCase):
    """The manager sees to whom cards would go, and changes it for one or for all (4)."""

    def setUp(self):
        super().setUp()
        self.zhou, self.qian = self._user("zhou", "consultant", self.main), self._user("qian", "consultant", self.main)
        self.transfers = self.ask_many(4)

    def wizard(self, approvals=None, user=None, **vals):
        approvals = approvals or self.transfers.approval_id
        Wizard = self.env["showroom.approval.wizard"].with_user(user or self.chen)
        return Wizard.with_context(active_model="showroom.approval", active_ids=approvals.ids).create(vals)

    def owners(self):
        return [card.user_id for card in self.transfers.lead_id]

    def test_as_proposed(self):
        wizard = self.wizard()
        self.assertEqual(wizard.line_ids.mapped("owner_id"), self.wang)
        wizard.action_decide()
        self.assertEqual(self.owners(), [self.wang] * 4)

    def test_all_to_one(self):
        self.wizard(way="one", owner_id=self.zhou.id, comment="Zhou has time").action_decide()
        self.assertEqual(self.owners(), [self.zhou] * 4)
        steps = self.transfers[0].step_ids
        self.assertEqual([(step.verdict, step.comment) for step in steps],
            [("changed", "Wang → Zhou"), ("approved", "Zhou has time")])  # fmt: skip
        self.assertEqual(self.transfers.mapped("party_ids"), self.li | self.zhou)

    def test_spread_evenly_again(self):
        self.card(self.zhou, phone="+86 137 0000 0001")  # has a card already: comes after Qian
        wizard = self.wizard(self.transfers[:3].approval_id, way="spread", consultant_ids=(self.zhou | self.qian).ids)
        self.assertEqual(wizard.line_ids.mapped(lambda line: line.owner_id.name), ["Qian", "Zhou", "Qian"])
        wizard.action_decide()
        self.assertEqual(self.owners(), [self.qian, self.zhou, self.qian, self.li])

    def test_who_owns_a_card_is_not_dealt_it(self):
        wizard = self.wizard(way="spread", consultant_ids=(self.li | self.zhou).ids)
        self.assertEqual(wizard.line_ids.owner_id, self.zhou)

    def test_one_line_is_changed_on_the_screen(self):
        Wizard = self.env["showroom.approval.wizard"].with_user(self.chen)
        Wizard = Wizard.with_context(active_model="showroom.approval", active_ids=self.transfers.approval_id.ids)
        with Form(Wizard) as form:
            form.way = "one"
            form.owner_id = self.zhou
            with form.line_ids.edit(1) as line:
                line.owner_id = self.qian
        form.record.action_decide()
        self.assertEqual(self.owners(), [self.zhou, self.qian, self.zhou, self.zhou])

    def test_each_by_remote_call(self):
        one, two = self.transfers[:2]
        self.call(self.chen, one | two, "action_approve_each", {str(one.id): self.zhou.id}, "Fine")
        self.assertEqual(self.owners(), [self.zhou, self.wang, self.li, self.li])

    def test_owners_that_cannot_own_are_named_and_nothing_is_done(self):
        gone, suspended = self._user("gone", "consultant", self.main), self._user("sus", "consultant", self.main)
        gone.active = False
        suspended.crm_team_member_ids.is_suspended = True
        for owner in (gone, suspended, self.seller, self.env["res.users"].browse(10**6), self.nobody(), self.li):
            with self.subTest(owner.id), self.assertRaises(UserError) as caught:
                self.call(self.chen, self.transfers, "action_approve_to", owner.id)
            self.assertIn(self.transfers[0].lead_id.card_number, str(caught.exception))
        self.assertEqual(self.owners(), [self.li] * 4)
        self.assertEqual(set(self.transfers.mapped("state")), {"pending"})
        self.assertEqual(self.transfers.to_id, self.wang)

    def test_a_manager_does_not_take_cards_by_approving(self):
        with self.assertRaises(AccessError):
            self.call(self.chen, self.transfers, "action_approve_to", self.chen.id)
        self.assertEqual(self.transfers.to_id, self.wang)

    def test_consultants_change_nothing(self):
        for user in (self.li, self.wang, self.zhou):
            with self.assertRaises(AccessError):
                self.call(user, self.transfers, "action_approve_to", self.zhou.id)
        self.assertEqual(self.transfers.to_id, self.wang)

    def test_other_kinds_in_the_selection_are_approved_too(self):
        card = self.card(phone="+86 137 0000 0009")
        card.with_user(self.li).action_request_cancellation("Gone")
        approvals = self.transfers.approval_id | card.cancellation_ids.approval_id
        wizard = self.wizard(approvals, way="one", owner_id=self.zhou.id)
        self.assertEqual((len(wizard.line_ids), wizard.other_ids), (4, card.cancellation_ids.approval_id))
        wizard.action_decide()
        self.assertTrue(card.is_cancelled)
        self.assertEqual(self.owners(), [self.zhou] * 4)

    def test_one_that_may_not_be_decided_stops_all(self):
        self.transfers[2].approval_id.requested_by = self.chen
        with self.assertRaisesRegex(AccessError, self.transfers[2].lead_id.card_number), self.env.cr.savepoint():
            self.wizard(way="one", owner_id=self.zhou.id).action_decide()
        self.assertEqual(self.transfers.to_id, self.wang)

    def test_a_line_that_was_smuggled_in_changes_nothing(self):
        """The wizard changes what it decides on, and it decides on what was checked."""
        mine = self.transfers[0]
        mine.approval_id.requested_by = self.chen
        line = {"transfer_id": mine.id, "owner_id": self.zhou.id}
        wizard = self.wizard(self.transfers[1].approval_id, line_ids=[(0, 0, line)])
        wizard.action_decide()
        self.assertEqual((mine.to_id, mine.state), (self.wang, "pending"))

    def test_lines_show_nobody_what_they_may_not_see(self):
        line = self.env["showroom.approval.wizard.line"].with_user(self.zhou).create(
            {"transfer_id": self.transfers[0].id}
        )  # fmt: skip
        with self.assertRaises(AccessError):
            line.read(["from_id", "to_id", "reason"])

    def test_the_second_tier_sees_what_the_first_changed(self):
        self.two_tiers()
        transfer = self.ask(self.card(phone="+86 137 0000 0010"))
        transfer.with_user(self.chen).action_approve_to(self.zhou.id)
        self.assertEqual((transfer.state, transfer.to_id, transfer.lead_id.user_id), ("pending", self.zhou, self.li))
        transfer.with_user(self.dir).action_approve()
        self.assertEqual(transfer.lead_id.user_id, self.zhou)

    def test_a_batch_costs_the_same_for_few_and_many(self):
        counts = []
        for number, start in ((2, 100), (5, 200), (25, 300)):
            transfers = self.ask_many(number, start).with_user(self.chen).with_context(tracking_disable=True)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            owners = {each.id: (self.zhou, self.qian)[each.id % 2].id for each in transfers}
            transfers.action_approve_each(owners, "Fine")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2] - counts[1], 4, counts)
