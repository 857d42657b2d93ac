from odoo import Command
from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksNaming(AttackCase):
    """Li puts a customer of wang's where Odoo tells names and addresses; each with its legal twin."""

    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create({"name": "Qian Qiuyun", "email": "qiuyun@x.cn"})
        self.qian.partner_id = self.partner
        self.colleague = self.sun.partner_id
        self.enter("li")

    def tells(self, answer):
        return any(each in str(answer) for each in ("Qiuyun", "qiuyun"))

    # Channels

    def channel(self, *people):
        members = [Command.create({"partner_id": each.id}) for each in people]
        return self.rpc("discuss.channel", "create", [{"name": "Group", "channel_member_ids": members}])

    def test_a_channel_gets_no_customer_of_others(self):
        [channel] = self.assertDone(self.channel())
        joins = {
            "add_members": lambda people: self.rpc("discuss.channel", "add_members", [channel], partner_ids=people.ids),
            "member": lambda people: self.rpc(
                "discuss.channel.member", "create", {"channel_id": channel, "partner_id": people.id}
            ),
            "write": lambda people: self.rpc(
                "discuss.channel", "write", [channel],
                {"channel_member_ids": [Command.create({"partner_id": people.id})]},
            ),
        }  # fmt: skip
        for name, join in joins.items():
            answer = join(self.partner)
            self.assertTrue(answer.refused, name)
            self.assertFalse(self.tells(answer.message), name)
        self.assertRefused(self.channel(self.partner))
        linked = {"name": "x", "channel_partner_ids": [Command.link(self.partner.id)]}
        self.assertRefused(self.rpc("discuss.channel", "create", [linked]))
        members = self.env["discuss.channel.member"].search([("partner_id", "=", self.partner.id)])
        self.assertFalse(members)

    def test_a_channel_gets_colleagues_and_ones_own_customer(self):
        own = self.env["res.partner"].create({"name": "Zhao"})
        self.zhao.partner_id = own
        [channel] = self.assertDone(self.channel(self.colleague))
        people = self.wang.partner_id | own
        self.assertDone(self.rpc("discuss.channel", "add_members", [channel], partner_ids=people.ids))
        members = self.env["discuss.channel"].browse(channel).channel_member_ids.partner_id
        self.assertEqual(members, people | self.colleague | self.li.partner_id)

    # Messages

    def test_a_message_of_ones_own_gets_no_customer_of_others(self):
        note = self.li.partner_id.with_user(self.li).message_post(body="Hello")
        told = {"res_partner_id": self.partner.id, "notification_type": "email"}
        for vals in (
            {"author_id": self.partner.id},
            {"partner_ids": [Command.link(self.partner.id)]},
            {"partner_ids": [Command.set(self.partner.ids)]},
            {"notified_partner_ids": [Command.link(self.partner.id)]},
            {"notification_ids": [Command.create(told)]},
        ):
            answer = self.rpc("mail.message", "write", note.ids, vals)
            self.assertRefused(answer)
            self.assertFalse(self.tells(answer.message), vals)
        self.assertRefused(self.rpc("mail.notification", "create", {"mail_message_id": note.id, **told}))
        colleague = {"partner_ids": [Command.link(self.colleague.id)]}
        self.assertDone(self.rpc("mail.message", "write", note.ids, colleague))
        self.assertEqual(note.partner_ids, self.colleague)
