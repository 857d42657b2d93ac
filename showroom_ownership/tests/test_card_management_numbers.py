from odoo.exceptions import AccessError

from .test_card_management_files import CardManagementCase


class TestCardNumbers(CardManagementCase):
    """A card's number never changes, whatever becomes of the card (rulebook 1)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.zhao = self.card(interest="M9")
        self.number = self.zhao.card_number

    def test_nobody_writes_it(self):
        for user in (self.li, self.chen, self.gm, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.zhao.with_user(user).write({"card_number": "MAIN-1"})
            with self.assertRaises(AccessError):
                self.env["crm.lead"].with_user(user).create({"name": "x", "card_number": self.number})
        self.assertEqual(self.zhao.card_number, self.number)

    def test_a_copy_has_its_own(self):
        self.assertNotEqual(self.zhao.copy({"phone": "13910000002"}).card_number, self.number)

    def test_a_merge_keeps_the_senior_cards(self):
        with self.at("2026-03-03 10:00"):
            junior = self.card(self.li, phone="13910000003")
        merged = (junior | self.zhao).with_user(self.li).merge_opportunity()
        self.assertEqual(merged.card_number, self.number)

    def test_a_cancelled_card_comes_back_with_it(self):
        self.zhao.with_user(self.li).action_request_cancellation("Bought elsewhere")
        self.zhao.cancellation_ids.with_user(self.chen).action_approve()
        self.zhao.cancellation_ids.with_user(self.dir).action_approve()
        self.assertTrue(self.zhao.is_cancelled)
        self.assertEqual(self.receive(self.wang).lead_id, self.zhao)
        self.assertEqual((self.zhao.card_number, self.zhao.user_id), (self.number, self.wang))

    def test_another_outlet_takes_it_over(self):
        self.zhao.with_user(self.chen).action_request_transfer(self.sun.id, "customer_request", "Moved")
        transfer = self.zhao.transfer_ids
        transfer.with_user(self.dir).action_approve()
        transfer.with_user(self.gm).action_approve()
        self.assertEqual((self.zhao.outlet_id, self.zhao.user_id), (self.east, self.sun))
        self.assertEqual(self.zhao.card_number, self.number)

    def test_the_after_sales_card_has_it(self):
        self.zhao.with_user(self.li).action_set_won()
        self.zhao.with_user(self.li).action_deliver()
        self.assertEqual((self.zhao.card_kind, self.zhao.card_number), ("c", self.number))
