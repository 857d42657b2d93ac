import os
import time
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import showroom_batch
from .enforcement import EnforcementCase
from .processes import at_once, killed

LOCKED = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
 WHERE relation = 'crm_lead'::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
   AND datname = current_database()
"""


class Killed(BaseException):
    """The worker is gone."""


@tagged("post_install", "-at_install")
class TestEnforcementWorkers(EnforcementCase):
    """Scheduled actions on real connections: several workers, killed ones, and what they leave (4)."""

    def assert_all_moved_once(self):
        self.assertFalse(set(self.owners().values()) & {self.users["li"], None})
        for card in self.cards:
            self.assertEqual(self.history(card), ["filing", "lapsed"])
            self.assertEqual(self.requests(card), ["approved"])

    def wait_for_locks(self):
        """The database notices a moment later that a process is dead, and keeps its locks until then."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with self.cursor() as cr:
                cr.execute(LOCKED)
                if not cr.fetchone()[0]:
                    return
            time.sleep(0.05)

    def test_two_workers_transfer_each_card_once(self):
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()
        with patch.object(showroom_batch, "BATCH", 2):
            self.assertFalse(at_once(self.run_lapses, self.run_lapses, self.run_lapses))
            self.run_lapses()
        self.assert_all_moved_once()

    def test_two_workers_notice_each_card_once(self):
        self.let_lapse(noticed=False)
        with patch.object(showroom_batch, "BATCH", 2):
            self.assertFalse(at_once(self.run_lapses, self.run_lapses))
            self.run_lapses()
        query = "SELECT lead_id, count(*) FROM showroom_notice WHERE lead_id IN %s GROUP BY lead_id"
        self.assertEqual(dict(self.rows(query)), dict.fromkeys(self.cards, 1))
        query = "SELECT res_id, count(*) FROM mail_activity WHERE res_model = 'crm.lead' AND res_id IN %s GROUP BY 1"
        self.assertEqual(dict(self.rows(query)), dict.fromkeys(self.cards, 1))

    def test_what_somebody_works_on_is_passed_over_and_found_by_the_next_run(self):
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()
        with self.cursor() as busy:
            busy.execute("SELECT id FROM crm_lead WHERE id = %s FOR NO KEY UPDATE", [self.cards[0]])
            self.run_lapses()
            self.assertEqual(self.history(self.cards[0]), ["filing"])
            self.assertEqual(self.history(self.cards[1]), ["filing", "lapsed"])
        self.run_lapses()
        self.assert_all_moved_once()

    def test_a_worker_that_dies_between_batches_leaves_whole_cards(self):
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()

        def commit_and_die(cron, *_args, **_kwargs):
            cron.env.cr.commit()
            raise Killed

        with patch.object(showroom_batch, "BATCH", 2), self.assertRaises(Killed):
            with patch.object(self.registry["ir.cron"], "_commit_progress", commit_and_die):
                self.run_lapses()
        moved = [card for card, owner in self.owners().items() if owner != self.users["li"]]
        self.assertEqual(len(moved), 2)
        self.run_lapses()
        self.assert_all_moved_once()

    def test_a_killed_worker_leaves_nothing_half_done(self):
        """SIGKILL while a batch is written and not committed."""
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()
        killed(self._write_without_commit)
        self.wait_for_locks()
        self.assertEqual(set(self.owners().values()), {self.users["li"]})
        self.run_lapses()
        self.assert_all_moved_once()

    def _write_without_commit(self, write):
        """In the child: write the first batch, say so, and wait for the end."""
        try:
            sql_db._Pool = sql_db._Pool_readonly = None  # the parent's connections are not ours
            env = self.env_of(self.cursor())
            Lead = env["crm.lead"]
            Lead._claim_lapsed(1000).filtered(lambda card: card.id in self.cards)._enforce()
            env.flush_all()
            os.write(write, b"x")
            time.sleep(60)
        finally:
            os._exit(1)

    def test_a_lost_race_is_run_again_in_a_new_transaction(self):
        """The database refuses the batch once: nothing is set aside, and the same run does it."""
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()
        enforce, refusals = self.registry["crm.lead"]._enforce, []

        def refused_once(cards):
            if not refusals:
                refusals.append(cards)
                raise psycopg2.errors.SerializationFailure
            return enforce(cards)

        with patch.object(self.registry["crm.lead"], "_enforce", refused_once):
            self.run_lapses()
        self.assert_all_moved_once()
        self.assertFalse(self.rows("SELECT id FROM showroom_failure WHERE res_id IN %s"))

    @mute_logger("odoo.addons.showroom_ownership.models.showroom_failure")
    def test_a_broken_card_is_set_aside_told_once_and_tried_again(self):
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()
        enforce, broken = self.registry["crm.lead"]._enforce, self.cards[2]

        def breaks(cards):
            if broken in cards.ids:
                raise ValueError("broken card")
            return enforce(cards)

        breaks.__name__ = enforce.__name__  # failures are kept by the step's name
        with patch.object(self.registry["crm.lead"], "_enforce", breaks):
            self.run_lapses()
            self.run_lapses()
        self.assertEqual(len([owner for owner in self.owners().values() if owner == self.users["li"]]), 1)
        self.assertEqual(self.rows("SELECT res_id, tries FROM showroom_failure WHERE res_id IN %s"), [(broken, 1)])
        told = "SELECT count(*) FROM mail_message WHERE model = 'crm.team' AND res_id = %s AND subject LIKE '%%aside%%'"
        self.assertEqual(self.rows(told, self.outlet), [(1,)])
        with self.cursor() as cr:
            cr.execute("UPDATE showroom_failure SET retry_at = now() - interval '2 day' WHERE res_id = %s", [broken])
        self.run_lapses()
        self.assert_all_moved_once()
        self.assertFalse(self.rows("SELECT id FROM showroom_failure WHERE res_id IN %s"))
