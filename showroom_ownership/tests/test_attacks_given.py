from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .attack_case import AttackCase

WHEN = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
WEEKLY = {"recurrency": True, "rrule_type": "weekly", "tue": True, "end_type": "count", "count": 3}


@tagged("post_install", "-at_install")
class TestAttacksGiven(AttackCase):
    """Li says what is refused in another form: as a default of the call, as a text, from the other side of a link."""

    def setUp(self):
        super().setUp()
        self.theirs = self.meet(self.wang, self.qian)
        self.own = self.meet(self.li, self.zhao)
        self.chat = self.group(self.wang, self.chen)
        self.enter("li")

    def meet(self, user, card, **vals):
        who = [Command.link(user.partner_id.id)]
        vals = {"name": f"With {card.name}", "opportunity_id": card.id, "partner_ids": who, **WHEN, **vals}
        return self.env["calendar.event"].with_user(user).create(vals)

    def group(self, user, other):
        people = (user | other).partner_id.ids
        return self.env["discuss.channel"].with_user(user)._create_group(people)

    def plan(self, context=None, **vals):
        return self.rpc("calendar.event", "create", {"name": "v", **WHEN, **vals}, context=context or {})

    # Defaults of a call, and of its user

    def test_no_default_opens_a_chat_of_others(self):
        self.assertRefused(self.plan({"default_videocall_channel_id": self.chat.id}), "members")
        self.rpc("ir.default", "set", "calendar.event", "videocall_channel_id", self.chat.id, user_id=True)
        self.assertRefused(self.plan(), "members")
        mine = self.group(self.li, self.chen)
        made = self.assertDone(self.plan({"default_videocall_channel_id": mine.id}))
        self.assertEqual(self.env["calendar.event"].browse(made).videocall_channel_id, mine)

    def test_no_default_makes_a_contact_a_guest_or_speechless(self):
        for name, value in (("meeting_ids", [Command.link(self.theirs.id)]), ("lang", "xx")):
            self.assertRefused(self.rpc("res.partner", "create", {"name": "x"}, context={f"default_{name}": value}))
        self.assertEqual(self.theirs.partner_ids, self.wang.partner_id)
        self.assertDone(self.rpc("res.partner", "create", {"name": "x"}, context={"default_lang": "en_US"}))

    def test_the_system_says_which_follow_up_a_meeting_became(self):
        told = self.env["showroom.followup"].with_user(self.wang).create({"lead_id": self.qian.id, "method": "call"})
        for context, vals in ({}, {"showroom_followup_id": told.id}), ({"default_showroom_followup_id": told.id}, {}):
            made = self.assertDone(self.plan(context, opportunity_id=self.zhao.id, **vals))
            self.assertFalse(self.env["calendar.event"].browse(made).showroom_followup_id)

    # Ids as texts

    def test_a_link_is_no_text(self):
        meeting, card, chat = str(self.theirs.id), str(self.qian.id), str(self.chat.id)
        mine = self.li.partner_id.id
        self.assertRefused(self.rpc("calendar.attendee", "create", {"event_id": meeting, "partner_id": mine}), "Choose")
        for vals in ({"opportunity_id": card}, {"videocall_channel_id": chat}, {"opportunity_id": [self.qian.id]}):
            self.assertRefused(self.plan(**vals), "Choose")
        self.assertRefused(self.plan(opportunity_id=float(self.qian.id)), "Choose")
        self.assertRefused(
            self.rpc("calendar.event", "write", self.own.ids, {"partner_ids": [[4, str(mine)]]}), "Choose"
        )
        self.assertNotIn(self.li.partner_id, self.theirs.attendee_ids.partner_id)
        self.assertDone(self.plan(opportunity_id=self.zhao.id, partner_ids=[[6, 0, [mine]]]))

    # The other side of a link

    def test_nobody_puts_a_meeting_into_a_series_of_others(self):
        theirs, own = self.meet(self.wang, self.qian, **WEEKLY), self.meet(self.li, self.zhao, **WEEKLY)
        link = {"recurrence_id": theirs.recurrence_id.id}
        self.assertRefused(self.rpc("calendar.event", "write", self.own.ids, link))
        self.assertRefused(self.plan(**link))
        self.assertDone(self.plan(recurrence_id=own.recurrence_id.id))
        self.enter("wang")
        moved = {"recurrence_update": "all_events", "start": "2026-03-03 05:00:00", "stop": "2026-03-03 06:00:00"}
        self.assertDone(self.rpc("calendar.event", "write", theirs.ids, moved))

    def test_no_activity_is_told_what_a_meeting_of_others_becomes(self):
        todo = self.zhao.activity_schedule("mail.mail_activity_data_todo", user_id=self.li.id)
        self.assertRefused(self.rpc("mail.activity", "write", todo.ids, {"calendar_event_id": self.theirs.id}))
        vals = {"res_model_id": self.env["ir.model"]._get_id("crm.lead"), "res_id": self.zhao.id}
        self.assertRefused(self.rpc("mail.activity", "create", {**vals, "calendar_event_id": self.theirs.id}))
        self.assertDone(self.rpc("mail.activity", "write", todo.ids, {"calendar_event_id": self.own.id}))

    def test_nobody_says_below_which_company_a_contact_is(self):
        own = self.env["res.partner"].with_user(self.li).create({"name": "Own"})
        company = self.env["res.partner"].create({"name": "Fleet", "is_company": True})
        self.assertRefused(self.rpc("res.partner", "write", own.ids, {"commercial_partner_id": company.id}))
        self.assertDone(self.rpc("res.partner", "write", own.ids, {"parent_id": company.id}))
        self.assertEqual(own.commercial_partner_id, company)

    # How often

    def test_a_team_meets_every_week_and_a_customer_not_forever(self):
        forever = {**WEEKLY, "end_type": "forever"}
        self.assertRefused(self.plan(**forever, opportunity_id=self.zhao.id), "200")
        for interval in (-1, 0, 10**6):
            self.assertRefused(self.plan(**WEEKLY, interval=interval), "every 1 to")
        self.assertDone(self.plan(**forever))
        self.assertDone(self.plan(**WEEKLY, interval=2))

    # Numbers

    def test_a_day_is_one_that_there_is(self):
        """Of whichever model: a list by months that it is in would end in an error for everybody."""
        channel = self.env["discuss.channel"].with_user(self.li)._create_channel("Cars", None)
        for day in ("9999-12-31 23:59:59", "0001-01-01 00:00:00"):
            self.assertRefused(
                self.rpc("discuss.channel", "write", channel.ids, {"last_interest_dt": day}), "give a day"
            )
        self.assertDone(self.rpc("discuss.channel", "write", channel.ids, {"last_interest_dt": "2026-03-01 00:00:00"}))

    def test_nobody_reads_the_same_record_without_end(self):
        self.assertRefused(self.rpc("crm.lead", "read", self.zhao.ids * 50_001, ["name"]), "Ask for less")

    def test_a_number_is_one_that_somebody_can_mean(self):
        for value in ("NaN", "Infinity", "1e300", 10**400, "many", [100]):
            for name in ("automated_probability", "expected_revenue", "day_open", "color"):
                self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {name: value}), "number|amount")
            self.assertRefused(self.plan(duration=value), "number|a year")
            line = {"user_id": self.li.id, "percent": value}
            self.assertRefused(self.rpc("showroom.settlement.wizard.line", "create", [line]), "number")
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"expected_revenue": "250000.50", "color": 3}))
        self.assertEqual(self.zhao.expected_revenue, 250000.5)

    def test_a_meeting_has_hours_of_a_clock(self):
        for hours in (-5e9, -1, 9000):
            self.assertRefused(self.plan(duration=hours), "a year")
            self.assertRefused(self.rpc("calendar.event", "write", self.own.ids, {"duration": hours}), "a year")
        self.assertDone(self.plan(duration=1.5))

    def test_the_day_of_a_deal_stays(self):
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.zhao.ids))
        early = {"date_closed": "2026-01-01 00:00:00"}
        self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, early))
        won = {"name": "x", "team_id": self.main.id, "type": "opportunity", "stage_id": self.won.id}
        self.assertRefused(self.rpc("crm.lead", "create", [{**won, "phone": "13910000071", **early}]), "Save it open")
        context = {"default_date_closed": "2027-01-01 00:00:00"}
        self.assertRefused(self.rpc("crm.lead", "create", [{**won, "phone": "13910000072"}], context=context))
        names = ["name", "phone", "team_id/.id", "type", "stage_id/.id", "date_closed"]
        row = ["x", "13910000073", str(self.main.id), "opportunity", str(self.won.id), early["date_closed"]]
        self.assertIn("Save it open", str(self.rpc("crm.lead", "load", names, [row]).result["messages"]))
        lost = self.card(self.li, phone="13910000074")
        self.assertDone(self.rpc("crm.lead", "action_set_lost", lost.ids))
        self.assertRefused(self.rpc("crm.lead", "write", lost.ids, early), "Closed Date")

    def test_a_deal_that_is_won_once_more_is_of_its_day(self):
        """Odoo closes what is won already again, of today."""
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.zhao.ids))
        day = self.zhao.date_closed
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET date_closed = %s WHERE id = %s", ["2026-02-01 03:00:00", self.zhao.id])
        self.env.invalidate_all()
        self.assertNotEqual(self.zhao.date_closed, day)
        day = self.zhao.date_closed
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"probability": 100}))
        self.assertDone(self.rpc("crm.lead", "action_set_won", self.zhao.ids))
        self.assertDone(self.rpc("crm.lead", "action_set_won_rainbowman", self.zhao.ids))
        self.assertEqual((self.zhao.date_closed, self.zhao.won_status), (day, "won"))

    def test_a_card_is_opened_as_won_by_a_manager(self):
        """What is told of its deal names it; it may be an older one."""
        won = {"name": "x", "team_id": self.main.id, "type": "opportunity", "stage_id": self.won.id}
        for said in ({}, {"team_id": self.plain_team.id}):
            opened = self.rpc("crm.lead", "create", [{**won, "phone": "13910000075", **said}])
            if said.get("team_id"):
                opened = self.rpc("crm.lead", "write", self.assertDone(opened), {"team_id": self.main.id})
            self.assertRefused(opened, "Save it open|won elsewhere")
        self.enter("chen")
        early = {"date_closed": "2026-01-01 00:00:00", "user_id": self.li.id, "closer_id": self.li.id}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [{**won, **early, "phone": "13910000076"}]))
        card = self.env["crm.lead"].browse(card)
        self.assertTrue(card.card_number)
        self.assertEqual(card.ruling_id.facts["cards"][0]["number"], card.card_number)

    def test_a_text_is_one_that_somebody_can_read(self):
        tags, picture = "<b>x</b>" * 50_000, f'<img src="data:image/png;base64,{"A" * 400_000}">'
        for name, values in (("crm.tag", {"name": tags}), ("mail.activity", {"summary": tags, "note": tags})):
            self.assertRefused(self.rpc(name, "create", [values]), "too long")
        self.assertRefused(self.rpc("crm.lead", "message_post", self.zhao.ids, body=tags), "too long")
        self.assertRefused(self.plan(description=tags), "too long")
        self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"description": tags}), "too long")
        for nested in ("(" * 101 + "a@b.cn", "(" * 480 + "a@b.cn"):
            self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"email_from": nested}), "too long")
        for endless in ("<" * 60_000, "<!--" * 20_000):
            self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"description": endless}), "too long")
            said = {"body": endless, "body_is_html": True}
            self.assertRefused(self.rpc("crm.lead", "message_post", self.zhao.ids, **said), "too long")
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"description": "<p>2 < 3</p>" * 900}))
        self._forms_with('<a href="' * 14_000)
        tag = self.env["crm.tag"].with_user(self.li).create({"name": "x"})
        words = ("name", {"en_US": tags})
        self.assertRefused(self.rpc("crm.tag", "update_field_translations", tag.ids, *words), "too long")
        with self.assertRaises(ValidationError):
            self.zhao.with_user(self.li).contact_name = "Zhao \ud83d"
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"description": picture}))
        file = {"name": "x.txt", "mimetype": "text/plain", "raw": "word " * 100_000}
        self.assertDone(self.rpc("ir.attachment", "create", [file]))
        self.assertDone(self.rpc("crm.lead", "message_post", self.zhao.ids, body="x" * 100_000))

    def _forms_with(self, endless):
        """A form cleans what it is filled with, its lines and its defaults, too; so do the properties of a lead."""
        spec = {"comment": {}, "child_ids": {"fields": {"comment": {}}}}
        line = [[0, "virtual_1", {"comment": endless}]]
        for values in ({"comment": endless}, {"comment": "x", "child_ids": line}):
            self.assertRefused(self.rpc("res.partner", "onchange", [], values, ["comment"], spec), "too long")
        given = {"context": {"default_comment": endless}}
        self.assertRefused(self.rpc("res.partner", "onchange", [], {}, [], spec, **given), "too long")
        self.assertRefused(self.rpc("res.partner", "create", [{"name": "x"}], **given), "too long")
        note = [{"name": "note", "type": "html", "string": "Note", "value": endless, "definition_changed": True}]
        self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"lead_properties": note}), "too long")
        self.assertDone(self.rpc("res.partner", "onchange", [], {"comment": "<p>x</p>"}, ["comment"], spec))
