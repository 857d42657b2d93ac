from ..core import ledger
from .common import ShowroomCase


class TestLedgerVerify(ShowroomCase):
    """What the verification finds of somebody who owns the tables and has switched the triggers off."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            self.lines = [self.receive(self.li, phone=f"1391000000{n}", name=f"Qian {n}") for n in range(5)]
            self.card = self.lines[0].lead_id
            self.call = self.env["showroom.followup"].with_user(self.li).create({"lead_id": self.card.id})
        with self.at("2026-03-04 09:00"):
            self.scheduled(self.env["showroom.register.page"]._cron_close_pages)
        with self.at("2026-03-04 10:00"):
            self.today = [self.receive(self.wang, phone=f"1392000000{n}", name=f"Sun {n}") for n in range(3)]
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        self.env.cr.execute("SET session_replication_role = replica")  # as a superuser of the database can
        self.addCleanup(self.env.cr.execute, "SET session_replication_role = DEFAULT")

    def sql(self, query, *params):
        self.env.cr.execute(query, params)
        self.env.invalidate_all()

    def flaw(self):
        return self.env["showroom.ledger.entry"]._verify(self.main)

    def assert_flaw(self, what, record=None):
        flaw = self.flaw()
        self.assertEqual(flaw and flaw.what, what)
        if record:
            self.assertEqual(flaw.number, record.number)

    def test_untouched_it_verifies(self):
        self.assertIsNone(self.flaw())

    def test_every_column_is_covered(self):
        entry = self.lines[2].entry_id
        changes = {
            "seq": ("seq + 100", "gap"), "prev_hash": ("repeat('1', 64)", "link"),
            "payload": ("payload || ' '", "hash"), "hash": ("repeat('1', 64)", "hash"),
            "number": ("'MAIN/2026-03-02/009'", "columns"), "line_no": ("9", "columns"),
            "day": ("'2026-03-03'", "columns"), "kind": ("'followup'", "columns"), "tz": ("'UTC'", "columns"),
            "recorded_at": ("recorded_at - interval '1 day'", "columns"), "user_id": (str(self.wang.id), "columns"),
            "about": ("'MAIN/2026-03-02/001'", "columns"),
        }  # fmt: skip
        for name, (value, what) in changes.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.sql(f"UPDATE showroom_ledger_entry SET {name} = {value} WHERE id = %s", entry.id)
                flaw = self.flaw()
                self.assertEqual(flaw.what, what)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_a_middle_entry_is_gone(self):
        self.sql("DELETE FROM showroom_ledger_entry WHERE id = %s", self.lines[2].entry_id.id)
        self.assert_flaw("gap")
        self.assertEqual(self.flaw().number, self.lines[3].number)

    def test_the_tail_is_gone(self):
        self.sql("DELETE FROM showroom_ledger_entry WHERE id = %s", self.today[2].entry_id.id)
        self.assert_flaw("head")

    def test_all_of_it_is_gone(self):
        self.sql("TRUNCATE showroom_ledger_entry CASCADE")
        self.assert_flaw("head")

    def test_a_record_says_something_else(self):
        changes = {
            "consultant_id": str(self.wang.id), "customer_name": "'Somebody'", "phone_key": "'+8613800000000'",
            "arrived_at": "arrived_at - interval '1 day'", "recorded_at": "recorded_at - interval '1 day'",
            "line_no": "77",
            "named_id": str(self.wang.id), "is_void": "true", "channel": "'call'", "is_erased": "true", "salt": "'x'",
        }  # fmt: skip
        for name, value in changes.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.sql(f"UPDATE showroom_reception SET {name} = {value} WHERE id = %s", self.lines[2].id)
                self.assert_flaw("record", self.lines[2])
                savepoint.rollback()
            self.env.invalidate_all()

    def _all_kinds(self):
        """A record of each kind, with texts that are written in more than one way."""
        self.sql("SET session_replication_role = DEFAULT")
        with self.at("2026-03-04 10:30"):
            line = self.receive(self.li, phone="13930000000", name='Zhào "Cafe\u0301" \\ 赵')
            card = {"lead_id": line.lead_id.id}
            call = self.env["showroom.followup"].with_user(self.li).create({**card, "outcome": 'he said "no"'})
            made = [line, call]
            told = {**card, "with_id": self.wang.id, "note": "赵's"}
            made.append(self.env["showroom.communication"].with_user(self.li).create(told))
            made.append(self.env["showroom.order"].with_user(self.li).create({**card, "note": False}))
            announced = {"customer_name": "Wu", "phone": "13940000000", "valid_until": "2026-04-01"}
            made.append(self.env["showroom.preregistration"].with_user(self.li).create(announced))
        self.env.flush_all()
        self.sql("SET session_replication_role = replica")
        return made

    def test_one_statement_clears_what_is_in_order(self):
        for record in self._all_kinds():
            self.assertFalse(record.sudo()._doubted(self.main), record._name)
        self.assertIsNone(self.flaw())

    def test_one_statement_clears_nothing_that_was_changed(self):
        kinds = {"datetime": "now()", "many2one": "NULL", "date": "NULL", "selection": "NULL", "boolean": "false"}
        for record in self._all_kinds():
            told = {name: record._fields[name].type for name in record._told_columns.values()}
            changes = {name: kinds[kind] for name, kind in told.items() if record.sudo()[name]}
            texts = [name for name in record._committed if record.sudo()[name]]
            texts += ["number", *(["salt"] if texts else [])]  # a salt without a text binds nothing
            changes.update(dict.fromkeys(texts, "'x'"), is_erased="true", recorded_at="now()", entry_id="NULL")
            changes["recorded_by"] = str(self.wang.id)
            for name, value in changes.items():
                with self.subTest(record._name, column=name), self.env.cr.savepoint() as savepoint:
                    self.sql(f"ALTER TABLE {record._table} ALTER {name} DROP NOT NULL")
                    self.sql(f"UPDATE {record._table} SET {name} = {value} WHERE id = %s", record.id)
                    self.assertEqual(record.sudo()._doubted(self.main), record.ids, f"{record._name}.{name}")
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_a_followup_says_something_else(self):
        self.sql(
            "UPDATE showroom_followup SET happened_at = happened_at - interval '1 hour' WHERE id = %s", self.call.id
        )
        self.assert_flaw("record", self.call)

    def test_a_record_is_gone(self):
        self.sql("DELETE FROM showroom_followup WHERE id = %s", self.call.id)
        self.assert_flaw("missing")

    def test_a_page_is_opened_again(self):
        self.sql("UPDATE showroom_register_page SET closed_at = NULL WHERE id = %s", self.lines[0].page_id.id)
        self.assert_flaw("seal")

    def test_the_head_forgets_a_seal(self):
        self.sql("UPDATE showroom_ledger_head SET sealed_to = '2026-03-01' WHERE outlet_id = %s", self.main.id)
        self.assert_flaw("seal")

    def test_a_void_cannot_be_forgotten(self):
        self.sql("SET session_replication_role = DEFAULT")
        with self.at("2026-03-04 11:00"):
            self.today[0].with_user(self.chen).action_void("Registered twice")
        self.env.flush_all()
        self.sql("UPDATE showroom_reception SET is_void = false WHERE id = %s", self.today[0].id)
        self.assert_flaw("record", self.today[0])

    def test_a_correction_cannot_be_forgotten(self):
        self.sql("SET session_replication_role = DEFAULT")
        with self.at("2026-03-04 11:00"):
            self.today[0].with_user(self.wang).action_correct({"customer_name": "Sun Wu"})
        self.env.flush_all()
        self.sql(
            "UPDATE showroom_reception SET text_entry_id = NULL, is_corrected = false, customer_name = 'Sun 0' "
            "WHERE id = %s",
            self.today[0].id,
        )  # fmt: skip
        self.assert_flaw("record", self.today[0])

    def _rewrite(self, line, before, after):
        """Change a payload and hash everything after it again, the head included: a patient administrator's work."""
        cr = self.env.cr
        cr.execute("SELECT id, payload FROM showroom_ledger_entry WHERE outlet_id = %s ORDER BY seq", [self.main.id])
        last = ledger.GENESIS
        for entry, payload in cr.fetchall():
            new = payload.replace(before, after) if entry == line.entry_id.id else payload
            new = new.replace(self.olds.get(last, last), last) if '"head":' in new else new
            digest = ledger.chain_hash(last, new)
            cr.execute("SELECT hash FROM showroom_ledger_entry WHERE id = %s", [entry])
            self.olds[digest] = cr.fetchone()[0]
            cr.execute(
                "UPDATE showroom_ledger_entry SET payload = %s, prev_hash = %s, hash = %s WHERE id = %s",
                [new, last, digest, entry],
            )
            last = digest
        self.sql("UPDATE showroom_ledger_head SET last_hash = %s WHERE outlet_id = %s", last, self.main.id)

    def _rob(self, line):
        self.olds = {}
        self._rewrite(line, f'"consultant_id":{line.consultant_id.id}', f'"consultant_id":{self.sun.id}')
        self.sql("UPDATE showroom_reception SET consultant_id = %s WHERE id = %s", self.sun.id, line.id)

    def test_a_rewritten_sealed_day_is_found_only_by_the_mailed_seal(self):
        seal = self.lines[0].page_id.seal
        self._rob(self.lines[2])
        self.assertIsNone(self.flaw(), "documented: inside the database nothing shows it")
        check = self.env["showroom.receipt.check"].create({"text": seal})
        check.action_check()
        self.assertFalse(check.holds)
        self.assertIn("replaced", check.answer)

    def test_a_rewritten_open_day_is_found_only_by_the_receipt(self):
        receipt = self.today[1].receipt
        self._rob(self.today[1])
        self.assertIsNone(self.flaw(), "documented: nothing shows it without a receipt")
        check = self.env["showroom.receipt.check"].create({"text": receipt})
        check.action_check()
        self.assertFalse(check.holds)

    def test_a_line_moved_to_another_card_is_not_found(self):
        self.sql("UPDATE showroom_followup SET lead_id = %s WHERE id = %s", self.lines[1].lead_id.id, self.call.id)
        self.assertIsNone(self.flaw(), "documented: the ledger does not say on which card a record hangs")

    def test_an_owner_changed_by_sql_is_not_found(self):
        self.sql("UPDATE crm_lead SET user_id = %s WHERE id = %s", self.wang.id, self.card.id)
        self.assertIsNone(self.flaw(), "documented: the ledger holds evidence, not owners")

    def test_a_ruling_leaves_out_what_fails_and_says_so(self):
        self.sql(
            "UPDATE showroom_followup SET happened_at = happened_at - interval '1 hour' WHERE id = %s", self.call.id
        )
        self.sql("SET session_replication_role = DEFAULT")
        with self.at("2026-03-05 10:00"):
            self.card.with_user(self.li).action_set_won()
        self.assertIn(self.call.number, self.card.ruling_id.reasons_html)
        self.assertEqual(self.card.ruling_id._again().ground, self.card.ruling_id.ground)

    def test_managers_are_told_once(self):
        self.sql("UPDATE showroom_reception SET is_void = true WHERE id = %s", self.lines[2].id)
        Message = self.env["mail.message"]
        before = Message.search_count([])
        for _each in range(2):
            self.scheduled(self.env["showroom.ledger.entry"]._cron_verify)
        self.assertEqual(Message.search_count([]) - before, 1)

    def test_the_button_names_entry_and_flaw(self):
        self.sql("UPDATE showroom_reception SET is_void = true WHERE id = %s", self.lines[2].id)
        params = self.env["showroom.ledger.entry"].with_user(self.chen).action_verify()["params"]
        self.assertEqual(params["type"], "danger")
        self.assertIn(self.lines[2].number, params["message"])
