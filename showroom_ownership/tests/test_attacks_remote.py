from odoo.exceptions import UserError
from odoo.tests import tagged

from .attack_case import AttackCase

MAIL = "From: chen@test\nTo: crm@example.com\nSubject: Zhao\nMessage-Id: <{}@x>\n\nApproved."


@tagged("post_install", "-at_install")
class TestAttacksRemote(AttackCase):
    """What a stranger with a consultant's login found over the network; each with its legal twin."""

    def test_nobody_hands_in_a_mail(self):
        """Odoo makes records for mail as the system, with the values that the caller sends along."""
        self.enter("li")
        forged = {"filing_at": "2026-01-01 00:00:00", "filing_id": self.zhao.filing_id.id, "user_id": self.li.id}
        for number, (model, values) in enumerate({"crm.lead": forged, "showroom.policy": {"name": "Mine"}}.items()):
            mail = MAIL.format(number)
            answer = self.rpc("mail.thread", "message_process", model, mail, custom_values=values)
            self.assertRefused(answer, "gateway")
            self.assertRefused(self.rpc(model, "message_process", model, mail, custom_values=values), "gateway")
        answer = self.rpc("mail.thread", "message_process", "crm.lead", MAIL.format(9), thread_id=self.qian.id)
        self.assertRefused(answer, "gateway")
        made = self.env["mail.thread"].message_process("crm.lead", MAIL.format(8), custom_values={"name": "By mail"})
        self.assertTrue(made, "the gateway itself goes on")

    def test_a_form_names_no_record_of_others(self):
        self.enter("li")
        asked = [{"res_model": "crm.lead", "res_id": self.qian.id}, ["res_id"], {"res_name": {}}]
        answer = self.rpc("mail.activity", "onchange", [], *asked)
        self.assertNotIn("Qian", str(answer.result))
        asked[0]["res_id"] = self.zhao.id
        self.assertIn(self.zhao.name, str(self.rpc("mail.activity", "onchange", [], *asked).result))

    def test_an_activity_names_the_card_to_whom_it_is_for(self):
        theirs = self.zhao.activity_schedule("mail.mail_activity_data_todo", user_id=self.wang.id)
        own = self.zhao.activity_schedule("mail.mail_activity_data_todo", user_id=self.li.id)
        self.assertEqual(theirs.res_name, self.zhao.card_number)
        self.assertIn(self.zhao.name, own.res_name)

    def test_a_form_tells_nothing_of_requests_and_rulings_of_others(self):
        with self.at("2026-03-02 16:00"):
            self.qian.with_user(self.wang).action_request_transfer(self.li.id, "customer_request", "They are related.")
        asked = self.qian.pending_transfer_id
        self.enter("li")
        vals = {"approval_id": asked.approval_id.id}
        answer = self.rpc("showroom.preregistration", "onchange", [], vals, ["approval_id"], {"subject": {}})
        self.assertNotIn("Qian", str(answer.result))
        vals = {"pending_transfer_id": asked.id}
        answer = self.rpc("crm.lead", "onchange", [], vals, ["pending_transfer_id"], {"pending_request": {}})
        self.assertNotIn("Qian", str(answer.result))
        vals = {"entry_id": self.qian.filing_id.entry_id.id}
        answer = self.rpc("showroom.reception", "onchange", [], vals, ["entry_id"], {"receipt": {}})
        self.assertNotIn(self.qian.filing_id.receipt, str(answer.result))

    def test_an_invitation_tells_no_number(self):
        partner = self.env["res.partner"].create({"name": "Qian", "phone": "+86 139 1000 0002", "email": "q@x.cn"})
        self.qian.partner_id = partner
        self.enter("li")
        spec = {"email": {}, "phone": {}}
        asked = self.rpc("calendar.attendee", "onchange", [], {"partner_id": partner.id}, ["partner_id"], spec)
        self.assertRefused(asked)

    def test_consultants_run_no_scheduled_action(self):
        data = self.env["ir.model.data"].search([("module", "=", "showroom_ownership"), ("model", "=", "ir.cron")])
        self.assertTrue(data)
        for cron in self.env["ir.cron"].browse(data.mapped("res_id")):
            self.assertEqual(cron.group_ids, self.env.ref("base.group_system"), cron.name)
        action = self.env.ref("showroom_ownership.ir_cron_showroom_windows").ir_actions_server_id
        self.enter("li")
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": {"action_id": action.id, "context": {}}}
        self.assertIn("error", self.post("/web/action/run", body))

    def test_a_card_hides_neither_as_a_lead_nor_in_the_archive(self):
        self.enter("li")
        self.assertRefused(self.rpc("crm.lead", "write", [self.zhao.id], {"type": "lead"}))
        self.zhao.with_user(self.li).action_confirm_deal()
        self.env.flush_all()
        self.assertRefused(self.rpc("crm.lead", "write", [self.zhao.id], {"active": False}), "by a manager")
        self.zhao.with_user(self.chen).active = False

    def test_nobody_takes_a_colleagues_name_or_a_language_that_is_none(self):
        self.enter("li")
        self.assertRefused(self.rpc("res.users", "write", [self.li.id], {"name": "Wang"}), "administrator")
        self.assertRefused(self.rpc("res.partner", "write", [self.li.partner_id.id], {"name": "Wang"}))
        self.assertRefused(self.rpc("res.users", "write", [self.li.id], {"lang": "xx"}), "not installed")
        self.assertFalse(self.rpc("res.users", "write", [self.li.id], {"signature": "Li"}).refused)

    def test_no_delegation_is_no_error(self):
        self.assertFalse(self.env["showroom.delegation"].with_user(self.chen).create([]))
        with self.assertRaises(UserError):
            self.env["showroom.delegation"].with_user(self.chen).create([{}])
