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
            {"message_id": "<x@x>"}, {"is_internal": True}, {"pinned_at": "2026-01-01 00:00:00"}, {"child_ids": [[5]]},
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

    def test_nothing_is_hung_on_it(self):
        """A file beside it would speak in the name of who told it; also on one's own card, of what the system told."""
        self.received()
        told = self.notices() | self.zhao.message_post(body="Ruling", author_id=self.env.ref("base.partner_root").id)
        self.env.flush_all()
        self.env.cr.execute("UPDATE mail_message SET create_date = '2026-03-01' WHERE id IN %s", [told._ids])
        self.env.invalidate_all()
        self.enter("li")
        for message in told:
            for files in ([[0, 0, {"name": "x.txt", "datas": "aGk="}]], [[5]]):
                self.assertRefused(self.rpc("mail.message", "write", message.ids, {"attachment_ids": files}), "stays")

    def test_a_file_of_what_is_done_stands_beside_it(self):
        """The legal twin: Odoo adds it to the note that it has just written."""
        asked = {"res_model_id": self.env["ir.model"]._get_id("crm.lead"), "res_id": self.zhao.id}
        activity = self.env["mail.activity"].with_user(self.li).create({**asked, "summary": "Send the offer"})
        file = self.env["ir.attachment"].with_user(self.li).create({"name": "offer.txt", "raw": b"x"})
        self.enter("li")
        done = self.rpc("mail.activity", "action_feedback", activity.ids, feedback="Sent", attachment_ids=file.ids)
        self.assertEqual(self.env["mail.message"].browse(self.assertDone(done)).attachment_ids, file)

    def test_what_a_former_owner_wrote_is_not_changed_by_them(self):
        """Odoo suggests to who owns the card now whom the last message came from, and to whom copies of it went."""
        message = self.zhao.with_user(self.li).message_post(body="Wants it in red", message_type="comment")
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "They asked for him")
        self.enter("li")
        for vals in (
            {"body": "<p>x</p>"}, {"subtype_id": self.env.ref("mail.mt_comment").id}, {"date": "2027-01-01 00:00:00"},
            {"email_from": "li@friend.example"}, {"incoming_email_cc": "li@friend.example"},
        ):  # fmt: skip
            self.assertRefused(self.rpc("mail.message", "write", message.ids, vals))
        self.assertRefused(self.rpc("mail.message", "unlink", message.ids))

    def test_nobody_is_suggested_whose_customer_it_was(self):
        """Who answers the last message would write to them."""
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        self.zhao.with_user(self.li).message_post(body="Wants it in red", **comment)
        self.zhao.message_unsubscribe(self.li.partner_id.ids)
        suggested = self.zhao.with_user(self.chen)._message_get_suggested_recipients(reply_discussion=True)
        self.assertIn(self.li.partner_id.id, [each["partner_id"] for each in suggested], "the owner's")
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "They asked for him")
        suggested = self.zhao.with_user(self.wang)._message_get_suggested_recipients(reply_discussion=True)
        self.assertNotIn(self.li.partner_id.id, [each["partner_id"] for each in suggested])

    def test_no_answer_is_led_to_another_card(self):
        """An answer goes to the newest message with the name that the mail had, or is dropped as a loop."""
        self.enter("li")
        theirs = self.qian.with_user(self.wang).message_post(body="Your offer", message_type="comment")
        posted = {"body": "x", "message_type": "comment", "message_id": theirs.message_id}
        self.assertRefused(self.rpc("crm.lead", "message_post", [self.zhao.id], **posted), "is sent and answered")
        mine = {"model": "crm.lead", "res_id": self.zhao.id, "message_id": theirs.message_id, "body": "x"}
        self.assertRefused(self.rpc("mail.message", "create", [mine]), "is sent and answered")
        own = self.assertDone(self.rpc("crm.lead", "message_post", [self.zhao.id], body="x", message_type="comment"))
        refused = self.rpc("mail.message", "write", own, {"message_id": theirs.message_id})
        self.assertRefused(refused, "is sent and answered")
        named = self.env["mail.message"].search([("message_id", "=", theirs.message_id)])
        self.assertEqual(named, theirs)

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
