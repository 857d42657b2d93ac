from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from .test_card_management_files import CardManagementCase


class TestVerifiedCancellation(CardManagementCase):
    """A manager verifies a cancellation with the customer before it is approved (rulebook 4)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.policy.write({"cancellation_check": True, "approval_tiers": "1"})
        self.zhao = self.card(interest="M9")
        self.zhao.with_user(self.li).action_request_cancellation("Bought elsewhere")
        self.request = self.zhao.cancellation_ids

    def test_who_how_and_what_is_kept(self):
        self.assertTrue(self.request.must_verify)
        self.request.with_user(self.chen).action_verify("call", "not_reached", "Switched off")
        self.request.with_user(self.gm).action_verify("visit", "confirmed", "Has another car")
        kept = [(line.user_id, line.method, line.finding, line.text) for line in self.request.check_ids]
        first = (self.chen, "call", "not_reached", "Switched off")
        self.assertEqual(kept, [first, (self.gm, "visit", "confirmed", "Has another car")])
        self.assertFalse(self.request.must_verify)
        self.request.with_user(self.chen).action_approve()
        self.assertTrue(self.zhao.is_cancelled)

    def test_without_it_nothing_is_approved_by_any_way(self):
        for approve in (
            self.request.with_user(self.chen).action_approve,
            self.request.approval_id.with_user(self.chen).action_approve,
            self.request.sudo()._approved,
        ):
            with self.assertRaisesRegex(UserError, self.zhao.card_number):
                approve()
        self.assertEqual((self.request.state, self.zhao.active), ("pending", True))

    def test_parties_and_consultants_do_not_verify(self):
        for user in (self.li, self.wang):
            with self.assertRaises(UserError):
                self.request.with_user(user).action_verify("call", "confirmed", "Yes")
        mine = self.card(self.chen, phone="13910000002", name="Qian")
        mine.with_user(self.chen).action_request_cancellation("Gone")
        with self.assertRaises(AccessError):
            mine.cancellation_ids.with_user(self.chen).action_verify("call", "confirmed", "Yes")
        self.assertFalse(mine.cancellation_ids.with_user(self.chen).can_verify)
        self.assertTrue(mine.cancellation_ids.with_user(self.gm).can_verify)

    def test_nonsense_is_refused(self):
        for said in (("fax", "confirmed", "Yes"), ("call", "maybe", "Yes"), ("call", "confirmed", " ")):
            with self.assertRaises(UserError):
                self.request.with_user(self.chen).action_verify(*said)

    def test_nobody_writes_a_verification(self):
        self.request.with_user(self.chen).action_verify("call", "interested", "Wants to come back")
        line = self.request.check_ids
        for user in (self.li, self.chen, self.gm, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                line.with_user(user).write({"finding": "confirmed"})
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()
            with self.assertRaises(AccessError):
                line.with_user(user).copy()
            with self.assertRaises(AccessError):
                self.request.with_user(user).write({"check_ids": [(2, line.id)]})
        self.assertEqual(line.with_user(self.li).text, "Wants to come back")
        self.assertFalse(line.with_user(self.wang).search([]))

    def test_the_dialog_records_it(self):
        wizard = self.env["showroom.verification.wizard"].with_user(self.chen).with_context(active_id=self.request.id)
        with patch.object(self.env.transaction, "default_env", self.env(user=self.chen)):
            wizard.create({"finding": "confirmed", "text": "Yes"}).action_verify()
        self.assertEqual(self.request.check_ids.user_id, self.chen)

    def test_a_policy_that_does_not_ask_needs_none(self):
        self.policy.cancellation_check = False
        self.assertFalse(self.request.must_verify)
        self.request.with_user(self.chen).action_approve()
        self.assertTrue(self.zhao.is_cancelled)
