import base64

from odoo.tests import tagged

from .attack_case import AttackCase

PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestAttacksStoring(AttackCase):
    """A record of one's own names one of others, so that Odoo tells, as the system, what stands behind the link."""

    def setUp(self):
        super().setUp()
        contact = self.env["res.partner"].create({"name": "Secret Qian", "email": "qian@customer.example"})
        self.qian.with_user(self.wang).partner_id = contact
        self.contact = contact
        self.note = self.qian.with_user(self.wang).message_post(body="SECRET: signs at 210000")
        self.enter("li")
        self.channel = self.assertDone(self.rpc("discuss.channel", "create", [{"name": "q", "channel_type": "group"}]))[
            0
        ]

    def say(self, **vals):
        return {"model": "discuss.channel", "res_id": self.channel, "body": "x", **vals}

    def test_nobody_answers_a_message_that_they_may_not_read(self):
        answer = self.say(parent_id=self.note.id)
        self.assertRefused(self.rpc("mail.message", "create", [answer]))
        default = {"default_parent_id": self.note.id}
        self.assertRefused(self.rpc("mail.message", "create", [self.say()], context=default))
        self.assertRefused(self.rpc("discuss.channel", "write", [self.channel], {"message_ids": [(0, 0, answer)]}))
        [own] = self.assertDone(self.rpc("mail.message", "create", [self.say()]))
        self.assertRefused(self.rpc("mail.message", "write", [own], {"parent_id": self.note.id}))
        self.assertDone(self.rpc("mail.message", "create", [self.say(parent_id=own)]))

    def test_nor_in_a_letter(self):
        letter = {"model": "discuss.channel", "res_ids": str([self.channel]), "composition_mode": "comment"}
        self.assertRefused(self.rpc("mail.compose.message", "create", [{**letter, "parent_id": self.note.id}]))
        self.assertRefused(self.rpc("mail.compose.message", "create", [{**letter, "author_id": self.contact.id}]))
        self.assertDone(self.rpc("mail.compose.message", "create", [letter]))

    def test_nobody_turns_down_the_voice_of_a_colleagues_customer(self):
        settings = self.env["res.users.settings"]._find_or_create_for_user(self.li)
        vals = {"user_setting_id": settings.id, "partner_id": self.contact.id, "volume": 0.5}
        self.assertRefused(self.rpc("res.users.settings.volumes", "create", [vals]))
        lines = [(0, 0, {name: vals[name] for name in ("partner_id", "volume")})]
        self.assertRefused(self.rpc("res.users.settings", "write", settings.ids, {"volume_settings_ids": lines}))
        own = {**vals, "partner_id": self.wang.partner_id.id}
        self.assertDone(self.rpc("res.users.settings.volumes", "create", [own]))

    def test_nobody_writes_later_in_a_customers_name(self):
        later = {"model": "crm.lead", "res_id": self.zhao.id, "body": "x", "scheduled_date": "2026-12-20 00:00:00"}
        vals = {**later, "author_id": self.contact.id}
        self.assertRefused(self.rpc("mail.scheduled.message", "create", [vals]))
        self.assertDone(self.rpc("mail.scheduled.message", "create", [{**later, "author_id": self.li.partner_id.id}]))

    def test_nobody_puts_settings_of_theirs_among_a_colleagues(self):
        """With an order of buttons that is none, the colleague's client would not open."""
        Settings = self.env["res.users.settings"]
        own, wangs = (Settings._find_or_create_for_user(user).id for user in (self.li, self.wang))
        action = self.env.ref("crm.crm_lead_action_pipeline").id
        vals = {"user_setting_id": own, "action_id": action, "res_model": "crm.lead", "res_id": 0}
        made = self.assertDone(self.rpc("res.users.settings.embedded.action", "create", [vals]))
        given = {"user_setting_id": wangs}
        self.assertRefused(self.rpc("res.users.settings.embedded.action", "write", made, given))
        self.assertRefused(self.rpc("res.users.settings.embedded.action", "create", [{**vals, **given, "res_id": 1}]))

    def test_no_file_is_a_copy_of_one_of_others(self):
        """A search through the link would read it letter by letter."""
        secret = {"name": "id.txt", "raw": b"SECRET", "res_model": "crm.lead", "res_id": self.qian.id}
        file = self.env["ir.attachment"].create(secret)
        self.assertRefused(self.rpc("ir.attachment", "create", [{"name": "z", "raw": "x", "original_id": file.id}]))

    def test_the_pictures_of_the_house_are_its_own(self):
        """Past the record, which says who may change it."""
        company = self.env.company.partner_id
        company.image_1920 = PICTURE
        at = [("res_model", "=", "res.partner"), ("res_id", "=", company.id), ("res_field", "!=", False)]
        pictures = self.env["ir.attachment"].search(at)
        self.assertTrue(pictures)
        self.assertRefused(self.rpc("ir.attachment", "unlink", pictures.ids))
        self.assertRefused(self.rpc("ir.attachment", "write", pictures.ids, {"datas": PICTURE}))
        forged = {"name": "image_1920", "datas": PICTURE, "res_model": "res.partner", "res_id": company.id}
        self.assertRefused(self.rpc("ir.attachment", "create", [{**forged, "res_field": "image_1920"}]))
        [plain] = self.assertDone(self.rpc("ir.attachment", "create", [{"name": "own", "raw": "x"}]))
        into = {name: forged[name] for name in ("res_model", "res_id")}
        self.assertRefused(self.rpc("ir.attachment", "write", [plain], {**into, "res_field": "image_1920"}))
        self.assertEqual(base64.b64decode(company.image_1920)[:4], b"\x89PNG")

    def test_ones_own_picture_is_changed_as_ever(self):
        """The legal twin: on the record, whose file Odoo writes as the system."""
        own = self.assertDone(self.rpc("res.partner", "create", [{"name": "Supplier"}]))
        self.assertDone(self.rpc("res.partner", "write", own, {"image_1920": PICTURE}))
        self.assertDone(self.rpc("res.partner", "write", own, {"image_1920": False}))
