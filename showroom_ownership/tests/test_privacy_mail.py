from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from .privacy_case import NAME, PHONE, PrivacyCase

COMMENT = {"body": "Look at this", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


@tagged("post_install", "-at_install")
class TestPrivacyMail(PrivacyCase):
    """Wang has his notifications sent by mail: what is told by the way of titles and subjects is told nobody else."""

    def setUp(self):
        super().setUp()
        self.wang.notification_type = "email"
        self.mine.with_user(self.li).date_deadline = "2026-12-19"

    @contextmanager
    def mails(self):
        """The mails that are written meanwhile."""
        written, before = [], self.env["mail.mail"].search([])
        yield written
        written += self.env["mail.mail"].search([]) - before

    def assertKept(self, mails):
        self.assertTrue(mails, "nothing was mailed")
        for mail in mails:
            self.assertIn(self.wang.partner_id, mail.recipient_ids)
            for text in (mail.subject, mail.body_html):
                self.assertFalse(self.tells(text), text)
                self.assertNotIn("12/19", text)  # when the deal is expected
        seen = self.rpc(self.wang, "mail.message", "search_read", [], ["subject", "display_name", "record_name"])
        self.assertFalse(self.tells(seen))

    def test_a_mention_on_a_card(self):
        with self.mails() as mails:
            self.mine.with_user(self.li).message_post(partner_ids=self.wang.partner_id.ids, **COMMENT)
        self.assertKept(mails)
        self.assertIn(self.mine.card_number, mails[0].body_html)

    def test_on_a_contact(self):
        with self.mails() as mails:
            self.customer.with_user(self.li).message_post(partner_ids=self.wang.partner_id.ids, **COMMENT)
        self.assertKept(mails)

    def test_on_a_meeting(self):
        with self.mails() as mails:
            self.meeting.with_user(self.li).message_post(partner_ids=self.wang.partner_id.ids, **COMMENT)
        self.assertKept(mails)

    def test_beside_a_manager_who_sees_the_card(self):
        """A message has one subject."""
        self.chen.notification_type = "email"
        both = (self.chen | self.wang).partner_id
        with self.mails() as mails:
            self.mine.with_user(self.li).message_post(partner_ids=both.ids, **COMMENT)
        self.assertFalse(any(self.tells(mail.subject) for mail in mails))

    def test_what_the_system_tells_of_a_request(self):
        self.receive(self.wang, phone=PHONE, name="Somebody")
        sun = self._user("he", "consultant", self.main)
        self.mine.with_user(self.wang).action_request_transfer(self.wang.id, "customer_request", "He wants me")
        with self.mails() as mails:
            self.mine.with_user(self.chen).action_reassign(sun.id, "He moves")
        self.assertKept(mails)

    def test_who_sees_the_card_reads_whose_it_is(self):
        """The legal twin."""
        self.chen.notification_type = "email"
        with self.mails() as mails:
            self.mine.with_user(self.li).message_post(partner_ids=self.chen.partner_id.ids, **COMMENT)
        self.assertIn(NAME, mails[0].subject)
        self.assertIn(NAME, mails[0].body_html)

    def test_a_push_message(self):
        pushed, Thread = [], type(self.mine)
        device = self.env["mail.push.device"].new({"endpoint": "x"})
        with (
            patch.object(Thread, "_web_push_get_partners_parameters", lambda *args: (device, "private", "public")),
            patch.object(Thread, "_web_push_send_notification", lambda *args, payload: pushed.append(payload)),
        ):
            self.mine.with_user(self.li).message_post(partner_ids=self.wang.partner_id.ids, **COMMENT)
        self.assertIn(self.mine.card_number, pushed[0]["title"])
        self.assertFalse(self.tells(pushed))

    def test_an_activity_that_is_given_to_a_stranger(self):
        with self.mails() as mails:
            self.mine.with_user(self.li).activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.wang.id, summary="Help"
            )
        self.assertKept(mails)

    def test_a_mail_that_failed(self):
        """Whoever wrote it is told, by the system; also who wrote as a colleague about a card that they do not see."""
        for author in (self.wang, self.li):
            channels = f'"res.partner",{author.partner_id.id}]', f'"res.users",{author.id}]'
            told = (
                self.mine.with_user(self.li)
                .sudo()
                .message_notify(partner_ids=self.chen.partner_id.ids, author_id=author.partner_id.id, body="Look")
            )
            told.notification_ids.sudo().write({"notification_type": "email", "notification_status": "exception"})
            self.env.cr.precommit.run()  # what was on the bus is sent
            before = self.env["bus.bus"].search([])
            self.env.invalidate_all()
            told.with_user(self.env.ref("base.user_root")).sudo()._notify_message_notification_update()
            self.env.cr.precommit.run()
            sent = self.env["bus.bus"].search([]) - before
            sent = [each.message for each in sent if each.channel.endswith(channels)]
            with self.subTest(author.name):
                self.assertEqual(self.tells(sent), author == self.li)
