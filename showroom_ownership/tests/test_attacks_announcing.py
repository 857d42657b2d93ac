from datetime import timedelta

from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksAnnouncing(AttackCase):
    """Whose customer a number is, asked past the desk: by an announcement."""

    def setUp(self):
        super().setUp()
        self.env["showroom.lookup"].search([]).unlink()
        self.enter("li")

    def announce(self, phone):
        vals = {"outlet_id": self.main.id, "customer_name": "x", "phone": phone, "valid_until": "2026-03-20"}
        [entry] = self.assertDone(self.rpc("showroom.preregistration", "create", [vals]))
        return self.env["showroom.preregistration"].browse(entry)

    def kept(self):
        return self.env["showroom.lookup"].search([("user_id", "=", self.li.id)], order="id")

    def found(self, entry):
        """What the announcer can find out of it."""
        read = self.rpc("showroom.preregistration", "read", entry.ids, ["lead_id"]).result[0]["lead_id"]
        with_card = [("id", "=", entry.id), ("lead_id", "!=", False)]
        return read, self.rpc("showroom.preregistration", "search_count", with_card).result

    def test_an_announcement_is_a_look_up(self):
        self.announce("13910000002")
        self.announce("13910000077")
        self.assertEqual(self.kept().mapped("outcome"), ["owned", "new"])
        self.assertEqual(self.kept()[0].lead_id, self.qian)

    def test_it_does_not_tell_of_a_colleagues_card(self):
        for phone in ("13910000002", "13910000077"):
            entry = self.announce(phone)
            self.assertEqual(self.found(entry), (False, 0))
            self.assertDone(self.rpc("showroom.preregistration", "web_read", entry.ids, {"lead_id": {"fields": {}}}))
        entry.with_user(self.chen).action_approve()
        self.assertEqual(self.found(entry), (False, 0))

    def test_it_protects_as_ever_and_tells_of_ones_own(self):
        """The legal twin."""
        self.announce("13910000002").with_user(self.chen).action_approve()
        self.assertTrue(self.qian.protected_until)
        read, count = self.found(self.announce(self.zhao.phone_sanitized))
        self.assertEqual((read[0], count), (self.zhao.id, 1))

    def test_a_managers_announcement_is_no_look_up(self):
        self.enter("chen")
        entry = self.announce("13910000002")
        self.assertEqual(entry.lead_id, self.qian)
        self.assertFalse(self.env["showroom.lookup"].search([]))

    def test_who_holds_the_customer_and_who_decides_hear_of_it(self):
        """By it a deal of another outlet may be the announcer's, also if a colleague received the customer (5.4)."""
        entry = self.announce("13910000002")
        for reader in (self.qian.user_id, self.chen):
            self.assertIn(self.qian.card_number, self.told(reader)[:1].body)
            self.assertIn(self.qian.user_id.name, self.told(reader)[:1].body)
        self.assertEqual(entry.state, "pending")

    def test_who_filed_the_customer_meanwhile_hears_of_it_when_it_is_accepted(self):
        entry = self.announce("13910000055")
        with self.at("2026-03-02 16:00"):
            card = self.card(self.wang, phone="13910000055", name="Came")
            before = self.told(self.wang)
            entry.with_user(self.chen).action_approve()
        self.assertIn(
            f"announces for Main the customer of card {card.card_number}", (self.told(self.wang) - before).body
        )

    def test_nobody_hears_of_an_announcement_of_ones_own_customer(self):
        """The legal twin."""
        before = self.told(self.chen)
        self.announce(self.zhao.phone_sanitized)
        self.assertEqual(self.told(self.chen), before)

    def test_it_ends_with_the_card(self):
        """Lost, or given to a colleague: it would take the deal of who receives the customer then (5.4, 5.6)."""
        for end in ("lost", "given"):
            with self.subTest(end):
                entry = self.announce(self.zhao.phone_sanitized)
                entry.with_user(self.chen).action_approve()
                waiting = self.announce(self.zhao.phone_sanitized) if end == "lost" else entry
                other = self.announce("13910000077")
                if end == "lost":
                    self.assertDone(self.rpc("crm.lead", "action_set_lost", self.zhao.ids))
                    self.env.invalidate_all()
                    self.assertFalse(self.zhao.protected_until)
                    self.receive(self.li, phone=self.zhao.phone_sanitized)
                else:
                    self.zhao.with_user(self.chen).action_reassign(self.wang.id, "Asked for")
                self.env.invalidate_all()
                self.assertEqual((entry | waiting).mapped("state"), ["withdrawn"] * len(entry | waiting))
                self.assertEqual(other.state, "pending")
                other.with_user(self.li).action_withdraw()

    def test_a_deal_does_not_end_it(self):
        entry = self.announce(self.zhao.phone_sanitized)
        entry.with_user(self.chen).action_approve()
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": self.won.id}))
        self.assertEqual(entry.state, "approved")

    def test_managers_hear_of_who_announced_and_comes_second(self):
        """A branch has the deal by it, on the day of the customer's first visit (5.4)."""
        subject = [("subject", "=", "A customer who was announced is received later")]
        self.enter("sun")
        vals = {"outlet_id": self.east.id, "customer_name": "x", "phone": "13910000077"}
        [entry] = self.assertDone(self.rpc("showroom.preregistration", "create", [vals]))
        self.env["showroom.preregistration"].browse(entry).sudo().approval_id._log("approved")
        self.env["showroom.preregistration"].browse(entry).sudo().approval_id._decide("approved")
        card = self.receive(self.wang, phone="13910000077", name="Wu").lead_id
        self.assertFalse(self.env["mail.message"].search(subject))
        self.assertTrue(card.protected_until)
        self.assertDone(self.rpc("showroom.reception", "create", [{**vals, "channel": "call"}]))
        told = self.env["mail.message"].search(subject)
        self.assertEqual((told.res_id, told.notified_partner_ids), (card.id, self.chen.partner_id))
        self.assertIn(card.card_number, told.body)

    def test_a_manager_ends_what_was_accepted_and_a_colleague_does_not(self):
        entry = self.announce("13910000002")
        end = lambda: self.rpc("showroom.preregistration", "action_end", entry.ids, "Never sent")  # noqa: E731
        self.enter("chen")
        self.assertRefused(end(), "Only an accepted")
        entry.with_user(self.chen).action_approve()
        self.assertTrue(self.qian.protected_until)
        self.assertEqual([entry.with_user(who).can_end for who in (self.chen, self.li, self.wang)], [True, True, False])
        self.enter("wang")
        self.assertRefused(end())
        self.enter("chen")
        self.assertDone(end())
        self.env.invalidate_all()
        self.assertEqual((entry.state, self.qian.protected_until), ("withdrawn", False))
        self.assertEqual(entry.step_ids[-1].comment, "Never sent")
        self.assertIn(entry.number, self.told(self.li)[:1].body)
        self.assertRefused(end(), "Only an accepted")

    def test_what_has_passed_its_last_day_has_no_end_to_press(self):
        entry = self.announce("13910000002")
        entry.with_user(self.chen).action_approve()
        entry.sudo().valid_until = self.main._today()
        self.assertTrue(entry.with_user(self.chen).can_end)
        entry.sudo().valid_until = self.main._today() - timedelta(1)
        self.assertFalse(entry.with_user(self.chen).can_end)
