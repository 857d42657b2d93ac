from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksFollowers(AttackCase):
    """Who follows what: Odoo looks for followers as the system, and mails to them what is written (B.2)."""

    def setUp(self):
        super().setUp()
        people = self.env["res.partner"]
        self.customer = people.create({"name": "Qian Secret", "phone": self.qian.phone, "email": "q@customer.example"})
        self.qian.with_user(self.wang).partner_id = self.customer
        self.qian.with_user(self.wang).message_post(body="SECRETNOTE")
        when = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
        meeting = {"name": "SECRETMEETING", "opportunity_id": self.qian.id, **when}
        self.env["calendar.event"].with_user(self.wang).create(meeting)
        self.enter("li")
        [own] = self.assertDone(self.rpc("res.partner", "create", [{"name": "Plain"}]))
        self.own = people.browse(own)
        self.own.message_subscribe((self.li | self.wang).partner_id.ids)
        self.env.flush_all()

    def found(self, *condition):
        domain = [("id", "=", self.own.id), ("message_partner_ids", *condition)]
        return self.assertDone(self.rpc("res.partner", "search", domain))

    def test_a_search_by_followers_asks_nothing_as_the_system(self):
        self.own.sudo().message_subscribe(self.customer.ids)
        self.env.flush_all()
        me = ("id", "=", self.wang.partner_id.id)
        for condition in (
            ("any", [me, ("user_ids.crm_team_ids.member_ids.opportunity_ids.name", "ilike", "Qian")]),
            ("any", [me, ("user_ids.crm_team_ids.member_ids.meeting_ids.name", "ilike", "SECRETMEETING")]),
            ("any", [("id", "=", self.customer.id), ("phone", "like", "2")]),
            ("any", [("opportunity_ids.message_ids.body", "ilike", "SECRETNOTE")]),
            ("ilike", "Secret"), ("in", ["Qian Secret"]), ("=", "Qian Secret"),
        ):  # fmt: skip
            with self.subTest(condition):
                self.assertEqual(self.found(*condition), [], condition)
        self.assertFalse(self.rpc("res.partner", "search", [("message_partner_ids.name", "ilike", "Secret")]).result)

    def test_who_follows_is_found_as_ever(self):
        """The legal twin."""
        for condition in (("in", self.wang.partner_id.ids), ("=", self.li.partner_id.id), ("ilike", "Wang"),
                          ("any", [("name", "ilike", "Wang")])):  # fmt: skip
            with self.subTest(condition):
                self.assertEqual(self.found(*condition), self.own.ids)
        self.assertFalse(self.found("not in", self.wang.partner_id.ids))

    def test_a_colleagues_customer_is_made_to_follow_nothing(self):
        aside = {"name": "x", "team_id": self.env["crm.team"].create({"name": "Plain"}).id, "type": "lead"}
        [lead] = self.assertDone(self.rpc("crm.lead", "create", [aside]))
        when = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
        [meeting] = self.assertDone(self.rpc("calendar.event", "create", [{"name": "Own", **when}]))
        for model, record in (("res.partner", self.own.id), ("crm.lead", lead), ("calendar.event", meeting)):
            self.assertRefused(self.rpc(model, "message_subscribe", [record], self.customer.ids))
            self.assertNotIn(self.customer, self.env[model].browse(record).message_partner_ids)
            self.assertDone(self.rpc(model, "message_subscribe", [record], self.sun.partner_id.ids))

    def test_nobody_from_outside_follows_a_contact_that_becomes_a_customers(self):
        [spy] = self.assertDone(self.rpc("res.partner", "create", [{"name": "Spy", "email": "spy@spy.example"}]))
        contact = self.env["res.partner"].with_user(self.wang).create({"name": "New", "email": "n@customer.example"})
        self.assertDone(self.rpc("res.partner", "message_subscribe", contact.ids, [spy]))
        card = self.receive(self.wang, phone="13910000061", name="New").lead_id
        card.with_user(self.wang).partner_id = contact
        self.env.flush_all()
        self.assertNotIn(spy, contact.sudo().message_partner_ids.ids)
