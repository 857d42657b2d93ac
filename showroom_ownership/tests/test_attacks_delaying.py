from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksDelaying(AttackCase):
    """Zhao's card lapses at li's; li puts it off. And what a colleague asks of a card that is not theirs (4)."""

    def setUp(self):
        super().setUp()
        self.first = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)

    def lapse(self, day="2026-03-30 10:00"):
        with self.at(day):
            self.scheduled(self.env["crm.lead"]._cron_lapses)

    def win_and_take_back(self):
        self.enter("li")
        for stage in (self.won, self.first):
            self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id], {"stage_id": stage.id}))

    def test_a_deal_that_is_taken_back_ends_no_notice(self):
        self.lapse()
        notice = self.zhao.notice_id
        with self.at("2026-03-30 15:00"):
            self.win_and_take_back()
            self.assertEqual((self.zhao.notice_id, notice.ended_at), (notice, False))
            self.assertEqual(self.zhao.followup_state, "noticed")
            self.assertTrue(self.zhao.activity_ids.filtered(lambda each: each.user_id == self.li))
        self.lapse("2026-04-02 10:00")
        self.assertEqual(self.zhao.pending_transfer_id.reason, "lapsed")

    def test_nor_the_request_that_it_led_to(self):
        self.lapse()
        self.lapse("2026-04-02 10:00")
        asked = self.zhao.pending_transfer_id
        with self.at("2026-04-02 15:00"):
            self.win_and_take_back()
            self.assertEqual(asked.state, "withdrawn")
            self.assertEqual(self.zhao.pending_transfer_id.reason, "lapsed")
            self.zhao.pending_transfer_id.with_user(self.chen).action_approve()
        self.assertEqual(self.zhao.user_id, self.wang)

    def pending(self):
        self.env.invalidate_all()
        asked = self.zhao.pending_transfer_id
        lapsed_at = self.zhao.notice_id.lapsed_at
        return asked.reason, asked.to_id, asked.requested_at, asked.approval_id.waiting_since, lapsed_at

    def test_it_waits_for_whom_and_as_long_as_it_had(self):
        lin = self._user("lin", "consultant", self.main)  # who would be next, once a card is proposed to wang
        self.lapse()
        self.lapse("2026-04-02 10:00")
        before = self.pending()
        self.assertIn(before[1], self.wang | lin)
        for day in ("2026-04-02 15:00", "2026-04-03 15:00"):
            with self.at(day):
                self.enter("li")
                order = self.rpc("showroom.order", "create", [{"lead_id": self.zhao.id}]).result[0]
                self.assertDone(self.rpc("showroom.order", "action_cancel", [order]))
                self.assertEqual(self.pending(), before)
                self.win_and_take_back()
                self.assertEqual(self.pending(), before)

    def test_a_colleague_who_takes_no_cards_any_more_is_not_proposed_again(self):
        self._user("lin", "consultant", self.main)
        self.lapse()
        self.lapse("2026-04-02 10:00")
        to = self.pending()[1]
        with self.at("2026-04-02 15:00"):
            self.enter("li")
            order = self.rpc("showroom.order", "create", [{"lead_id": self.zhao.id}]).result[0]
            to.with_user(self.env.ref("base.user_admin")).active = False
            self.enter("li")
            self.assertDone(self.rpc("showroom.order", "action_cancel", [order]))
            reason, other, *_rest = self.pending()
        self.assertEqual(reason, "lapsed")
        self.assertTrue(other and other != to)

    def test_managers_hear_of_a_deal_that_keeps_a_card(self):
        subject = "A deal on a card that was lapsing"
        self.lapse()
        self.lapse("2026-04-02 10:00")
        with self.at("2026-04-02 15:00"):
            self.enter("li")
            for card in (self.zhao, self.receive(self.li, phone="13910000066", name="Wu").lead_id):
                self.assertDone(self.rpc("crm.lead", "write", [card.id], {"stage_id": self.won.id}))
        told = self.env["mail.message"].search([("subject", "=", subject)])
        self.assertEqual((told.res_id, told.notified_partner_ids), (self.zhao.id, self.chen.partner_id))
        self.assertIn("take it back", told.body)

    def test_managers_hear_of_a_deal_that_ends_a_notice(self):
        self.lapse()
        with self.at("2026-03-30 15:00"):
            self.enter("li")
            for card in (self.zhao, self.receive(self.li, phone="13910000066", name="Wu").lead_id):
                self.assertDone(self.rpc("crm.lead", "write", [card.id], {"stage_id": self.won.id}))
        told = self.env["mail.message"].search([("subject", "=", "A deal on a card that was overdue")])
        self.assertEqual((told.res_id, told.notified_partner_ids), (self.zhao.id, self.chen.partner_id))

    def test_and_of_one_on_a_card_that_is_overdue_without_a_notice(self):
        """Where managers give notices by hand, a card waits for one as long as they do."""
        with self.at("2026-03-30 15:00"):
            self.assertFalse(self.zhao.notice_id)
            self.assertLess(self.zhao.followup_due, self.main._today())
            self.enter("li")
            self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id], {"stage_id": self.won.id}))
        told = self.env["mail.message"].search([("subject", "=", "A deal on a card that was overdue")])
        self.assertEqual((told.res_id, told.notified_partner_ids), (self.zhao.id, self.chen.partner_id))

    def test_and_of_a_loss_that_ends_one(self):
        """By which a second card of the customer would stay with its owner, untold."""
        self.lapse()
        with self.at("2026-03-30 15:00"):
            self.enter("li")
            for card in (self.zhao, self.receive(self.li, phone="13910000066", name="Wu").lead_id):
                self.assertDone(self.rpc("crm.lead", "action_set_lost", [card.id]))
        told = self.env["mail.message"].search([("subject", "=", "A card that was overdue is lost")])
        self.assertEqual((told.res_id, told.notified_partner_ids), (self.zhao.id, self.chen.partner_id))

    def closed_by_a_colleague(self, at):
        """Who is about to lose a card would let a friend close it."""
        with self.at(at):
            self.enter("wang")
            line = self.receive(self.wang, phone=self.zhao.phone, name="Zhao")
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        self.assertEqual(self.zhao.ruling_id.closer_id, self.wang)
        return self.env["mail.message"].search([("subject", "=like", "A deal on a card that was %")])

    def test_they_hear_of_one_that_a_colleague_closes_after_a_notice(self):
        self.lapse()
        told = self.closed_by_a_colleague("2026-03-30 15:00")
        self.assertEqual((told.res_id, told.notified_partner_ids), (self.zhao.id, self.chen.partner_id))
        self.assertRegex(told.body, f"^<p>{self.wang.name} closed the deal .* was not followed up in time")

    def test_they_hear_of_one_that_a_colleague_closes_while_a_request_waits(self):
        self.lapse()
        self.lapse("2026-04-02 10:00")
        told = self.closed_by_a_colleague("2026-04-02 15:00")
        self.assertEqual((told.res_id, told.notified_partner_ids), (self.zhao.id, self.chen.partner_id))
        self.assertRegex(told.body, f"^<p>{self.wang.name} closed the deal .* to go to a colleague")

    def second(self):
        vals = {"name": "x", "phone": self.zhao.phone, "team_id": self.main.id, "user_id": self.li.id}
        return self.env["crm.lead"].browse(self.assertDone(self.rpc("crm.lead", "create", [vals])))

    def test_they_hear_of_one_while_what_its_owner_asked_waits(self):
        ask = ("action_request_transfer", self.zhao.ids, self.wang.id, "customer_request", "She asked for her")
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", *ask))
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.zhao.ids))
        self.assertIn("A deal on a card of which a transfer waited", self.told(self.chen).mapped("subject"))
        self.assertFalse(self.zhao.pending_transfer_id)
        stage = self.main._first_stage()
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": stage.id}))
        self.env.invalidate_all()
        waiting = self.zhao.pending_transfer_id
        self.assertEqual(
            (waiting.to_id, waiting.requested_by, waiting.reason), (self.wang, self.li, "customer_request")
        )

    def test_they_hear_of_one_on_a_second_card(self):
        self.lapse()
        with self.at("2026-03-30 15:00"):
            self.enter("li")
            second = self.second()
            self.assertDone(self.rpc("crm.lead", "action_set_won", second.ids))
        told = self.env["mail.message"].search([("subject", "like", "A deal beside a card")])
        self.assertEqual((told.res_id, told.notified_partner_ids), (second.id, self.chen.partner_id))
        self.assertIn(self.zhao.card_number, told.body)

    def test_they_hear_of_one_that_is_closed_again_on_a_second_card(self):
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.zhao.ids))
        self.zhao.with_user(self.chen).stage_id = self.first
        self.env.flush_all()
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.second().ids))
        subject = [("subject", "=", "A deal with a customer whose deal was taken back")]
        self.assertEqual(self.env["mail.message"].search(subject).notified_partner_ids, self.chen.partner_id)

    def test_they_hear_of_a_second_deal_of_the_same_closer(self):
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.zhao.ids))
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.second().ids))
        subject = [("subject", "=", "A second deal with one customer")]
        self.assertEqual(self.env["mail.message"].search(subject).notified_partner_ids, self.chen.partner_id)

    def test_managers_hear_of_a_deal_that_is_closed_again_after_they_took_it_back(self):
        self.enter("li")
        self.win_and_take_back()  # their own, of which nobody needs to hear
        subject = [("subject", "=", "A deal with a customer whose deal was taken back")]
        for times in (0, 1, 2):
            self.enter("li")
            self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id], {"stage_id": self.won.id}))
            told = self.env["mail.message"].search(subject)
            self.assertEqual(len(told), times)
            self.assertEqual(told.notified_partner_ids, self.chen.partner_id if times else told.notified_partner_ids)
            self.zhao.with_user(self.chen).stage_id = self.first
            self.env.flush_all()

    def test_who_was_in_touch_meanwhile_has_kept_the_card(self):
        self.lapse()
        with self.at("2026-03-30 15:00"):
            self.enter("li")
            self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id], {"stage_id": self.won.id}))
        with self.at("2026-03-30 16:00"):
            self.env["showroom.followup"].with_user(self.li).create({"lead_id": self.zhao.id})
            self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id], {"stage_id": self.first.id}))
        self.assertFalse(self.zhao.notice_id)
        self.assertEqual(self.zhao.followup_state, "on_time")

    def test_an_order_that_is_cancelled_ends_no_notice(self):
        self.lapse()
        notice = self.zhao.notice_id
        with self.at("2026-03-30 15:00"):
            self.enter("li")
            orders = [self.rpc("showroom.order", "create", [{"lead_id": self.zhao.id}]).result[0] for _each in range(2)]
            self.env.invalidate_all()
            self.assertFalse(self.zhao.notice_id, "the customer ordered")
            for order in orders:
                self.assertDone(self.rpc("showroom.order", "action_cancel", [order]))
        self.assertEqual((self.zhao.notice_id, self.zhao.followup_state), (notice, "noticed"))

    def test_a_request_that_is_withdrawn_ends_no_notice(self):
        self.lapse()
        notice = self.zhao.notice_id
        with self.at("2026-03-30 15:00"):
            self.enter("li")
            said = (self.wang.id, "customer_request", "Dialect")
            self.assertDone(self.rpc("crm.lead", "action_request_transfer", [self.zhao.id], *said))
            self.env.invalidate_all()
            asked = self.zhao.pending_transfer_id
            self.assertDone(self.rpc("showroom.transfer", "action_withdraw", [asked.id]))
        self.assertEqual((self.zhao.notice_id, notice.ended_at), (notice, False))

    def test_a_request_of_ones_own_puts_off_no_notice(self):
        self.enter("li")
        said = (self.wang.id, "customer_request", "Dialect")
        self.assertDone(self.rpc("crm.lead", "action_request_transfer", [self.zhao.id], *said))
        asked = self.zhao.pending_transfer_id
        self.lapse()
        notice = self.zhao.notice_id
        self.assertEqual(notice.user_id, self.li)
        self.lapse("2026-04-02 10:00")
        self.assertEqual(self.zhao.pending_transfer_id, asked, "a manager decides on it first")
        with self.at("2026-04-02 15:00"):
            self.enter("li")
            self.assertDone(self.rpc("showroom.transfer", "action_withdraw", asked.ids))
        self.assertEqual((self.zhao.notice_id, self.zhao.followup_state), (notice, "noticed"))
        self.lapse("2026-04-02 16:00")
        self.assertEqual(self.pending()[0], "lapsed")

    # Requests on somebody else's card

    def cancel(self, role, **about):
        self.enter(role)
        [dialog] = self.rpc("showroom.cancellation.wizard", "create", [{**about, "text": "Moved away"}]).result
        return self.rpc("showroom.cancellation.wizard", "action_request", [dialog])

    def test_who_received_a_colleagues_customer_does_not_withdraw_the_card(self):
        line = self.receive(self.li, phone="13910000002", name="Qian")
        self.enter("li")
        self.assertRefused(self.cancel("li", reception_id=line.id), "owner of the card")
        self.assertRefused(self.rpc("crm.lead", "action_request_cancellation", [self.qian.id], "Gone"))
        self.assertFalse(self.qian.cancellation_ids)
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "action_request_cancellation", [self.qian.id], "Gone"))
        self.assertEqual(self.qian.cancellation_ids.requested_by, self.wang)

    def test_a_card_in_the_pool_is_withdrawn_at_the_word_of_who_received_the_customer(self):
        line = self.receive(self.li, phone="13910000002", name="Qian")
        self.wang.with_user(self.env.ref("base.user_admin")).active = False
        self.assertFalse(self.qian.user_id)
        self.assertDone(self.cancel("li", reception_id=line.id))
        self.assertEqual(self.qian.cancellation_ids.requested_by, self.li)

    def test_the_owner_hears_of_what_others_ask(self):
        self.receive(self.li, phone="13910000002", name="Qian")
        self.qian.with_user(self.li).action_request_transfer(self.li.id, "customer_request", "Asked for me")
        self.qian.with_user(self.chen).action_request_cancellation("Gone abroad")
        told = self.env["mail.message"].search([("subject", "ilike", "A request about card")])
        self.assertEqual(len(told), 2)
        for message in told:
            self.assertIn(self.wang.partner_id, message.notified_partner_ids)
            self.assertNotIn("13910000002", message.body)
        self.qian.cancellation_ids.with_user(self.chen).action_withdraw()
        self.qian.with_user(self.wang).action_request_cancellation("Gone abroad")
        self.assertEqual(self.env["mail.message"].search([("subject", "ilike", "A request about")]), told)

    # What managers are told

    def test_a_card_without_a_grade_has_the_policys(self):
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id], {"grade_id": False}))
        self.assertFalse(self.env["mail.message"].search([("subject", "=", "A card that asks for no follow-up")]))
        self.assertTrue(self.zhao.followup_due)
