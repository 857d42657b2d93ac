from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from .desk_case import PHONE, DeskCase


class TestDeskMatch(DeskCase):
    """What the desk says while the number is typed."""

    def _standing(self, **how):
        match = self.match(**how)
        return match.get("state"), match.get("reasons")

    def test_a_new_customer(self):
        self.assertEqual(self.match(), {"state": "new"})

    def test_what_cannot_be_dialled_is_nobody(self):
        for phone in ("", False, 0, 12, "12", "abc", "138-1000"):
            self.assertEqual(self.match(phone=phone), {})

    def test_the_holders_customer(self):
        self.card()
        self.assertEqual(self._standing(), ("owned", []))
        self.assertEqual(self.match()["owner_id"], self.li.id)

    def test_contested(self):
        self.card()
        self.receive(self.wang)
        self.assertEqual(self._standing(), ("conflict", ["contested"]))

    def test_several_owners(self):
        """Two who filed the customer, not somebody who opened a card beside the holder's."""
        card = self.card()
        self.env["crm.lead"].with_user(self.wang).create({"name": "Zhao", "phone": card.phone})
        self.assertEqual(self._standing(), ("owned", []))
        other = self.card(self.wang, phone="13910000002")
        card.with_user(self.chen).action_link([other.card_number], "same_customer")
        self.assertEqual(self._standing(), ("conflict", ["owners"]))

    def test_a_transfer_waits(self):
        self.card().with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked for Wang")
        self.assertEqual(self._standing(), ("conflict", ["transfer"]))

    def test_nobody_owns_the_card(self):
        self.card()
        self.li.active = False
        self.assertEqual(self._standing(), ("conflict", ["transfer", "pool"]))
        self.assertFalse(self.match()["owner"])

    def test_a_ruling_and_then_an_appeal(self):
        card = self.card()
        with self.at("2026-03-04 10:00"):
            self.receive(self.wang, asked="no")
            self.receive(self.wang, asked="no")
        with self.at("2026-03-05 10:00"):
            self.receive(self.wang, asked="no").with_user(self.wang).action_confirm_deal()
            self.assertEqual(card.ruling_state, "provisional")
            self.assertIn("ruling", self._standing()[1])
            card.ruling_id.with_user(self.li).action_appeal("I called")
            self.assertEqual(self._standing()[1][0], "appeal")

    def test_a_lost_card_goes_to_whoever_receives(self):
        with self.at("2026-03-01 10:00"):
            card = self.card()
            card.action_set_lost()
        self.assertEqual(self._standing(), ("free", []))
        self.register(self.desk)
        self.assertEqual((card.user_id, self._standing()), (self.wang, ("owned", [])))

    def test_a_card_without_a_filing_goes_to_whoever_receives(self):
        card = self.env["crm.lead"].with_user(self.li).create({"name": "Zhao", "phone": "+86 13810000001"})
        self.assertEqual(self._standing(), ("free", []))
        self.register(self.desk)
        self.assertEqual(card.sudo().user_id, self.wang)

    def test_only_who_registers_asks(self):
        with self.assertRaises(AccessError):
            self.match(self.seller)

    def _cost(self):
        self.match()  # what Odoo keeps in memory may have been pushed out meanwhile
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.match()
        return self.env.cr.sql_log_count - start

    def test_a_match_costs_the_same_among_many(self):
        self.card()
        before = self._cost()
        for number in range(30):
            self.receive(self.wang, phone=f"139100001{number:02d}")
            self.receive(self.wang)
        self.env.flush_all()
        self.assertLessEqual(self._cost(), before)


class TestDeskNotify(DeskCase):
    """Fetching the holder (2: the holder is notified)."""

    def _messages(self, user):
        domain = [("subtype_id", "=", self.env.ref("showroom_ownership.mt_at_the_desk").id)]
        return self.env["mail.message"].search([*domain, ("partner_ids", "in", user.partner_id.ids)])

    def notify(self, user=None, consultant=None):
        return self.call(
            user or self.desk, "desk_notify", PHONE, self.main.id, (consultant or self.env["res.users"]).id
        )

    def test_the_holder_learns_where_and_with_whom(self):
        card = self.card()
        told = self.notify(consultant=self.wang)
        self.assertEqual((told["holder"], told["now"]), ("Li", True))
        body = self._messages(self.li).body
        self.assertIn(f"Your customer of card {card.card_number} is at Main with Wang.", body)
        self.assertNotIn("1000", body)

    def test_the_holder_sees_it_at_once(self):
        self.card()
        sent = []
        patched = patch.object(type(self.env["bus.bus"]), "_sendone", lambda _self, *message: sent.append(message))
        with patched:
            self.notify()
        notes = [(target, payload) for target, kind, payload in sent if kind == "simple_notification"]
        self.assertEqual([target for target, _payload in notes], [self.li.partner_id])
        self.assertNotIn("1000", notes[0][1]["message"])

    def test_once_in_five_minutes_whoever_asks(self):
        self.card()
        self.notify()
        with self.at("2026-03-02 10:04"):
            self.assertEqual(self.notify(self.wang), {**self.notify(), "now": False})
            self.assertEqual(len(self._messages(self.li)), 1)
        with self.at("2026-03-02 10:06"):
            self.assertTrue(self.notify()["now"])
        self.assertEqual(len(self._messages(self.li)), 2)

    def test_registering_does_not_use_up_the_call(self):
        self.card()
        self.register(self.desk)
        self.assertTrue(self.notify()["now"])

    def test_a_consultant_names_only_themselves(self):
        self.card()
        self.notify(self.wang, consultant=self.chen)
        self.assertIn("with Wang", self._messages(self.li).body)

    def test_nobody_of_elsewhere_is_named(self):
        self.card()
        self.notify(consultant=self.sun)
        self.assertNotIn("Sun", self._messages(self.li).body)

    def test_there_must_be_somebody_to_tell(self):
        with self.assertRaisesRegex(UserError, "no other holder"):
            self.notify()
        self.card()
        with self.assertRaisesRegex(UserError, "no other holder"):
            self.notify(self.li)

    def test_only_at_ones_own_desk(self):
        self.card()
        with self.assertRaisesRegex(UserError, "desk"):
            self.notify(self.sun)
