from urllib.parse import urlencode

from odoo import SUPERUSER_ID, Command
from odoo.tests import tagged

from .attack_case import AttackCase

WHEN = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
NAME = "Hush Newname"
INVITED = "calendar.calendar_template_meeting_invitation"


@tagged("post_install", "-at_install")
class TestAttacksLink(AttackCase):
    """Li had Zhao, whom wang looks after now, and opens without a login the addresses that he has from before."""

    def setUp(self):
        super().setUp()
        self.customer = self.env["res.partner"].create({"name": "Zhao", "email": "zhao@customer.example"})
        self.zhao.partner_id = self.customer
        self.friend = self.env["res.partner"].create({"name": "He", "email": "he@friend.example"})
        self.meeting = self.env["calendar.event"].with_user(self.li).create({
            "name": "Test drive", "opportunity_id": self.zhao.id, **WHEN,
            "partner_ids": [Command.set((self.li.partner_id | self.customer | self.friend).ids)],
        })  # fmt: skip
        channel = self.env["discuss.channel"].with_user(self.li)._create_channel("Showing", group_id=None)
        channel._add_members(partners=self.customer)
        self.chat = channel.sudo()

    def move(self):
        """Wang owns Zhao, and learns another name."""
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "They asked for him")
        self.customer.with_user(self.wang).name = NAME
        self.env.flush_all()

    def invitation(self, partner):
        return self.invitations.filtered(lambda each: each.partner_id == partner)

    def page(self, token):
        self.env.flush_all()
        self.authenticate(None, None)
        return self.url_open(f"/calendar/meeting/view?token={token}&id={self.meeting.id}")

    def test_his_own_invitation_opens_no_more(self):
        self.assertIn("Zhao", self.page(self.invitation(self.li.partner_id).access_token).text)
        self.move()
        self.assertEqual(self.invitation(self.customer).common_name, NAME)
        answer = self.page(self.invitation(self.li.partner_id).access_token)
        self.assertEqual(answer.status_code, 400)
        self.assertNotIn(NAME, answer.text)

    def test_nor_that_of_a_guest(self):
        before = {who: self.invitation(who).access_token for who in (self.friend, self.customer)}
        self.move()
        for token in before.values():
            self.assertNotIn(NAME, self.page(token).text)
        self.assertIn(NAME, self.page(self.invitation(self.customer).access_token).text, "the customer's own")

    def test_nor_that_of_a_colleague_to_whom_he_wrote(self):
        """The card had been wang's, and goes back; what li invited them by stands in his own message."""
        self.meeting.sudo().partner_ids += self.wang.partner_id
        before = self.invitation(self.wang.partner_id).access_token
        self.meeting.sudo().write({"partner_ids": [Command.unlink(self.li.partner_id.id)], "user_id": self.wang.id})
        self.move()
        self.assertNotIn(NAME, self.page(before).text)
        self.assertIn(NAME, self.page(self.invitation(self.wang.partner_id).access_token).text, "her own")

    def test_no_address_of_an_invitation_is_read_or_set(self):
        """By which somebody else's would be answered, and what becomes of the meeting be read for ever."""
        self.enter("li")
        mine = [("event_id", "=", self.meeting.id)]
        before = self.invitations.mapped("access_token")
        for each in (
            self.rpc("calendar.attendee", "search_read", mine, ["access_token"]),
            self.rpc("calendar.attendee", "search", [*mine, ("access_token", "=like", "a%")]),
            self.rpc("calendar.attendee", "search", mine, order="access_token"),
            self.rpc("calendar.attendee", "write", self.invitations.ids, {"access_token": "known"}),
            self.rpc("calendar.attendee", "formatted_read_group", mine, ["access_token"], []),
        ):
            self.assertRefused(each)
        self.assertEqual(self.invitations.mapped("access_token"), before)

    def test_it_is_sent_to_who_is_invited(self):
        """The legal twin: by whoever invites."""
        self.invitations.with_user(self.li)._notify_attendees(
            self.env.ref(INVITED).with_user(self.li), notify_author=True
        )
        token = self.invitation(self.friend).access_token
        self.assertIn(
            token, "".join(self.env["mail.message"].search([("model", "=", "calendar.event")]).mapped("body"))
        )

    def test_nor_does_the_address_of_a_call(self):
        """Who is in it reads what wang writes to the customer, and others come in without a login."""
        self.meeting._set_discuss_videocall_location()
        self.meeting.sudo()._create_videocall_channel()
        before = self.meeting.access_token, self.meeting.videocall_location
        self.move()
        self.assertFalse({*before} & {self.meeting.access_token, self.meeting.videocall_location})
        self.assertFalse(self.meeting.videocall_channel_id, "the next call is another chat")
        self.assertEqual(self.url_open(f"/calendar/join_videocall/{before[0]}").status_code, 404)
        self.assertEqual(self.meeting.videocall_source, "discuss")

    def test_who_looks_after_the_customer_sees_all(self):
        """The legal twin."""
        self.move()
        self.enter("wang")
        asked = [("event_id", "=", self.meeting.id)]
        rows = self.assertDone(self.rpc("calendar.attendee", "search_read", asked, ["common_name"]))
        self.assertEqual({row["common_name"] for row in rows}, {NAME, "He", "Li"})

    def remind(self):
        """What the scheduled action writes, and the files with it."""
        before = self.env["mail.message"].search([])
        template = self.env.ref("calendar.calendar_template_meeting_reminder")
        self.invitations.with_user(SUPERUSER_ID)._notify_attendees(template, notify_author=True)
        written = self.env["mail.message"].search([]) - before
        return "".join([*written.mapped("body"), *(str(each.raw) for each in written.attachment_ids)])

    @property
    def invitations(self):
        return self.meeting.sudo().attendee_ids

    def test_a_reminder_tells_him_nothing_new(self):
        self.assertIn("zhao@customer.example", self.remind())
        self.move()
        self.assertFalse(self.remind())

    def test_nor_does_a_short_message_go_to_her(self):
        """Of which `calendar_sms` asks."""
        theirs = lambda: self.meeting.with_user(SUPERUSER_ID)._mail_get_partners()[self.meeting.id]  # noqa: E731
        self.assertIn(self.customer, theirs())
        self.move()
        self.assertNotIn(self.customer, theirs())

    def test_nor_does_he_write_to_her_by_moving_the_meeting(self):
        self.move()
        before = self.env["mail.message"].search([], order="id desc", limit=1)
        self.enter("li")
        later = {"start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00", "name": "Come back to me"}
        self.assertDone(self.rpc("calendar.event", "write", self.meeting.ids, later))
        written = self.env["mail.message"].search([("id", ">", before.id)])
        self.assertNotIn(self.customer, written.notified_partner_ids | written.partner_ids)

    def test_where_he_takes_part_no_more_reminders_go_on(self):
        """The legal twin."""
        self.move()
        self.meeting.sudo().write({
            "user_id": self.wang.id, "partner_ids": [Command.set((self.customer | self.wang.partner_id).ids)]
        })  # fmt: skip
        self.assertIn(NAME, self.remind())

    # Chats and mails

    def test_a_guest_in_the_chat_is_told_no_names(self):
        self.move()
        self.authenticate(None, None)
        page = self.url_open(f"/chat/{self.chat.id}/{self.chat.uuid}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(NAME, page.text)
        said = {"channel_id": self.chat.id, "known_member_ids": []}
        answer = self.make_jsonrpc_request("/discuss/channel/members", said)
        self.assertNotIn(NAME, str(answer))
        [told] = [each for each in answer["res.partner"] if each["id"] == self.customer.id]
        self.assertEqual(told, {"id": self.customer.id, "name": "Customer of an outlet"}, "nor any signature")

    def later(self, record):
        """A message whose notification waits until after the card went to wang."""
        who = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment", "partner_ids": self.customer.ids}
        at = {"scheduled_date": "2026-03-02 08:00:00"}
        message = self.assertDone(self.rpc(record._name, "message_post", record.ids, body="Hello", **who, **at))
        waiting = self.env["mail.message.schedule"].search([("mail_message_id", "in", message)])
        self.assertTrue(waiting)
        return self.env["mail.message"].browse(message), waiting

    def test_nor_does_what_he_wrote_to_be_sent_later(self):
        """Odoo sends it as the system, with the name and to the address of that day."""
        self.enter("li")
        stays = self.env["crm.lead"].with_user(self.li).create({"name": "Stays", "team_id": self.main.id})
        waiting = [self.later(record) for record in (self.zhao, self.customer, stays)]
        self.move()
        for message, schedule in waiting:
            schedule.sudo()._send_notifications()
            self.assertFalse(message.subject)
            self.assertFalse(message.notification_ids)
            self.assertFalse(schedule.exists())

    def test_what_is_ones_own_is_sent(self):
        """The legal twin."""
        self.enter("li")
        message, schedule = self.later(self.zhao)
        schedule.sudo()._send_notifications()
        self.assertEqual(message.notification_ids.res_partner_id, self.customer)

    def test_a_link_to_unfollow_tells_no_name(self):
        self.zhao.with_user(self.li).name = "Zhao wants a car"
        for record, shown in ((self.zhao, self.zhao.card_number), (self.customer, "Customer of an outlet")):
            record.message_subscribe(partner_ids=self.friend.ids)
            said = {"model": record._name, "pid": self.friend.id, "res_id": record.id}
            token = record._encode_link("/mail/unfollow", said)
            self.authenticate(None, None)
            page = self.url_open("/mail/unfollow?" + urlencode({**said, "token": token})).text
            self.assertIn(shown, page)
            self.assertNotIn("Zhao", page)
