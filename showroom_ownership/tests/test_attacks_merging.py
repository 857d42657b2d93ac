from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attack_case import AttackCase
from .leave_case import LeaveCase


@tagged("post_install", "-at_install")
class TestAttacksMerging(AttackCase):
    """li has not followed up Zhao, and merges cards instead: whom a contact is asked for stays as it was (2, 3)."""

    def setUp(self):
        super().setUp()
        self.grades = {grade.code: grade.id for grade in self.main.policy_id.grade_ids}
        self.enter("li")

    def later(self, moment):
        self.enterContext(self.at(moment))
        self.enter("li")

    def graded(self, card, code):
        self.assertDone(self.rpc("crm.lead", "write", card.ids, {"grade_id": self.grades[code]}))

    def new(self, phone="13810000001", **said):
        vals = {"name": "Zhao", "phone": phone, "team_id": self.main.id, **said}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        return self.env["crm.lead"].browse(card)

    def merge(self, *cards):
        ids = [card.id for card in cards]
        [wizard] = self.assertDone(self.rpc("crm.merge.opportunity", "create", [{"opportunity_ids": [[6, 0, ids]]}]))
        return self.rpc("crm.merge.opportunity", "action_merge", [wizard])

    def standing(self, card):
        self.env.invalidate_all()
        return (card.followup_due, card.notice_id)

    # Another customer's contacts

    def test_another_customers_contact_is_none_with_this_one(self):
        self.later("2026-03-25 10:00")
        other = self.card(self.li, phone="13910000088", name="Else")
        for cards in ((self.zhao, other), (other, self.zhao)):
            self.assertRefused(self.merge(*cards), "different names and numbers")
        self.assertEqual(self.zhao.followup_state, "overdue")

    def test_neither_before_it_is_due(self):
        other = self.card(self.li, phone="13910000088", name="Else")
        self.assertRefused(self.merge(self.zhao, other), "different names and numbers")

    def test_a_card_that_is_due_overdue_or_noticed_is_not_relieved_by_one_of_the_same_name(self):
        for moment in ("2026-03-17 10:00", "2026-03-25 10:00"):
            with self.subTest(moment), self.undone():
                self.later(moment)
                other = self.card(self.li, phone="13910000088")
                before = self.standing(self.zhao)
                self.assertRefused(self.merge(self.zhao, other), "Follow up first")
                self.assertEqual(self.standing(self.zhao), before)
        self.zhao.with_user(self.chen).action_notice()
        self.later("2026-03-04 10:00")
        other = self.card(self.li, phone="13910000088")
        self.assertRefused(self.merge(other, self.zhao), "Follow up first")
        self.assertTrue(self.zhao.notice_id)

    def test_nor_by_an_order_on_a_second_card(self):
        self.later("2026-03-25 10:00")
        for phone, why in (("13810000001", "Follow up first"), ("13910000088", "different names and numbers")):
            double = self.new(phone)
            self.assertDone(self.rpc("showroom.order", "create", {"lead_id": double.id}))
            self.assertRefused(self.merge(self.zhao, double), why)

    def test_after_a_follow_up_and_by_a_manager_they_are_merged(self):
        """The legal twins."""
        self.later("2026-03-25 10:00")
        other = self.card(self.li, phone="13910000088")
        with self.undone():
            self.enter("chen")
            self.assertDone(self.merge(self.zhao, other))
        self.enter("li")
        self.env["showroom.followup"].with_user(self.li).create({"lead_id": self.zhao.id})
        self.assertDone(self.merge(self.zhao, other))

    # A second card's grade

    def test_a_second_cards_grade_sets_no_rhythm(self):
        self.graded(self.zhao, "A")
        due = self.zhao.followup_due
        for code in ("C", None):
            for first in (True, False):
                with self.subTest(code, first=first), self.undone():
                    double = self.new()
                    if code:
                        self.graded(double, code)
                    self.assertDone(self.merge(*((self.zhao, double) if first else (double, self.zhao))))
                    card = (self.zhao | double).exists()
                    self.assertEqual((card.grade_id.code, card.followup_due), ("A", due))
                    changes = self.env["showroom.grade.change"].search([("lead_id", "=", card.id)])
                    self.assertTrue(changes.filtered("is_merged"))
                    facts = self.env["showroom.facts"]._around(card)
                    self.assertEqual(facts.grades[card.id][-1].code, "A")
                    self.assertTrue(self.sound())

    def test_a_grade_that_is_given_afterwards_sets_it(self):
        """The legal twin."""
        self.graded(self.zhao, "A")
        double = self.new()
        self.assertDone(self.merge(self.zhao, double))
        card = (self.zhao | double).exists()
        before = card.followup_due
        self.graded(card, "C")
        self.assertGreater(card.followup_due, before)


@tagged("post_install", "-at_install")
class TestAttacksMergingLent(LeaveCase):
    """wang looks after li's card of Zhao, and merges it into one of their own, which would not go back (4)."""

    def test_a_card_that_goes_back_is_merged_by_a_manager(self):
        self.approved()
        self.run_leaves("2026-03-10")
        self.assertEqual(self.zhao.user_id, self.wang)
        vals = {"name": "Zhao", "phone": self.zhao.phone, "team_id": self.main.id, "user_id": self.wang.id}
        hand = self.env["crm.lead"].with_user(self.wang).create(vals)
        cards = (hand | self.zhao).with_user(self.wang)
        with self.refused(AccessError, "after a long leave"):
            cards.merge_opportunity()
        self.run_leaves("2026-04-03")
        self.assertEqual(self.zhao.user_id, self.li)
