from datetime import timedelta

from odoo.tests import tagged
from odoo.tests.common import HttpCase

from .common import ShowroomCase, frozen

APPROVALS = "/odoo/action-showroom_ownership.showroom_approval_action"
DELEGATIONS = "/odoo/action-showroom_ownership.showroom_delegation_action"


@tagged("post_install", "-at_install")
class TestApprovalTours(ShowroomCase, HttpCase):
    """My Approvals on the screen: its number, another consultant, a delegation."""

    def setUp(self):
        super().setUp()
        self.zhou, self.qian = self._user("zhou", "consultant", self.main), self._user("qian", "consultant", self.main)
        before = f"{self.main._today() - timedelta(days=1)} 10:00"
        with frozen(self.env, before):
            self.cards = self.card() | self.card(phone="13910000002", name="Qian Jun")
        self.env["showroom.approval"].search([("state", "=", "pending")])._decide("withdrawn")
        self.cards.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked for Wang")

    def test_the_number(self):
        self.card(phone="13910000003").with_user(self.li).action_request_cancellation("Moved away")
        self.start_tour("/odoo/showroom-requests", "showroom_approval_number", login=self.chen.login)

    def test_another_consultant(self):
        self.start_tour(APPROVALS, "showroom_approve_other", login=self.chen.login)
        self.assertEqual(set(self.cards.mapped("user_id.name")), {"Zhou", "Qian"})

    def test_a_delegation(self):
        self.start_tour(DELEGATIONS, "showroom_delegate", login=self.chen.login)
        delegation = self.env["showroom.delegation"].search([("delegator_id", "=", self.chen.id)])
        self.assertEqual((delegation.delegate_id, delegation.state), (self.zhou, "in_force"))
