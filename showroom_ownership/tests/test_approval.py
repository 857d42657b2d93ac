from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

from .common import ShowroomCase


class ApprovalCase(ShowroomCase):
    """Requests that wait, and who looks at them."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def ask(self, card=None, by=None, to=None):
        """A transfer that a consultant asks for."""
        card = card or self.card(by)
        card.with_user(by or self.li).action_request_transfer((to or self.wang).id, "customer_request", "Asked for")
        return card.pending_transfer_id

    def ask_many(self, number, start=0, to=None):
        cards = [self.card(phone=f"+86139{start + n:08d}", name=f"C{start + n}") for n in range(number)]
        return self.env["showroom.transfer"].union(*(self.ask(card, to=to) for card in cards))

    def waiting(self, user, **context):
        """What My Approvals shows first."""
        Approval = self.env["showroom.approval"].with_user(user).with_context(**context)
        return Approval.search([("waits_for_me", "=", True)]).with_env(self.env)

    def decidable(self, user):
        return self.env["showroom.approval"].with_user(user).search([("can_decide", "=", True)]).with_env(self.env)

    def two_tiers(self):
        self.policy.approval_tiers = "2"

    def steps(self, request):
        return [(step.verdict, step.user_id, step.for_id) for step in request.step_ids]

    def call(self, user, records, method, *args, **kwargs):
        """As a remote call arrives."""
        ids = [records.ids] if records else []
        return call_kw(self.env[records._name].with_user(user), method, [*ids, *args], kwargs)

    def nobody(self):
        return self.env["res.users"]


class TestApproval(ApprovalCase):
    """Who decides, on which tier, on one request or on a selection."""

    def test_roles_of_one_tier(self):
        for user, may in ((self.li, False), (self.desk, False), (self.chen, True), (self.dir, True), (self.gm, True)):
            transfer = self.ask(self.card(phone=f"+86137{user.id:08d}"))
            with self.subTest(user.login):
                if may:
                    transfer.with_user(user).action_approve("Fine")
                    self.assertEqual(transfer.lead_id.user_id, self.wang)
                    self.assertEqual(self.steps(transfer), [("approved", user, self.nobody())])
                else:
                    with self.assertRaises(AccessError):
                        transfer.with_user(user).action_approve()
                    self.assertEqual(transfer.state, "pending")

    def test_roles_of_two_tiers(self):
        self.two_tiers()
        gao = self._user("gao", "manager", self.main)
        transfer = self.ask()
        transfer.with_user(self.chen).action_approve()
        self.assertEqual((transfer.state, transfer.waits_for), ("pending", "director"))
        for user, why in ((self.chen, "sales director"), (gao, "sales director")):
            with self.assertRaisesRegex(AccessError, why):
                transfer.with_user(user).action_approve()
        transfer.with_user(self.dir).action_approve()
        self.assertEqual((transfer.state, transfer.lead_id.user_id), ("approved", self.wang))
        self.assertEqual([step.tier for step in transfer.step_ids], [1, 2])

    def test_one_director_does_not_give_both_approvals(self):
        self.two_tiers()
        transfer = self.ask()
        transfer.with_user(self.dir).action_approve()
        with self.assertRaisesRegex(AccessError, "somebody else's"):
            transfer.with_user(self.dir).action_approve()
        self.assertNotIn(transfer.approval_id, self.waiting(self.dir) | self.decidable(self.dir))

    def test_nobody_decides_on_their_own_request(self):
        card = self.card()
        card.with_user(self.chen).action_request_transfer(self.wang.id, "manager", "Better")
        transfer = card.pending_transfer_id
        for method in ("action_approve", "action_refuse"):
            with self.assertRaisesRegex(AccessError, "own request"):
                self.call(self.chen, transfer, method)
        self.assertNotIn(transfer.approval_id, self.waiting(self.chen) | self.decidable(self.chen))
        self.assertIn(transfer.approval_id, self.decidable(self.dir))

    def test_approving_twice(self):
        transfer = self.ask()
        transfer.with_user(self.chen).action_approve()
        for method in ("action_approve", "action_refuse"):
            with self.assertRaisesRegex(UserError, "decided already"):
                getattr(transfer.with_user(self.dir), method)()
        self.assertEqual((len(transfer.step_ids), transfer.decided_by), (1, self.chen))

    def test_a_mixed_selection_is_refused_as_a_whole_and_says_which(self):
        good, own, over = self.ask_many(3)
        over.with_user(self.dir).action_refuse()
        own.approval_id.requested_by = self.chen
        for method in ("action_approve", "action_refuse"):
            with self.assertRaises(AccessError) as caught:
                self.call(self.chen, (good | own | over).approval_id, method, "All")
            told = str(caught.exception)
            for transfer in own | over:
                self.assertIn(transfer.lead_id.card_number, told)
            self.assertNotIn(good.lead_id.card_number, told)
        self.assertEqual((good.state, own.state, over.state), ("pending", "pending", "refused"))
        self.assertFalse(good.step_ids)

    def test_an_appeal_in_a_selection_is_named_when_it_cannot_be_refused(self):
        card = self.card(phone="+86 139 1000 0066")
        for day in ("03", "04"):
            with self.at(f"2026-03-{day} 10:00"):
                line = self.receive(self.wang, phone="+86 139 1000 0066", asked="no")
        transfer = self.ask()
        with self.at("2026-03-04 12:00"):
            line.with_user(self.wang).action_confirm_deal()
            card.ruling_id.with_user(self.li).action_appeal("I called")
            appeal = card.ruling_id.appeal_ids
            with self.assertRaises(UserError) as caught:
                self.call(self.chen, transfer.approval_id | appeal.approval_id, "action_refuse", "No")
        self.assertIn(f"Appeal {card.card_number}", str(caught.exception))
        self.assertEqual((appeal.state, transfer.state, card.ruling_state), ("pending", "pending", "appealed"))

    def test_a_wizard_decides_on_several_kinds_with_one_comment(self):
        transfer = self.ask()
        other = self.card(phone="+86 139 1000 0002")
        other.with_user(self.li).action_request_cancellation("Moved away")
        approvals = transfer.approval_id | other.cancellation_ids.approval_id
        self.wizard(self.chen, approvals, comment="Agreed").action_decide()
        self.assertEqual(set(approvals.mapped("state")), {"approved"})
        self.assertEqual(set(approvals.step_ids.mapped("comment")), {"Agreed"})
        self.assertTrue(other.is_cancelled)

    def test_a_wizard_refuses_a_selection(self):
        transfers = self.ask_many(2)
        self.wizard(self.chen, transfers.approval_id, verdict="refuse", comment="Not now").action_decide()
        self.assertEqual(transfers.mapped("state"), ["refused", "refused"])
        self.assertEqual(transfers.step_ids.mapped("comment"), ["Not now", "Not now"])
        self.assertFalse(transfers.lead_id.pending_transfer_id)

    def wizard(self, user, approvals, **vals):
        Wizard = self.env["showroom.approval.wizard"].with_user(user)
        return Wizard.with_context(active_model="showroom.approval", active_ids=approvals.ids).create(vals)

    def test_a_batch_costs_the_same_for_few_and_many(self):
        quiet = {"tracking_disable": True, "mail_notrack": True}
        counts = []
        for number, start in ((2, 0), (5, 100), (25, 200)):
            transfers = self.ask_many(number, start).with_user(self.chen).with_context(**quiet)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            transfers.action_approve("Fine")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2] - counts[1], 4, counts)

    def test_a_list_costs_the_same_for_few_and_many(self):
        counts = []
        for number, start in ((2, 0), (5, 100), (25, 200)):
            ids = self.ask_many(number, start).approval_id.ids
            approvals = self.env["showroom.approval"].with_user(self.chen).browse(ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            approvals.read(["kind", "subject", "can_decide", "waits_for_me", "display_name"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2] - counts[1], 1, counts)

    def test_private_methods_and_writes_are_no_way_in(self):
        transfer = self.ask()
        approval = transfer.approval_id
        for method in (
            "_decide",
            "_conclude",
            "_log",
            "_check_may_decide",
            "_escalate",
            "_cron_escalate",
            "_keep_parties",
        ):
            with self.assertRaises(AccessError):
                self.call(self.chen, approval, method)
        for user in (self.li, self.chen, self.gm):
            for vals in ({"state": "approved"}, {"tier": 1}, {"requested_by": False}, {"party_ids": [[5]]}):
                with self.assertRaises(AccessError):
                    self.call(user, approval, "write", vals)
        with self.assertRaises(AccessError):
            self.call(self.chen, transfer, "write", {"to_id": self.chen.id})
        with self.assertRaises(AccessError):
            self.call(self.chen, transfer, "_propose", {transfer.id: self.li.id})

    # My Approvals

    def test_what_waits_is_shown_to_the_role_whose_turn_it_is(self):
        self.two_tiers()
        approval = self.ask().approval_id
        self.assertEqual(
            [approval in self.waiting(user) for user in (self.chen, self.dir, self.gm)], [True, False, False]
        )
        self.assertEqual([approval in self.decidable(user) for user in (self.chen, self.dir, self.gm)], [True] * 3)
        approval.with_user(self.chen).action_approve()
        self.assertEqual(
            [approval in self.waiting(user) for user in (self.chen, self.dir, self.gm)], [False, True, False]
        )
        for user in (self.li, self.wang):
            self.assertFalse(self.waiting(user))

    def test_a_role_that_nobody_holds_falls_to_the_next(self):
        approval = self.ask().approval_id
        self.env["res.users"]._holders(0).write({"active": False})
        self.assertIn(approval, self.waiting(self.dir))
        self.assertNotIn(approval, self.waiting(self.gm))
        self.env["res.users"]._holders(1).write({"active": False})
        self.assertIn(approval, self.waiting(self.gm))

    def test_the_list_and_the_decision_agree(self):
        """What the domain finds is what would not be refused, whatever the request and whoever looks."""
        transfers = self.ask_many(2)
        transfers[1].approval_id.requested_by = self.dir
        card = self.card(self.wang, phone="+86 139 1000 0777")
        card.with_user(self.wang).action_request_cancellation("Gone")
        pending = self.env["showroom.approval"].search([("state", "=", "pending")])
        for user in (self.li, self.wang, self.chen, self.dir, self.gm):
            allowed = pending.filtered(lambda each, user=user: not pending._standing(user)[each.id][1])
            found = self.env["showroom.approval"].search(self.env["showroom.approval"]._decidable_by(user))
            self.assertEqual(found & pending, allowed, user.login)

    def test_the_number_in_the_menu(self):
        transfers = self.ask_many(3)
        self.card(phone="+86 139 1000 0009").with_user(self.li).action_request_cancellation("Gone")
        Approval = self.env["showroom.approval"].with_user(self.chen)
        Approval.count_waiting()
        self.env.flush_all()
        with self.assertQueryCount(1):
            told = {each["kind"]: each["count"] for each in Approval.count_waiting()}
        self.assertEqual(told["showroom.transfer"], len(transfers))
        self.assertEqual(told["showroom.cancellation"], 1)
        self.assertEqual(self.env["showroom.approval"].with_user(self.wang).count_waiting(), [])

    def test_the_screens_are_told_once_for_a_batch(self):
        self.env.cr.precommit.run()
        start = self.env["bus.bus"].search([], order="id desc", limit=1).id or 0
        self.ask_many(4)
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([("id", ">", start), ("message", "like", "showroom_approvals")])
        self.assertEqual(len(told), 1)
        self.assertIn("res.groups", told.channel)

    def test_how_long_it_waits(self):
        self.two_tiers()
        transfer = self.ask()
        self.assertEqual(transfer.waiting_since, datetime(2026, 3, 2, 2))
        with self.at("2026-03-03 15:00"):
            transfer.with_user(self.chen).action_approve()
        self.assertEqual(transfer.waiting_since, datetime(2026, 3, 3, 7))
