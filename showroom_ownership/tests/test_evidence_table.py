from datetime import timedelta
from unittest.mock import patch

from ..core import ledger
from ..models import clock
from .common import ShowroomCase


class TestEvidenceTable(ShowroomCase):
    """What the table of attackers (docs/attackers.md) says is not detected, is not."""

    def sound(self):
        self.env.flush_all()
        return self.env["showroom.ledger.entry"]._verify(self.main) is None

    def test_an_invented_visit_is_registered(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li, name="Nobody", phone="13999999999")
        self.assertTrue(line.is_evidence and self.sound())

    def test_a_well_formed_entry_by_sql_is_not_found(self):
        """With the triggers on: whoever can write SQL and follows every rule appends like the module does."""
        with self.at("2026-03-02 10:00"):
            self.receive(self.li)
        Head, Entry = self.env["showroom.ledger.head"], self.env["showroom.ledger.entry"]
        self.env.flush_all()
        with self.at("2026-03-02 10:01"):
            head = Head._take(self.main)
            vals = Entry._entry_vals(head, self.main, "void", {"of": "MAIN/2026-03-01/001", "reason": "x"})
        self.env.cr.execute(
            "UPDATE showroom_ledger_head SET last_seq = %s, last_hash = %s, last_at = %s WHERE outlet_id = %s",
            [vals["seq"], ledger.chain_hash(vals["prev_hash"], vals["payload"]), vals["recorded_at"], self.main.id],
        )
        columns = ", ".join(vals)
        marks = ", ".join(f"%({name})s" for name in vals)
        self.env.cr.execute(f"INSERT INTO showroom_ledger_entry ({columns}) VALUES ({marks})", vals)
        self.env.invalidate_all()
        self.assertTrue(self.sound(), "documented")

    def test_the_clock_of_the_database_is_believed(self):
        now = clock.now(self.env)
        with patch.object(clock, "now", lambda _env: now + timedelta(seconds=30)):
            line = self.receive(self.li)
        self.assertEqual(line.recorded_at, now + timedelta(seconds=30))
        self.assertTrue(self.sound())
