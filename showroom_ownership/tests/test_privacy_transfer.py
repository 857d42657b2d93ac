from .privacy_case import NAME, PHONE, PrivacyCase


class TestPrivacyTransfer(PrivacyCase):
    """What was written on a card goes with the card: a former owner reads it by no way the server has."""

    def setUp(self):
        super().setUp()
        self.li.notification_type = "inbox"
        self.note = self.mine.with_user(self.chen).message_post(
            body=f"{NAME}: {PHONE}", message_type="comment", subtype_xmlid="mail.mt_comment",
            partner_ids=self.li.partner_id.ids,
        )  # fmt: skip
        self.todo = self.mine.with_user(self.chen).activity_schedule(
            "mail.mail_activity_data_call", summary=f"Call {NAME}", user_id=self.li.id
        )
        self.env.flush_all()

    def move(self):
        self.mine.with_user(self.chen).action_reassign(self.wang.id, "Moved house")

    def messages(self, user, *domain):
        return self.rpc(user, "mail.message", "search_read", [("model", "=", "crm.lead"), *domain], ["body", "subject"])

    def test_before_it_the_owner_is_told(self):
        self.assertTrue(self.tells(self.messages(self.li, ("needaction", "=", True))))
        self.assertTrue(self.rpc(self.li, "mail.message", "read", self.note.ids, ["body"]))

    def test_the_inbox_of_the_former_owner_is_empty(self):
        self.move()
        for domain in ((), (("needaction", "=", True),), (("body", "ilike", "4455"),), (("id", "=", self.note.id),)):
            told = self.messages(self.li, ("author_id", "!=", self.li.partner_id.id), *domain)
            self.assertFalse(self.tells(told), told)
        self.refused(self.li, "mail.message", "read", self.note.ids, ["body"])
        notes = self.env["mail.notification"].search([("mail_message_id", "=", self.note.id)])
        self.assertNotIn(self.li.partner_id, notes.res_partner_id)
        self.assertTrue(self.rpc(self.wang, "mail.message", "read", self.note.ids, ["body"]))

    def test_others_who_were_told_keep_it(self):
        note = self.mine.with_user(self.li).message_post(body="x", partner_ids=self.chen.partner_id.ids)
        self.move()
        self.assertIn(self.chen.partner_id, note.partner_ids)

    def test_nothing_later_reaches_the_former_owner(self):
        self.move()
        note = self.mine.with_user(self.wang).message_post(
            body=f"New number {PHONE}", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertNotIn(self.li.partner_id, note.notified_partner_ids)
        self.refused(self.li, "mail.message", "read", note.ids, ["body"])

    def test_activities_follow_the_card(self):
        self.move()
        self.assertEqual(self.todo.user_id, self.wang)
        found = self.rpc(self.li, "mail.activity", "search_read", [("res_model", "=", "crm.lead")], [])
        self.assertFalse(self.tells(found))
        self.refused(self.li, "mail.activity", "read", self.todo.ids, ["summary"])

    def test_so_do_activities_of_the_contact(self):
        contact = self.mine.partner_id
        mine, chens = (contact.with_user(self.li).activity_schedule(summary=NAME, user_id=self.li.id) for _ in "ab")
        chens.with_user(self.li).user_id = self.chen
        self.env.flush_all()
        self.move()
        self.assertEqual((mine.sudo().user_id, chens.sudo().user_id), (self.wang, self.chen))
        self.refused(self.li, "mail.activity", "read", mine.ids, ["res_name"])
        self.refused(self.li, "mail.activity", "action_feedback", mine.ids, "I was here")
        self.mine.with_user(self.chen).action_reassign(False, "Nobody's for now")
        self.assertFalse(mine.exists())
        self.assertTrue(chens.exists())

    def test_what_changed_on_the_card_is_not_read(self):
        self.mine.with_user(self.chen).write({"phone": PHONE})
        self.env.cr.precommit.run()
        self.move()
        for user in (self.li, self.wang):
            self.refused(user, "mail.tracking.value", "search_read", [], ["new_value_char"])

    def test_the_former_owner_does_not_follow_again(self):
        self.move()
        self.assertFalse(self.rpc(self.li, "crm.lead", "message_subscribe", self.mine.ids, self.li.partner_id.ids))
        self.assertNotIn(self.li.partner_id, self.mine.message_partner_ids)
        follower = {"res_model": "crm.lead", "res_id": self.mine.id, "partner_id": self.li.partner_id.id}
        self.refused(self.li, "mail.followers", "create", follower)

    def test_who_follows_as_a_customer_is_seen_by_the_owner_only(self):
        self.mine.message_subscribe(partner_ids=self.customer.ids)
        domain = [("res_model", "=", "crm.lead"), ("res_id", "=", self.mine.id)]
        self.assertFalse(self.tells(self.rpc(self.wang, "mail.followers", "search_read", domain, ["name", "email"])))
        self.assertTrue(self.tells(self.rpc(self.li, "mail.followers", "search_read", domain, ["name", "email"])))

    def test_own_words_stay_ones_own(self):
        """What somebody wrote themselves they know; Odoo shows it to its author, and so do we."""
        said = self.mine.with_user(self.li).message_post(body="They like red", message_type="comment")
        self.move()
        self.assertTrue(self.rpc(self.li, "mail.message", "read", said.ids, ["body"]))

    def test_what_odoo_writes_into_their_meetings_names_nobody(self):
        """Neither the text of a meeting on the card or with the contact alone, nor the file of its invitation."""
        vals = {"name": "Coffee", "description": False, "location": False}
        meetings = self.env["calendar.event"].with_user(self.li).create(
            [self._meeting(self.mine, **vals), self._meeting(self.mine, **vals, opportunity_id=False)]
        )  # fmt: skip
        files = [("res_model", "=", "calendar.event"), ("mimetype", "=", "text/calendar")]
        of_them = [*files, ("res_id", "in", meetings.ids)]
        sent = self.env["ir.attachment"].search(of_them)
        self.assertEqual(set(sent.mapped("res_id")), set(meetings.ids))
        self.assertTrue(self.tells(sent.mapped("index_content")))
        self.move()
        told = self.rpc(self.li, "calendar.event", "read", meetings.ids, ["name", "description", "partner_ids"])
        self.assertEqual([each["name"] for each in told], ["Coffee"] * 2)
        self.assertFalse(self.tells(told), told)
        self.assertFalse(self.rpc(self.li, "ir.attachment", "search_count", files))
        self.assertFalse(sent.exists())

    def test_a_meeting_with_others_says_who_they_are(self):
        """As in stock Odoo: a supplier is no customer."""
        supplier = self.env["res.partner"].create({"name": "Tyres", "phone": "021 5555"})
        who = [(4, self.li.partner_id.id), (4, supplier.id)]
        meeting = (
            self.env["calendar.event"]
            .with_user(self.li)
            .create(self._meeting(self.mine.browse(), partner_ids=who, description=False))
        )
        self.assertIn("021 5555", meeting.description)

    def test_a_transfer_costs_the_same_for_many(self):
        counts = []
        for number, start in ((3, 0), (12, 100)):
            cards = self.mine.concat(
                *(self.card(self.li, phone=f"+86 139 0000 {start + n:04d}") for n in range(number))
            )
            for card in cards:
                card.message_post(body="x", partner_ids=self.li.partner_id.ids)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            cards._forget_recipients()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
