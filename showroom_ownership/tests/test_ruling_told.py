from .common import ShowroomCase


class TestRulingTold(ShowroomCase):
    """Whom a ruling is about hears how it ended, whoever ended it (rulebook 5)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            self.card = self.card()
        self.enterContext(self.at("2026-03-03 10:00"))

    def close(self, **said):
        """Wang receives li's customer and closes."""
        line = self.receive(self.wang, **said)
        line.with_user(self.wang).action_confirm_deal()
        return self.card.ruling_id

    def close_lapsed(self):
        """So late that li may only appeal."""
        self.enterContext(self.at("2026-03-25 10:00"))
        return self.close(asked="no")

    def told(self, user):
        """What was told of the ruling, the newest first, as the reader has it."""
        inbox = [("res_partner_id", "=", user.partner_id.id)]
        messages = self.env["mail.notification"].search(inbox, order="id desc").mail_message_id
        about = messages.filtered(lambda each: each.subject == f"Ruling on {self.card.card_number}")
        return about.with_user(user).mapped("body")

    def test_a_deal_of_one_person_alone_is_no_news(self):
        self.card.with_user(self.chen).action_set_won()
        self.assertEqual(self.card.ruling_id.state, "final")
        self.assertFalse(self.told(self.li) + self.told(self.chen))

    def test_who_is_credited_for_what_a_colleague_closed(self):
        ruling = self.close(asked="yes", prior_id=self.li.id)
        self.assertEqual((ruling.state, ruling.share_ids.user_id), ("final", self.li))
        [body] = self.told(self.li)
        self.assertIn("Li 100 %", body)
        self.assertFalse(self.told(self.wang), "who made it final knows")

    def test_nobody_appeals(self):
        ruling = self.close_lapsed()
        self.assertEqual(ruling.state, "provisional")
        self.assertFalse(self.told(self.li) + self.told(self.wang), "an activity asks who may appeal")
        with self.at("2026-04-20 10:00"):
            self.scheduled(ruling._cron_windows)
        self.assertEqual(ruling.state, "final")
        for user in (self.li, self.wang):
            [body] = self.told(user)
            self.assertIn("Wang 100 %", body)

    def test_an_appeal_is_decided(self):
        ruling = self.close_lapsed()
        ruling.with_user(self.li).action_appeal("I called")
        ruling.appeal_ids.approval_id.with_user(self.chen).action_approve()
        for user in (self.li, self.wang):
            [body] = self.told(user)
            self.assertIn("State: Final", body)
        self.assertFalse(self.told(self.chen))

    def test_each_in_their_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.li.lang = "zh_CN"
        self.close(asked="yes", prior_id=self.li.id)
        number = self.card.card_number
        inbox = self.env["mail.notification"].search([("res_partner_id", "=", self.li.partner_id.id)])
        self.assertIn(f"裁定：{number}", inbox.mail_message_id.mapped("subject"))

    def test_a_manager_takes_the_deal_back(self):
        self.close(asked="yes", prior_id=self.li.id)
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.card.with_user(self.chen).write({"stage_id": stage.id})
        [body] = self.told(self.wang)
        self.assertIn(f"Chen took the deal of card {self.card.card_number} back", body)
        self.assertEqual(len(self.told(self.li)), 1, "the card is hers, as before")

    def test_who_lost_the_card_by_it_reads_it(self):
        """Also who neither held the customer nor closed: an older card of a colleague's was ahead."""
        older = self.receive(self.wang, phone="13810000098", name="Zhao Min").lead_id
        with self.at("2026-03-03 11:00"):
            self.card = self.receive(self.li, phone="13810000099", name="Zhao Min").lead_id
        self.enterContext(self.at("2026-03-04 10:00"))
        older.with_user(self.wang).action_link([self.card.card_number], "same_customer")
        ruling = self.close(asked="yes", phone="13810000099")
        self.assertEqual((ruling.former_owner_id, ruling.holder_id), (self.li, self.wang))
        self.assertTrue(ruling.with_user(self.li).reasons_html)
        self.assertEqual(ruling.with_user(self.li).share_ids.user_id, self.wang)
        self.assertTrue(ruling.with_user(self.li).cited_ids.mapped("number"))
