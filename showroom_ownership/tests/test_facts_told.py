import json
from unittest.mock import patch

from odoo import models

from ..core import codec
from .common import ShowroomCase

KINDS = {"receptions": "showroom.reception", "followups": "showroom.followup"}


class TestFactsTold(ShowroomCase):
    """What the database tells of receptions and follow-ups is what the records tell one by one."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            said = {"asked": "yes", "prior_id": self.wang.id, "named_id": self.li.id, "channel": "call"}
            self.line = self.receive(self.li, name='Zoe\u0301 "赵" \\ O\'Brien', **said)
            self.card = self.line.lead_id
            self.receive(self.wang, on_behalf_of_id=self.li.id, accompanied_by_id=self.sun.id)
        with self.at("2026-03-03 10:00"):
            Followup = self.env["showroom.followup"].with_user(self.li)
            card = {"lead_id": self.card.id}
            vals = [{**card, "outcome": 'said "no"\\'}, {**card, "method": "email", "reached": False}, {**card}]
            self.calls = Followup.create(vals).with_env(self.env)

    def sql(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute("SET session_replication_role = replica")  # as a superuser of the database can
        self.env.cr.execute(query, values)
        self.env.cr.execute("SET session_replication_role = DEFAULT")
        self.env.invalidate_all()

    def told(self):
        return self.env["showroom.facts"].sudo()._on_cards(self.card).facts

    def one_by_one(self, kind):
        records = self.env[KINDS[kind]].search([("lead_id", "=", self.card.id)])
        intact = records._intact()
        return {record.id: record._fact(record.id in intact) for record in records}

    def check(self, *looked_at):
        """Both say the same; `looked_at` are the kinds of which a record had to be asked."""
        told = self.told()
        for kind in KINDS:
            self.assertEqual({fact.id: fact for fact in told[kind][self.card.id]}, self.one_by_one(kind))
            self.assertNotEqual(isinstance(told[kind][self.card.id], codec.Told), kind in looked_at, kind)
        return told

    def test_what_was_said_is_told(self):
        told = self.check()
        for kind in KINDS:
            facts = told[kind][self.card.id]
            self.assertEqual(json.loads(facts.text), codec.dump(tuple(facts)))

    def test_changed_lines_are_looked_at(self):
        with self.at("2026-03-03 11:00"):
            second = self.receive(self.li, phone=self.card.phone)
            second.with_user(self.li).action_correct({"interest": "X5", "customer_name": "Zhao Mi"})
            self.check("receptions")
            self.line.with_user(self.chen).action_void("mistyped")
            self.check("receptions")

    def test_what_was_erased_is_looked_at(self):
        with self.at("2026-03-03 11:00"):
            self.card.with_user(self.gm).action_erase_customer("asked to")
            self.check("receptions", "followups")

    def test_adopted_cards_are_told(self):
        with self.at("2026-03-02 10:00"):
            said = {"name": "A", "phone": "+86 13700000009", "team_id": self.plain_team.id, "user_id": self.seller.id}
            self.card = self.env["crm.lead"].create(said)
            self.card.activity_schedule("mail.mail_activity_data_call", user_id=self.seller.id).action_feedback("x")
        with self.at("2026-03-04 10:00"):
            self.plain_team.write({"outlet_kind": "showroom", "outlet_code": "NEW", "tz": "Asia/Shanghai"})
            self.env.flush_all()
            self.assertTrue(self.one_by_one("receptions") and self.one_by_one("followups"))
            self.check()

    def test_records_that_do_not_say_what_was_recorded_do_not_stand(self):
        for table, column, value, record in (
            ("showroom_reception", "consultant_id", self.wang.id, self.line),
            ("showroom_reception", "customer_name", "Somebody", self.line),
            ("showroom_reception", "salt", "0", self.line),
            ("showroom_reception", "line_no", 7, self.line),
            ("showroom_reception", "arrived_at", "2026-03-01 10:00:00", self.line),
            ("showroom_reception", "recorded_at", "2026-03-01 10:00:00", self.line),
            ("showroom_reception", "outlet_id", self.east.id, self.line),
            ("showroom_reception", "asked", 'no","named":9,"x":"', self.line),
            ("showroom_followup", "method", "visit", self.calls[0]),
            ("showroom_followup", "reached", True, self.calls[1]),
            ("showroom_followup", "happened_at", "2026-03-03 01:00:00.5", self.calls[0]),
            ("showroom_followup", "recorded_by", self.wang.id, self.calls[0]),
            ("showroom_followup", "outcome", None, self.calls[0]),
        ):
            with self.subTest(table=table, column=column), self.env.cr.savepoint() as savepoint:
                self.sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, record.id)
                kind = "receptions" if record == self.line else "followups"
                facts = {fact.id: fact.intact for fact in self.check(kind)[kind][self.card.id]}
                self.assertEqual([each for each, intact in facts.items() if not intact], [record.id])
                savepoint.rollback()
                self.env.invalidate_all()

    def test_entries_that_are_not_as_they_were_written_do_not_stand(self):
        entry, other = self.calls[0].entry_id, self.calls[1].entry_id
        for change, broken in (
            (f"payload = replace(payload, '\"reached\":true', '\"reached\":false') WHERE id = {entry.id}", {0}),
            (f"hash = repeat('0', 64) WHERE id = {entry.id}", {0, 1}),
            (f'number = number || \'","x":"\' WHERE id = {entry.id}', {0}),
            (f"about = '{self.calls[1].number}' WHERE id = {self.line.entry_id.id}", None),
            (f"kind = 'order' WHERE id = {other.id}", set()),
        ):
            with self.subTest(change=change), self.env.cr.savepoint() as savepoint:
                self.sql(f"UPDATE showroom_ledger_entry SET {change}")
                told = self.told()
                intact = {fact.id: fact.intact for fact in told["followups"][self.card.id]}
                self.assertEqual(intact, {each: fact.intact for each, fact in self.one_by_one("followups").items()})
                if broken is not None:
                    self.assertEqual({n for n, call in enumerate(self.calls) if not intact[call.id]}, broken)
                savepoint.rollback()
                self.env.invalidate_all()


class TestRulingStored(ShowroomCase):
    """A ruling is the same whether it is stored at once or by Odoo's `create`, which others may extend."""

    def ruling(self, phone):
        with self.at("2026-03-02 10:00"):
            card = self.card(phone=phone)
        with self.at("2026-03-02 11:00"):
            self.receive(self.wang, phone=phone)
            card.with_user(self.gm).write({"closer_id": self.wang.id})
            card.with_user(self.gm).action_set_won()
        return card.ruling_id

    def values(self, ruling):
        names = [
            name for name, field in ruling._fields.items() if field.store and name not in ("id", "lead_id", "facts")
        ]
        told = {
            name: ruling[name] for name in names if ruling._fields[name].type not in ("one2many", "many2many", "json")
        }
        shares = [(share.user_id, share.percent, share.create_uid) for share in ruling.share_ids]
        return told, shares, ruling.appellant_ids, len(ruling.cited_ids)

    def test_the_same_is_stored(self):
        at_once = self.ruling("13700000001")
        create = models.BaseModel.create
        extended = lambda records, vals_list: create(records, vals_list)  # noqa: E731
        extended._api_model, extended.__module__ = True, "odoo.addons.somebody"
        with patch.object(type(at_once), "create", extended):
            by_odoo = self.ruling("13700000002")
        known = self.values(at_once)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.values(at_once), known)
        self.assertEqual(self.values(by_odoo)[1:], known[1:])
        self.assertEqual(self.values(by_odoo)[0], known[0])
        self.assertTrue(known[1] and known[3])
        self.assertEqual(at_once._again().findings, at_once._again().findings)
        self.assertEqual(at_once.lead_id.ruling_ids, at_once)
