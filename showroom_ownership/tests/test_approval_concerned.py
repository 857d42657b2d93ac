from datetime import date

from odoo.exceptions import AccessError

from .test_approval_delegation import DelegationCase


class TestDelegationConcerned(DelegationCase):
    """Who stands in does not decide on what has become about them, though the request does not name them."""

    def setUp(self):
        super().setUp()
        self.delegate(self.chen, self.zhou)

    def announce(self, phone):
        vals = {"customer_name": "Qian", "phone": phone, "outlet_id": self.main.id}
        return self.env["showroom.preregistration"].with_user(self.wang).create(vals).with_env(self.env)

    def test_an_announcement_of_whom_the_delegate_has_received(self):
        announced = self.announce("+86 139 1000 0002")
        self.card(phone="+86 139 1000 0002")
        self.receive(self.zhou, phone="+86 139 1000 0002")
        self.refused(announced, self.zhou, "party")
        self.assertNotIn(announced.approval_id, self.env["showroom.approval"]._waiting(self.zhou)[self.zhou])

    def test_an_announcement_of_whom_the_delegate_holds(self):
        held = self.announce("+86 139 1000 0003")
        self.receive(self.desk, phone="+86 139 1000 0003", consultant_id=self.zhou.id)
        self.refused(held, self.zhou, "party")

    def test_a_manager_who_received_the_customer(self):
        announced = self.announce("+86 139 1000 0002")
        self.receive(self.gao, phone="+86 139 1000 0002")
        with self.assertRaisesRegex(AccessError, "party"):
            self.call(self.gao, announced.approval_id, "action_approve")
        announced.with_user(self.chen).action_approve()
        self.assertEqual(announced.state, "approved")

    def test_what_stands_against_a_request_for_the_delegate(self):
        card = self.card(phone="+86 139 1000 0002")
        self.receive(self.zhou, phone="+86 139 1000 0002")
        card.with_user(self.zhou).action_request_transfer(self.zhou.id, "customer_request", "He wants me")
        card.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "He wants Wang")
        owners = card.pending_transfer_id
        self.assertEqual(owners.to_id, self.wang)
        self.refused(owners, self.zhou, "party")

    def test_the_withdrawal_of_a_card_that_the_delegate_lent(self):
        card = self.card(self.zhou, phone="+86 139 1000 0002")
        Leave = self.env["showroom.leave"].with_user(self.zhou)
        leave = Leave._arrange(self.zhou, date(2026, 3, 2), date(2026, 4, 2), {card: self.li})
        leave.with_user(self.chen).action_approve("Fine")
        self.scheduled(self.env["showroom.leave.line"]._cron_leaves)
        self.assertEqual(card.user_id, self.li)
        card.with_user(self.li).action_request_cancellation("Gone")
        self.refused(card.cancellation_ids, self.zhou, "party")
