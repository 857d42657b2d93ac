from collections import Counter
from datetime import date

from odoo.exceptions import UserError

from .common import ShowroomCase


class DepartureCase(ShowroomCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.admin = self.env.ref("base.user_admin")

    def cards(self, user, number, start=0):
        vals = [{"customer_name": f"C{n}", "phone": f"+86137{start + n:08d}", "outlet_id": user._outlets()[:1].id}
                for n in range(number)]  # fmt: skip
        Reception = self.env["showroom.reception"].with_user(user).with_context(tracking_disable=True)
        return Reception.create(vals).with_env(self.env).lead_id

    def member(self, user):
        return self.env["crm.team.member"].search([("user_id", "=", user.id)])

    def suspend(self, user):
        self.member(user).is_suspended = True

    def proposed(self, cards):
        return Counter(transfer.to_id.name for transfer in cards.pending_transfer_id)


class TestDeparture(DepartureCase):
    """Who leaves leaves open cards to the pool and on to colleagues, and claims nothing any more (rulebook 4)."""

    def setUp(self):
        super().setUp()
        self.zhao, self.qian = self.cards(self.li, 2)
        self.sold = self.cards(self.li, 1, 50)
        self.sold.with_user(self.li).action_set_won()
        self.contested = self.cards(self.wang, 1, 90)
        self.receive(self.li, phone=self.contested.phone)
        self.activity = self.zhao.activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)

    def assert_departed(self):
        cards = self.zhao | self.qian
        self.assertFalse(cards.user_id)
        self.assertEqual(cards.mapped("ownership_badge"), ["pool", "pool"])
        self.assertEqual(cards.pending_transfer_id.mapped("reason"), ["departure", "departure"])
        self.assertEqual(self.proposed(cards), {"Wang": 2})
        self.assertFalse(self.activity.exists())
        self.assertFalse(self.member(self.li) or self.contested.is_contested)
        self.assertEqual((self.sold.user_id, self.sold.ruling_id.share_ids.user_id), (self.li, self.li))

    def assert_nothing_comes_back(self):
        self.li.with_user(self.admin).action_unarchive()
        self.scheduled(self.env["crm.lead"]._cron_departures)
        self.assertFalse((self.zhao | self.qian).user_id or self.li in self.main._consultants())
        with self.assertRaises(UserError):
            self.zhao.with_user(self.chen).action_reassign(self.li.id, "Is back")

    def test_archived_by_write(self):
        self.assertTrue(self.contested.is_contested)
        self.li.with_user(self.admin).write({"active": False})
        self.assert_departed()
        self.assert_nothing_comes_back()

    def test_archived_by_action(self):
        self.li.with_user(self.admin).action_archive()
        self.assert_departed()
        self.assert_nothing_comes_back()

    def test_a_membership_that_is_archived_or_deleted(self):
        for leave in ("action_archive", "unlink"):
            with self.cr.savepoint() as savepoint:
                getattr(self.member(self.li), leave)()
                self.assert_departed()
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_cache()

    def test_moved_to_another_outlet(self):
        """By writing on the membership, and as Odoo does it: by adding the user to another team."""
        for move in (self._move_membership, self._join_another_team):
            with self.cr.savepoint() as savepoint:
                move()
                self.assertFalse((self.zhao | self.qian).user_id)
                self.assertEqual(self.proposed(self.zhao | self.qian), {"Wang": 2})
                self.assertEqual(self.li._outlets(), self.east)
                self.assertTrue(self.contested.is_contested, "who moves within the dealership keeps other claims")
                self.assertNotIn(self.li, self.main._consultants())
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_cache()

    def _move_membership(self):
        self.member(self.li).crm_team_id = self.east

    def _join_another_team(self):
        self.env["crm.team.member"].create({"crm_team_id": self.east.id, "user_id": self.li.id})

    def test_leaving_a_team_that_is_no_outlet_moves_nothing(self):
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", True)
        plain = self.env["crm.team.member"].create({"crm_team_id": self.plain_team.id, "user_id": self.li.id})
        plain.unlink()
        self.assertEqual((self.zhao.user_id, self.li._outlets()), (self.li, self.main))

    def test_an_order_of_who_left_for_good_claims_nothing(self):
        self.env["showroom.order"].with_user(self.li).create({"lead_id": self.zhao.id})
        self.member(self.li).unlink()
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "Takes over")
        self.zhao.with_user(self.wang).action_set_won()
        self.assertEqual(self.zhao.ruling_id.share_ids.user_id, self.wang)

    def test_pending_proposals_of_who_leaves_go_to_others(self):
        zhou = self._user("zhou", "consultant", self.main)
        self.suspend(zhou)
        self.li.active = False
        self.suspend(zhou)
        self.member(zhou).is_suspended = False
        self.assertEqual(self.proposed(self.zhao | self.qian), {"Wang": 2})
        self.wang.active = False
        self.assertEqual(self.proposed(self.zhao | self.qian | self.contested), {"Zhou": 3})


class TestChoice(DepartureCase):
    """The new owner: active, a member, not suspended, not away, fewest to look after, longest without one (4.3)."""

    def test_suspended_are_neither_proposed_nor_accepted(self):
        card = self.cards(self.li, 1)
        self.suspend(self.wang)
        self.assertEqual(self.main._consultants(), self.li)
        with self.assertRaisesRegex(UserError, "Wang is suspended"):
            card.with_user(self.chen).action_reassign(self.wang.id, "Dialect")
        with self.assertRaisesRegex(UserError, "Wang is suspended"):
            card.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked")
        self.assertEqual(self.member(self.wang)._get_assignment_quota(force_quota=True), 0)
        self.li.active = False
        self.assertFalse(card.pending_transfer_id.to_id)
        with self.assertRaises(UserError):
            card.pending_transfer_id.with_user(self.chen).action_approve_to(self.wang.id)

    def test_suspended_between_request_and_approval(self):
        card = self.cards(self.li, 1)
        card.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked")
        self.suspend(self.wang)
        with self.assertRaises(UserError):
            card.transfer_ids.with_user(self.chen).action_approve()
        self.assertEqual((card.user_id, card.transfer_ids.state), (self.li, "pending"))

    def test_who_is_away_is_not_proposed_but_a_manager_may_choose_them(self):
        card = self.cards(self.li, 1)
        leave = self.env["showroom.leave"].with_user(self.wang)
        leave = leave._arrange(self.wang, date(2026, 3, 2), date(2026, 3, 30), {})
        leave.with_user(self.chen).action_approve()
        self.assertEqual(self.main._consultants(), self.li)
        self.assertEqual(self.main._pick_owners(1, exclude=self.li), [])
        card.with_user(self.chen).action_reassign(self.wang.id, "The customer waits for Wang")
        self.assertEqual(card.user_id, self.wang)

    def test_managers_receptionists_and_strangers_are_not_proposed(self):
        self.assertEqual(self.main._consultants(), self.li | self.wang)

    def test_ties_go_to_who_has_waited_longest(self):
        zhou = self._user("zhou", "consultant", self.main)
        self.cards(self.li, 1, 10)
        self.enterContext(self.at("2026-03-02 11:00"))
        self.cards(zhou, 1, 20)
        self.enterContext(self.at("2026-03-02 12:00"))
        self.cards(self.wang, 1, 30)
        self.assertEqual(self.main._pick_owners(5), [self.li, zhou, self.wang, self.li, zhou])

    def test_who_was_just_given_a_card_is_the_latest(self):
        self.cards(self.li, 1, 10)
        self.enterContext(self.at("2026-03-02 11:00"))
        self.cards(self.wang, 2, 20)
        self.assertEqual(self.main._pick_owners(3), [self.li, self.wang, self.li])

    def test_cards_of_several_lapses_never_go_to_their_own_owner(self):
        self.assertEqual(self.main._next_owners([self.li, self.wang, self.li]), [self.wang, self.li, self.wang])

    def test_five_hundred_cards_spread_evenly(self):
        """Two departures in a row, with a constant number of queries for the choice."""
        people = {name: self._user(name, "consultant", self.main) for name in ("zhou", "wu", "zheng")}
        self.cards(self.li, 500)
        self.cards(self.wang, 100, 1000)
        self.cards(people["zhou"], 7, 2000)
        mine, theirs = (self.env["crm.lead"].search([("user_id", "=", user.id)]) for user in (self.li, self.wang))
        self.li.active = False
        load = Counter(self.proposed(mine))
        load.update(Wang=100, Zhou=7)
        self.assertEqual(sum(load.values()), 607)
        self.assertLessEqual(max(load.values()) - min(load.values()), 1, load)
        self.wang.active = False
        load = self.proposed(mine | theirs)
        load.update(Zhou=7)
        self.assertEqual((sum(load.values()), len(load)), (607, 3))
        self.assertLessEqual(max(load.values()) - min(load.values()), 1, load)

    def test_a_departure_costs_the_same_for_few_and_for_many(self):
        counts = []
        for number in (3, 5, 60):
            user = self._user(f"leaver{number}", "consultant", self.main)
            self.cards(user, number, number * 1000)
            self.env.flush_all()
            before = self.cr.sql_log_count
            user.active = False
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2] - counts[1], 8, counts)

    def test_the_choice_costs_the_same_for_one_and_for_five_hundred(self):
        counts = []
        for number in (1, 1, 500):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.main._next_owners([self.li] * number)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
