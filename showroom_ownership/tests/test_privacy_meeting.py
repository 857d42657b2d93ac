from odoo.tools import mute_logger

from .privacy_case import EMAIL, NAME, PrivacyCase

CONTENTS = ("name", "location", "description", "opportunity_id", "attendee_ids", "partner_ids", "display_name")


class TestPrivacyMeeting(PrivacyCase):
    """A meeting with a customer tells colleagues that its people are busy, and nothing else."""

    def told(self, user):
        return self.rpc(user, "calendar.event", "read", self.meeting.ids, CONTENTS)[0]

    def test_colleagues_see_busy(self):
        for user in (self.wang, self.sun, self.desk):
            told = self.told(user)
            self.assertFalse(self.tells(told), told)
            self.assertEqual((told["display_name"], told["opportunity_id"]), ("Busy", False))
            spec = {name: {"fields": {"display_name": {}}} if name.endswith("_id") else {} for name in CONTENTS}
            spec["partner_ids"] = {"fields": {"display_name": {}, "phone": {}}}
            self.assertFalse(self.tells(self.rpc(user, "calendar.event", "web_read", self.meeting.ids, spec)))

    def test_its_organiser_and_managers_see_it(self):
        for user in (self.li, self.chen, self.gm):
            self.assertEqual(self.told(user)["name"], f"Test drive {NAME}", user.name)

    def test_the_next_owner_sees_it_and_the_former_one_where_they_take_part(self):
        self.mine.with_user(self.chen).action_reassign(self.wang.id, "Moved house")
        self.assertEqual(self.told(self.wang)["name"], f"Test drive {NAME}")
        domain = [("id", "=", self.meeting.id), ("name", "ilike", NAME)]
        self.assertTrue(self.rpc(self.wang, "calendar.event", "search_count", domain))
        self.assertFalse(self.rpc(self.sun, "calendar.event", "search_count", domain))

    def test_nothing_is_found_by_its_contents(self):
        asked = {
            "name": NAME, "location": NAME, "description": "4455", "display_name": NAME, "opportunity_id": NAME,
            "opportunity_id.phone": "4455", "partner_ids.name": NAME, "attendee_ids.common_name": NAME,
            "attendee_ids.email": EMAIL, "attendee_ids.phone": "4455", "partner_ids": NAME,
        }  # fmt: skip
        for path, piece in asked.items():
            domain = [("id", "=", self.meeting.id), (path, "ilike", piece)]
            self.assertFalse(self.rpc(self.wang, "calendar.event", "search_count", domain), path)
            if not path.startswith("partner_ids"):  # of the others not even that they are called otherwise
                negated = ["!", domain[1], domain[0]]
                self.assertFalse(self.rpc(self.wang, "calendar.event", "search_count", negated), path)
            self.assertTrue(self.rpc(self.li, "calendar.event", "search_count", domain), path)
        self.assertFalse(self.rpc(self.wang, "calendar.event", "name_search", NAME))
        rows = self.rpc(self.wang, "calendar.event", "web_search_read", [("name", "ilike", NAME)], {"name": {}})
        self.assertFalse(rows["records"])

    def test_when_it_is_stays_visible(self):
        domain = [("start", ">=", "2026-03-03"), ("stop", "<", "2026-03-04")]
        for whose in (("partner_ids", "in", self.li.partner_id.ids), ("user_id", "=", self.li.id)):
            found = self.rpc(self.wang, "calendar.event", "search", [*domain, whose], order="start")
            self.assertEqual(found, self.meeting.ids)

    def test_it_is_not_sorted_or_grouped_by_its_contents(self):
        Event = "calendar.event"
        domain = [("id", "=", self.meeting.id)]
        self.assertFalse(self.rpc(self.wang, Event, "search", domain, order="name"))
        self.assertTrue(self.rpc(self.wang, Event, "search", domain, order="start"))
        for name in ("name", "opportunity_id", "location"):
            told = self.rpc(self.wang, Event, "formatted_read_group", domain, [name], ["__count"])
            self.assertFalse(self.tells(told), name)
            told = self.rpc(self.wang, Event, "web_read_group", domain, [name], ["__count"])
            self.assertFalse(self.tells(told), name)

    def test_its_invitation_and_attendees_are_kept(self):
        invitation = {"name": "invitation.ics", "raw": f"SUMMARY:{NAME}".encode(), "mimetype": "text/plain"}
        where = {"res_model": "calendar.event", "res_id": self.meeting.id}
        attached = self.env["ir.attachment"].create({**invitation, **where})
        for domain in ([("index_content", "ilike", NAME)], [("res_model", "=", "calendar.event"), ("res_id", ">", 0)]):
            found = self.rpc(self.wang, "ir.attachment", "search", domain)
            self.assertNotIn(attached.id, found)
            self.assertIn(attached.id, self.rpc(self.li, "ir.attachment", "search", domain))
        self.refused(self.wang, "ir.attachment", "read", attached.ids, ["raw"])
        self.assertFalse(self.rpc(self.wang, "calendar.attendee", "search", [("event_id", "=", self.meeting.id)]))
        people = self.rpc(self.li, "calendar.attendee", "search_read", [("event_id", "=", self.meeting.id)], [])
        self.assertEqual(len(people), 2)

    def test_what_is_written_about_it_is_kept(self):
        self.meeting.with_user(self.li).message_post(body=f"{NAME} will bring the spouse", message_type="comment")
        domain = [("model", "=", "calendar.event"), ("res_id", "=", self.meeting.id)]
        self.assertFalse(self.tells(self.rpc(self.wang, "mail.message", "search_read", domain, ["body"])))
        self.assertTrue(self.tells(self.rpc(self.li, "mail.message", "search_read", domain, ["body"])))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_stranger_does_not_open_it(self):
        for vals in ({"privacy": "public"}, {"name": "x"}, {"partner_ids": [(4, self.wang.partner_id.id)]}):
            self.refused(self.wang, "calendar.event", "write", self.meeting.ids, vals)

    def test_a_stranger_invites_no_customer_of_others(self):
        vals = {"name": "x", "start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
        self.refused(self.wang, "calendar.event", "create", {**vals, "partner_ids": [(4, self.customer.id)]})

    def test_which_meetings_are_private(self):
        vals = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00", "name": "x"}
        Event = self.env["calendar.event"].with_user(self.li)
        plain = self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id, "type": "opportunity"})
        self.assertEqual(self.meeting.privacy, "private")
        self.assertFalse(Event.create(vals).privacy)
        self.assertFalse(Event.sudo().create({**vals, "opportunity_id": plain.id}).privacy)
        chosen = Event.create({**vals, "opportunity_id": self.mine.id, "privacy": "confidential"})
        self.assertEqual(chosen.privacy, "confidential", "somebody chose so")
        later = Event.create(vals)
        later.opportunity_id = self.mine
        self.assertEqual(later.privacy, "private")

    def meeting_of(self, **said):
        when = {"start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00"}
        vals = {"name": NAME, "partner_ids": [(6, 0, self.li.partner_id.ids)], **when, **said}
        return self.env["calendar.event"].with_user(self.li).create(vals).sudo()

    def about(self, record):
        return {"res_model_id": self.env["ir.model"]._get_id(record._name), "res_id": record.id}

    def assertBusy(self, meeting):
        self.env.flush_all()
        self.assertFalse(self.tells(self.rpc(self.wang, "calendar.event", "read", meeting.ids, CONTENTS)[0]))

    def test_so_does_one_about_a_contact_of_a_customer(self):
        """As Odoo plans it by an activity on the contact, with the name as its title."""
        contact = self.mine.partner_id
        self.assertBusy(self.meeting_of(**self.about(contact)))
        planned = self.env["mail.activity"].with_user(self.li).create({**self.about(contact), "summary": "Meet"})
        self.assertBusy(self.meeting_of(activity_ids=[(6, 0, planned.ids)]))
        moved = self.meeting_of()
        moved.with_user(self.li).write(self.about(contact))
        self.assertBusy(moved)

    def test_so_does_one_that_was_planned_before_there_was_a_customer(self):
        contact = self.env["res.partner"].with_user(self.li).create({"name": NAME}).sudo()
        guests = [(6, 0, (self.li.partner_id | contact).ids)]
        before = self.meeting_of(partner_ids=guests), self.meeting_of(**self.about(contact))
        self.assertEqual({meeting.privacy for meeting in before}, {False})
        lead = self.env["crm.lead"].create({"name": NAME, "team_id": self.plain_team.id, "user_id": self.li.id})
        on_lead = self.meeting_of(opportunity_id=lead.id), self.meeting_of(**self.about(lead))
        card = {"name": NAME, "team_id": self.main.id, "user_id": self.li.id, "partner_id": contact.id}
        self.env["crm.lead"].with_user(self.li).create(card)
        lead.with_user(self.chen).team_id = self.main
        for meeting in (*before, *on_lead):
            self.assertBusy(meeting)

    def test_who_is_asked_to_do_something_about_a_contact_is_told_no_name(self):
        """Whom they may not see: as of a card, of which they are told the number."""
        asked = {**self.about(self.mine.partner_id), "summary": "Call", "user_id": self.wang.id}
        activity = self.env["mail.activity"].with_user(self.li).create(asked)
        self.assertFalse(self.tells(self.rpc(self.wang, "mail.activity", "read", activity.ids, ["res_name"])))
        mine = self.env["mail.activity"].with_user(self.li).create({**asked, "user_id": self.li.id})
        self.assertTrue(self.tells(self.rpc(self.li, "mail.activity", "read", mine.ids, ["res_name"])))
        inbox = [("partner_ids", "in", self.wang.partner_id.ids)]
        self.assertFalse(self.tells(self.env["mail.message"].search(inbox).mapped("subject")))
