import json
from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import ShowroomCase

ZONES = ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin")


class TestWarnings(ShowroomCase):
    """What is due, what will be lost and when (rulebook 3 and 4), on every screen that tells it."""

    def _card_at(self, zone, by="2026-03-02 10:00"):
        """A card of an outlet in a zone, due 15 local days after its reception."""
        outlet = self._outlet(zone.split("/")[1].upper()[:12].replace("_", ""), "showroom")
        outlet.tz = zone
        user = self._user(zone, "consultant", outlet)
        with self.at(by):
            return self.card(user, phone=f"+86 139{outlet.id:08d}")

    def words(self, card):
        card.invalidate_recordset()
        return card.due_when, card.lost_when, card.lost_on and str(card.lost_on)

    def lapses(self):
        self.scheduled(self.env["crm.lead"]._cron_lapses)

    def lost(self, card):
        """What the pipeline says of when the card is lost."""
        return json.loads(card.card_face).get("lost")

    def found(self, cards, **wanted):
        domain = [("id", "in", cards.ids), *((name, "=", word) for name, word in wanted.items())]
        return self.env["crm.lead"].search(domain)

    # When a card is lost

    def test_the_days_of_a_card_from_due_to_lost(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
            self.assertEqual(self.words(card), ("later", False, "2026-03-20"))
            self.assertFalse(self.lost(card) or card.loss_warning)
        for day, words in (
            ("2026-03-16", ("tomorrow", False, "2026-03-20")),
            ("2026-03-17", ("today", False, "2026-03-20")),
            ("2026-03-18", ("overdue", "soon", "2026-03-20")),
            ("2026-03-19", ("overdue", "tomorrow", "2026-03-20")),
            ("2026-03-20", ("overdue", "today", "2026-03-20")),
        ):
            with self.at(f"{day} 00:01"):
                if day >= "2026-03-18":
                    told = self.words(card)
                    if day < "2026-03-20":
                        self.lapses()
                    self.assertEqual(told, self.words(card), "A notice that comes in time changes nothing")
                self.assertEqual(self.words(card), words)
        with self.at("2026-03-20 00:15"):
            self.lapses()
            self.assertEqual(card.pending_transfer_id.reason, "lapsed", "It was lost on the day that was told")
            self.assertEqual(self.words(card), ("overdue", False, False))
            self.assertIn("stays where it is", card.loss_warning)

    def test_a_notice_that_comes_late_gives_its_days_from_then(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
        with self.at("2026-03-25 10:00"):
            self.assertEqual(self.words(card), ("overdue", "soon", "2026-03-27"))
            self.lapses()
            self.assertEqual(str(card.notice_until), "2026-03-26")
            self.assertEqual(self.words(card), ("overdue", "soon", "2026-03-27"))
        with self.at("2026-03-30 10:00"):
            self.assertEqual(self.words(card), ("overdue", "today", "2026-03-30"), "What did not happen does today")

    def test_a_notice_by_hand_names_the_day(self):
        self.policy.notice_mode = "manual"
        with self.at("2026-03-02 10:00"):
            card = self.card()
        with self.at("2026-03-20 10:00"):
            self.lapses()
            self.assertEqual(self.words(card), ("overdue", False, False))
            self.assertEqual(card.loss_warning, "Follow up before a manager points out the lapse.")
            activity = card.activity_ids.filtered("date_deadline")
            self.assertEqual(
                activity.summary,
                "Follow-up was due on Tue, Mar 17. Follow up before a manager points out the lapse.",
            )
            card.with_user(self.chen).action_notice()
            self.assertEqual(self.words(card), ("overdue", "soon", "2026-03-22"))
            self.assertEqual(
                activity.summary,
                "Follow-up was due on Tue, Mar 17. Follow up by Sat, Mar 21, or the card goes to a colleague.",
            )

    def test_a_policy_that_changes_moves_the_day(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
            self.policy.grace_days = 4
            self.assertEqual(self.words(card)[2], "2026-03-23")
            other = self.policy.copy({"grace_days": 0})
            self.main.policy_id = other
            self.assertEqual(self.words(card)[2], "2026-03-19")

    def test_a_followup_ends_the_danger(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
        with self.at("2026-03-18 10:00"):
            self.lapses()
            self.assertTrue(card.notice_until)
            self.env["showroom.followup"].with_user(self.li).create({"lead_id": card.id})
            self.assertEqual(self.words(card), ("later", False, "2026-04-05"))
            self.assertFalse(card.notice_until or self.lost(card) or card.activity_ids)

    def test_what_no_lapse_moves_is_not_lost(self):
        with self.at("2026-03-02 10:00"):
            ordered, won, pooled, asked = (self.card(phone=f"+86 1391000000{n}") for n in range(4))
            self.env["showroom.order"].with_user(self.li).create({"lead_id": ordered.id})
            won.with_user(self.li).action_set_won()
            asked.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "She asked for Wang.")
            pooled.sudo()._change_owner(self.env["res.users"], "departure")
            for card in (ordered, won, pooled, asked):
                self.assertFalse(self.words(card)[2])
        lead = self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id})
        self.assertEqual(self.words(lead), (False, False, False))

    def test_merging_keeps_the_day_of_the_notice(self):
        with self.at("2026-03-02 10:00"):
            first, second = self.card(), self.card(phone="+86 139 1000 0009")
        with self.at("2026-03-18 10:00"):
            self.lapses()
            merged = (first | second).merge_opportunity()
            self.assertEqual(merged.notice_until, merged.notice_id.until)
            self.assertTrue(merged.notice_until)

    # By the local day of each outlet

    def test_days_are_those_of_five_zones(self):
        cards = {zone: self._card_at(zone) for zone in ZONES}
        for text in ("16 23:30", "17 03:00", "17 13:00", "17 19:30", "18 21:00"):
            with self.at(f"2026-03-{text}"):
                for card in cards.values():
                    today = card.outlet_id._today()
                    ahead = (card.followup_due - today).days
                    expected = "overdue" if ahead < 0 else {0: "today", 1: "tomorrow"}.get(ahead, "later")
                    self.assertEqual(self.words(card)[0], expected)

    def test_filters_and_cards_say_the_same(self):
        """Every way to search against every card's own words, while the days of the zones pass."""
        cards = self.env["crm.lead"].browse([self._card_at(zone).id for zone in ZONES])
        manual = self.policy.copy({"notice_mode": "manual"})
        with self.at("2026-03-03 10:00"):
            for number, user in enumerate((self.li, self.wang, self.sun)):
                cards |= self.card(user, phone=f"+86 1371000000{number}")
            cards |= self.card(phone="+86 137 1000 0009")
            self.env["showroom.order"].with_user(self.li).create({"lead_id": cards[-1].id})
        self.east.policy_id = manual
        seen = set()
        for hours in range(0, 24 * 8, 7):
            moment = fields.Datetime.to_datetime("2026-03-16 00:30:00") + timedelta(hours=hours)
            with self.at(str(moment)[:16]):
                if hours % 3 == 0:
                    self.lapses()
                cards.invalidate_recordset()
                for name in ("due_when", "lost_when"):
                    words = [word for word, _label in cards._fields[name].selection]
                    for word in [*words, False]:
                        of_words = cards.filtered(lambda card, name=name, word=word: card[name] == word)
                        self.assertEqual(self.found(cards, **{name: word}), of_words, (name, word, moment))
                        seen |= {(name, word)} if of_words else set()
                    some = [("id", "in", cards.ids), (name, "not in", words[:2])]
                    self.assertEqual(
                        cards.search(some), cards.filtered(lambda c, name=name, words=words: c[name] not in words[:2])
                    )
        self.assertEqual(len(seen), 9, "Every word came up")

    def test_the_reader_s_zone_changes_nothing(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
        with self.at("2026-03-17 23:30"):
            for zone in ZONES:
                self.li.tz = zone
                mine = self.env["crm.lead"].with_user(self.li).with_context(tz=zone)
                self.assertEqual(mine.search([("id", "=", card.id), ("due_when", "=", "today")]), card)

    # Costs

    def test_warnings_cost_no_query_beside_the_badge(self):
        with self.at("2026-03-02 10:00"):
            cards = self.env["crm.lead"].browse([self.card(phone=f"+86 1380000{n:04d}").id for n in range(20)])
        with self.at("2026-03-18 10:00"):
            self.lapses()
            mine = cards.with_user(self.li)
            read = {"name": {}, "ownership_badge": {}, "outlet_id": {"fields": {"display_name": {}}}}
            mine.web_read(read)
            counts = []
            for more in ({}, {"card_face": {}, "lost_on": {}, "due_when": {}}):
                self.env.flush_all()
                self.env.invalidate_all()
                self.li.has_group("base.group_user")
                before = self.env.cr.sql_log_count
                values = mine.web_read({**read, **more})
                counts.append(self.env.cr.sql_log_count - before)
            self.assertTrue(all(json.loads(each["card_face"])["lost"] for each in values))
            self.assertEqual(counts[0], counts[1])

    def test_filters_cost_one_query(self):
        with self.at("2026-03-02 10:00"):
            self.card()
            Lead = self.env["crm.lead"]
            Lead.search([("due_when", "=", "today")], limit=1)
            for domain in ([("due_when", "=", "overdue")], [("lost_when", "in", ["today", "tomorrow", "soon"])]):
                with self.assertQueryCount(1):
                    Lead.search(domain, limit=80)

    # What people read

    def test_the_words_are_the_reader_s(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.wang.lang = "zh_CN"
        with self.at("2026-03-02 10:00"):
            card = self.card(self.wang)
        with self.at("2026-03-18 10:00"):
            self.assertEqual(self.lost(card), "Lost on Fri, Mar 20 unless followed up")
            self.assertEqual(card.loss_warning, "Follow up by Thu, Mar 19, or the card goes to a colleague.")
            chinese = card.with_user(self.wang).with_context(lang="zh_CN")
            self.assertEqual(chinese._day_text(date(2026, 3, 20)), "3月20日周五")
            self.lapses()
            self.assertIn("3月17日周二", card.activity_ids.summary)

    def test_nobody_writes_the_day_of_a_notice(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
        with self.assertRaises(AccessError):
            card.with_user(self.li).write({"notice_until": "2030-01-01"})

    # The menus

    def _context_of(self, user):
        action = self.env["crm.lead"].with_user(user).action_my_cards()
        self.assertEqual(action["res_model"], "crm.lead")
        return str(action["context"])

    def test_my_cards_makes_sense_for_each_role(self):
        self.assertIn("search_default_my_cards", self._context_of(self.li))
        self.assertIn("search_default_my_outlets", self._context_of(self.chen))
        self.assertNotIn("search_default_my", self._context_of(self.gm))
        with self.at("2026-03-02 10:00"):
            self.card(self.chen, outlet_id=self.main.id, consultant_id=self.chen.id)
        self.assertIn("search_default_my_cards", self._context_of(self.chen))

    # The activity menu

    def group(self, user):
        groups = self.env["res.users"].with_user(user)._get_activity_groups()
        return next((each for each in groups if each["id"] == "showroom_cards_due"), None)

    def test_the_activity_menu_counts_the_cards_that_are_due(self):
        for day, number in (("2026-03-01", 3), ("2026-03-02", 2), ("2026-03-03", 4), ("2026-03-04", 1)):
            with self.at(f"{day} 10:00"):
                for each in range(number):
                    self.card(phone=f"+86 139{day[-2:]}{each:06d}")
        with self.at("2026-03-17 09:00"):
            group = self.group(self.li)
            counts = [group[f"{word}_count"] for word in ("overdue", "today", "planned", "total")]
            self.assertEqual(counts, [3, 2, 4, 2])
            self.lapses()
            groups = self.env["res.users"].with_user(self.li)._get_activity_groups()
            self.assertEqual(sum(each.get("total_count", 0) for each in groups), 5, "Every card counts once")
            self.assertIsNone(self.group(self.wang))
            self.assertIsNone(self.group(self.desk))

    def test_the_activity_menu_counts_by_the_day_of_the_outlet(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
        self.main.tz = "America/New_York"
        with self.at("2026-03-18 10:00"):  # the 17th in New York
            self.assertEqual(str(card.followup_due), "2026-03-17")
            group = self.group(self.li)
            self.assertEqual((group["overdue_count"], group["today_count"]), (0, 1))

    def test_the_activity_menu_costs_one_query_and_others_none(self):
        with self.at("2026-03-02 10:00"):
            for number in range(10):
                self.card(phone=f"+86 1390000{number:04d}")
        with self.at("2026-03-17 09:00"):
            Users = self.env["res.users"].with_user(self.li)
            Users._due_counts()
            with self.assertQueryCount(1):
                Users._due_counts()
            with patch.object(type(Users), "_due_counts", side_effect=AssertionError):
                Users.with_user(self.seller)._get_activity_groups()

    def test_plain_sellers_keep_their_menu(self):
        seller = new_test_user(self.env, "plain@test", groups="sales_team.group_sale_salesman")
        self.assertIsNone(self.group(seller))
