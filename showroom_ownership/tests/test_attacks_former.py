from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksFormer(AttackCase):
    """Who had a card, by work or for a while, wants to go on reading its customer when it is a colleague's."""

    def setUp(self):
        super().setUp()
        self.enter("li")
        vals = {"name": "Zhao Lei", "email": "zhao@customer.example", "phone": self.zhao.phone}
        self.contact = self.env["res.partner"].browse(self.assertDone(self.rpc("res.partner", "create", [vals])))
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"partner_id": self.contact.id}))

    def transfer(self):
        self.env.flush_all()
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "Moved house")
        self.env.flush_all()
        self.assertEqual(self.zhao.user_id, self.wang)

    def assertStranger(self):
        self.assertRefused(self.rpc("res.partner", "read", self.contact.ids, ["email"]))
        self.assertRefused(self.rpc("res.partner", "write", self.contact.ids, {"email": "spy@spy.example"}))

    def test_a_card_opened_by_hand_keeps_no_contact_in_sight(self):
        vals = {"name": "x", "type": "opportunity", "team_id": self.main.id, "partner_id": self.contact.id}
        [spare] = self.assertDone(self.rpc("crm.lead", "create", [{**vals, "phone": False}]))
        self.transfer()
        self.assertStranger()
        self.assertFalse(self.env["crm.lead"].browse(spare).partner_id)
        self.assertEqual(self.zhao.partner_id, self.contact)

    def test_a_deal_of_before_the_outlet_keeps_its_contact(self):
        """The legal twin: what was closed when it was a lead of a team has no filing, and stays as it was."""
        team = self.env["crm.team"].create({"name": "Later"})
        vals = {"name": "Old", "team_id": team.id, "user_id": self.li.id, "partner_id": self.contact.id}
        old = self.env["crm.lead"].create({**vals, "type": "opportunity"})
        old.stage_id = self.won
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-01-05' WHERE id = %s", [old.id])
        self.env.invalidate_all()
        where = {"outlet_kind": "showroom", "outlet_code": "LATER", "tz": "Asia/Shanghai", "policy_id": self.policy.id}
        team.write(where)
        self.assertEqual((old.won_status, old.outlet_id, bool(old.filing_id)), ("won", team, False))
        self.transfer()
        self.assertEqual(old.partner_id, self.contact)

    def test_no_copies_of_the_mail_go_where_the_former_owner_said(self):
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"email_cc": "spy@spy.example"}))
        self.transfer()
        self.assertFalse(self.zhao.email_cc)
        self.assertIn("spy@spy.example", self.zhao.message_ids[:5].mapped("body").__str__())

    def second(self):
        card = self.card(self.li, phone="13910000066", name=self.zhao.filing_id.customer_name)
        card.partner_id = self.contact
        return card

    def test_a_newer_card_of_the_same_customer_goes_along(self):
        second = self.second()
        self.transfer()
        self.assertEqual((second.user_id, second.partner_id), (self.wang, self.contact))
        self.assertStranger()

    def test_one_that_stays_keeps_no_contact_in_sight(self):
        """As after a lapse, which is of one card."""
        second = self.second()
        self.zhao.sudo()._change_owner(self.wang, "lapsed")
        self.assertEqual((second.user_id, second.partner_id.id), (self.li, False))
        self.assertIn("taken off", second.message_ids[:1].body)
        self.assertStranger()

    def test_who_sold_to_the_customer_reads_the_contact_and_does_not_change_it(self):
        """The legal twin: there are cars and papers to look after."""
        second = self.second()
        second.with_user(self.li).action_set_won()
        self.assertDone(self.rpc("res.partner", "write", self.contact.ids, {"email": "z@customer.example"}))
        self.transfer()
        self.assertEqual(second.partner_id, self.contact)
        self.assertDone(self.rpc("res.partner", "read", self.contact.ids, ["email"]))
        refused = self.rpc("res.partner", "write", self.contact.ids, {"email": "spy@spy.example"})
        self.assertRefused(refused, "A colleague looks after this customer now")
        self.enter("wang")
        self.assertDone(self.rpc("res.partner", "write", self.contact.ids, {"email": "zhao@customer.example"}))

    def test_what_is_done_on_one_that_stays_is_told(self):
        second = self.second()
        self.assertDone(self.rpc("crm.lead", "action_link", second.ids, [self.zhao.card_number], "same_customer"))
        self.zhao.sudo()._change_owner(self.wang, "lapsed")
        self.assertTrue(second.is_contested)
        told = self.told(self.wang)
        self.assertIn(second.card_number, "".join(told.mapped("body")))
        self.assertDone(self.rpc("showroom.followup", "create", [{"lead_id": second.id, "method": "call"}]))
        self.assertEqual((self.told(self.wang) - told).subject, "A colleague followed up with your customer")

    def test_who_made_the_contact_follows_it_no_more(self):
        meeting = {"name": "Drive", "opportunity_id": self.zhao.id, "start": "2026-03-04 02:00:00"}
        [meeting] = self.assertDone(self.rpc("calendar.event", "create", [{**meeting, "stop": "2026-03-04 03:00:00"}]))
        self.assertIn(self.li.partner_id, self.contact.message_partner_ids)
        self.transfer()
        meeting = self.env["calendar.event"].browse(meeting)
        for record in (self.contact, meeting):
            self.assertNotIn(self.li.partner_id, record.message_partner_ids)
        self.contact.with_user(self.wang).message_post(body="SECRET", subtype_xmlid="mail.mt_comment")
        self.assertFalse(self.rpc("mail.message", "search", [("body", "ilike", "SECRET")]).result)

    def test_nor_a_contact_below_it_or_what_is_to_be_done_about_one(self):
        vals = {"name": "At work", "parent_id": self.contact.id, "email": "work@customer.example"}
        below = self.env["res.partner"].browse(self.assertDone(self.rpc("res.partner", "create", [vals])))
        about = {"res_model_id": self.env["ir.model"]._get_id("res.partner"), "res_id": below.id}
        planned = (
            self.env["mail.activity"].with_user(self.li).create({**about, "summary": "Call", "user_id": self.li.id})
        )
        below.sudo().message_subscribe(self.li.partner_id.ids)
        self.transfer()
        self.assertEqual(planned.sudo().user_id, self.wang)
        self.assertNotIn(self.li.partner_id, below.message_partner_ids)

    def test_no_address_of_theirs_follows(self):
        """Neither the card nor the contact: to followers goes what the new owner writes."""
        [spy] = self.assertDone(self.rpc("res.partner", "create", [{"name": "Spy", "email": "spy@spy.example"}]))
        spouse = self.env["res.partner"].create({"name": "Spouse", "parent_id": self.contact.id})
        for record in (self.zhao, self.contact):
            self.assertDone(self.rpc(record._name, "message_subscribe", record.ids, [spy]))
        self.zhao.message_subscribe(spouse.ids)
        vals = {"name": "x", "type": "opportunity", "team_id": self.main.id, "phone": "13910000068"}
        [unfiled] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        self.assertDone(self.rpc("crm.lead", "message_subscribe", [unfiled], [spy]))
        spy, unfiled = self.env["res.partner"].browse(spy), self.env["crm.lead"].browse(unfiled)
        self.assertIn(spy, self.zhao.message_partner_ids & self.contact.message_partner_ids)
        self.assertIn(spy, unfiled.message_partner_ids)
        self.transfer()
        self.assertEqual(self.card(self.wang, phone="13910000068", name="New"), unfiled)
        self.env.invalidate_all()
        for record in (self.zhao, self.contact, unfiled):
            self.assertNotIn(spy, record.message_partner_ids)
        self.assertNotIn(spouse, self.zhao.message_partner_ids, "a contact below it is an address as any other")

    def test_what_they_wanted_to_write_later_is_not_sent(self):
        """Odoo posts it as its author, who does not see the card any more."""
        later = {"model": "crm.lead", "res_id": self.zhao.id, "body": "LATER", "scheduled_date": "2026-03-03 00:00:00"}
        mine = {**later, "author_id": self.li.partner_id.id, "partner_ids": self.contact.ids}
        [made] = self.assertDone(self.rpc("mail.scheduled.message", "create", [mine]))
        self.transfer()
        with self.at("2026-03-04 15:00"):
            self.env["mail.scheduled.message"]._post_messages_cron()
        self.assertFalse(self.env["mail.scheduled.message"].browse(made).exists())
        self.assertFalse(self.zhao.message_ids.filtered(lambda each: "LATER" in each.body))

    def test_what_was_named_before_tells_no_news(self):
        guests = [(4, self.contact.id), (4, self.li.partner_id.id)]
        meeting = {"name": "Own", "start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00", "partner_ids": guests}
        [meeting] = self.assertDone(self.rpc("calendar.event", "create", [meeting]))
        own = self.card(self.li, phone="13910000067", name="Own")
        self.assertDone(self.rpc("crm.lead", "message_post", own.ids, body="x", partner_ids=self.contact.ids))
        self.transfer()
        news = {"name": "NEWS", "email": "news@customer.example", "phone": "+86 139 9999 9999"}
        self.contact.with_user(self.wang).write(news)
        self.env.flush_all()
        names = ["email", "common_name", "phone"]
        guests = self.rpc("calendar.attendee", "search_read", [("event_id", "=", meeting)], names).result
        at = {"jsonrpc": "2.0", "method": "call", "params": {"thread_model": "crm.lead", "thread_id": own.id}}
        thread = self.post("/mail/thread/messages", at)
        for told in (guests, thread):
            self.assertNotIn("NEWS", str(told))
            self.assertNotIn("news@", str(told))
        self.assertIn("Customer of an outlet", str(thread))

    def test_a_deal_that_gave_them_the_card_is_a_managers_to_take_back(self):
        line = self.assertDone(self.rpc("showroom.reception", "create", [self.visit()]))
        self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line))
        self.assertEqual((self.qian.user_id, self.qian.ruling_id.state), (self.li, "final"))
        new = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.assertRefused(self.rpc("crm.lead", "write", self.qian.ids, {"stage_id": new.id}))
        with self.at("2026-06-02 15:00"):
            self.qian.with_user(self.chen).stage_id = new
            self.assertEqual(self.qian.user_id, self.wang)
            self.assertGreaterEqual(self.qian.followup_due, self.main._today(), "what passed meanwhile is no lapse")
        self.assertIn(self.qian.card_number, self.told(self.wang)[:1].body)

    def visit(self):
        who = {"customer_name": "Qian", "phone": "13910000002", "outlet_id": self.main.id}
        return {**who, "asked": "yes", "named_id": self.li.id}

    def test_the_owner_hears_of_a_follow_up_with_their_customer(self):
        line = self.assertDone(self.rpc("showroom.reception", "create", [self.visit()]))
        before = self.told(self.wang)
        wizard = {"reception_id": line[0], "method": "call", "reached": True, "happened_at": "2026-03-02 07:00:00"}
        [made] = self.assertDone(self.rpc("showroom.followup.wizard", "create", [wizard]))
        self.assertDone(self.rpc("showroom.followup.wizard", "action_record", [made]))
        [heard] = self.told(self.wang) - before
        self.assertIn(self.qian.card_number, heard.body)

    def test_nor_does_the_holder_take_back_what_was_noted_of_a_colleague(self):
        """li closed without a word to wang, which is noted: wang alone does not undo it, for li or against them."""
        stage = self.qian.stage_id
        with self.at("2026-03-02 16:00"):
            line = self.receive(self.li, phone="13910000002", name="Qian")
            line.with_user(self.li).action_confirm_deal()
        ruling = self.qian.ruling_id
        self.assertEqual((ruling.state, ruling.share_ids.user_id, ruling.closer_id), ("final", self.wang, self.li))
        self.assertEqual(ruling.conduct_ids.user_id, self.li)
        self.enter("wang")
        back = ("crm.lead", "write", self.qian.ids, {"stage_id": stage.id})
        self.assertRefused(self.rpc(*back), "Others have a part")
        self.assertTrue(ruling.conduct_ids)
        self.enter("chen")
        self.assertDone(self.rpc(*back))
        self.assertFalse(ruling.conduct_ids)

    def test_who_closed_their_own_customer_takes_it_back(self):
        """The legal twin."""
        stage = self.qian.stage_id
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "action_set_won_rainbowman", self.qian.ids))
        self.assertEqual(self.qian.ruling_id.state, "final")
        self.assertDone(self.rpc("crm.lead", "write", self.qian.ids, {"stage_id": stage.id}))
        self.assertFalse(self.qian.ruling_id)

    def test_a_second_card_opened_by_hand_takes_no_follow_up(self):
        vals = {"name": "Qian", "type": "opportunity", "team_id": self.main.id, "phone": "13910000002"}
        [double] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        call = {"method": "call", "reached": True, "happened_at": "2026-03-01 07:00:00"}
        self.assertRefused(self.rpc("showroom.followup", "create", [{**call, "lead_id": double}]), "at the desk")
        wizard = {**call, "lead_ids": [(6, 0, [double])]}
        [made] = self.assertDone(self.rpc("showroom.followup.wizard", "create", [wizard]))
        self.assertRefused(self.rpc("showroom.followup.wizard", "action_record", [made]), "at the desk")
        [alone] = self.assertDone(self.rpc("crm.lead", "create", [{**vals, "phone": "13910000069"}]))
        now = {**call, "happened_at": "2026-03-02 07:00:00"}
        self.assertDone(self.rpc("showroom.followup", "create", [{**now, "lead_id": alone}]))
