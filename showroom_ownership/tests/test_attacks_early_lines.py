from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksEarlyLines(AttackCase):
    """A line of the morning that said not whose it is, completed after a colleague was the first (5.2, 5.4 to 5.6)."""

    def correct(self, role, values, line):
        self.enter(role)
        return self.rpc("showroom.reception", "action_correct", line.ids, values)

    def early(self, role, outlet, phone="", name="Nobody", **said):
        """A line of the morning that says not whose it is."""
        self.enter(role)
        vals = {"outlet_id": outlet.id, "customer_name": name, "phone": phone, "channel": "visit", **said}
        made = self.assertDone(self.rpc("showroom.reception", "create", [vals]))
        return self.env["showroom.reception"].browse(made)

    def assertDeal(self, line, by, ground, user):
        with self.at("2026-03-02 20:00"):
            line.with_user(by).action_confirm_deal()
        ruling = line.lead_id.ruling_id
        self.assertEqual((ruling.ground, ruling.share_ids.user_id), (ground, user))
        self.assertTrue(self.sound())

    def test_an_order_that_fell_away_stays_so(self):
        """li completes a line that is older than his order, after wang was the first to file (5.2)."""
        phone = "13910000094"
        for said in ({"phone": phone, "name": ""}, {"name": "Ghost"}, {"phone": "13910000095", "name": "Ghost"}):
            with self.subTest(said), self.undone():
                with self.at("2026-03-02 16:00"):
                    line = self.early("li", self.main, **said)
                with self.at("2026-03-02 16:10"):
                    hand = {"name": "Hand", "phone": phone, "team_id": self.main.id}
                    [card] = self.assertDone(self.rpc("crm.lead", "create", [hand]))
                    self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": card}]))
                with self.at("2026-03-02 17:00"):
                    theirs = self.receive(self.wang, phone=phone, name="Walk In")
                with self.at("2026-03-02 18:00"):
                    self.assertDone(self.correct("li", {"phone": phone, "customer_name": "Walk In"}, line))
                self.assertFalse(theirs.lead_id.order_date)
                self.assertDeal(theirs, self.wang, "sole_claimant", self.wang)

    def test_a_branch_colleague_is_not_overtaken_by_a_line_of_the_morning(self):
        phone, zhou = "13910000096", self._user("zhou", "consultant", self.east)
        with self.at("2026-03-02 16:00"):
            line = self.early("sun", self.east, phone="13910000097")
        with self.at("2026-03-02 17:00"):
            self.receive(zhou, phone=phone, name="Walk In")
        with self.at("2026-03-02 18:00"):
            self.assertDone(self.correct("sun", {"phone": phone, "customer_name": "Walk In"}, line))
        with self.at("2026-03-02 19:00"):
            deal = self.receive(self.wang, phone=phone, name="Walk In")
        self.assertDeal(deal, self.wang, "unregistered_branch", zhou)

    def test_a_name_makes_no_branch_the_first(self):
        phone = "13910000098"
        with self.at("2026-03-02 16:00"):
            line = self.early("sun", self.east, phone=phone, name="")
        with self.at("2026-03-02 17:00"):
            theirs = self.receive(self.wang, phone=phone, name="Walk In")
        with self.at("2026-03-02 18:00"):
            self.assertDone(self.correct("sun", {"customer_name": "Walk In"}, line))
        self.assertDeal(theirs, self.wang, "sole_claimant", self.wang)

    def test_a_line_is_corrected_before_nobodys_filing(self):
        """EAST received the customer first; an earlier line of MAIN's would take that from it by a number (5.5)."""
        phone = "13910000091"
        with self.at("2026-03-02 16:00"):
            early = self.receive(self.li, phone="13910000092", name="Nobody")
        with self.at("2026-03-02 17:00"):
            theirs = self.card(self.sun, phone=phone, name="Branch Customer")
        with self.at("2026-03-02 18:00"):
            late = self.receive(self.li, phone="13910000093", name="Nobody")
        self.enterContext(self.at("2026-03-02 19:00"))
        self.env["showroom.lookup"].search([]).unlink()
        self.assertRefused(self.correct("li", {"phone": phone}, early), "Another outlet")
        self.assertEqual(self.env["showroom.lookup"].search([]).lead_id, theirs)
        self.assertDone(self.correct("li", {"phone": phone}, late))
        self.assertEqual((late.lead_id, theirs.user_id), (theirs, self.sun))
        self.assertDone(self.correct("chen", {"phone": phone}, early))
