from psycopg2 import Error

from odoo.tools import mute_logger

from .common import ShowroomCase


class TestLedgerGuard(ShowroomCase):
    """What the database refuses while its triggers are on (docs/attackers.md: plain SQL, server action)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            self.line, self.other = self.receive(self.li), self.receive(self.wang, phone="13910000002", name="Qian")
            self.page = self.line.page_id
        self.entry = self.line.entry_id
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")

    def refused(self, query, *params):
        """The database refuses a statement, and what was is still there."""
        with self.assertRaisesRegex(Error, "showroom ledger"), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(query, params)
        self.env.invalidate_all()
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_no_evidence_column_is_updated(self):
        for name in (
            "payload",
            "hash",
            "number",
            "kind",
            "recorded_at",
            "user_id",
            "day",
            "line_no",
            "seq",
            "tz",
            "about",
        ):
            self.refused(f"UPDATE showroom_ledger_entry SET {name} = {name} WHERE id = %s", self.entry.id)

    def test_other_columns_are_free_for_upgrades(self):
        self.env.cr.execute("UPDATE showroom_ledger_entry SET write_date = now() WHERE id = %s", [self.entry.id])

    def test_nothing_is_deleted_or_truncated(self):
        for table in ("showroom_ledger_entry", "showroom_ledger_head"):
            self.refused(f"DELETE FROM {table}")
            self.refused(f"TRUNCATE {table} CASCADE")

    def test_the_head_only_advances(self):
        for change in ("last_seq = 1", "last_hash = repeat('0', 64)", "last_at = '2020-01-01'", "day = '2020-01-01'"):
            self.refused(f"UPDATE showroom_ledger_head SET {change} WHERE outlet_id = %s", self.main.id)

    def test_the_head_does_not_run_ahead(self):
        with self.assertRaisesRegex(Error, "not the last entry"), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE showroom_ledger_head SET last_seq = last_seq + 1 WHERE outlet_id = %s", [self.main.id]
            )
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def _forge(self, **told):
        """Insert an entry past the module, with a hash that fits."""
        last = self.env["showroom.ledger.entry"].search([("outlet_id", "=", self.main.id)], limit=1)
        row = {
            "outlet_id": self.main.id, "seq": last.seq + 1, "number": "MAIN/2026-03-02/099", "day": "2026-03-02",
            "line_no": 99, "kind": "reception", "recorded_at": last.recorded_at, "user_id": self.li.id, "payload": "{}",
            "prev_hash": last.hash, **told,
        }  # fmt: skip
        columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
        digest = "encode(sha256(convert_to(%s, 'UTF8')), 'hex')"
        query = f"INSERT INTO showroom_ledger_entry ({columns}, hash) VALUES ({marks}, {digest})"
        return query, [*row.values(), row["prev_hash"] + row["payload"]]

    def test_an_entry_has_to_extend_the_head(self):
        last = self.other.entry_id
        for told in ({}, {"seq": last.seq}, {"seq": last.seq + 5}, {"prev_hash": "0" * 64, "seq": 1}):
            query, params = self._forge(**told)
            self.refused(query, *params)

    def _advance(self, entry_vals):
        """Move the head as the module would, and insert a forged entry behind it."""
        query, params = self._forge(**entry_vals)
        move = (
            "UPDATE showroom_ledger_head SET last_seq = last_seq + 1, last_hash = "
            "encode(sha256(convert_to(last_hash || '{}', 'UTF8')), 'hex') WHERE outlet_id = %s;"
        )
        return move + query, [self.main.id, *params]

    def test_an_entry_cannot_be_dated_back_or_ahead(self):
        for at in ("2026-03-01 02:00:00", "2120-01-01 00:00:00"):
            query, params = self._advance({"recorded_at": at})
            self.refused(query, *params)

    def test_a_sealed_day_takes_no_line(self):
        with self.at("2026-03-02 18:00"):
            self.page.with_user(self.chen).action_close()
        query, params = self._advance({"recorded_at": "2026-03-02 10:30:00"})
        with self.assertRaisesRegex(Error, "sealed"), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(query, params)

    def test_a_server_action_cannot_either(self):
        code = f"env.cr.execute('UPDATE showroom_ledger_entry SET payload = payload WHERE id = {self.entry.id}')"
        action = self.env["ir.actions.server"].create(
            {"name": "x", "model_id": self.env["ir.model"]._get_id("res.partner"), "state": "code", "code": code}
        )  # fmt: skip
        with self.assertRaisesRegex(Exception, "showroom ledger"), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            action.run()
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_an_upgrade_installs_the_guard_again(self):
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env["showroom.ledger.entry"].init()
        self.env["showroom.ledger.head"].init()
        self.test_nothing_is_deleted_or_truncated()

    def test_an_uninstall_takes_the_guard_away(self):
        from ..hooks import uninstall_hook

        uninstall_hook(self.env)
        self.env.cr.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'showroom%'")
        self.assertEqual(self.env.cr.fetchone(), (0,))
