from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor

from ..models import clock
from .common import ShowroomCase


class QueryCase(ShowroomCase):
    """Counts what is asked of the database."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.quiet = {
            "tracking_disable": True,
            "mail_notrack": True,
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
        }

        self.won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    @contextmanager
    def _queries(self):
        """The SQL that runs inside, up to what a commit would write."""
        execute, seen = Cursor.execute, []

        def recording(cursor, query, params=None, log_exceptions=True):
            seen.append(getattr(query, "code", query))
            return execute(cursor, query, params, log_exceptions)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", recording):
            yield seen
            self.env.flush_all()
            self.env.cr.precommit.run()

    def _receive_many(self, number, start):
        vals = [
            {"customer_name": f"C{n}", "phone": f"+86137{start + n:08d}", "outlet_id": self.main.id}
            for n in range(number)
        ]
        Reception = self.env["showroom.reception"].with_user(self.li).with_context(**self.quiet)
        with self._queries() as seen:
            lines = Reception.create(vals)
        return lines.with_env(self.env), len(seen)


class TestQueries(QueryCase):
    """Nothing loops over records with a query each, and leads of other teams cost nothing."""

    def test_receptions_in_a_batch(self):
        self._receive_many(2, 0)
        few, many = self._receive_many(5, 100)[1], self._receive_many(25, 200)[1]
        self.assertEqual(many, few)

    def test_a_reception_costs_little_more_than_a_lead(self):
        vals = {"customer_name": "C", "outlet_id": self.main.id}
        stock = {"name": "C", "team_id": self.plain_team.id, "user_id": self.li.id}
        counts = {}
        for number in range(3):  # the first rounds fill the memory that all requests share
            phone = {"phone": f"+861375000{number:04d}"}
            for model, said in (("showroom.reception", vals), ("crm.lead", stock)):
                with self._queries() as seen:
                    self.env[model].with_user(self.li).create({**said, **phone})
                counts[model] = len(seen)
        self.assertLessEqual(counts["showroom.reception"] - counts["crm.lead"], 2, counts)

    def _count(self, step):
        with self._queries() as seen:
            step()
        return len(seen)

    def test_leads_of_other_teams_do_not_ask_the_time(self):
        """It is the database that is asked, which is a query more than without the module."""
        vals = {"name": "C", "phone": "+86 13700000009", "team_id": self.plain_team.id, "user_id": self.li.id}
        with patch.object(clock, "now", side_effect=AssertionError("asked")):
            lead = self.env["crm.lead"].with_user(self.li).create(vals)
            lead.write({"priority": "2"})
            lead.action_set_won()
            self.env.flush_all()

    def _stock_leads(self, number):
        vals = {"name": "C", "team_id": self.plain_team.id, "user_id": self.li.id}
        leads = self.env["crm.lead"].with_context(**self.quiet).create([vals] * number)
        self.env.cr.precommit.run()  # from here on they are tracked, as cards are
        return self.env["crm.lead"].browse(leads.ids)

    def _win(self, leads):
        return self._count(lambda: leads.with_user(self.li).action_set_won())

    def test_a_ruling_costs_three_queries_however_many_deals(self):
        """What is around the deals, what was told on their cards, and the rulings with all that goes with them."""
        for number, start in ((1, 1000), (1, 1100), (25, 1200)):  # the first round fills the memory
            cards = self.env["crm.lead"].browse(self._receive_many(number, start)[0].lead_id.ids)
            counts = (self._win(self._stock_leads(number)), self._win(cards))
        self.assertLessEqual(counts[1] - counts[0], 3, counts)

    def test_a_ruling_costs_the_same_with_much_evidence(self):
        counts = []
        for contacts, start in ((1, 2000), (1, 2100), (60, 2200)):
            card = self._receive_many(1, start)[0].lead_id
            self.env["showroom.followup"].with_user(self.li).create([{"lead_id": card.id}] * contacts)
            counts.append(self._win(card))
        self.assertEqual(counts[2], counts[1], counts)

    def _finish_call(self, leads):
        """Plan a call on each lead, and tick all of them off."""
        calls = leads.with_user(self.li).activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)
        return self._count(lambda: calls.action_feedback("reached"))

    def test_an_activity_ticked_off_costs_five_queries_more_however_many(self):
        """The head of the ledger, the entry, the follow-up, what the rhythm is made of, and the card."""
        for number, start in ((1, 2300), (1, 2400), (25, 2500)):
            cards = self.env["crm.lead"].browse(self._receive_many(number, start)[0].lead_id.ids)
            counts = (self._finish_call(self._stock_leads(number)), self._finish_call(cards))
        self.assertLessEqual(counts[1] - counts[0], 5, counts)

    def test_a_forecast_is_few_queries(self):
        for start in (2600, 2700):
            card = self._receive_many(1, start)[0].lead_id.with_user(self.wang)
            count = self._count(lambda card=card: card._forecast(self.wang))
        self.assertLessEqual(count, 5)

    def test_the_forecast_on_the_form_gathers_once_and_knows_the_members(self):
        """With what happens after the due date: the card, around it, what was told, outlet, people, their absences."""
        for start in (2800, 2900):
            card = self._receive_many(1, start)[0].lead_id.with_user(self.li)
            count = self._count(lambda card=card: card.read(["forecast"]))
        self.assertIn("without a follow-up", card.forecast)
        self.assertLessEqual(count, 10)

    def test_leads_of_other_teams_touch_nothing_of_ours(self):
        Lead = self.env["crm.lead"].with_user(self.seller)
        with self._queries() as seen:
            lead = Lead.create({"name": "x", "phone": "+86 13700000001", "team_id": self.plain_team.id})
            lead.write({"priority": "2", "user_id": self.seller.id})
            lead.action_set_won()
        ours = [query for query in seen if "showroom_" in query and "FROM ir_" not in query]
        self.assertFalse(ours)

    def test_what_is_due_is_one_query(self):
        self._receive_many(5, 3000)
        domain = [("outlet_id", "=", self.main.id), ("followup_due", "<", "2026-04-01")]
        with self._queries() as seen:
            self.env["crm.lead"].search(domain, limit=80)
        self.assertEqual(len(seen), 1)

    def test_reading_badges_costs_what_reading_names_costs(self):
        cards = self._receive_many(10, 4000)[0].lead_id.with_user(self.li)
        counts = []
        for names in (
            ["name", "outlet_id"],
            ["name", "outlet_id", "ownership_badge", "followup_state", "followup_due"],
        ):
            with self._queries() as seen:
                cards.read(names)
            counts.append(len(seen))
        self.assertLessEqual(counts[1] - counts[0], 1, counts)
