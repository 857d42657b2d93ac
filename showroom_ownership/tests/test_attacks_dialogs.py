from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksDialogs(AttackCase):
    """What is being filled in is somebody's own: files to import, texts to send, what a click will do."""

    def dialog(self, role, model, values, **context):
        self.enter(role)
        [made] = self.assertDone(self.rpc(model, "create", [values], context=context))
        return self.env[model].browse(made)

    def assertKept(self, dialog, field, theirs):
        self.enter("li")
        for method, args in (("read", [[field]]), ("web_read", [{field: {}}]), ("write", [{field: theirs}])):
            self.assertRefused(self.rpc(dialog._name, method, dialog.ids, *args))
        self.assertEqual(self.assertDone(self.rpc(dialog._name, "search_count", [])), 0)
        self.assertEqual(self.assertDone(self.rpc(dialog._name, "search_read", [], [field])), [])

    def test_a_file_to_import_is_read_by_who_uploaded_it(self):
        told = {"res_model": "res.partner", "file_name": "customers.csv"}
        self.assertKept(self.dialog("wang", "base_import.import", told), "file_name", "mine.csv")

    def test_a_text_to_a_customer_is_read_by_who_writes_it(self):
        about = {"default_res_model": "crm.lead", "default_res_id": self.qian.id}
        told = {"body": "Dear Ms Qian", "composition_mode": "comment", "number_field_name": "phone"}
        self.assertKept(self.dialog("wang", "sms.composer", told, **about), "body", "Come to li")

    def test_what_a_colleagues_click_does_is_theirs_to_say(self):
        about = {"active_model": "crm.lead", "active_ids": self.qian.ids, "default_res_model": "crm.lead"}
        kind = self.env.ref("mail.mail_activity_data_todo").id
        told = {"res_model": "crm.lead", "res_ids": str(self.qian.ids), "activity_type_id": kind, "summary": "Call"}
        self.assertKept(self.dialog("wang", "mail.activity.schedule", told, **about), "summary", "Forget")
        self.assertKept(self.dialog("wang", "crm.lead.lost", {"lead_ids": [(4, self.qian.id)]}), "lost_feedback", "x")

    def test_every_dialog_of_odoos_too(self):
        """Of whatever module is installed later."""
        dialogs = [model for model in self.env.registry.values() if model._transient and not model._abstract]
        self.assertGreater(len(dialogs), 30)
        rules = self.env["ir.rule"].with_user(self.li)
        for model in dialogs:
            self.assertIn("create_uid", str(rules._compute_domain(model._name)), model._name)

    def test_ones_own_are_as_ever(self):
        own = self.dialog("li", "crm.lead.lost", {"lead_ids": [(4, self.zhao.id)]})
        self.assertDone(self.rpc("crm.lead.lost", "write", own.ids, {"lost_feedback": "<p>Moved</p>"}))
        self.assertDone(self.rpc("crm.lead.lost", "action_lost_reason_apply", own.ids))
        self.assertFalse(self.zhao.active)
