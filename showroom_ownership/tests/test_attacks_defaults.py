from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksDefaults(AttackCase):
    """A form is told by its defaults, not its values, what it is about; others are offered words of one's own."""

    def setUp(self):
        super().setUp()
        meeting = {"name": "SECRET", "start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00"}
        self.meeting = self.env["calendar.event"].with_user(self.wang).create({**meeting, "privacy": "private"})
        self.enter("li")

    def test_no_default_of_a_form_names_a_meeting_of_others(self):
        spec = {"event_id": {"fields": {"name": {}, "description": {}}}, "recurrence_id": {}}
        ask = {"context": {"default_event_id": self.meeting.id}}
        self.assertRefused(self.rpc("calendar.attendee", "onchange", [], {}, [], spec, **ask))
        default = ("calendar.attendee", "event_id", self.meeting.id, True)
        self.assertDone(self.rpc("ir.default", "set", *default))
        self.assertRefused(self.rpc("calendar.attendee", "onchange", [], {}, [], spec))
        self.env["ir.default"].search([("user_id", "=", self.li.id)]).unlink()
        self.assertDone(self.rpc("calendar.attendee", "onchange", [], {}, [], spec))

    def test_a_card_that_the_register_opens_has_no_defaults_of_who_registers(self):
        """A grade that asks for less, and a contact or an address to which the mail of a colleague's customer goes."""
        contact = self.assertDone(self.rpc("res.partner", "create", [{"name": "Friend"}]))[0]
        rare = self.policy.grade_ids[-1]
        for name, value in (("grade_id", rare.id), ("partner_id", contact), ("email_cc", "friend@mine.example")):
            self.assertDone(self.rpc("ir.default", "set", "crm.lead", name, value, True))
        vals = {"outlet_id": self.main.id, "channel": "visit", "consultant_id": self.li.id, "asked": "no"}
        line = self.assertDone(
            self.rpc("showroom.reception", "create", [{**vals, "customer_name": "Hu", "phone": "13910000093"}])
        )
        card = self.env["showroom.reception"].browse(line).lead_id
        self.assertNotEqual(rare, card._usual_grade())
        self.assertEqual(card.grade_id, card._usual_grade())
        self.assertFalse(card.partner_id or card.email_cc)

    def test_no_group_of_another_model_tells_of_a_meeting(self):
        series = {"recurrency": True, "rrule_type": "weekly", "end_type": "count", "count": 2, "mon": True}
        self.meeting.with_user(self.wang).write({**series, "recurrence_update": "all_events"})
        self.env.flush_all()
        for model, path in (("calendar.recurrence", ""), ("calendar.event", "recurrence_id.")):
            for field in ("name", "description", "opportunity_id"):
                by = [f"{path}base_event_id.{field}"]
                for method in ("formatted_read_group", "web_read_group"):
                    self.assertRefused(self.rpc(model, method, [], by, ["__count"]))
        told = self.rpc("calendar.recurrence", "formatted_read_group", [], ["base_event_id.start:day"], ["__count"])
        self.assertDone(told)
        own = self.assertDone(self.rpc("calendar.event", "formatted_read_group", [], ["name"], ["__count"]))
        self.assertNotIn("SECRET", str(own))

    def test_records_within_records_go_as_deep_as_screens(self):
        spec = {"name": {}}
        for _level in range(6):
            spec = {"member_ids": {"fields": {"crm_team_ids": {"fields": spec}}}}
        self.assertRefused(self.rpc("crm.team", "web_read", self.main.ids, spec))
        self.assertRefused(self.rpc("crm.team", "web_search_read", [], spec))
        shallow = {"member_ids": {"fields": {"partner_id": {"fields": {"display_name": {}}}}}}
        self.assertDone(self.rpc("crm.team", "web_read", self.main.ids, shallow))

    def test_nor_do_they_grow_with_each_level(self):
        tags = self.env["res.partner.category"].create([{"name": f"T{number}"} for number in range(40)])
        people = self.env["res.partner"].create(
            [{"name": f"P{number}", "category_id": tags.ids} for number in range(40)]
        )
        spec = {"category_id": {"fields": {"partner_ids": {"fields": {"display_name": {}}}}}}
        self.assertRefused(self.rpc("res.partner", "web_read", people.ids, spec), "less at once")
        self.assertRefused(self.rpc("res.partner", "web_search_read", [("id", "in", people.ids)], spec), "less at once")
        self.assertEqual(len(self.assertDone(self.rpc("res.partner", "web_read", people[:3].ids, spec))), 3)

    def test_a_template_of_ones_own_is_offered_to_oneself(self):
        """In everybody's, answers to a colleague's mail would go where its author wants them."""
        vals = {"name": "Offer", "model_id": self.env.ref("crm.model_crm_lead").id, "reply_to": "spy@spy.example"}
        [made] = self.assertDone(self.rpc("mail.template", "create", [{**vals, "user_id": False}]))
        template = self.env["mail.template"].browse(made)
        self.assertEqual(template.user_id, self.li)
        for other in (False, self.wang.id):
            self.assertRefused(self.rpc("mail.template", "write", [made], {"user_id": other}))
        self.assertRefused(self.rpc("mail.template", "create", [{**vals, "user_id": self.wang.id}]))
        template.user_id = False
        self.assertRefused(self.rpc("mail.template", "write", [made], {"reply_to": "spy@spy.example"}))
