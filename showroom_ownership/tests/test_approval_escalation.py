from unittest.mock import patch

from odoo.exceptions import AccessError

from .test_approval import ApprovalCase


class TestEscalation(ApprovalCase):
    """What waits too long goes to the next role as well."""

    def escalate(self, moment):
        with self.at(moment):
            self.scheduled(self.env["showroom.approval"]._cron_escalate)

    def told(self, user):
        domain = [("partner_ids", "in", user.partner_id.ids), ("subject", "=", "Requests wait for you")]
        return self.env["mail.message"].search(domain)

    def shown_to(self, request):
        return [user.name for user in (self.chen, self.dir, self.gm) if request.approval_id in self.waiting(user)]

    def test_after_the_policys_local_days(self):
        transfer = self.ask()
        self.escalate("2026-03-04 23:59")
        self.assertFalse(transfer.escalated_to)
        self.assertEqual(self.shown_to(transfer), ["Chen"])
        self.escalate("2026-03-05 00:00")
        self.assertEqual(transfer.escalated_to, "director")
        self.assertEqual(self.shown_to(transfer), ["Chen", "Dir"])

    def test_days_are_those_of_the_outlet(self):
        self.east.tz = "America/New_York"
        with self.at("2026-03-03 10:00"):  # still the second there
            transfer = self.ask(self.card(self.sun, phone="+86 139 1000 0001"), by=self.sun)
        self.escalate("2026-03-05 10:00")  # the fourth there
        self.assertFalse(transfer.escalated_to)
        self.escalate("2026-03-05 14:00")
        self.assertEqual(transfer.escalated_to, "director")

    def test_it_is_recorded_and_the_next_role_is_told(self):
        transfers = self.ask_many(3)
        self.escalate("2026-03-05 08:00")
        for step in transfers.step_ids:
            self.assertEqual((step.verdict, step.escalated_to), ("escalated", "director"))
            self.assertEqual(step.user_id, self.env.ref("base.user_root"))
        message = self.told(self.dir)
        self.assertEqual(len(message), 1)
        self.assertIn("3 requests of Main", message.body)
        self.assertFalse(self.told(self.chen) | self.told(self.gm))

    def test_a_stand_in_of_the_next_role_is_told_too(self):
        vals = {"delegate_id": self.sun.id, "date_from": "2026-03-02", "date_to": "2026-03-09"}
        self.env["showroom.delegation"].with_user(self.dir).create(vals)
        transfer = self.ask()
        self.escalate("2026-03-05 08:00")
        self.assertTrue(self.told(self.sun))
        with self.at("2026-03-05 09:00"):
            transfer.with_user(self.sun).action_approve()
        self.assertEqual(transfer.step_ids[-1:].for_id, self.dir)

    def test_again_and_again_changes_nothing_until_the_next_period(self):
        transfer = self.ask()
        for moment in ("2026-03-05 08:00", "2026-03-05 08:15", "2026-03-07 23:00"):
            self.escalate(moment)
        self.assertEqual((transfer.escalated_to, len(transfer.step_ids), len(self.told(self.dir))), ("director", 1, 1))
        self.escalate("2026-03-08 00:15")
        self.assertEqual((transfer.escalated_to, len(transfer.step_ids)), ("general_manager", 2))
        self.assertEqual(self.shown_to(transfer), ["Chen", "Dir", "Gm"])
        for day in ("11", "20"):
            self.escalate(f"2026-03-{day} 08:00")
        self.assertEqual(len(transfer.step_ids), 2)

    def test_the_second_tier_goes_from_the_director_to_the_general_manager(self):
        self.two_tiers()
        transfer = self.ask()
        self.escalate("2026-03-05 08:00")
        with self.at("2026-03-05 09:00"):
            transfer.with_user(self.chen).action_approve()
        self.assertEqual((transfer.escalated_to, transfer.waits_for), (False, "director"))
        self.escalate("2026-03-07 08:00")
        self.assertFalse(transfer.escalated_to)
        self.escalate("2026-03-08 08:00")
        self.assertEqual(transfer.escalated_to, "general_manager")
        with self.at("2026-03-08 09:00"), self.assertRaises(AccessError):
            transfer.with_user(self.chen).action_approve()

    def test_never_where_the_policy_says_so(self):
        self.policy.escalation_days = 0
        transfer = self.ask()
        self.escalate("2026-05-01 08:00")
        self.assertFalse(transfer.escalated_to or transfer.step_ids)

    def test_another_number_of_days(self):
        self.policy.escalation_days = 5
        transfer = self.ask()
        self.escalate("2026-03-07 23:59")
        self.assertFalse(transfer.escalated_to)
        self.escalate("2026-03-08 00:00")
        self.assertTrue(transfer.escalated_to)

    def test_a_role_that_nobody_holds_is_passed_over(self):
        self.env["res.users"]._holders(1).write({"active": False})
        transfer = self.ask()
        self.escalate("2026-03-05 08:00")
        self.assertEqual(transfer.escalated_to, "general_manager")
        self.assertTrue(self.told(self.gm))

    def test_what_was_decided_does_not_escalate(self):
        approved, refused, withdrawn = self.ask_many(3)
        approved.with_user(self.chen).action_approve()
        refused.with_user(self.chen).action_refuse()
        withdrawn.with_user(self.li).action_withdraw()
        self.escalate("2026-03-05 08:00")
        self.assertFalse((approved | refused | withdrawn).filtered("escalated_to"))

    def test_a_settlement_waits_from_its_last_signature(self):
        card = self.card()
        self.receive(self.wang)
        settlement = card.with_user(self.li).action_settle({self.li.id: 50, self.wang.id: 50}).with_env(self.env)
        self.escalate("2026-03-10 08:00")
        self.assertFalse(settlement.escalated_to)
        with self.at("2026-03-10 10:00"):
            settlement.with_user(self.wang).action_sign()
        self.escalate("2026-03-12 23:00")
        self.assertFalse(settlement.escalated_to)
        self.escalate("2026-03-13 08:00")
        self.assertEqual(settlement.escalated_to, "director")

    def test_nobody_decides_on_their_own_by_escalation(self):
        card = self.card()
        card.with_user(self.dir).action_request_transfer(self.wang.id, "manager", "Better")
        transfer = card.pending_transfer_id
        self.escalate("2026-03-05 08:00")
        self.assertEqual(transfer.escalated_to, "director")
        with self.assertRaisesRegex(AccessError, "own request"):
            self.call(self.dir, transfer, "action_approve")
        self.assertNotIn("Dir", self.shown_to(transfer))

    def test_a_batch_costs_the_same_for_few_and_many(self):
        counts = []
        for number, start, day in ((2, 0, "05"), (5, 100, "15"), (25, 200, "25")):
            with self.at(f"2026-03-{int(day) - 4:02d} 10:00"):
                transfers = self.ask_many(number, start)
            self.policy.escalation_days = 2
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.escalate(f"2026-03-{day} 08:00")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(transfers.mapped("escalated_to")), {"director"})
            transfers.approval_id._decide("withdrawn")
        self.assertLessEqual(counts[2] - counts[1], 3, counts)

    def test_one_that_fails_is_set_aside_and_the_others_go_on(self):
        good, bad = self.ask_many(2)
        Approval = type(self.env["showroom.approval"])
        real = Approval._log

        def failing(approvals, verdict, *args, **kwargs):
            if bad.approval_id in approvals:
                raise ValueError("broken")
            return real(approvals, verdict, *args, **kwargs)

        with patch.object(Approval, "_log", failing), self.assertLogs("odoo.addons.showroom_ownership", "ERROR"):
            self.escalate("2026-03-05 08:00")
        self.assertEqual((good.escalated_to, bad.escalated_to), ("director", False))
        failure = self.env["showroom.failure"].search([("model", "=", "showroom.approval")])
        self.assertEqual(failure.res_id, bad.approval_id.id)
