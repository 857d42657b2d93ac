from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.models import mail_thread

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksSending(AttackCase):
    """Li has the system write what he may not: with templates, reminders and messages (B.3, 4 and 5)."""

    def setUp(self):
        super().setUp()
        self.template = self.env["mail.template"].create(
            {
                "name": "Offer",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Offer",
                "body_html": "x",
            }
        )
        self.enter("li")

    def template_of(self, user, model):
        vals = {"name": "Own", "model_id": self.env["ir.model"]._get_id(model), "body_html": "<t t-out='object.name'/>"}
        return self.env["mail.template"].with_user(user).create(vals)

    # Mails of templates

    def test_nothing_of_others_goes_along_with_a_templates_mail(self):
        message = self.qian.message_ids[:1]
        file = self.env["ir.attachment"].create({"name": "x", "res_model": "crm.lead", "res_id": self.qian.id})
        for values in (
            {"model": "crm.lead", "res_id": self.qian.id},
            {"child_ids": [Command.update(message.id, {"body": "x"})]},
            {"attachment_ids": [Command.link(file.id)]},
            {"author_id": self.env.ref("base.partner_root").id},
            {"mail_ids": [Command.delete(1)]},
            {"email_to": [Command.delete(1)]},
        ):
            sent = {"email_values": values}
            self.assertRefused(
                self.rpc("mail.template", "send_mail", self.template.ids, self.zhao.id, **sent), "itself"
            )
            ids = self.zhao.ids
            self.assertRefused(self.rpc("mail.template", "send_mail_batch", self.template.ids, ids, **sent), "itself")
            by_place = (ids, False, False, values)
            self.assertRefused(self.rpc("mail.template", "send_mail_batch", self.template.ids, *by_place), "itself")
        self.assertNotEqual(message.body, "x")
        texts = {"subject": "Ours", "email_to": "zhao@example.com", "author_id": self.li.partner_id.id}
        self.assertDone(self.rpc("mail.template", "send_mail", self.template.ids, self.zhao.id, email_values=texts))

    # Reminders

    def test_a_reminder_has_the_words_of_the_house(self):
        own = self.template_of(self.li, "crm.lead")
        of_guests = self.template_of(self.li, "calendar.attendee")
        alarm = {"name": "Soon", "alarm_type": "email", "duration": 1}
        for template in (own, of_guests):
            words = {"mail_template_id": template.id}
            self.assertRefused(self.rpc("calendar.alarm", "create", [{**alarm, **words}]), "administrator")
            default = {"default_mail_template_id": template.id}
            self.assertRefused(self.rpc("calendar.alarm", "create", [alarm], context=default), "administrator")
        made = self.assertDone(self.rpc("calendar.alarm", "create", [alarm]))
        self.assertRefused(self.rpc("calendar.alarm", "write", made, {"mail_template_id": of_guests.id}))
        self.assertDone(self.rpc("calendar.alarm", "write", made, {"duration": 2}))
        for name in ("duration", "duration_minutes"):
            self.assertRefused(self.rpc("calendar.alarm", "write", made, {name: 2147483647}), "a year")
        house = self.env.ref("calendar.calendar_template_meeting_reminder")
        self.assertDone(self.rpc("calendar.alarm", "write", made, {"mail_template_id": house.id}))
        if "sms_template_id" in self.env["calendar.alarm"]:
            self.assertDone(self.rpc("calendar.alarm", "create", [{**alarm, "alarm_type": "sms"}]))
        self.assertDone(self.rpc("calendar.alarm", "unlink", made))

    def test_a_reminder_is_of_a_day_that_there_is(self):
        """With any other, whoever is invited gets an error with every page that they open."""
        alarm = {"name": "Soon", "alarm_type": "notification", "interval": "days"}
        made = self.assertDone(self.rpc("calendar.alarm", "create", [{**alarm, "duration": 7}]))
        for duration in (10**6, 367, -1):
            self.assertRefused(self.rpc("calendar.alarm", "write", made, {"duration": duration}), "a year")
            self.assertRefused(self.rpc("calendar.alarm", "create", [{**alarm, "duration": duration}]), "a year")

    def test_a_shared_reminder_stays(self):
        shared = self.env["calendar.alarm"].search([], limit=1)
        self.assertRefused(self.rpc("calendar.alarm", "write", shared.ids, {"duration": 99}), "shared")
        self.assertRefused(self.rpc("calendar.alarm", "unlink", shared.ids), "shared")

    # Messages

    def test_nobody_speaks_for_the_system(self):
        system = self.env.ref("base.partner_root").id
        field = self.env["ir.model.fields"]._get("crm.lead", "user_id").id
        changed = [Command.create({"field_id": field, "new_value_char": "Li"})]
        nobody = {"author_id": False, "email_from": '"OdooBot" <odoobot@example.com>'}
        for values in ({"author_id": system}, {"tracking_value_ids": changed}, nobody):
            self.assertRefused(self.rpc("crm.lead", "message_post", self.zhao.ids, body="x", **values), "system")
            message = {"model": "crm.lead", "res_id": self.zhao.id, "body": "x", **values}
            self.assertRefused(self.rpc("mail.message", "create", [message]), "system")
        self.assertDone(self.rpc("crm.lead", "message_post", self.zhao.ids, body="x"))
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"priority": "2"}))

    def test_nobody_is_told_about_a_card_by_who_does_not_see_it(self):
        mine, people = self.env["mail.thread"].with_user(self.li), {"partner_ids": self.chen.partner_id.ids}
        with self.assertRaises(AccessError):
            mine.message_notify(model="crm.lead", res_id=self.qian.id, body="x", **people)
        self.assertTrue(mine.message_notify(model="crm.lead", res_id=self.zhao.id, body="x", **people))
        self.assertRefused(self.rpc("crm.lead", "message_notify", self.qian.ids, body="x", **people))
        told = {"body": "x", "message_type": "user_notification", "partner_ids": [[6, 0, people["partner_ids"]]]}
        for name, record in (("crm.lead", self.qian.id), ("showroom.demo", 1)):
            message = {"model": name, "res_id": record, **told}
            self.assertRefused(self.rpc("mail.message", "create", [message]), "kept from you|access")

    # Words that are evaluated

    def test_a_name_is_no_code(self):
        """Without a template, Odoo evaluates the title of a meeting when it reminds of it by text message."""
        said = "Soon: {{ object.env.user.login }} {{ 7 * 6 }}"
        message = self.zhao._message_sms_with_template(template_fallback=said, partner_ids=[])
        self.assertIn("7 * 6", message.body)
        self.assertNotIn(self.env.user.login, message.body)
        template = self.env["sms.template"].create(
            {"name": "x", "model_id": self.env["ir.model"]._get_id("crm.lead"), "body": "Card {{ object.card_number }}"}
        )
        message = self.zhao._message_sms_with_template(template, partner_ids=[])
        self.assertIn(self.zhao.card_number, message.body)

    # What everybody waits for

    def test_a_device_that_never_answers_stops_nobody(self):
        devices, self.li.notification_type = self.env["mail.push.device"], "inbox"
        key = devices.get_web_push_vapid_public_key()
        said = {"keys": {"p256dh": "x", "auth": "x"}, "vapid_public_key": key, "expirationTime": None}
        slow = {"endpoint": "http://192.0.2.1/slow", **said}
        self.assertRefused(self.rpc("mail.push.device", "register_devices", **slow), "browser")
        self.assertDone(self.rpc("mail.push.device", "register_devices", **{**slow, "endpoint": "https://192.0.2.1/x"}))
        with patch.object(mail_thread, "push_to_end_point", side_effect=AssertionError("while somebody waits")):
            self.zhao.message_notify(partner_ids=self.li.partner_id.ids, subject="x", body="x")
        waiting = self.env["mail.push"].search([("mail_push_device_id.partner_id", "=", self.li.partner_id.id)])
        self.assertEqual(len(waiting), 1)

    def test_a_message_that_cannot_be_notified_keeps_no_other(self):
        later = {"partner_ids": self.chen.partner_id.ids, "scheduled_date": "2026-03-02 08:00:00"}
        self.rpc("crm.lead", "message_post", self.zhao.ids, body="x", force_email_lang="xx", **later)
        theirs = self.qian.with_user(self.wang).message_post(body="y", **later)
        self.env.flush_all()
        schedules = self.env["mail.message.schedule"].sudo().search([])
        self.assertIn(theirs, schedules.mail_message_id)
        schedules.scheduled_datetime = "2020-01-01 00:00:00"
        self.env["mail.message.schedule"].sudo()._send_notifications_cron()
        self.assertFalse(schedules.exists())
        self.assertIn(self.chen.partner_id, theirs.sudo().notified_partner_ids)

    # To whom a customer's mail goes

    def recipients(self, user, card, **said):
        self.enter(user)
        where = {"thread_model": "crm.lead", "thread_id": card.id, **said}
        self.env.flush_all()
        answer = self.make_jsonrpc_request("/mail/thread/recipients", where)
        self.env.invalidate_all()
        return self.env["res.partner"].browse([each["id"] for each in answer])

    def test_a_contact_that_is_made_on_the_way_is_the_cards(self):
        """*Reply All* makes a contact before anything is sent: li would read it, and say where the mail goes."""
        self.qian.write({"email_from": "qian@customer.example", "partner_id": False})
        message = self.qian.with_user(self.wang).message_post(body="x", message_type="comment")
        made = self.recipients("wang", self.qian, message_id=message.id)
        made = made.filtered(lambda each: each.email == "qian@customer.example")
        self.assertEqual(self.qian.partner_id, made)
        self.assertTrue(made.is_outlet_customer)
        self.enter("li")
        self.assertRefused(self.rpc("res.partner", "read", made.ids, ["email"]))
        self.assertRefused(self.rpc("res.partner", "write", made.ids, {"email": "li@evil.example"}))

    def test_a_contact_that_a_colleague_planted_is_not_written_to(self):
        self.qian.write({"email_from": "qian@customer.example", "partner_id": False})
        said = {"name": "Qian", "email": "qian@customer.example", "phone": self.zhao.phone}
        [planted] = self.assertDone(self.rpc("res.partner", "create", [said]))
        self.enter("wang")
        where = {"thread_model": "crm.lead", "thread_id": self.qian.id}
        self.env.flush_all()
        suggested = self.make_jsonrpc_request("/mail/thread/recipients/get_suggested_recipients", where)
        self.assertNotIn(planted, [each.get("partner_id") for each in suggested])
        self.assertIn("qian@customer.example", [each["email"] for each in suggested])
        self.assertNotIn(planted, self.recipients("wang", self.qian).ids)

    def test_a_contact_of_the_house_is_written_to(self):
        """The legal twin: who was in the contacts before, by somebody who is no colleague at the desk."""
        self.qian.write({"email_from": "qian@customer.example", "partner_id": False})
        known = self.env["res.partner"].create({"name": "Qian", "email": "qian@customer.example"})
        self.assertIn(known, self.recipients("wang", self.qian))
