from datetime import date

from odoo.exceptions import AccessError, UserError

from .leave_case import FIRST, LAST, LeaveCase


class TestLeave(LeaveCase):
    """A long leave is arranged beforehand; cards go to substitutes and come back (rulebook 4)."""

    def test_cards_go_on_the_first_day_and_come_back_after_the_last(self):
        leave = self.approved()
        self.run_leaves("2026-03-09")
        self.assertEqual(self.owners(), [self.li, self.li])
        self.run_leaves("2026-03-10")
        self.assertEqual((self.owners(), self.states(leave)), ([self.wang, self.zhou], ["lent", "lent"]))
        self.run_leaves("2026-04-02")
        self.assertEqual(self.owners(), [self.wang, self.zhou])
        self.run_leaves("2026-04-03")
        self.assertEqual((self.owners(), self.states(leave)), ([self.li, self.li], ["back", "back"]))
        self.run_leaves("2026-04-04")
        self.assertEqual(self.zhao.ownership_ids.sorted("id").mapped("reason"), ["filing", "long_leave", "long_leave"])
        transfers = self.zhao.transfer_ids.sorted("id")
        self.assertEqual(transfers.mapped("reason"), ["long_leave", "long_leave"])
        self.assertEqual([(each.from_id, each.to_id, each.state) for each in transfers],
            [(self.li, self.wang, "approved"), (self.wang, self.li, "approved")])  # fmt: skip
        self.assertIn("approved by Chen", transfers[0].text)

    def test_after_an_outage_that_outlasts_the_leave_nothing_moves(self):
        leave = self.approved()
        self.run_leaves("2026-04-20")
        self.assertEqual((self.owners(), self.states(leave)), ([self.li, self.li], ["skipped", "skipped"]))

    def test_what_was_decided_meanwhile_stays(self):
        leave = self.approved()
        self.run_leaves("2026-03-10")
        self.zhao.with_user(self.chen).action_reassign(self.zhou.id, "Dialect")
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "Back again")
        self.qian.with_user(self.zhou).action_set_won()
        self.run_leaves("2026-04-03")
        self.assertEqual((self.owners(), self.states(leave)), ([self.wang, self.zhou], ["kept", "kept"]))

    def test_cards_that_changed_before_the_first_day_do_not_go(self):
        leave = self.approved()
        self.zhao.with_user(self.chen).action_reassign(self.zhou.id, "Dialect")
        self.qian.with_user(self.li).action_set_lost()
        self.run_leaves("2026-03-10")
        self.assertEqual(self.states(leave), ["skipped", "skipped"])
        self.assertEqual(self.zhao.user_id, self.zhou)

    def test_a_lost_card_stays_lost_with_the_substitute(self):
        leave = self.approved()
        self.run_leaves("2026-03-10")
        self.qian.with_user(self.chen).action_set_lost()
        self.run_leaves("2026-04-03")
        self.assertEqual((self.owners(), self.states(leave)), ([self.li, self.zhou], ["back", "kept"]))

    def test_who_departs_during_the_leave_gets_nothing_back(self):
        leave = self.approved()
        self.run_leaves("2026-03-10")
        self.li.active = False
        self.li.active = True
        self.run_leaves("2026-04-03")
        self.assertEqual((self.owners(), self.states(leave)), ([self.wang, self.zhou], ["kept", "kept"]))

    def test_a_substitute_who_departs_loses_the_card_for_good(self):
        leave = self.approved()
        self.run_leaves("2026-03-10")
        self.wang.active = False
        self.assertEqual((self.zhao.user_id.id, self.zhao.pending_transfer_id.to_id), (False, self.zhou))
        self.run_leaves("2026-04-03")
        self.assertEqual((self.zhao.user_id.id, self.qian.user_id), (False, self.li))
        self.assertEqual(self.states(leave), ["kept", "back"])

    def test_substitutes_may_go_on_leave_themselves(self):
        leave = self.approved()
        self.run_leaves("2026-03-10")
        other = self.approved(
            substitutes={self.zhao: self.zhou}, by=self.wang, consultant=self.wang,
            first=date(2026, 3, 12), last=date(2026, 4, 12),
        )  # fmt: skip
        self.run_leaves("2026-03-12")
        self.assertEqual(self.zhao.user_id, self.zhou)
        self.run_leaves("2026-04-03")
        self.assertEqual((self.owners(), self.states(leave), self.states(other)),
            ([self.li, self.li], ["back", "back"], ["kept"]))  # fmt: skip
        self.run_leaves("2026-04-13")
        self.assertEqual(self.owners(), [self.li, self.li])

    def test_both_leaves_over_in_one_run(self):
        self.approved()
        self.run_leaves("2026-03-10")
        self.approved(
            substitutes={self.zhao: self.zhou}, by=self.wang, consultant=self.wang,
            first=date(2026, 3, 12), last=date(2026, 4, 12),
        )  # fmt: skip
        self.run_leaves("2026-03-12")
        self.run_leaves("2026-04-20")
        self.assertEqual(self.zhao.user_id, self.li)
        self.assertEqual(len(self.zhao.transfer_ids), 3)

    def test_the_leave_ends_early(self):
        leave = self.approved()
        self.run_leaves("2026-03-10")
        for user in (self.li, self.wang, self.desk):
            with self.assertRaises(AccessError):
                leave.with_user(user).action_end()
        self.assertTrue(leave.with_user(self.chen).can_end)
        leave.with_user(self.chen).action_end()
        self.assertEqual((self.owners(), self.states(leave)), ([self.li, self.li], ["back", "back"]))
        self.assertEqual((leave.ended_by, leave.with_user(self.chen).can_end), (self.chen, False))
        with self.assertRaises(UserError):
            leave.with_user(self.chen).action_end()
        self.assertIn(self.li, self.main._consultants())

    def test_a_leave_that_is_ended_before_it_began_moves_nothing(self):
        leave = self.approved()
        leave.with_user(self.chen).action_end()
        self.run_leaves("2026-03-10")
        self.assertEqual((self.owners(), self.states(leave)), ([self.li, self.li], ["skipped", "skipped"]))

    def test_no_cards_for_who_is_away(self):
        self.approved()
        self.assertIn(self.li, self.main._consultants())
        self.enterContext(self.at("2026-03-10 08:00"))
        self.assertNotIn(self.li, self.main._consultants())
        self.assertNotIn(self.li, self.main._pick_owners(5))
        member = self.env["crm.team.member"].search([("user_id", "=", self.li.id)])
        self.assertEqual(member._get_assignment_quota(force_quota=True), 0)
        self.enterContext(self.at("2026-04-03 08:00"))
        self.assertIn(self.li, self.main._consultants())

    def test_a_short_leave_needs_no_arrangement(self):
        with self.assertRaisesRegex(UserError, "15 days needs no arrangement"):
            self.arrange(first=date(2026, 3, 10), last=date(2026, 3, 24))
        self.policy.long_leave_days = 5
        self.assertTrue(self.arrange(first=date(2026, 3, 10), last=date(2026, 3, 15)))

    def test_bad_arrangements_are_refused_in_words(self):
        foreign = self.card(self.wang, phone="13910000009", name="Wu")
        refused = [
            {"first": date(2026, 3, 1)},
            {"first": LAST, "last": FIRST},
            {"first": False},
            {"last": date(9999, 12, 31)},
            {"substitutes": {self.zhao: self.li}},
            {"substitutes": {self.zhao: self.sun}},
            {"substitutes": {self.zhao: self.desk.browse(0)}},
            {"substitutes": {foreign: self.zhou}},
            {"consultant": self.dir, "by": self.chen, "substitutes": {}},
        ]
        for told in refused:
            with self.assertRaises(UserError, msg=told):
                self.arrange(**told)
        with self.assertRaises(AccessError):
            self.arrange(by=self.wang, consultant=self.li)
        self.assertFalse(self.env["showroom.leave"].search([]) | self.env["showroom.leave.line"].search([]).leave_id)

    def test_two_leaves_cannot_overlap(self):
        leave = self.arrange()
        with self.assertRaisesRegex(UserError, "has a leave from 2026-03-10 to 2026-04-02 already"):
            self.arrange(first=date(2026, 4, 2), last=date(2026, 5, 2))
        leave.with_user(self.li).action_withdraw()
        self.assertTrue(self.arrange(first=date(2026, 4, 2), last=date(2026, 5, 2)))

    def test_a_substitute_who_is_away_too_is_refused(self):
        mine = self.arrange({self.zhao: self.wang, self.qian: self.zhou})
        card = self.card(self.wang, phone="13910000009", name="Wu")
        theirs = self.approved(substitutes={card: self.zhou}, by=self.wang, consultant=self.wang)
        with self.assertRaises(UserError):
            mine.with_user(self.chen).action_approve()
        mine.with_user(self.li).action_withdraw()
        with self.assertRaisesRegex(UserError, "Wang is on a long leave"):
            self.arrange({self.zhao: self.wang})
        self.assertTrue(self.arrange({self.zhao: self.zhou}))
        self.assertEqual(theirs.display_name, "Long Leave Wang")

    def test_nobody_approves_their_own_or_as_a_party(self):
        leave = self.arrange(by=self.chen)
        for user in (self.li, self.wang, self.zhou, self.chen, self.desk):
            with self.assertRaises(UserError):
                leave.with_user(user).action_approve()
        other = self.arrange({self.zhao: self.chen}, first=date(2026, 5, 1), last=date(2026, 6, 1))
        with self.assertRaises(AccessError):
            other.with_user(self.chen).action_approve()
        other.with_user(self.gm).action_approve()
        self.assertEqual(other.state, "approved")

    def test_two_tiers(self):
        self.policy.approval_tiers = "2"
        leave = self.arrange()
        leave.with_user(self.chen).action_approve()
        self.run_leaves("2026-03-10")
        self.assertEqual((leave.state, self.owners()), ("pending", [self.li, self.li]))
        leave.with_user(self.dir).action_approve()
        self.run_leaves("2026-03-11")
        self.assertEqual(self.owners(), [self.wang, self.zhou])

    def test_a_leave_that_has_passed_is_not_approved(self):
        leave = self.arrange()
        self.enterContext(self.at("2026-04-03 08:00"))
        with self.assertRaises(UserError):
            leave.with_user(self.chen).action_approve()
        leave.with_user(self.chen).action_refuse("Too late")

    def test_a_substitute_who_is_suspended_meanwhile_is_set_aside(self):
        leave = self.approved()
        self.env["crm.team.member"].search([("user_id", "=", self.wang.id)]).is_suspended = True
        self.run_leaves("2026-03-10")
        self.assertEqual((self.owners(), self.states(leave)), ([self.li, self.zhou], ["planned", "lent"]))
        failure = self.env["showroom.failure"].search([("model", "=", "showroom.leave.line")])
        self.assertIn("suspended", failure.message)
        self.run_leaves("2026-03-11")
        self.assertEqual(self.env["showroom.failure"].search_count([("model", "=", "showroom.leave.line")]), 1)

    def test_remaining_cards_lapse_as_ever(self):
        self.approved(substitutes={self.zhao: self.wang})
        self.run_leaves("2026-03-10")
        self.enterContext(self.at("2026-03-18 00:30"))
        self.scheduled(self.env["crm.lead"]._cron_lapses)
        self.assertEqual((self.qian.user_id, self.qian.ownership_badge, self.zhao.notice_id.id),
            (self.li, "noticed", False))  # fmt: skip

    def test_cards_of_a_lapse_are_not_asked_for_any_more(self):
        self.approved()
        self.zhao.grade_id = self.policy.grade_ids.filtered(lambda grade: grade.code == "H")
        for day in ("2026-03-06", "2026-03-08"):
            self.enterContext(self.at(f"{day} 00:30"))
            self.scheduled(self.env["crm.lead"]._cron_lapses)
        request = self.zhao.pending_transfer_id
        self.assertEqual(request.reason, "lapsed")
        self.run_leaves("2026-03-10")
        self.assertEqual(
            (request.state, self.zhao.pending_transfer_id.id, self.zhao.user_id), ("withdrawn", False, self.wang)
        )

    def test_many_cards_in_a_constant_number_of_queries(self):
        counts = []
        for number, month in ((5, 5), (40, 7)):
            cards = self.env["crm.lead"].union(
                *(self.card(phone=f"+86137{month:02d}{n:06d}", name=f"C{n}") for n in range(number))
            )
            leave = self.approved(
                substitutes=dict.fromkeys(cards, self.wang), first=date(2026, month, 1), last=date(2026, month, 28)
            )
            self.enterContext(self.at(f"2026-{month:02d}-01 00:10"))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            leave.line_ids._lend()
            self.env.flush_all()
            middle = self.cr.sql_log_count
            leave.line_ids._bring_back()
            self.env.flush_all()
            counts.append((middle - before, self.cr.sql_log_count - middle))
            self.assertEqual(set(self.states(leave)), {"back"})
            self.enterContext(self.at("2026-03-02 10:00"))
        self.assertLessEqual(counts[1][0] - counts[0][0], 8, counts)
        self.assertLessEqual(counts[1][1] - counts[0][1], 8, counts)
