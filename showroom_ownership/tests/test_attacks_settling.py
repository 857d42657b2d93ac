from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksSettling(AttackCase):
    """A settlement binds nobody who did not sign it (5). Qian is wang's customer; li has received Qian, too."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 12:00"):
            self.line = self.receive(self.li, phone="13910000002", name="Qian", asked="no")

    def propose(self, role, shares, **about):
        """As the dialog does."""
        self.enter(role)
        lines = [[0, 0, {"user_id": user.id, "percent": percent}] for user, percent in shares.items()]
        [dialog] = self.rpc("showroom.settlement.wizard", "create", [{**about, "line_ids": lines}]).result
        return self.rpc("showroom.settlement.wizard", "action_settle", [dialog])

    def act(self, role, method, settlement):
        self.enter(role)
        return self.rpc("showroom.settlement", method, [settlement.id])

    def proposed(self, card=None):
        self.env.invalidate_all()
        return (card or self.qian).settlement_ids[:1]

    def test_the_holder_who_is_left_out_signs_or_nothing_is_approved(self):
        self.assertDone(self.propose("li", {self.li: 100}, reception_id=self.line.id))
        settlement = self.proposed()
        self.assertEqual(settlement.state, "draft")
        self.assertEqual(settlement.share_ids.filtered("waives").user_id, self.wang)
        self.assertRefused(self.act("chen", "action_approve", settlement), "have not signed")
        told = self.env["mail.message"].search([("subject", "ilike", "A request about card")])
        self.assertIn(self.wang.partner_id, told.notified_partner_ids)
        self.assertIn("Li 100 %", told.body)
        self.assertIn("Without a share: Wang", settlement.subject)
        self.enter("wang")
        self.assertEqual(self.rpc("showroom.settlement", "search", []).result, settlement.ids)

    def test_shares_that_were_approved_are_given_up_by_who_has_them(self):
        with self.at("2026-03-02 12:30"):
            self.receive(self.wang, phone=self.zhao.phone, asked="no")
        self.assertDone(self.propose("li", {self.li: 50, self.wang: 50}, lead_ids=self.zhao.ids))
        self.assertDone(self.act("wang", "action_sign", self.proposed(self.zhao)))
        self.assertDone(self.act("chen", "action_approve", self.proposed(self.zhao)))
        self.assertDone(self.propose("li", {self.li: 100}, lead_ids=self.zhao.ids))
        settlement = self.proposed(self.zhao)
        self.assertEqual((settlement.state, settlement.share_ids.filtered("waives").user_id), ("draft", self.wang))
        self.assertRefused(self.act("chen", "action_approve", settlement), "have not signed")

    def test_so_is_what_an_order_promises(self):
        with self.at("2026-03-02 12:30"):
            self.env["showroom.order"].with_user(self.wang).create({"lead_id": self.qian.id})
            self.qian.with_user(self.chen).action_reassign(self.li.id, "She is away")
        self.assertDone(self.propose("li", {self.li: 100}, lead_ids=self.qian.ids))
        settlement = self.proposed()
        self.assertEqual((settlement.state, settlement.share_ids.filtered("waives").user_id), ("draft", self.wang))

    def test_so_is_a_deal_of_whom_the_customer_asked_for(self):
        with self.at("2026-03-02 12:30"):
            self.receive(self.li, phone="13910000002", name="Qian", asked="yes", named_id=self.li.id)
        self.assertDone(self.propose("wang", {self.wang: 100}, lead_ids=self.qian.ids))
        settlement = self.proposed()
        self.assertEqual((settlement.state, settlement.share_ids.filtered("waives").user_id), ("draft", self.li))
        self.assertRefused(self.act("chen", "action_approve", settlement), "have not signed")

    def test_so_is_a_deal_that_would_be_ones_own_after_a_lapse(self):
        """Wang settles alone what is about to be li's, who has received the customer whom wang leaves waiting."""
        with self.at("2026-04-20 10:00"):
            self.line = self.receive(self.li, phone="13910000002", name="Qian", asked="yes", prior_id=self.wang.id)
            said = {"lead_id": self.qian.id, "with_id": self.wang.id}
            self.env["showroom.communication"].with_user(self.li).create(said)
            self.assertDone(self.propose("wang", {self.wang: 100}, lead_ids=self.qian.ids))
            settlement = self.proposed()
            self.assertEqual((settlement.state, settlement.share_ids.filtered("waives").user_id), ("draft", self.li))
            self.assertRefused(self.act("chen", "action_approve", settlement), "have not signed")
            self.line.with_user(self.li).action_confirm_deal()
            self.assertEqual(self.qian.ruling_id.ground, "holder_lapsed")

    def test_who_received_the_customer_and_would_get_nothing_does_not_sign(self):
        """The legal twin: li asked nobody, and wang has called her twice since."""
        self.line.with_user(self.chen).action_correct({"asked": "not_asked"})
        for at in ("12:20", "12:40"):
            with self.at(f"2026-03-02 {at}"):
                self.env["showroom.followup"].with_user(self.wang).create({"lead_id": self.qian.id, "method": "call"})
        self.assertEqual(self.qian._forecast(self.li).shares, ((self.wang.id, 100),))
        self.assertDone(self.propose("wang", {self.wang: 100}, lead_ids=self.qian.ids))
        self.assertEqual((self.proposed().state, self.proposed().share_ids.user_id), ("pending", self.wang))

    def test_who_is_left_out_can_waive(self):
        self.assertDone(self.propose("li", {self.li: 100}, reception_id=self.line.id))
        self.assertDone(self.act("wang", "action_sign", self.proposed()))
        self.assertDone(self.act("chen", "action_approve", self.proposed()))
        self.line.with_user(self.li).action_confirm_deal()
        ruling = self.qian.ruling_id
        self.assertEqual((ruling.ground, ruling.share_ids.user_id, ruling._again().shares), (
            "settlement", self.li, ((self.li.id, 100),)))  # fmt: skip

    def test_who_is_left_out_can_decline(self):
        self.assertDone(self.propose("li", {self.li: 100}, reception_id=self.line.id))
        settlement = self.proposed()
        self.assertRefused(self.act("sun", "action_decline", settlement))
        self.assertDone(self.act("wang", "action_decline", settlement))
        self.assertEqual(self.proposed().state, "refused")
        self.assertDone(self.propose("li", {self.li: 50, self.wang: 50}, reception_id=self.line.id))

    def test_the_closer_and_the_appellant_of_an_open_ruling_are_not_left_out(self):
        """Sun received the customer at the branch, and is a party who could propose."""
        with self.at("2026-03-02 13:00"):
            line = self.receive(self.sun, phone="13910000002", name="Qian", asked="yes", prior_id=self.wang.id)
            self.env["showroom.followup"].with_user(self.li).create([{"lead_id": self.qian.id}] * 2)
            self.env["showroom.followup"].with_user(self.wang).create([{"lead_id": self.qian.id}] * 2)
        with self.at("2026-03-03 10:00"):
            self.line.with_user(self.li).action_confirm_deal()
            self.assertEqual(self.qian.ruling_id.state, "provisional")
            self.assertDone(self.propose("sun", {self.sun: 100}, reception_id=line.id))
            self.assertEqual(self.proposed().share_ids.filtered("waives").user_id, self.li | self.wang)
            self.qian.ruling_id.with_user(self.wang).action_appeal("Mine")
            self.assertDone(self.act("li", "action_sign", self.proposed()))
            self.assertRefused(self.act("chen", "action_approve", self.proposed()), "have not signed")

    def agreed(self):
        """Signed by all who dealt with a card without a number: li, and the colleague who has it now."""
        card = self.env["crm.lead"].with_user(self.li).create({"name": "Nobody", "team_id": self.main.id})
        card, colleague = card.with_env(self.env), self._user("zhou", "consultant", self.main)
        card.with_user(self.chen).action_reassign(colleague.id, "Moved")
        card.with_user(colleague).action_settle({self.li.id: 50, colleague.id: 50})
        card.settlement_ids.with_user(self.li).action_sign()
        return card

    def test_a_card_whose_customer_becomes_known_while_it_waits(self):
        """It is another customer's by the time of the approval."""
        card = self.agreed()
        settlement = card.settlement_ids.with_env(self.env)
        self.assertEqual(settlement.state, "pending")
        card.sudo().phone = "13910000002"
        self.assertIn(self.qian, card.sudo()._same_customer())
        self.assertRefused(self.act("chen", "action_approve", settlement), "Wang has a claim")
        self.assertEqual(settlement.state, "pending")

    def test_a_card_whose_customer_becomes_known_after_the_approval(self):
        card = self.agreed()
        self.assertDone(self.act("chen", "action_approve", card.settlement_ids))
        card.sudo().phone = "13910000002"
        self.qian.with_user(self.wang).action_confirm_deal()
        ruling = self.qian.ruling_id
        self.assertEqual((ruling.ground, ruling.share_ids.user_id), ("sole_claimant", self.wang))
        self.assertIn("Wang, the holder, did not sign", ruling.reasons_html)

    def test_a_settlement_goes_with_a_card_that_is_transferred(self):
        self.assertDone(self.propose("li", {self.li: 30, self.wang: 70}, reception_id=self.line.id))
        self.assertDone(self.act("wang", "action_sign", self.proposed()))
        self.assertDone(self.act("chen", "action_approve", self.proposed()))
        with self.at("2026-03-03 10:00"):
            colleague = self._user("zhou", "consultant", self.main)
            self.qian.with_user(self.chen).action_reassign(colleague.id, "Moved")
            self.line.with_user(self.li).action_confirm_deal()
        self.assertEqual(self.qian.ruling_id.ground, "settlement")
