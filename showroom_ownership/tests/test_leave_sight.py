from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .leave_case import LeaveCase


class TestLeaveSight(LeaveCase):
    """Who sees a long leave, and who writes one (4)."""

    def test_nobody_writes_leaves(self):
        leave = self.arrange()
        for user in (self.li, self.chen, self.gm):
            for record in (leave, leave.line_ids[0]):
                with self.assertRaises(AccessError):
                    record.with_user(user).write({"create_uid": user.id})
                with self.assertRaises(AccessError):
                    record.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.env["showroom.leave"].with_user(user).create({"consultant_id": user.id})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            leave.sudo().write({"last_day": date(2026, 3, 1)})
            leave.flush_recordset()

    def test_who_sees_a_leave(self):
        leave = self.arrange(by=self.chen)
        Leave = self.env["showroom.leave"]
        for user, seen in ((self.li, True), (self.wang, True), (self.chen, True), (self.sun, False)):
            self.assertEqual(bool(Leave.with_user(user).search([("id", "=", leave.id)])), seen, user.name)
        lines = self.env["showroom.leave.line"]
        self.assertEqual(len(lines.with_user(self.wang).search([])), 1)
        self.assertEqual(len(lines.with_user(self.li).search([])), 2)
        with self.assertRaises(AccessError):
            leave.with_user(self.desk).read(["first_day"])

    def test_another_companys_manager_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.main.company_id = self.env.company
        leave = self.arrange()
        stranger = new_test_user(
            self.env, "stranger@test", groups="showroom_ownership.group_manager",
            company_id=other.id, company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        self.assertFalse(self.env["showroom.leave"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            leave.with_user(stranger).action_end()
        with self.assertRaises(AccessError):
            self.arrange({}, by=stranger, first=date(2026, 5, 1), last=date(2026, 6, 1))
