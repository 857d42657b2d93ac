from odoo.tests import tagged

from .attack_case import AttackCase

PHONE = "13910000002"  # Qian's, who is wang's


@tagged("post_install", "-at_install")
class TestAttacksMessages(AttackCase):
    """What the system tells about a card is no consultant's to rewrite; nobody follows a card that they do not see."""

    def received(self):
        return self.receive(self.li, phone=PHONE, name="Somebody", asked="no")

    def notices(self):
        return self.env["mail.message"].search(
            [("model", "=", "crm.lead"), ("res_id", "=", self.qian.id), ("author_id", "=", self.li.partner_id.id)]
        )

    def test_a_notice_is_not_rewritten_by_whom_it_is_about(self):
        self.received()
        self.enter("li")
        asked = (self.qian.ids, self.li.id, "customer_request", "He wants me")
        self.assertDone(self.rpc("crm.lead", "action_request_transfer", *asked))
        told = self.notices()
        self.assertTrue(told)
        before = told.mapped(lambda each: (each.subject, each.body, each.notified_partner_ids.ids))
        for vals in (
            {"subject": "Newsletter"}, {"body": "<p>Newsletter</p>"}, {"notified_partner_ids": [[5]]},
            {"partner_ids": [[5]]}, {"res_id": self.zhao.id}, {"message_type": "comment"}, {"date": "2020-01-01"},
        ):  # fmt: skip
            with self.subTest(vals):
                self.assertRefused(self.rpc("mail.message", "write", told.ids, vals))
        self.assertRefused(self.rpc("mail.message", "unlink", told.ids))
        self.assertEqual(told.mapped(lambda each: (each.subject, each.body, each.notified_partner_ids.ids)), before)

    def test_the_trace_of_a_grade_stays(self):
        self.env.cr.precommit.run()  # from here on the card is tracked
        self.zhao.with_user(self.li).grade_id = self.policy.grade_ids[-1]
        self.env.flush_all()
        self.env.cr.precommit.run()
        domain = [("model", "=", "crm.lead"), ("res_id", "=", self.zhao.id), ("tracking_value_ids", "!=", False)]
        trace = self.env["mail.message"].search(domain, limit=1)
        self.assertTrue(trace)
        self.enter("li")
        self.assertRefused(self.rpc("mail.message", "unlink", trace.ids))

    def test_ones_own_comment_is_ones_own(self):
        message = self.zhao.with_user(self.li).message_post(body="Wants it in red", message_type="comment")
        theirs = self.qian.with_user(self.wang).message_post(
            body="Wants it in blue", message_type="comment", partner_ids=self.li.partner_id.ids
        )
        self.enter("li")
        self.assertDone(self.rpc("mail.message", "write", message.ids, {"body": "Wants it in grey"}))
        self.assertRefused(self.rpc("mail.message", "write", theirs.ids, {"body": "x"}))
        self.assertIn("grey", message.body)

    def test_who_closes_a_colleagues_deal_follows_no_card(self):
        """Both were asked to agree on shares; the card is the holder's."""
        line = self.received()
        self.enter("li")
        self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        self.assertEqual(self.qian.ruling_id.state, "negotiation")
        self.assertNotIn(self.li.partner_id, self.qian.message_follower_ids.partner_id)
        self.assertIn(self.wang.partner_id, self.qian.message_follower_ids.partner_id)
        self.assertTrue(self.env["mail.activity"].search([("res_id", "=", self.qian.id), ("user_id", "=", self.li.id)]))
        told = self.rpc("mail.message", "search_read", [("model", "=", "crm.lead"), ("res_id", "=", self.qian.id)], [])
        self.assertNotIn("Qian", str(told.result))

    def test_who_follows_an_outlet_follows_no_card_of_others(self):
        everything = self.env["mail.message.subtype"].search([]).ids
        for partner in (self.li, self.chen):
            self.main.message_subscribe(partner.partner_id.ids, everything)
        with self.at("2026-03-02 16:00"):
            theirs = self.card(self.wang, phone="13910000081", name="New")
            mine = self.card(self.li, phone="13910000082", name="Mine")
        self.assertNotIn(self.li.partner_id, theirs.message_partner_ids)
        self.assertIn(self.chen.partner_id, theirs.message_partner_ids)
        self.assertIn(self.li.partner_id, mine.message_partner_ids)

    def test_a_notification_is_read_by_who_wrote_and_who_got_it(self):
        """It keeps the number of who was texted."""
        text = self.qian.with_user(self.wang)._message_sms("Dear Qian", sms_numbers=["+8613910000002"])
        notification = text.sudo().notification_ids
        self.assertEqual(notification.sms_number, "+8613910000002")
        for domain in ([("id", "in", notification.ids)], [("sms_number", "like", "0002")]):
            self.enter("li")
            self.assertFalse(self.assertDone(self.rpc("mail.notification", "search_read", domain, ["sms_number"])))
            self.enter("wang")
            self.assertTrue(self.assertDone(self.rpc("mail.notification", "search_read", domain, ["sms_number"])))

    # Odoo's answer in the name of who is away quotes what was written, under the record's name

    def away(self, user):
        self.enter(user.login.split("@")[0])
        vals = {"out_of_office_from": "2026-01-01 00:00:00", "out_of_office_message": "<p>Away</p>"}
        self.assertDone(self.rpc("res.users", "write", user.ids, vals))

    def answers(self, user):
        mine = [("message_type", "=", "out_of_office"), ("author_id", "=", user.partner_id.id)]
        return self.env["mail.message"].search(mine)

    def comment(self, card, **said):
        card = card.with_user(card.user_id)
        return card.message_post(body="Her secret", message_type="comment", subtype_xmlid="mail.mt_comment", **said)

    def test_no_answer_of_who_is_away_tells_of_a_colleagues_card(self):
        self.away(self.li)
        self.comment(self.qian, partner_ids=self.li.partner_id.ids)
        self.assertFalse(self.answers(self.li))

    def test_nor_that_of_a_former_owner(self):
        self.away(self.li)
        self.zhao.with_user(self.li).message_post(body="Before", message_type="comment", subtype_xmlid="mail.mt_note")
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "He moves")
        self.comment(self.zhao)
        self.assertFalse(self.answers(self.li))
        self.enter("li")
        seen = self.rpc("mail.message", "search_read", [("body", "like", "secret")], ["subject"])
        self.assertFalse(seen.result)

    def test_who_sees_the_card_answers(self):
        """The legal twin."""
        self.away(self.li)
        self.zhao.with_user(self.chen).message_post(
            body="Call her", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(len(self.answers(self.li)), 1)
