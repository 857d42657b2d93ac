import os
import time
import uuid

import psycopg2

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import mute_logger

from .processes import at_once, killed

DESKS, EACH = 8, 4
BY_OUTLET = (
    "showroom_reception", "showroom_register_page", "showroom_ledger_entry", "showroom_ledger_head",
)  # fmt: skip
LEADS = "SELECT id FROM crm_lead WHERE team_id = %(outlet)s"
CLEAN = f"""
DELETE FROM mail_message WHERE model = 'crm.lead' AND res_id IN ({LEADS});
DELETE FROM mail_followers WHERE res_model = 'crm.lead' AND res_id IN ({LEADS});
DELETE FROM mail_message WHERE model = 'crm.team' AND res_id = %(outlet)s;
DELETE FROM mail_followers WHERE res_model = 'crm.team' AND res_id = %(outlet)s;
DELETE FROM crm_lead WHERE team_id = %(outlet)s;
DELETE FROM crm_team_member WHERE crm_team_id = %(outlet)s;
DELETE FROM crm_team WHERE id = %(outlet)s;
DELETE FROM res_groups_users_rel WHERE uid = %(user)s;
DELETE FROM res_company_users_rel WHERE user_id = %(user)s;
DELETE FROM res_users_settings WHERE user_id = %(user)s;
DELETE FROM res_users WHERE id = %(user)s;
"""


@tagged("post_install", "-at_install")
class TestEvidenceProcess(BaseCase):
    """On real cursors: many desks, killed processes and lost connections (docs/attackers.md, process).

    What is registered here is committed; it is removed afterwards by the owner of the tables, with the triggers off.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.outlet, self.user = self._stage(env)
        self.addCleanup(self._clean)
        self.registry.clear_all_caches()

    def _stage(self, env):
        code = f"P{uuid.uuid4().hex[:8].upper()}"
        vals = {"name": code, "outlet_code": code, "outlet_kind": "showroom", "tz": "Asia/Shanghai", "user_id": False}
        policy = env.ref("showroom_ownership.policy_six_principles")
        outlet = env["crm.team"].create({**vals, "policy_id": policy.id})
        group = env.ref("showroom_ownership.group_consultant")
        who = {"name": code, "login": f"{code}@desk", "group_ids": [(6, 0, group.ids)]}
        user = env["res.users"].with_context(no_reset_password=True).create(who)
        env["crm.team.member"].create({"crm_team_id": outlet.id, "user_id": user.id})
        return outlet.id, user.id

    def _clean(self):
        with self.cursor() as cr:
            cr.execute("SET session_replication_role = replica")
            for table in ("showroom_ownership", "showroom_grade_change"):
                cr.execute(f"DELETE FROM {table} WHERE lead_id IN ({LEADS})", {"outlet": self.outlet})
            for table in BY_OUTLET:
                cr.execute(f"DELETE FROM {table} WHERE outlet_id = %s", [self.outlet])
            cr.execute("SET session_replication_role = DEFAULT")  # what hangs on the rest goes with it
            cr.execute(CLEAN, {"outlet": self.outlet, "user": self.user})
        self.registry.clear_all_caches()

    def cursor(self):
        """A connection of its own, as every request has."""
        return sql_db.db_connect(get_db_name()).cursor()

    def desk(self, cr):
        return api.Environment(cr, self.user, {})

    def register(self, env, phone, **said):
        vals = {"customer_name": "Zhao", "phone": phone, "outlet_id": self.outlet, **said}
        env["showroom.ledger.head"]._queue(1)
        return env["showroom.reception"].create(vals)

    def save(self, phone, **said):
        """One request, the way Odoo serves it: retried if the database says so."""
        with self.cursor() as cr:
            env = self.desk(cr)
            return retrying(lambda: self.register(env, phone, **said).id, env)

    def assert_sound(self, lines):
        with self.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            found = env["showroom.reception"].search([("outlet_id", "=", self.outlet)], order="line_no")
            self.assertEqual(found.mapped("line_no"), list(range(1, lines + 1)))
            self.assertIsNone(env["showroom.ledger.entry"]._verify(env["crm.team"].browse(self.outlet)))

    def _at_once(self, *jobs):
        self.assertFalse(at_once(*jobs))

    def test_eight_desks_at_once_lose_nothing(self):
        def work(number):
            for each in range(EACH):
                self.save(f"+86 1391{number:03d}{each:04d}")

        self._at_once(*(lambda n=n: work(n) for n in range(DESKS)))
        self.assert_sound(DESKS * EACH)

    def test_two_desks_with_the_same_customer_open_one_card(self):
        self._at_once(*(lambda: self.save("+86 13912345678") for _each in range(2)))
        with self.cursor() as cr:
            cr.execute("SELECT count(*) FROM crm_lead WHERE team_id = %s", [self.outlet])
            self.assertEqual(cr.fetchone(), (1,))
        self.assert_sound(2)

    def test_a_double_click_makes_one_line(self):
        key, saved = str(uuid.uuid4()), []
        self._at_once(*(lambda: saved.append(self.save("+86 13912345678", request_key=key)) for _each in range(3)))
        self.assertEqual(len(set(saved)), 1)
        self.assert_sound(1)

    def test_without_the_queue_the_ledger_holds_too(self):
        """Who comes another way, as XML-RPC does, is retried by Odoo."""

        def come():
            with self.cursor() as cr:
                Reception = self.desk(cr)["showroom.reception"]
                vals = {"customer_name": "Zhao", "outlet_id": self.outlet}
                retrying(
                    lambda: Reception.create({**vals, "phone": f"+86 139{time.time_ns() % 10**8:08d}"}).id,
                    Reception.env,
                )

        self._at_once(come, come)
        self.assert_sound(2)

    def test_a_killed_process_leaves_no_gap(self):
        self.save("+86 13910000001")
        killed(self._die_in_the_middle)
        self.save("+86 13910000003")
        self.assert_sound(2)

    def _die_in_the_middle(self, write):
        """In the child: append without committing, say so, and wait for the end."""
        try:
            sql_db._Pool = sql_db._Pool_readonly = None  # the parent's connections are not ours
            self.register(self.desk(self.cursor()), "13910000002").flush_recordset()
            os.write(write, b"x")
            time.sleep(60)
        finally:
            os._exit(1)

    @mute_logger("odoo.sql_db")
    def test_a_lost_connection_loses_all_or_nothing_and_the_form_can_be_saved_again(self):
        """The server's side of a connection is ended, as by a restart of PostgreSQL."""
        key = str(uuid.uuid4())
        cr = self.cursor()
        self.register(self.desk(cr), "13910000001", request_key=key)
        cr.execute("SELECT pg_backend_pid()")
        with self.cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [cr.fetchone()[0]])
        with self.assertRaises((psycopg2.OperationalError, psycopg2.InterfaceError)):
            cr.commit()  # pylint: disable=invalid-commit
        cr._closed = True
        first, again = self.save("+86 13910000001", request_key=key), self.save("+86 13910000001", request_key=key)
        self.assertEqual(first, again)
        self.assert_sound(1)

    def test_a_seal_counts_what_was_registered_before_it(self):
        """Closing and registering lock the same row: one of them comes first, and the seal agrees."""

        def close():
            with self.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                Page, outlet = env["showroom.register.page"], env["crm.team"].browse(self.outlet)
                retrying(lambda: Page._close(outlet, Page._unsealed_days(outlet, outlet._today())) and None, env)

        self.save("+86 13910000001")
        self._at_once(close)
        with self.cursor() as cr, self.assertRaisesRegex(Exception, "closed"):
            self.register(self.desk(cr), "13910000002")
        self.assert_sound(1)
