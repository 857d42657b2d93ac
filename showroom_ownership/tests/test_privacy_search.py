from .privacy_case import NAME, PrivacyCase


class TestPrivacySearch(PrivacyCase):
    """Odoo leaves out, of what is found first, what one may not read: what is missing tells nobody that it is there."""

    def setUp(self):
        super().setUp()
        self.own = self.card(self.wang, phone="13900000099", name="Own")
        self.ours = {
            "mail.activity": self.own.with_user(self.wang).activity_schedule(
                "mail.mail_activity_data_call", summary="z"
            ),
            "mail.message": self.own.with_user(self.wang).message_post(body="z", message_type="comment"),
            "mail.scheduled.message": self.scheduled(self.own.with_user(self.wang), "z"),
        }
        mine = self.mine.with_user(self.li)
        self.theirs = {
            "mail.activity": mine.activity_schedule("mail.mail_activity_data_call", summary=NAME),
            "mail.message": mine.message_post(body=NAME, message_type="comment"),
            "mail.scheduled.message": self.scheduled(mine, NAME),
        }

    def scheduled(self, card, text):
        vals = {"model": "crm.lead", "res_id": card.id, "body": text, "scheduled_date": "2026-04-01 00:00:00"}
        return card.env["mail.scheduled.message"].create({**vals, "author_id": card.env.user.partner_id.id})

    def first(self, user, model, field, text, **cut):
        there = ["&", ("res_id", "=", self.mine.id), (field, "ilike", text)]
        own = [("id", "=", self.ours[model].id)]
        return self.rpc(user, model, "search", ["|", *there, *own], **{"limit": 1, "order": "id desc", **cut})

    def test_a_text_of_a_stranger_takes_no_place(self):
        asked = [("mail.activity", "summary"), ("mail.activity", "res_name"), ("mail.activity", "lead_id.name")]
        asked = [pair for pair in asked if pair[1].split(".")[0] in self.env[pair[0]]._fields]
        asked += [("mail.message", "body"), ("mail.message", "author_id.name"), ("mail.scheduled.message", "body")]
        for model, field in asked:
            with self.subTest(model, field=field):
                text = "Li" if field == "author_id.name" else NAME
                self.assertEqual(self.first(self.wang, model, field, text), self.ours[model].ids)
                self.assertFalse(self.first(self.wang, model, field, text, offset=1))
                count = self.rpc(self.wang, model, "search_count", [(field, "ilike", text)], limit=1)
                hidden = self.rpc(self.wang, model, "search_count", [(field, "ilike", text)])
                self.assertEqual(count, min(hidden, 1))

    def test_nor_does_it_by_its_order(self):
        for model, order in (("mail.activity", "summary"), ("mail.message", "body"), ("mail.message", "subject desc")):
            both = [("id", "in", [self.ours[model].id, self.theirs[model].id])]
            found = self.rpc(self.wang, model, "search", both, limit=1, order=order)
            self.assertEqual(found, self.ours[model].ids, (model, order))

    def test_the_work_of_the_database_tells_nothing(self):
        for model, field in (("mail.activity", "summary"), ("mail.message", "body")):
            work = []
            for text in (NAME, "Nobody"):
                self.rpc(self.wang, model, "search_count", [(field, "ilike", text)])
                before = self.env.cr.sql_log_count
                self.assertFalse(self.rpc(self.wang, model, "search_count", [(field, "ilike", text)]))
                work.append(self.env.cr.sql_log_count - before)
            self.assertEqual(*work, model)

    def test_who_sees_no_cards_searches_messages_all_the_same(self):
        """Receptionists have no access to cards."""
        for model in self.theirs:
            asked = self.rpc(self.desk, model, "search", [("create_uid.name", "ilike", "a")], limit=5)
            self.assertFalse({self.ours[model].id, self.theirs[model].id} & set(asked), model)

    def test_ones_own_are_found(self):
        """The legal twin: by who may read them, also with a limit, and where they hang."""
        for model, their in self.theirs.items():
            field = "summary" if model == "mail.activity" else "body"
            self.assertEqual(self.first(self.li, model, field, NAME), their.ids, model)
        own = self.ours["mail.message"]
        where = [("model", "=", "crm.lead"), ("res_id", "=", self.own.id)]
        self.assertIn(own.id, self.rpc(self.wang, "mail.message", "search", where, limit=30))
        self.mine.message_post(body="Look", partner_ids=self.wang.partner_id.ids, message_type="comment")
        self.assertTrue(self.rpc(self.wang, "mail.message", "search", [("body", "ilike", "Look")], limit=1))
