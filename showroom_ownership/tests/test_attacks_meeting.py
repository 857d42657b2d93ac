from odoo import Command
from odoo.tests import tagged

from .attack_case import AttackCase

WHEN = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}


@tagged("post_install", "-at_install")
class TestAttacksMeeting(AttackCase):
    """Li wants to know whom wang meets, and to answer for him; each with its legal twin."""

    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create({"name": "Qian", "phone": "+86 139 1000 0002", "email": "q@x.cn"})
        self.qian.partner_id = self.partner
        self.theirs = self.meet(self.wang, self.qian)
        self.own = self.meet(self.li, self.zhao)
        self.enter("li")

    def meet(self, user, card):
        who = [Command.link(user.partner_id.id)]
        vals = {"name": f"With {card.name}", "opportunity_id": card.id, "partner_ids": who, **WHEN}
        return self.env["calendar.event"].with_user(user).create(vals)

    # Invitations

    def test_the_token_of_a_colleagues_invitation_is_kept(self):
        attendee = self.theirs.attendee_ids
        asked = [("event_id", "in", (self.theirs | self.own).ids)]
        rows = self.assertDone(self.rpc("calendar.attendee", "search_read", asked, ["partner_id"]))
        self.assertEqual([row["id"] for row in rows], self.own.attendee_ids.ids)
        self.assertRefused(self.rpc("calendar.attendee", "read", attendee.ids, ["access_token"]))
        token = attendee.sudo().access_token
        self.assertRefused(self.rpc("calendar.attendee", "search_count", [("access_token", "=", token)]))
        named = self.rpc("calendar.attendee", "search_count", [("event_id.name", "ilike", "Qian")])
        self.assertFalse(self.assertDone(named))
        groups = self.rpc("calendar.attendee", "formatted_read_group", asked, ["access_token"], ["__count"])
        self.assertNotIn(token, str(groups.result))
        for path in ("access_token", "videocall_location"):
            domain = [("id", "=", self.theirs.id), (path, "!=", "x")]
            self.assertFalse(self.assertDone(self.rpc("calendar.event", "search_count", domain)), path)
        over = [("id", "=", self.theirs.id), ("attendee_ids.access_token", "!=", "x")]
        self.assertRefused(self.rpc("calendar.event", "search_count", over))

    def test_the_address_of_a_call_is_no_script(self):
        script = "javascript://x/%0aalert(document.domain)"
        self.env["ir.default"].set("calendar.event", "videocall_location", script, user_id=self.li.id)
        said = {"name": "x", "start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00"}
        context = {"default_videocall_location": script}
        made = [
            *self.assertDone(self.rpc("calendar.event", "create", [{**said, "videocall_location": script}])),
            *self.assertDone(self.rpc("calendar.event", "create", [said], context=context)),
            *self.assertDone(self.rpc("calendar.event", "create", [said])),
        ]
        for meeting in self.env["calendar.event"].browse(made):
            self.assertRegex(meeting.videocall_location, "^http")

    def test_nobody_answers_for_a_colleague(self):
        theirs, own = self.theirs.attendee_ids, self.own.attendee_ids
        self.assertRefused(self.rpc("calendar.attendee", "do_decline", theirs.ids))
        self.assertRefused(self.rpc("calendar.attendee", "write", theirs.ids, {"state": "declined"}))
        self.assertRefused(self.rpc("calendar.attendee", "unlink", theirs.ids))
        self.assertEqual(theirs.state, "accepted")
        self.assertDone(self.rpc("calendar.attendee", "do_decline", own.ids))
        self.assertEqual(own.state, "declined")

    def test_nor_in_a_meeting_of_ones_own(self):
        customer = self.env["res.partner"].create({"name": "He", "email": "he@customer.example"})
        invited = {"partner_ids": [Command.link(each.id) for each in (self.wang.partner_id, customer)]}
        self.assertDone(self.rpc("calendar.event", "write", self.own.ids, invited))
        colleague, guest = (
            self.own.attendee_ids.filtered(lambda each, who=who: each.partner_id == who)
            for who in (self.wang.partner_id, customer)
        )
        for method in ("do_accept", "do_decline", "do_tentative"):
            self.assertRefused(self.rpc("calendar.attendee", method, colleague.ids), "themselves")
        new = {"event_id": self.own.id, "partner_id": self.chen.partner_id.id, "state": "accepted"}
        self.assertRefused(self.rpc("calendar.attendee", "create", new), "themselves")
        self.assertDone(self.rpc("calendar.attendee", "do_accept", guest.ids))
        self.assertEqual((colleague.state, guest.state), ("needsAction", "accepted"))

    def test_nobody_invites_themselves_to_a_colleagues_meeting(self):
        me = self.li.partner_id.id
        self.assertRefused(self.rpc("calendar.attendee", "create", {"event_id": self.theirs.id, "partner_id": me}))
        own = self.own.attendee_ids
        self.assertRefused(self.rpc("calendar.attendee", "write", own.ids, {"event_id": self.theirs.id}))
        self.assertRefused(self.rpc("calendar.event", "action_join_meeting", self.theirs.ids, me))
        invited = {"partner_ids": [Command.link(self.wang.partner_id.id)]}
        self.assertDone(self.rpc("calendar.event", "write", self.own.ids, invited))
        self.assertEqual(len(self.own.attendee_ids), 2)

    def test_who_is_invited_sees_the_meeting_and_answers(self):
        self.theirs.partner_ids |= self.li.partner_id
        self.env.flush_all()
        mine = self.theirs.attendee_ids.filtered(lambda each: each.partner_id == self.li.partner_id)
        self.assertDone(self.rpc("calendar.attendee", "do_accept", mine.ids))
        self.assertEqual(mine.state, "accepted")
        self.assertDone(self.rpc("calendar.attendee", "read", self.theirs.attendee_ids.ids, ["common_name"]))

    def test_a_meeting_is_booked_for_a_colleague(self):
        who = [Command.link(self.wang.partner_id.id)]
        vals = {"name": "x", "user_id": self.wang.id, "partner_ids": who, "opportunity_id": self.zhao.id, **WHEN}
        made = self.assertDone(self.rpc("calendar.event", "create", vals))
        self.assertTrue(self.env["calendar.event"].browse(made).attendee_ids)

    def test_a_colleagues_meeting_is_not_taken_away(self):
        self.assertRefused(self.rpc("calendar.event", "unlink", self.theirs.ids))
        self.assertRefused(self.rpc("calendar.event", "action_archive", self.theirs.ids))
        self.assertTrue(self.theirs.exists().active)
        self.assertDone(self.rpc("calendar.event", "unlink", self.own.ids))

    def test_everybodys_calendar_opens(self):
        both = self.theirs | self.own
        names = "name start stop partner_ids attendee_ids attendees_count current_attendee current_status".split()
        spec = {name: {} for name in [*names, "unavailable_partner_ids", "videocall_location", "access_token"]}
        asked = [("id", "in", both.ids)]
        rows = self.assertDone(self.rpc("calendar.event", "web_search_read", asked, spec))["records"]
        self.assertEqual(len(rows), 2)
        [theirs] = [row for row in rows if row["id"] == self.theirs.id]
        self.assertEqual((theirs["name"], theirs["attendee_ids"], theirs["access_token"]), ("Busy", [], False))
        people = (self.li | self.wang).partner_id
        self.assertDone(self.rpc("res.partner", "get_attendee_detail", people.ids, both.ids))

    # What it is about

    def test_a_meeting_is_not_moved_to_a_colleagues_card(self):
        cards, contacts = (self.env["ir.model"]._get_id(name) for name in ("crm.lead", "res.partner"))
        moves = [
            {"opportunity_id": self.qian.id}, {"res_id": self.qian.id, "res_model_id": cards},
            {"res_id": self.partner.id, "res_model_id": contacts},
            {"res_model_id": self.env["ir.model"]._get_id("mail.thread"), "res_id": 1},
        ]  # fmt: skip
        for vals in moves:
            self.assertRefused(self.rpc("calendar.event", "write", self.own.ids, vals))
            self.assertRefused(self.rpc("calendar.event", "create", {"name": "x", **WHEN, **vals}))
        with self.at("2026-03-02 10:00"):
            second = self.card(self.li, phone="13910000003", name="Second")
        self.assertDone(self.rpc("calendar.event", "write", self.own.ids, {"opportunity_id": second.id}))
        self.assertDone(self.rpc("calendar.event", "create", {"name": "x", **WHEN, "opportunity_id": second.id}))

    # Meetings that are planned beside the card

    def names(self, meeting):
        return self.rpc("calendar.event", "read", meeting.ids, ["name", "description", "partner_ids"]).result[0]

    def test_a_meeting_with_a_customer_is_private(self):
        """Odoo writes into it whose name, number and address it knows."""
        guests = [Command.set((self.wang.partner_id | self.partner).ids)]
        plan = {"name": "Qian", "partner_ids": guests, **WHEN}
        theirs = self.env["calendar.event"].with_user(self.wang).create(plan)
        later = self.env["calendar.event"].with_user(self.wang).create({**plan, "partner_ids": []})
        later.partner_ids = guests
        for meeting in theirs | later:
            meeting = meeting.with_env(self.env)
            meeting.description = "Call q@x.cn"
            self.env.flush_all()
            told = self.names(meeting)
            self.assertEqual((told["name"], told["description"]), ("Busy", False))
            asked = [("id", "=", meeting.id), ("description", "ilike", "q@x")]
            self.assertFalse(self.assertDone(self.rpc("calendar.event", "search_count", asked)))
        files = self.env["ir.attachment"].search([("res_model", "=", "calendar.event"), ("res_id", "in", theirs.ids)])
        self.assertFalse(files.with_user(self.li)._filtered_access("read"))
        self.enter("wang")
        self.assertEqual(self.names(theirs)["name"], "Qian")

    def test_a_meeting_that_was_planned_by_an_activity_of_a_card_is_private(self):
        todo = self.qian.with_user(self.wang).activity_schedule("mail.mail_activity_data_meeting", user_id=self.wang.id)
        action = todo.action_create_calendar_event()
        made = self.env["calendar.event"].with_user(self.wang).with_context(**action["context"]).create(WHEN)
        self.assertEqual(made.sudo().name, "Qian")
        self.env.flush_all()
        self.assertEqual(self.names(made)["name"], "Busy")

    def test_a_meeting_of_the_team_is_seen_as_ever(self):
        """The legal twin."""
        who = [Command.set((self.wang | self.chen).partner_id.ids)]
        team = self.env["calendar.event"].with_user(self.wang).create({"name": "Monday", "partner_ids": who, **WHEN})
        self.env.flush_all()
        self.assertEqual(self.names(team)["name"], "Monday")

    def test_what_is_written_about_a_meeting_goes_to_no_stranger_who_follows_it(self):
        me = self.li.partner_id
        self.assertRefused(self.rpc("calendar.event", "message_subscribe", self.theirs.ids, me.ids), "colleague's")
        self.theirs.sudo().message_subscribe(me.ids)  # as of before it was on the card
        self.env.flush_all()
        for own, kept in ((self.theirs, False), (self.own, True)):
            said = {"body": "She wants the X5", "subtype_xmlid": "mail.mt_comment"}
            own.sudo().message_subscribe(me.ids)
            message = own.with_user(own.user_id).with_context(mail_notify_author=True).message_post(**said)
            self.assertEqual(me in message.sudo().notified_partner_ids, kept)
        told = self.theirs.with_user(self.wang).message_post(body="Help me", partner_ids=me.ids)
        self.assertIn(me, told.sudo().notified_partner_ids, "whom wang writes to hears of it")

    def test_an_invitation_of_before_tells_the_next_owner_nothing(self):
        """With the address of the customer's invitation, anybody reads who is invited."""
        self.theirs.partner_ids = [Command.link(self.partner.id)]
        guest = self.theirs.sudo().attendee_ids.filtered(lambda each: each.partner_id == self.partner)
        before = guest.access_token
        self.qian.with_user(self.chen).action_reassign(self.li.id, "She is away")
        self.assertNotEqual(guest.access_token, before)
        new = self.env["res.partner"].create({"name": "Sun", "email": "sun@x.cn"})
        self.own.partner_ids = [Command.link(new.id)]
        planted = self.own.sudo().attendee_ids.filtered(lambda each: each.partner_id == new)
        before = planted.access_token
        self.card(self.wang, phone="13910000055", name="Sun").partner_id = new
        self.assertNotEqual(planted.access_token, before)
