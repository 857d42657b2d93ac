from odoo import Command
from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksActivity(AttackCase):
    """Li moves what he has to do to records that are not his; each with its legal twin."""

    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create({"name": "Qian Qiuyun"})
        self.qian.partner_id = self.partner
        who = [Command.link(self.wang.partner_id.id)]
        when = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
        meeting = {"name": "Qian Qiuyun", "opportunity_id": self.qian.id, "partner_ids": who, **when}
        self.meeting = self.env["calendar.event"].with_user(self.wang).create(meeting)
        self.file = self.env["ir.attachment"].create(
            {"name": "Qian Qiuyun.pdf", "res_model": "crm.lead", "res_id": self.qian.id, "raw": b"x"}
        )
        self.activity = self.zhao.with_user(self.li).activity_schedule("mail.mail_activity_data_todo")
        self.enter("li")

    def about(self, record):
        return {"res_model_id": self.env["ir.model"]._get_id(record._name), "res_id": record.id}

    def test_an_activity_is_not_moved_to_what_is_kept(self):
        for record in (self.partner, self.meeting, self.file, self.qian, self.partner.browse(10**8)):
            self.assertRefused(self.rpc("mail.activity", "write", self.activity.ids, self.about(record)))
            self.assertRefused(self.rpc("mail.activity", "create", {"summary": "x", **self.about(record)}))
        self.assertRefused(self.rpc("mail.activity", "write", self.activity.ids, {"res_id": self.qian.id}))
        named = {"res_model": "res.partner", "res_id": self.partner.id}
        self.rpc("mail.activity", "write", self.activity.ids, named)
        told = self.assertDone(self.rpc("mail.activity", "read", self.activity.ids, ["res_name"]))
        self.assertNotIn("Qiuyun", str(told))

    def test_an_activity_is_moved_to_a_card_of_ones_own(self):
        with self.at("2026-03-02 10:00"):
            second = self.card(self.li, phone="13910000003", name="Second")
        self.assertDone(self.rpc("mail.activity", "write", self.activity.ids, {"res_id": second.id}))
        self.assertIn("Second", self.activity.res_name)
        self.assertDone(self.rpc("mail.activity", "create", {"summary": "x", **self.about(second)}))
        self.assertDone(self.rpc("mail.activity", "create", {"summary": "x", **self.about(self.li.partner_id)}))

    def test_an_activity_is_about_records(self):
        """Of a model without a table, Odoo would look for records each time that somebody opens their start screen."""
        for name in ("mail.thread", "mail.compose.message", "crm.activity.report"):
            vals = {"res_model_id": self.env["ir.model"]._get_id(name), "res_id": 1, "user_id": self.wang.id}
            self.assertRefused(self.rpc("mail.activity", "write", self.activity.ids, vals))
            self.assertRefused(self.rpc("mail.activity", "create", {"summary": "x", **vals}))

    def test_what_the_system_asks_of_a_colleague_is_theirs_to_do(self):
        self.enterContext(self.at("2026-03-12 10:00"))
        line = self.receive(self.wang, asked="no")
        line.with_user(self.wang).action_confirm_deal()
        ruling = self.zhao.ruling_id
        self.enter("li")
        self.assertDone(self.rpc("showroom.ruling", "action_appeal", ruling.ids, "He was mine."))
        todo = self.zhao.activity_ids.filtered(lambda each: each.user_id == self.chen)
        self.assertTrue(todo)
        for verb, *values in (
            ("unlink",),
            ("action_feedback",),
            ("write", {"user_id": self.li.id}),
            ("write", {"summary": "x"}),
        ):
            self.assertRefused(self.rpc("mail.activity", verb, todo.ids, *values), "theirs")
        self.assertTrue(todo.exists().active)
        mine = self.zhao.with_user(self.chen).activity_schedule("mail.mail_activity_data_todo", user_id=self.li.id)
        self.assertDone(self.rpc("mail.activity", "action_feedback", mine.ids))
