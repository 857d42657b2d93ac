from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor

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
        self.assertLessEqual(many - few, 4, f"{few} queries for 5 receptions, {many} for 25")

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
        self.assertLessEqual(counts["showroom.reception"] - counts["crm.lead"], 8, counts)

    def test_rulings_in_a_batch(self):
        counts = []
        for number, start in ((2, 1000), (5, 1100), (25, 1200)):
            ids = self._receive_many(number, start)[0].lead_id.ids
            cards = self.env["crm.lead"].with_user(self.li).with_context(**self.quiet).browse(ids)
            with self._queries() as seen:
                cards.write({"stage_id": self.won.id})
            counts.append(len(seen))
        self.assertLessEqual(counts[2] - counts[1], 4, counts)

    def test_a_ruling_costs_the_same_with_much_evidence(self):
        counts = []
        for contacts, start in ((1, 2000), (1, 2100), (60, 2200)):
            card = self._receive_many(1, start)[0].lead_id
            self.env["showroom.followup"].with_user(self.li).create([{"lead_id": card.id}] * contacts)
            with self._queries() as seen:
                card.with_user(self.li).with_context(**self.quiet).action_set_won()
            counts.append(len(seen))
        self.assertLessEqual(counts[2] - counts[1], 3, counts)

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
