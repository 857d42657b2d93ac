from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.service.model import call_kw

from ..models import clock
from ..models.showroom_lookup import KEPT_DAYS
from .common import ShowroomCase
from .morning_case import MorningCase

PHONE = "138-1000-0001"


class LookupCase(ShowroomCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.mine = self.card()
        self.env["showroom.lookup"].search([]).unlink()

    def ask(self, user, phone=PHONE, outlet=None, method="match"):
        outlet = self.main if outlet is None else outlet
        return call_kw(self.env["showroom.reception"].with_user(user), method, (phone, outlet.id), {})

    def kept(self):
        return self.env["showroom.lookup"].search([], order="id")

    def fish(self, user, number, outlet=None):
        for each in range(number):
            self.ask(user, f"139{each:08d}", outlet)
        self.env.flush_all()


class TestLookup(LookupCase):
    """Each answer of the desk is recorded with who asked, and managers see who asks unusually often."""

    def test_who_when_where_and_what_came_out(self):
        self.ask(self.desk)
        self.ask(self.wang, "139 2222 3333")
        known, new = self.kept()
        self.assertEqual((known.user_id, known.outcome, known.lead_id), (self.desk, "owned", self.mine))
        self.assertEqual((known.outlet_id, known.asked_at), (self.main, clock.now(self.env)))
        self.assertEqual(str(known.day), "2026-03-02")
        self.assertEqual((new.user_id, new.outcome, new.lead_id), (self.wang, "new", self.mine.browse()))

    def test_each_outcome(self):
        self.receive(self.wang)
        self.ask(self.desk)
        self.mine.action_set_lost()
        with self.at("2026-03-02 10:05"):
            self.ask(self.desk)
        asked = self.kept().filtered(lambda each: each.user_id == self.desk)
        self.assertEqual(asked.mapped("outcome"), ["conflict", "free"])

    def test_a_card_opened_by_hand_is_nobody_received(self):
        """Or whoever writes the numbers on cards, would be no unusual asker."""
        vals = {"name": "x", "phone": "+86 139 1000 0088", "team_id": self.main.id}
        self.env["crm.lead"].with_user(self.wang).create(vals)
        self.env.flush_all()
        day = self.env["showroom.lookup.day"].search([("user_id", "=", self.wang.id)])
        self.assertEqual((day.lookups, day.receptions), (1, 0))

    def test_the_day_is_the_outlets(self):
        with self.at("2026-03-03 00:30"):
            self.ask(self.desk)
        self.assertEqual(str(self.kept().day), "2026-03-03")

    def test_neither_number_nor_name_is_kept(self):
        texts = [name for name, field in self.env["showroom.lookup"]._fields.items() if field.store]
        kinds = {self.env["showroom.lookup"]._fields[name].type for name in texts}
        self.assertFalse(kinds & {"char", "text", "html"})

    def test_what_is_no_number_is_no_look_up(self):
        self.ask(self.desk, "138")
        self.assertFalse(self.kept())

    def test_typed_on_within_a_minute_is_one(self):
        for second in (0, 10, 59):
            with self.at(f"2026-03-02 10:00:{second:02d}"):
                self.ask(self.desk)
        self.assertEqual(len(self.kept()), 1)
        self.ask(self.wang)
        with self.at("2026-03-02 10:02"):
            self.ask(self.desk)
        self.assertEqual(len(self.kept()), 3)

    def test_each_new_number_counts(self):
        self.fish(self.wang, 5)
        self.assertEqual(len(self.kept()), 5)

    def test_the_forms_match_is_one_too(self):
        values = {"phone": PHONE, "outlet_id": self.main.id}
        Reception = self.env["showroom.reception"].with_user(self.wang)
        call_kw(Reception, "onchange", ([], values, ["phone"], {"match_text": {}}), {})
        self.assertEqual((self.kept().user_id, self.kept().lead_id), (self.wang, self.mine))

    def test_fetching_the_holder_is_one_too(self):
        self.ask(self.wang, method="desk_notify")
        self.assertEqual((self.kept().user_id, self.kept().lead_id), (self.wang, self.mine))

    def test_it_is_put_down_to_the_askers_own_outlet(self):
        self.ask(self.wang, outlet=self.east)
        self.ask(self.wang, "139 2222 3333", outlet=self.plain_team)
        self.assertEqual(self.kept().outlet_id, self.main)
        self.assertEqual(len(self.kept()), 2)

    def test_who_works_nowhere_is_told_nothing(self):
        nowhere = self._user("nowhere", "consultant")
        self.assertEqual(self.ask(nowhere), {})
        self.assertFalse(self.kept())

    def test_nobody_writes_and_managers_read(self):
        self.ask(self.desk)
        for user in (self.wang, self.chen, self.gm):
            Lookup = self.env["showroom.lookup"].with_user(user)
            for attack in (
                lambda Lookup=Lookup: Lookup.create({"user_id": self.li.id}),
                lambda Lookup=Lookup: Lookup.browse(self.kept().ids).write({"user_id": self.li.id}),
                lambda Lookup=Lookup: Lookup.browse(self.kept().ids).unlink(),
            ):
                with self.assertRaises(AccessError):
                    attack()
        for model in ("showroom.lookup", "showroom.lookup.day"):
            self.assertTrue(self.env[model].with_user(self.chen).search([]))
            for user in (self.wang, self.desk, self.seller):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_the_manager_of_a_branch_sees_the_branch(self):
        he = self._user("he", "manager", self.east)
        self.ask(self.desk)
        self.ask(self.sun, outlet=self.east)
        for model in ("showroom.lookup", "showroom.lookup.day"):
            self.assertEqual(self.env[model].with_user(he).search([]).user_id, self.sun)

    def test_a_look_up_is_one_statement_more(self):
        cost = self._cost()
        with patch.object(type(self.env["showroom.lookup"]), "_record", lambda *_args: None):
            self.assertEqual(cost, self._cost() + 1)

    def _cost(self):
        """Queries of a look-up, when the memory that all requests share is filled."""
        for _time in range(3):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.ask(self.desk)
        return self.env.cr.sql_log_count - before

    def test_old_ones_are_removed(self):
        self.ask(self.desk)
        with self.at("2026-08-28 10:00"):
            self.env["showroom.lookup"]._gc_lookups()
            self.assertTrue(self.kept())
        with self.at("2026-08-30 10:00"):
            self.assertEqual(self.env["showroom.lookup"]._gc_lookups(), (1, False))
        self.assertFalse(self.kept())
        self.assertEqual(KEPT_DAYS, 180)


class TestLookupDay(LookupCase):
    """Unusual: at least as many as the principles say, and fewer than half as many customers registered."""

    def day(self, user):
        self.env.invalidate_all()
        return self.env["showroom.lookup.day"].with_user(self.chen).search([("user_id", "=", user.id)])

    def test_who_fishes_stands_out(self):
        self.policy.lookup_limit = 10
        self.fish(self.wang, 9)
        self.assertFalse(self.day(self.wang).is_unusual)
        self.ask(self.wang)
        day = self.day(self.wang)
        self.assertEqual((day.lookups, day.known, day.receptions, day.is_unusual), (10, 1, 0, True))
        found = self.env["showroom.lookup.day"].with_user(self.chen).search([("is_unusual", "=", True)])
        self.assertEqual(found, day)

    def test_who_registers_them_does_not(self):
        self.policy.lookup_limit = 10
        self.fish(self.desk, 10)
        lines = [self.receive(self.desk, phone=f"139{each:08d}", consultant_id=self.wang.id) for each in range(5)]
        self.assertEqual((self.day(self.desk).receptions, self.day(self.desk).is_unusual), (5, False))
        lines[0].with_user(self.chen).action_void("Made up")
        self.assertTrue(self.day(self.desk).is_unusual, "void lines are no customers")

    def test_zero_tells_of_nobody(self):
        self.policy.lookup_limit = 0
        self.fish(self.wang, 40)
        self.assertFalse(self.day(self.wang).is_unusual)

    def test_a_line_opens_what_was_asked(self):
        self.fish(self.wang, 3)
        self.ask(self.desk)
        action = self.day(self.wang).action_open_lookups()
        found = self.env["showroom.lookup"].with_user(self.chen).search(action["domain"])
        self.assertEqual((len(found), found.user_id), (3, self.wang))


class TestLookupMorning(MorningCase):
    """Managers read of it in the morning, once; consultants do not."""

    def test_the_morning_after(self):
        self.policy.lookup_limit = 5
        with self.at("2026-03-02 15:00"):
            for each in range(6):
                args = (f"139{each:08d}", self.main.id)
                call_kw(self.env["showroom.reception"].with_user(self.wang), "match", args, {})
        with self.at("2026-03-03 08:30"):
            mails = self.morning()
            self.assertIn("chen", mails)
            self.assertNotIn("wang", mails)
            self.assertIn("Wang looked up 6 numbers at Main and registered 0 customers.", self.text(mails["chen"]))
            self.assertIn("unusual look-ups", mails["chen"].subject)
            self.assertFalse(self.morning())
        with self.at("2026-03-04 08:30"):
            self.assertNotIn("chen", self.morning())
