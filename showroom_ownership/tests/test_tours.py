from datetime import timedelta

from odoo.tests import tagged
from odoo.tests.common import HttpCase

from .common import ShowroomCase, frozen

DESK = "/odoo/reception-desk"
COVERS = """
<div class="position-fixed top-0 start-0 vw-100 vh-100 bg-white z-3 o_covers">Your session has ended</div>
<p style="position: fixed; top: 0; left: 0; width: 100vw; height: 100vh; z-index: 9999" class="o_covers">Log in</p>
"""
IS_SHOWN = "document.querySelectorAll('.o-mail-Message-body .o_covers').length >= 1"
WHAT_IS_THERE = """
const corner = document.elementFromPoint(8, 8);
console.log(corner && !corner.closest(".o-mail-Message-body") ? "test successful" : "the text covers the screen");
"""
APPROVALS = "/odoo/action-showroom_ownership.showroom_approval_action"


@tagged("post_install", "-at_install")
class TestTours(ShowroomCase, HttpCase):
    """The main ways through the screens, each as the least privileged user who can go it."""

    def _tour(self, name, url, user):
        self.start_tour(url, f"showroom_{name}", login=user.login)

    def _page(self, record):
        return f"/odoo/{record._name}/{record.id}"

    def _days_ago(self, days):
        return frozen(self.env, f"{self.main._today() - timedelta(days=days)} 10:00")

    def test_a_first_deal(self):
        self._tour("first_deal", DESK, self.li)
        ruling = self.env["showroom.ruling"].search([("closer_id", "=", self.li.id)])
        self.assertEqual((ruling.state, ruling.ground), ("final", "sole_claimant"))

    def test_a_deal_for_a_colleague(self):
        for number, name in enumerate(("won_for_a_colleague", "won_for_a_colleague_by_stage")):
            with self._days_ago(2):
                card = self.card(self.wang, phone=f"1391000000{number}", name="Qian")
                self.env["showroom.order"].with_user(self.wang).create({"lead_id": card.id})
                card.with_user(self.chen).action_reassign(self.li.id, "She is away")
            self._tour(name, self._page(card), self.li)
            self.assertEqual((card.ruling_id.ground, card.user_id), ("order_customer", self.wang))

    def test_a_text_covers_no_screen(self):
        card = self.card(self.wang)
        self.env["mail.message"].create({"model": "crm.lead", "res_id": card.id, "body": COVERS})
        self.browser_js(self._page(card), WHAT_IS_THERE, ready=IS_SHOWN, login=self.wang.login)

    def test_a_returning_customer(self):
        with self._days_ago(2):
            card = self.card()
        self._tour("returning_customer", DESK, self.desk)
        line = card.reception_ids[0]
        self.assertEqual((line.asked, line.prior_id, line.consultant_id), ("yes", self.li, self.wang))
        self.assertEqual((card.user_id, card.is_contested, len(card.reception_ids)), (self.li, True, 2))

    def test_a_deal_with_appeal_and_decision(self):
        with self._days_ago(5):
            card = self.card()
        for days in (3, 2):
            with self._days_ago(days):
                line = self.receive(self.wang, asked="no")
        self._tour("confirm_from_reception", self._page(line), self.wang)
        self.assertEqual(card.ruling_id.state, "provisional")
        self._tour("appeal", self._page(card.ruling_id), self.li)
        self.assertEqual((card.ruling_id.state, card.ruling_id.ground), ("appealed", "appeal_tracked"))
        self._tour("decide", self._page(card.ruling_id), self.chen)
        self.assertEqual((card.ruling_id.state, card.user_id), ("final", self.li))

    def test_an_approval_batch(self):
        with self._days_ago(3):
            cards = self.card() | self.card(phone="13910000002", name="Qian Jun")
        cards.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked for Wang")
        self._tour("approve_batch", APPROVALS, self.chen)
        self.assertEqual(cards.user_id, self.wang)

    def test_a_policy_change(self):
        number = self.policy.version_id.number
        self._tour("policy_change", self._page(self.policy), self.dir)
        self.assertEqual((self.policy.appeal_days, self.policy.version_id.number), (5, number + 1))
