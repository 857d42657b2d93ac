from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models import clock
from .test_queries import QueryCase


@tagged("post_install", "-at_install")
class TestEnforcementBatches(QueryCase):
    """Ten cards or a hundred: the scheduled actions ask the database the same number of questions (4)."""

    FEW, MANY = 10, 90

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zhou = cls._user("zhou", "consultant", cls.main)

    def _cards(self, number, start):
        return self.env["crm.lead"].browse(self._receive_many(number, start)[0].lead_id.ids)

    def _batches(self):
        """A few cards and many, of a consultant each, after the caches are warm."""
        return [self._cards(number, start) for number, start in ((self.FEW, 0), (self.FEW, 1000), (self.MANY, 2000))]

    def _counted(self, cards, step):
        with self._queries() as seen:
            step(cards)
        return len(seen)

    def _assert_constant(self, counts):
        """A hundred rows are one INSERT or UPDATE for Odoo, so both batches are below that."""
        self.assertEqual(counts[1], counts[2], counts)

    def _lapsed(self, cards):
        cards._update_card({"followup_due": self.main._today() - timedelta(days=5)})

    def test_notices(self):
        batches = self._batches()
        for cards in batches:
            self._lapsed(cards)
        self._assert_constant([self._counted(cards, lambda each: each._enforce()) for cards in batches])
        self.assertEqual(set(batches[2].mapped("followup_state")), {"noticed"})

    def test_requests(self):
        batches = self._batches()
        for cards in batches:
            self._lapsed(cards)
            self.env["showroom.notice"]._issue(cards)
        self._assert_constant([self._counted(cards, lambda each: each._enforce()) for cards in batches])
        self.assertEqual(set(batches[2].pending_transfer_id.mapped("state")), {"pending"})

    def test_transfers_at_once(self):
        self.policy.lapse_transfer = "automatic"
        batches = self._batches()
        for cards in batches:
            self._lapsed(cards)
            cards._schedule_overdue()
            self.env["showroom.notice"]._issue(cards)
        counts = [self._counted(cards, lambda each: each._enforce()) for cards in batches]
        self._assert_constant(counts)
        self.assertLessEqual(counts[2], 70)
        self.assertEqual(batches[2].user_id, self.wang | self.zhou)

    def test_departures(self):
        batches = self._batches()
        self._assert_constant([self._counted(cards, lambda each: each._release()) for cards in batches])
        self.assertEqual(set(batches[2].mapped("ownership_badge")), {"pool"})

    def test_following_up_many_transfers(self):
        batches = self._batches()
        for cards in batches:
            self._lapsed(cards)
            self.env["showroom.notice"]._issue(cards)
            cards._enforce()

        def approve(cards):
            cards.pending_transfer_id._approved()

        self._assert_constant([self._counted(cards, approve) for cards in batches])
        self.assertNotIn(self.li, batches[2].user_id)

    def test_an_idle_run_asks_for_the_cards_of_all_outlets_at_once(self):
        """One question, beside that for the time, which is frozen here."""
        self._cards(5, 5000)
        Lead = self.env["crm.lead"]
        self.scheduled(Lead._cron_lapses)
        for method in (Lead._cron_lapses, Lead._cron_departures):
            with self._queries() as seen:
                self.scheduled(method)
            self.assertEqual(len(seen), 1, seen)

    def test_the_query_reads_the_clock_itself(self):
        """Also where this machine's own clock is wrong: then it is asked again, for the right days."""
        self.scheduled(self.env["crm.lead"]._cron_lapses)  # the outlets' zones are in memory from here on
        [(moment,)] = self.env.execute_query(SQL("SELECT clock_timestamp() AT TIME ZONE 'UTC'"))
        for machine, questions in ((moment, 1), (moment - timedelta(days=3), 2)):
            clock._READ.clear()
            with patch.object(clock, "now", clock._now), freeze_time(machine), self._queries() as seen:
                self.scheduled(self.env["crm.lead"]._cron_lapses)
            self.assertEqual(len(seen), questions, seen)
        clock._READ.clear()

    # What the batch leaves on a card is what a single transfer leaves

    def test_a_transfer_moves_followers_activities_and_tells_in_the_chatter(self):
        card = self._cards(1, 6000)
        card.message_subscribe(self.li.partner_id.ids)
        card.activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)
        others = card.activity_schedule("mail.mail_activity_data_todo", user_id=self.chen.id)
        card._change_owners({card: self.wang}, "lapsed")
        self.assertIn(self.wang.partner_id, card.message_partner_ids)
        self.assertNotIn(self.li.partner_id, card.message_partner_ids)
        self.assertEqual((card.activity_ids - others).user_id, self.wang)
        self.assertEqual(others.user_id, self.chen)
        tracked = card.message_ids.sudo().tracking_value_ids.filtered(lambda each: each.field_id.name == "user_id")
        self.assertEqual((tracked.old_value_char, tracked.new_value_char), ("Li", "Wang"))
        self.assertEqual(card.date_open, self.env.cr.now())

    def test_each_consultants_lapsed_cards_go_to_colleagues(self):
        """Everybody lapsed on something: nobody keeps a card, nobody is left out."""
        self.policy.lapse_transfer = "automatic"
        mine, theirs = self._cards(4, 7000), self._cards(4, 7100)
        theirs._change_owner(self.wang, "manager")
        self._lapsed(mine | theirs)
        self.env["showroom.notice"]._issue(mine | theirs)
        (mine | theirs)._enforce()
        self.assertNotIn(self.li, mine.user_id)
        self.assertNotIn(self.wang, theirs.user_id)
        self.assertTrue(all((mine | theirs).mapped("user_id.id")))

    # Catching up

    def test_three_days_without_a_run(self):
        """What was due meanwhile is pointed out once, with the whole grace from the day of the run."""
        cards = self._cards(3, 8000)
        with self.at("2026-03-25 10:00"):
            self.scheduled(self.env["crm.lead"]._cron_lapses)
            self.scheduled(self.env["crm.lead"]._cron_lapses)
            notices = self.env["showroom.notice"].search([("lead_id", "in", cards.ids)])
            self.assertEqual(notices.mapped("until"), [self.main._today() + timedelta(days=1)] * 3)
        with self.at("2026-03-29 10:00"):
            self.scheduled(self.env["crm.lead"]._cron_lapses)
            self.scheduled(self.env["crm.lead"]._cron_lapses)
            self.assertEqual(cards.transfer_ids.mapped("state"), ["pending"] * 3)

    def test_managers_point_out_and_the_scheduled_action_reminds_only_once(self):
        self.policy.notice_mode = "manual"
        card = self._cards(1, 8100)
        kind = self.env.ref("showroom_ownership.mail_activity_type_overdue")
        with self.at("2026-03-25 10:00"):
            self.scheduled(self.env["crm.lead"]._cron_lapses)
            reminder = card.activity_ids.filtered(lambda each: each.activity_type_id == kind)
            self.assertTrue(reminder)
            reminder.unlink()
            self.scheduled(self.env["crm.lead"]._cron_lapses)
            self.assertFalse(card.activity_ids.filtered(lambda each: each.activity_type_id == kind))
            self.assertFalse(card.notice_id)
            self.policy.notice_mode = "automatic"
            self.scheduled(self.env["crm.lead"]._cron_lapses)
            self.assertTrue(card.notice_id)

    def _reminded(self, start):
        """A card whose consultant was told that it is overdue, before managers have pointed anything out."""
        self.policy.notice_mode = "manual"
        card = self._cards(1, start)
        self._lapsed(card)
        card._enforce()
        self.assertTrue(self._reminders(card))
        return card

    def _reminders(self, card):
        kind = self.env.ref("showroom_ownership.mail_activity_type_overdue")
        return card.activity_ids.filtered(lambda each: each.activity_type_id == kind)

    def test_a_reminder_ends_with_the_owners_contact(self):
        card = self._reminded(8200)
        self.env["showroom.followup"].with_user(self.li).create({"lead_id": card.id})
        self.assertFalse(self._reminders(card))

    def test_a_reminder_ends_when_the_date_moves_ahead_for_whatever_reason(self):
        card = self._reminded(8300)
        self.receive(self.li, phone="+8613700008300", on_behalf_of_id=self.wang.id)
        self.assertGreater(card.followup_due, self.main._today())
        self.assertFalse(self._reminders(card))

    # Setting aside

    @mute_logger("odoo.addons.showroom_ownership.models.showroom_failure")
    def test_what_fails_waits_longer_with_every_try(self):
        card, Failure = self._cards(1, 9000), self.env["showroom.failure"]

        def broken(_cards):
            raise ValueError("broken")

        now = clock.now(self.env)
        for hours in (1, 2, 4):
            with patch.object(clock, "now", lambda _env, now=now: now):
                Failure._guard(broken, card)
                failure = Failure.search([("res_id", "=", card.id)])
                self.assertEqual(failure.retry_at, now + timedelta(hours=hours))
                Failure._guard(broken, card)  # it is left alone until then
                self.assertEqual(failure.retry_at, now + timedelta(hours=hours))
            now = failure.retry_at
        self.assertEqual(failure.tries, 3)
        failure.retry_at = False  # as if somebody had asked for the next try at once
        with patch.object(type(Failure), "_step_name", lambda *_args: "broken"):
            Failure._guard(lambda _cards: None, card)
        self.assertFalse(failure.exists())
