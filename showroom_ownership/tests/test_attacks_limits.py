from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksLimits(AttackCase):
    """What would spoil a manager's list for everybody, and what would keep a colleague from asking."""

    # Days and amounts

    def test_a_card_takes_no_day_that_nobody_lives_to_see(self):
        self.enter("li")
        for name in ("date_deadline", "date_open"):
            for day in ("9999-12-31", "0001-01-01", "2100-01-01"):
                self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {name: day}), "years")
        vals = {"name": "x", "team_id": self.main.id, "date_deadline": "9999-12-31"}
        self.assertRefused(self.rpc("crm.lead", "create", [vals]), "years")
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"date_deadline": "2027-12-31"}))
        self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"date_closed": "9999-12-31"}))
        self.enter("chen")
        for day in ("9999-12-31", "0001-01-01", "2100-01-01"):
            self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"date_closed": day}), "years")
        self.assertDone(self.rpc("crm.lead", "formatted_read_group", [], ["date_deadline:month"], ["__count"]))

    def test_a_card_takes_no_amount_that_no_car_costs(self):
        self.enter("li")
        for name in ("expected_revenue", "recurring_revenue", "probability"):
            self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {name: 1e308}), "amount")
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"expected_revenue": 350000}))

    def test_an_activity_takes_no_day_that_nobody_lives_to_see(self):
        activity = self.zhao.with_user(self.li).activity_schedule("mail.mail_activity_data_todo")
        about = {"res_model_id": self.env["ir.model"]._get_id("crm.lead"), "res_id": self.zhao.id}
        self.enter("li")
        for day in ("9999-12-31", "0001-01-01", "2100-01-01"):
            self.assertRefused(self.rpc("mail.activity", "write", activity.ids, {"date_deadline": day}), "years")
            self.assertRefused(self.rpc("mail.activity", "create", {**about, "date_deadline": day}), "years")
            sent = {"default_date_deadline": day}
            self.assertRefused(self.rpc("mail.activity", "create", about, context=sent), "years")
        self.assertDone(self.rpc("mail.activity", "write", activity.ids, {"date_deadline": "2027-12-31"}))
        self.assertDone(self.rpc("mail.activity", "create", {**about, "date_deadline": "2027-12-31"}))
        self.enter("chen")
        self.assertDone(self.rpc("mail.activity", "formatted_read_group", [], ["date_deadline:week"], ["__count"]))

    def test_a_meeting_takes_no_day_that_nobody_lives_to_see(self):
        when = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
        own = self.env["calendar.event"].with_user(self.li).create({"name": "x", **when})
        self.enter("li")
        far = {"start": "9999-12-30 02:00:00", "stop": "9999-12-30 03:00:00"}
        past = {"start": "0001-01-03 02:00:00", "stop": "0001-01-03 03:00:00"}
        for vals in (far, past, {"stop": far["stop"]}, {"duration": 24.0 * 366 * 100}):
            self.assertRefused(self.rpc("calendar.event", "write", own.ids, vals), "years|a year")
            made = {"name": "x", "start": when["start"], **vals}
            self.assertRefused(self.rpc("calendar.event", "create", made))
        later = {"start": "2027-03-03 02:00:00", "stop": "2027-03-03 03:00:00"}
        self.assertDone(self.rpc("calendar.event", "write", own.ids, later))
        self.assertDone(self.rpc("calendar.event", "create", {"name": "x", **later}))

    def test_other_teams_write_what_they_like(self):
        lead = self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id, "user_id": self.seller.id})
        lead.with_user(self.seller).date_deadline = "2200-01-01"

    # More than a server answers at once

    def test_no_call_asks_for_more_than_a_screen_does(self):
        self.enter("li")
        views = [(False, "form")] * 51
        self.assertRefused(self.rpc("crm.lead", "get_views", views), "less at once")
        sets = [[name] for name in self.env["crm.lead"].fields_get() for _each in range(5)]
        answer = self.rpc("crm.lead", "formatted_read_grouping_sets", [], sets, ["__count"])
        self.assertRefused(answer, "less at once")
        for asked in (
            {"min_groups": 10_001},
            {"fill_from": "1900-01-01", "fill_to": "2100-01-01"},
            {"fill_to": "2099-01-01"},
        ):
            for method in ("web_read_group", "formatted_read_group"):
                by_day = ([], ["create_date:day"], ["__count"])
                answer = self.rpc("crm.lead", method, *by_day, context={"fill_temporal": asked})
                self.assertRefused(answer, "less at once")
        screen = {"fill_from": "2026-01-01", "fill_to": "2026-12-31", "min_groups": 12}
        by_month = ([], ["date_deadline:month"], ["__count"])
        filled = self.rpc("crm.lead", "formatted_read_group", *by_month, context={"fill_temporal": screen})
        self.assertGreaterEqual(len(self.assertDone(filled)), 12)

    # What is told of a single card

    def test_a_list_with_every_forecast_is_not_made(self):
        cards = [self.card(self.li, phone=f"1370000{number:04d}", name=f"C{number}") for number in range(25)]
        self.enter("chen")
        made = []
        Facts = type(self.env["showroom.facts"])
        gather = Facts._gather
        with patch.object(Facts, "_gather", lambda *args, **kwargs: made.append(1) or gather(*args, **kwargs)):
            rows = self.rpc("crm.lead", "web_search_read", [], {"forecast": {}, "timeline_html": {}}).result["records"]
        self.assertGreaterEqual(len(rows), len(cards))
        self.assertLessEqual(len(made), 60)
        self.assertIn("Open the card", str(rows[-1]))
        [row] = self.rpc("crm.lead", "web_read", [rows[-1]["id"]], {"forecast": {}, "timeline_html": {}}).result
        self.assertIn("closed now", row["forecast"])
        self.assertIn("Reception", row["timeline_html"])

    # Requests on a colleague's card

    def late(self, user):
        return self.receive(user, phone="13910000002", name="Qian", arrived_at="2026-03-01 02:00:00")

    def ask(self, user, to):
        self.enter(user)
        return self.rpc("crm.lead", "action_request_transfer", self.qian.ids, to.id, "customer_request", "He wants it")

    def test_a_line_that_is_no_evidence_asks_for_no_card(self):
        self.assertFalse(self.late(self.li).is_evidence)
        self.assertRefused(self.ask("li", self.li), "no evidence")
        self.receive(self.li, phone="13910000002", name="Qian")
        self.assertDone(self.ask("li", self.li))

    def test_of_a_leave_its_owner_speaks(self):
        self.receive(self.li, phone="13910000002", name="Qian")
        self.enter("li")
        said = (self.li.id, "long_leave", "Away")
        self.assertRefused(self.rpc("crm.lead", "action_request_transfer", self.qian.ids, *said), "the owner gives")
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "action_request_transfer", self.qian.ids, *said))

    def test_a_colleagues_request_does_not_keep_the_owner_from_asking(self):
        self.receive(self.li, phone="13910000002", name="Qian")
        self.assertDone(self.ask("li", self.li))
        first = self.qian.pending_transfer_id
        self.assertDone(self.ask("wang", self.sun))
        second = self.qian.pending_transfer_id
        self.assertEqual((first.state, second.state, second.to_id), ("pending", "pending", self.sun))
        self.assertRefused(self.ask("wang", self.sun), "pending already")
        self.assertRefused(self.ask("li", self.li), "pending already")
        second.with_user(self.chen).action_refuse("No")
        self.assertEqual(self.qian.pending_transfer_id, first)
        first.with_user(self.chen).action_approve()
        self.assertEqual((self.qian.user_id, self.qian.pending_transfer_id.id), (self.li, False))

    def test_nor_does_the_owners_keep_a_colleague_from_asking(self):
        self.receive(self.li, phone="13910000002", name="Qian")
        self.assertDone(self.ask("wang", self.sun))
        first = self.qian.pending_transfer_id
        self.assertDone(self.ask("li", self.li))
        second = self.qian.pending_transfer_id
        self.assertEqual((first.state, second.state, second.to_id), ("pending", "pending", self.li))
        for who, to in (("wang", self.sun), ("li", self.li)):
            self.assertRefused(self.ask(who, to), "pending already")
        second.with_user(self.chen).action_approve()
        self.assertEqual((self.qian.user_id, self.qian.pending_transfer_id.id), (self.li, False))

    def test_a_dialog_from_before_the_card_changed_hands_asks_for_nothing(self):
        """And says so."""
        self.enter("wang")
        vals = {"lead_ids": [(6, 0, self.qian.ids)], "owner_id": self.sun.id, "text": "He moves"}
        [dialog] = self.assertDone(self.rpc("showroom.transfer.wizard", "create", [vals]))
        self.qian.with_user(self.chen).action_reassign(self.li.id, "She is away")
        self.assertRefused(self.rpc("showroom.transfer.wizard", "action_request", [dialog]), "Choose them again")
        self.assertFalse(self.qian.pending_transfer_id)

    def test_a_request_falls_with_the_reception_that_it_stands_on(self):
        line = self.receive(self.li, phone="13910000002", name="Qian")
        self.assertDone(self.ask("li", self.li))
        asked = self.qian.pending_transfer_id
        with self.undone():
            asked.with_user(self.chen).action_approve()
            self.assertEqual(self.qian.user_id, self.li)
        line.with_user(self.chen).action_void("Nobody came")
        with self.assertRaisesRegex(UserError, "does not count any more"), self.env.cr.savepoint():
            asked.with_user(self.chen).action_approve()
        asked.with_user(self.chen).action_refuse("No reception")

    def test_a_request_does_not_end_with_a_card_that_its_owner_loses(self):
        self.receive(self.li, phone="13910000002", name="Qian")
        self.assertDone(self.ask("li", self.li))
        self.enter("wang")
        self.assertRefused(self.rpc("crm.lead", "action_set_lost", self.qian.ids), "waits for a manager")
        self.assertEqual(self.qian.pending_transfer_id.state, "pending")

    def test_nor_with_the_line_on_which_the_card_stands(self):
        """By a correction, the card would go to whom its owner had receive the customer besides."""
        self.receive(self.li, phone="13910000002", name="Qian")
        self.assertDone(self.ask("li", self.li))
        line = self.qian.filing_id
        self.enter("wang")
        for values in ({"phone": ""}, {"phone": "13910000047"}):
            refused = self.rpc("showroom.reception", "action_correct", line.ids, values)
            self.assertRefused(refused, "stands on line")
        self.assertEqual((self.qian.user_id, self.qian.pending_transfer_id.state), (self.wang, "pending"))
        self.enter("chen")
        self.assertDone(self.rpc("showroom.reception", "action_correct", line.ids, {"phone": "13910000047"}))

    def test_a_card_that_waits_for_a_colleague_is_linked_by_a_manager(self):
        spare = self.card(self.wang, phone="13910000044", name="Wu")
        self.receive(self.li, phone="13910000002", name="Qian")
        self.assertDone(self.ask("li", self.li))
        self.enter("wang")
        link = ("action_link", spare.ids, [self.qian.card_number], "family")
        self.assertRefused(self.rpc("crm.lead", *link), "by a manager")
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", *link))

    def test_a_deal_ends_them_all(self):
        self.receive(self.li, phone="13910000002", name="Qian")
        self.ask("li", self.li)
        self.ask("wang", self.sun)
        self.qian.with_user(self.wang).action_confirm_deal()
        self.assertEqual(set(self.qian.transfer_ids.filtered("requested_by").mapped("state")), {"withdrawn"})
        self.assertFalse(self.qian.pending_transfer_id)

    # Links

    @mute_logger("odoo.sql_db")
    def test_a_pair_is_linked_once_in_either_direction(self):
        Link = self.env["showroom.card.link"]
        Link.create({"lead_id": self.zhao.id, "other_id": self.qian.id})
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            Link.create({"lead_id": self.qian.id, "other_id": self.zhao.id})

    def test_translations_are_exported_by_administrators(self):
        self.enter("li")
        made = self.assertDone(self.rpc("base.language.export", "create", [{"lang": "__new__", "format": "po"}]))
        self.assertRefused(self.rpc("base.language.export", "act_getfile", made), "administrator")
