from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, ValidationError

from ..models import showroom_morning, showroom_morning_letter
from .morning_case import MorningCase


class TestDigest(MorningCase):
    """The morning mail."""

    # Who is told, and when

    def test_who_has_something_to_read_is_told_once_a_day(self):
        self.cards_of(self.li, "2026-03-02")
        with self.at("2026-03-15 09:00"):
            self.assertFalse(self.morning(), "Due in two days is not told")
        with self.at("2026-03-16 07:59"):
            self.assertFalse(self.morning(), "Not before the hour")
        with self.at("2026-03-16 08:00"):
            self.assertEqual(list(self.morning()), ["li"])
            self.assertFalse(self.morning())
        with self.at("2026-03-16 23:00"):
            self.assertFalse(self.morning())
        with self.at("2026-03-17 00:30"):
            self.assertFalse(self.morning())
        with self.at("2026-03-17 08:10"):
            self.assertEqual(list(self.morning()), ["li"])

    def test_a_morning_without_news_is_over(self):
        """What comes up during the day is not told by a mail called morning."""
        card = self.cards_of(self.li, "2026-03-02")
        with self.at("2026-03-10 09:00"):
            self.assertFalse(self.morning())
            card._update_card({"followup_due": "2026-03-10"})
            self.assertFalse(self.morning())

    def test_a_missed_morning_is_made_up_for_on_its_day_only(self):
        self.cards_of(self.li, "2026-03-02")
        with self.at("2026-03-17 21:00"):
            self.assertIn("Due today", self.text(self.morning()["li"]))
        with self.at("2026-03-19 01:00"):  # nothing ran on the 18th
            self.assertFalse(self.morning())
        with self.at("2026-03-19 08:00"):
            mail = self.morning()["li"]
        self.assertIn("Thu, Mar 19", mail.subject)
        self.assertNotIn("Wed, Mar 18", self.text(mail))

    def test_the_hour_is_the_policy_s_and_nought_is_none(self):
        self.cards_of(self.li, "2026-03-02")
        self.policy.morning_hour = 11
        with self.at("2026-03-16 10:59"):
            self.assertFalse(self.morning())
        self.policy.morning_hour = 0
        with self.at("2026-03-16 12:00"):
            self.assertFalse(self.morning())
        self.policy.morning_hour = 11
        with self.at("2026-03-16 12:00"):
            self.assertTrue(self.morning())
        for hour in (-1, 24):
            with self.assertRaisesRegex(ValidationError, "hour"), self.cr.savepoint():
                self.policy.morning_hour = hour

    def test_the_morning_is_the_outlet_s_in_five_zones(self):
        zones = {
            "Asia/Shanghai": "2026-03-17 08:05", "America/New_York": "2026-03-17 20:05",
            "Pacific/Kiritimati": "2026-03-17 02:05", "Pacific/Pago_Pago": "2026-03-18 03:05",
            "Europe/Berlin": "2026-03-17 15:05",
        }  # fmt: skip
        card = self.cards_of(self.li, "2026-03-02")
        for zone, eight in zones.items():
            with self.subTest(zone=zone):
                self.main.tz = zone
                self.li.morning_mailed_on = False
                card._update_card({"followup_due": "2026-03-17"})
                hour_before = f"{eight[:11]}{int(eight[11:13]) - 1:02d}{eight[13:]}"
                with self.at(hour_before):
                    self.assertFalse(self.morning())
                with self.at(eight):
                    mail = self.morning()["li"]
                    self.assertEqual(mail.subject, "Tue, Mar 17: 1 due today")
                self.assertEqual(str(self.li.morning_mailed_on), "2026-03-17")

    def test_whoever_does_not_want_it_is_not_told_and_may_say_so(self):
        self.cards_of(self.li, "2026-03-02")
        self.li.with_user(self.li).write({"morning_mail": False})
        with self.assertRaises(AccessError):
            self.wang.with_user(self.li).write({"morning_mail": False})
        with self.assertRaises(AccessError):
            self.li.with_user(self.li).write({"morning_mailed_on": "2030-01-01"})
        with self.at("2026-03-17 09:00"):
            self.assertNotIn("li", self.morning())

    # What is told

    def test_what_the_consultant_reads(self):
        late, soon = self.cards_of(self.li, "2026-03-01"), self.cards_of(self.li, "2026-03-02")
        other, tomorrow = self.cards_of(self.wang, "2026-03-02"), self.cards_of(self.li, "2026-03-03")
        with self.at("2026-03-17 09:00"):
            self.lapses()
            mails = self.morning()
        mail, text = mails["li"], self.text(mails["li"])
        self.assertEqual(mail.subject, "Tue, Mar 17: 1 overdue · 1 due today")
        for card in (late, soon, tomorrow):
            self.assertIn(card.card_number, text)
            self.assertIn(card.contact_name, text)
            self.assertIn(f"/mail/view?model=crm.lead&amp;res_id={card.id}", mail.body_html)
        self.assertNotIn(other.card_number, text)
        self.assertIn("Follow up by Wed, Mar 18, or the card goes to a colleague.", text)
        self.assertIn("Follow up by Thu, Mar 19, or the card goes to a colleague.", text)
        self.assertLess(text.index(late.card_number), text.index(soon.card_number))
        self.assertLess(text.index(soon.card_number), text.index(tomorrow.card_number))
        self.assertNotRegex(mail.body_html, r"139\s?\d{4}\s?\d{4}", "No phones")
        self.assertIn("wang", mails)

    def test_it_is_written_in_the_language_of_who_reads_it(self):
        self.cards_of(self.li, "2026-03-02")
        self.cards_of(self.wang, "2026-03-02")
        self.wang.lang = "zh_CN"
        with self.at("2026-03-17 09:00"):
            mails = self.morning()
        self.assertIn("Tue, Mar 17", mails["li"].subject)
        self.assertIn("3月17日周二", mails["wang"].subject)
        self.assertIn('lang="zh_CN"', mails["wang"].body_html)

    def test_what_the_manager_reads(self):
        self.cards_of(self.li, "2026-03-01", 2)
        self.cards_of(self.sun, "2026-03-01")
        asked = self.cards_of(self.wang, "2026-03-16")
        with self.at("2026-03-17 07:00"):
            self.lapses()
            asked.with_user(self.wang).action_request_transfer(self.li.id, "customer_request", "She asked for Li.")
        with self.at("2026-03-17 09:00"):
            mails = self.morning()
        text = self.text(mails["chen"])
        self.assertEqual(mails["chen"].subject, "Tue, Mar 17: 2 about to be lost in the team · 1 waiting for approval")
        self.assertIn("Main Li 2 2 2 0", text)
        self.assertIn(f"Transfer {asked.card_number}", text)
        self.assertNotIn("Sun", text, "Of his own outlet only")
        for card in self.cards:
            self.assertNotIn(card.contact_name, text)
        # The branch has no manager of its own: those who work at no outlet look after it.
        self.assertIn("East Sun 1 1 1 0", self.text(mails["gm"]))
        self.assertNotIn(asked.card_number, self.text(mails["gm"]))
        self.chen.morning_mail = False
        with self.at("2026-03-18 09:00"):
            self.assertNotIn("Main", self.text(self.morning()["gm"]), "Switching it off gives it to nobody else")

    def test_the_second_approval_is_told_to_the_director(self):
        self.policy.approval_tiers = "2"
        asked = self.cards_of(self.wang, "2026-03-16")
        with self.at("2026-03-17 07:00"):
            asked.with_user(self.wang).action_request_transfer(self.li.id, "customer_request", "She asked for Li.")
        approval = asked.sudo().pending_transfer_id.approval_id
        with self.at("2026-03-17 09:00"):
            self.assertEqual(list(self.morning()), ["chen"])
            approval.with_user(self.chen).action_approve()
        with self.at("2026-03-18 09:00"):
            self.assertEqual(sorted(self.morning()), ["dir", "gm"])

    def test_the_second_approval_is_told_where_every_outlet_has_a_manager(self):
        self._user("boss", "manager", self.east)
        for outlet in self.env["crm.team"].search([("outlet_kind", "!=", False)]) - self.main - self.east:
            outlet.user_id = self.chen
        self.test_the_second_approval_is_told_to_the_director()

    def test_nobody_is_told_of_another_company(self):
        other = self.env["res.company"].create({"name": "Another Dealer"})
        self.sun.write({"company_ids": [Command.link(other.id)]})
        self.east.company_id = other
        self.cards_of(self.sun, "2026-03-01")
        with self.at("2026-03-17 09:00"):
            self.assertEqual(list(self.morning()), ["sun"])
            self.gm.write({"company_ids": [Command.link(other.id)], "morning_mailed_on": False})
            self.assertEqual(list(self.morning()), ["gm"])

    def test_what_waits_for_whom_is_what_they_may_decide(self):
        """In a batch as one by one."""
        self.policy.approval_tiers = "2"
        cards = self.cards_of(self.wang, "2026-03-16", 3)
        with self.at("2026-03-17 07:00"):
            self.env["crm.team.member"].create({"crm_team_id": self.main.id, "user_id": self.dir.id})
            who = zip(cards, (self.wang, self.chen, self.chen), (self.li, self.li, self.dir), strict=True)
            for card, user, to in who:
                card.with_user(user).action_request_transfer(to.id, "customer_request", "She asked.")
            cards[0].sudo().pending_transfer_id.approval_id.with_user(self.chen).action_approve()
        Approval = self.env["showroom.approval"]
        users = self.li | self.chen | self.dir | self.gm
        for user, waiting in Approval._waiting(users).items():
            pending = Approval.search([("state", "=", "pending")]).with_user(user)
            expected = pending.filtered("can_decide").sorted(lambda each: (each.requested_at, each.id))
            self.assertEqual(waiting.ids, expected.ids, user.name)

    # Robust and cheap

    def test_one_who_cannot_be_told_does_not_stop_the_others(self):
        self.cards_of(self.li, "2026-03-02")
        self.cards_of(self.wang, "2026-03-02")
        Letter = type(self.env["showroom.morning.letter"])
        letter, reason = Letter._letter, "no letter for Li"

        def broken(model, user, *rest):
            if user == self.li:
                raise ValidationError(reason)
            return letter(model, user, *rest)

        with self.at("2026-03-17 09:00"):
            with patch.object(Letter, "_letter", broken):
                self.assertEqual(list(self.morning()), ["wang"])
            failure = self.env["showroom.failure"].search([("model", "=", "res.users")])
            self.assertEqual((failure.res_id, failure.message), (self.li.id, reason))
            self.assertEqual(list(self.morning()), [], "left alone until the next try")
        with self.at("2026-03-17 10:01"):
            self.assertEqual(list(self.morning()), ["li"], "told as soon as it is tried again")

    def test_a_run_that_stops_goes_on_where_it_stopped(self):
        for user in (self.li, self.wang, self.sun):
            self.cards_of(user, "2026-03-02")
        with self.at("2026-03-17 09:00"):
            with (
                patch.object(showroom_morning, "BATCH", 1),
                patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0),
            ):
                self.assertEqual(len(self.morning()), 1)
            self.assertEqual(len(self.morning()), 2)

    def test_long_lists_are_cut_and_counted(self):
        self.cards_of(self.li, "2026-03-02", 4)
        with self.at("2026-03-17 09:00"), patch.object(showroom_morning_letter, "LIMIT", 3):
            text = self.text(self.morning()["li"])
        self.assertIn("Due today: 4", text)
        self.assertIn("and 1 more", text)

    def test_a_batch_costs_the_same_for_many(self):
        staff = [self._user(f"staff{chr(97 + n)}", "consultant", self.main) for n in range(24)]
        for user in staff:
            user.email = user.login.replace("@test", "@example.com")
            self.cards_of(user, "2026-03-01")
        with self.at("2026-03-17 09:00"):
            self.lapses()
            counts = [self.cost(staff[start:end]) for start, end in ((0, 4), (4, 8), (8, 24), (0, 0))]
        self.assertLessEqual(counts[2] - counts[1], 1, counts)
        self.assertLessEqual(counts[3], 15, counts)

    def cost(self, people):
        """The queries of a run that tells some people and finds that the others are told already."""
        told = self.env["showroom.morning"]._places()
        self.env["res.users"].browse([user.id for user in told]).write({"morning_mailed_on": self.main._today()})
        self.env["res.users"].browse([user.id for user in people]).write({"morning_mailed_on": False})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(self.morning()), len(people))
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
