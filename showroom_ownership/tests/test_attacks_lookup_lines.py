from datetime import date

from odoo.tests import tagged

from .attack_lookup_case import LookupCase


@tagged("post_install", "-at_install")
class TestAttacksLookupLines(LookupCase):
    """Whose customer a number is, asked by a line of the register."""

    def line(self, phone):
        return {"customer_name": "x", "phone": phone, "outlet_id": self.main.id, "asked": "no", "channel": "visit"}

    def test_so_is_a_line_of_the_register(self):
        for phone in ("13910000002", "13910000077"):
            self.undone("showroom.reception", self.line(phone), salt={})
        self.assertEqual(self.kept().mapped("outcome"), ["owned", "new"])
        self.assertEqual((self.kept().lead_id, self.kept().outlet_id), (self.qian, self.main))

    def test_so_is_one_that_stays(self):
        """Once in a day: the number was looked up at the desk before, as it was typed."""
        lines = [self.line(phone) for phone in ("13910000002", "13910000077", "13910000001", "13910000002")]
        self.assertDone(self.rpc("showroom.reception", "create", lines))
        self.assertEqual(self.kept().lead_id, self.qian)
        self.assertEqual(self.kept().mapped("outcome"), ["owned"])
        with self.at("2026-03-02 16:00"):
            self.assertDone(self.rpc("showroom.reception", "desk_register", self.line("13910000002")))
        self.assertEqual(len(self.kept()), 1)
        with self.at("2026-03-03 16:00"):
            self.assertDone(self.rpc("showroom.reception", "desk_register", self.line("13910000002")))
        self.assertEqual(self.kept().mapped("day"), [date(2026, 3, 2), date(2026, 3, 3)])

    def test_so_is_one_on_behalf_of_somebody_of_elsewhere(self):
        """Whether they can be named tells whether they have the customer, also if something else is refused."""
        with self.at("2026-03-02 11:00"):
            theirs = self.card(self.sun, phone="13910000099", name="Mei", outlet_id=self.east.id)
        for phone in ("13910000099", "13910000002", "13910000078"):
            said = {**self.line(phone), "on_behalf_of_id": self.sun.id, "party_size": -5}
            self.assertRefused(self.rpc("showroom.reception", "create", [said]))
        self.assertEqual(set(self.kept().lead_id), {theirs, self.qian})
        self.assertEqual(len(self.kept()), 3)

    def test_a_line_without_a_name_tells_nothing(self):
        """It is no evidence, and nobody is told of it."""
        lines = [{**self.line(phone), "customer_name": False} for phone in ("13910000002", "13910000077")]
        made = self.assertDone(self.rpc("showroom.reception", "create", lines))
        [one, other] = self.assertDone(self.rpc("showroom.reception", "read", made, ["told_holder_id", "match_text"]))
        self.assertEqual((one["told_holder_id"], one["match_text"]), (other["told_holder_id"], other["match_text"]))

    def test_it_tells_when_it_gets_one(self):
        line = {**self.line("13910000002"), "customer_name": False}
        [made] = self.assertDone(self.rpc("showroom.reception", "create", [line]))
        self.assertFalse(self.kept())
        self.env["showroom.reception"].browse(made).with_user(self.li).action_correct({"customer_name": "x"})
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_a_refused_announcement_of_who_has_bought_is_one(self):
        """Whatever else is wrong with it."""
        self.qian.with_user(self.wang).action_set_won()
        vals = {"outlet_id": self.main.id, "customer_name": "x", "phone": "13910000002", "valid_until": "2025-01-01"}
        self.assertRefused(self.rpc("showroom.preregistration", "create", [vals]))
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_lines_of_nobody_make_no_look_up_usual(self):
        """Customers are counted, not lines."""
        self.main.policy_id.lookup_limit = 2
        for phone in ("13910000001", "13910000002", "13910000077"):
            self.assertDone(self.rpc("showroom.reception", "match", phone, self.main.id))
        day = self.env["showroom.lookup.day"].search([("user_id", "=", self.li.id)])
        self.assertTrue(day.is_unusual)
        empty = {"outlet_id": self.main.id, "channel": "visit", "asked": "no"}
        self.assertDone(self.rpc("showroom.reception", "create", [empty] * 5))
        self.env.invalidate_all()
        self.assertEqual((day.is_unusual, day.receptions), (True, 1))
        for phone in ("13910000077", "13910000078"):
            self.assertDone(self.rpc("showroom.reception", "create", [self.line(phone)]))
        self.env.invalidate_all()
        self.assertEqual((day.is_unusual, day.receptions), (False, 3))

    def test_nor_do_lines_of_customers_who_are_ones_own_already(self):
        self.main.policy_id.lookup_limit = 4
        old = [self.card(self.li, phone=f"1391000009{number}") for number in range(5)]
        with self.at("2026-03-03 10:00"):
            for phone in ("13910000002", "13910000071", "13910000072", "13910000073"):
                self.assertDone(self.rpc("showroom.reception", "match", phone, self.main.id))
            self.assertDone(self.rpc("showroom.reception", "create", [self.line(card.phone) for card in old]))
        self.env.invalidate_all()
        asked = [("user_id", "=", self.li.id), ("day", "=", "2026-03-03")]
        day = self.env["showroom.lookup.day"].search(asked)
        self.assertEqual((day.is_unusual, day.receptions), (True, 0))
