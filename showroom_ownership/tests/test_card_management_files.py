from odoo.exceptions import AccessError, UserError, ValidationError

from .common import ShowroomCase

CARD = "showroom_ownership.mail_activity_type_card"


class CardManagementCase(ShowroomCase):
    """The small dealership under the principles of card management."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env.ref("showroom_ownership.policy_card_management")
        (cls.main | cls.east).policy_id = cls.policy


class TestCardFiles(CardManagementCase):
    """A card is completed within one local day of the reception (rulebook 6)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def _remind(self):
        self.scheduled(self.env["crm.lead"]._cron_card_files)

    def _reminders(self, card):
        return card.activity_ids.filtered(lambda each: each.activity_type_id == self.env.ref(CARD))

    def _lapses(self, **values):
        domain = [("kind", "=", "lapse"), *((name, "=", value.id) for name, value in values.items())]
        return self.env["showroom.conduct"].search(domain)

    def test_the_preset_asks_for_a_complete_card_within_a_day(self):
        asked = [self.policy[name] for name in ("card_due_days", "card_needs_grade", "card_needs_interest")]
        self.assertEqual(asked, [1, True, True])

    def test_numbers_out_of_range_are_refused(self):
        for values in ({"card_due_days": -1}, {"card_due_days": 5000}, {"spot_check_cards": -1}):
            with self.assertRaises(ValidationError):
                self.policy.write(values)

    def test_the_owner_is_reminded_once_and_it_is_no_contact(self):
        card = self.card()
        for _run in range(2):
            self._remind()
        reminder = self._reminders(card)
        self.assertEqual((len(reminder), reminder.user_id), (1, self.li))
        self.assertEqual(str(reminder.date_deadline), "2026-03-03")
        card.interest = "M9"
        reminder.with_user(self.li).action_feedback(feedback="Done")
        self.assertTrue(card.completed_at)
        self.assertEqual(card.completed_by_id, self.li)
        self.assertFalse(card.followup_ids)
        self._remind()
        self.assertFalse(self._reminders(card))

    def test_ticking_it_off_is_refused_while_something_is_missing(self):
        card = self.card()
        self._remind()
        with self.assertRaisesRegex(UserError, "Model of Interest"), self.env.cr.savepoint():
            self._reminders(card).with_user(self.li).action_feedback(feedback="Done")
        self.assertFalse(card.completed_at)
        self.assertTrue(self._reminders(card).active)

    def test_what_is_missing_is_what_the_policy_asks_for(self):
        card = self.card()
        self.assertEqual(card.card_missing, "Model of Interest")
        self.policy.write({"card_needs_interest": False, "card_needs_source": True})
        card.invalidate_recordset()
        self.assertEqual(card.card_missing, "Source")
        card.grade_id = False
        self.assertEqual(card.card_missing, "Grade, Source")

    def test_only_the_owner_and_managers_complete(self):
        card = self.card()
        card.interest = "M9"
        for user in (self.wang, self.sun, self.desk):
            with self.assertRaises(AccessError):
                card.with_user(user).action_complete_card()
        card.with_user(self.chen).action_complete_card()
        first = card.completed_at
        card.with_user(self.li).action_complete_card()
        self.assertEqual((card.completed_at, card.completed_by_id), (first, self.chen))

    def test_the_model_of_interest_comes_from_the_register_and_stays_the_consultants(self):
        card = self.card(interest="M9")
        self.assertEqual(card.interest, "M9")
        card.interest = "M9 Sport"
        self.receive(self.wang, interest="M5")
        self.assertEqual(card.interest, "M9 Sport")
        other = self.receive(self.li, phone="13910000009", name="Qian")
        other.with_user(self.li).action_correct({"interest": "M7"})
        self.assertEqual(other.lead_id.interest, "M7")

    def test_a_reception_without_a_file_is_a_lapse_of_duty(self):
        bare = self.receive(self.li, phone=False)
        mended = self.receive(self.li, phone=False, name="Qian")
        mended.with_user(self.li).action_correct({"phone": "13910000010"})
        void = self.receive(self.wang, phone=False, name="Sun")
        void.with_user(self.chen).action_void("Not a customer")
        with self.at("2026-03-03 23:59"):
            self.scheduled(self.env["showroom.reception"]._cron_without_card)
            self.assertFalse(self._lapses())
        with self.at("2026-03-04 00:01"):
            for _run in range(2):
                self.scheduled(self.env["showroom.reception"]._cron_without_card)
        self.assertEqual(self._lapses().mapped("reception_id"), bare)
        self.assertEqual((self._lapses().user_id, str(self._lapses().day)), (self.li, "2026-03-03"))

    def test_a_late_card_is_noted_without_the_scheduled_action_too(self):
        card = self.card(interest="M9")
        with self.at("2026-03-05 09:00"):
            card.with_user(self.li).action_complete_card()
        self.assertEqual(self._lapses(lead_id=card).user_id, self.li)
        self.assertTrue(card.card_lapsed)

    def test_a_reopened_card_has_new_days(self):
        card = self.card()
        card.with_user(self.li).action_set_lost()
        with self.at("2026-03-20 10:00"):
            self.receive(self.li)
            self._remind()
        self.assertEqual((str(card.card_due), card.card_lapsed), ("2026-03-21", False))

    def test_a_deal_that_is_taken_back_has_new_days(self):
        card = self.card()
        card.with_user(self.li).action_set_won()
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        with self.at("2026-03-20 10:00"):
            card.with_user(self.chen).write({"stage_id": stage.id})
            self._remind()
        self.assertEqual((str(card.card_due), card.card_lapsed), ("2026-03-21", False))

    def test_receptions_in_a_batch_ask_no_query_each(self):
        counts = []
        for number, start in ((2, 300), (5, 400), (25, 500)):
            vals = [
                {
                    "customer_name": f"C{n}",
                    "phone": f"+86138{start + n:08d}",
                    "outlet_id": self.main.id,
                    "interest": "M",
                }
                for n in range(number)
            ]
            Reception = (
                self.env["showroom.reception"]
                .with_user(self.li)
                .with_context(
                    tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True, mail_notrack=True
                )
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Reception.create(vals)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2] - counts[1], 4, counts)

    def test_adopted_cards_are_not_asked_for(self):
        team = self.env["crm.team"].create({"name": "Old"})
        lead = self.env["crm.lead"].create({"name": "x", "team_id": team.id, "user_id": self.li.id})
        team.write({"outlet_code": "OLD", "tz": "Asia/Shanghai", "policy_id": self.policy.id, "outlet_kind": "branch"})
        self.assertEqual((lead.card_kind, lead.card_due), ("a", False))

    def test_cards_opened_by_hand_are_asked_for(self):
        vals = {"name": "x", "contact_name": "X", "phone": "13910000011", "team_id": self.main.id}
        card = self.env["crm.lead"].with_user(self.li).create(vals)
        self.assertEqual(str(card.card_due), "2026-03-03")

    def test_consultants_see_their_own_entries_and_nobody_writes_them(self):
        card = self.card(interest="M9")
        with self.at("2026-03-05 09:00"):
            self._remind()
        note = self._lapses(lead_id=card)
        Conduct = self.env["showroom.conduct"]
        self.assertEqual(Conduct.with_user(self.li).search([]), note)
        self.assertFalse(Conduct.with_user(self.wang).search([]))
        self.assertEqual(Conduct.with_user(self.chen).search([]), note)
        for user in (self.li, self.chen, self.gm):
            with self.assertRaises(AccessError):
                note.with_user(user).unlink()
            with self.assertRaises(AccessError):
                note.with_user(user).write({"user_id": self.wang.id})
            with self.assertRaises(AccessError):
                Conduct.with_user(user).create({"user_id": self.wang.id, "kind": "lapse", "day": "2026-03-02"})

    def test_the_scheduled_action_asks_no_query_for_each_card(self):
        counts = []
        for number, start in ((2, 0), (5, 100), (25, 200)):
            vals = [
                {"customer_name": f"C{n}", "phone": f"+86138{start + n:08d}", "outlet_id": self.main.id}
                for n in range(number)
            ]
            self.env["showroom.reception"].with_user(self.li).create(vals)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with self.at("2026-03-05 09:00"):
                self._remind()
                self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(self._lapses()), 32)
        self.assertLessEqual(counts[2] - counts[1], 4, counts)
