from odoo.tests import tagged

from .attack_case import AttackCase

KNOWN, UNKNOWN = "13910000002", "13910000077"


@tagged("post_install", "-at_install")
class TestAttacksAside(AttackCase):
    """Whose customer a number is, asked by how long a lead takes that is no card: nobody looks for it there."""

    def setUp(self):
        super().setUp()
        self.enter("li")
        self.aside = {"name": "x", "team_id": False, "user_id": self.li.id}
        self.lead = self.env["crm.lead"].browse(self.assertDone(self.rpc("crm.lead", "create", [self.aside])))
        self.assertFalse(self.lead.outlet_id)
        self.env["showroom.lookup"].search([]).unlink()

    def kept(self):
        return self.env["showroom.lookup"].search([("user_id", "=", self.li.id)])

    def queries(self, work):
        counts = []
        for phone in (UNKNOWN, UNKNOWN, KNOWN):  # the first one fills the caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            work(self.lead.with_user(self.li), phone)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        return counts[1:]

    def test_a_number_of_a_colleagues_customer_costs_no_more(self):
        unknown, known = self.queries(lambda lead, phone: lead.write({"phone": phone}))
        self.assertEqual(unknown, known)
        unknown, known = self.queries(lambda lead, phone: lead.create({**self.aside, "phone": phone}))
        self.assertEqual(unknown, known)
        self.assertFalse(self.kept())

    def test_what_is_looked_for_is_recorded(self):
        """What may become a card is looked for before it is known whether it does."""
        same = {"team_id": False}
        self.assertDone(self.rpc("crm.lead", "write", self.lead.ids, {"phone": KNOWN, **same}))
        self.assertFalse(self.lead.outlet_id)
        self.assertEqual(self.kept().lead_id, self.qian)
        self.assertDone(self.rpc("crm.lead", "write", self.lead.ids, {"phone": UNKNOWN, **same}))
        self.assertEqual(self.kept().mapped("outcome").count("new"), 1)


@tagged("post_install", "-at_install")
class TestAttacksByALine(AttackCase):
    """A line of the register that says that a card was opened by hand, on a card that is a colleague's."""

    def opened_by_hand(self, user, phone):
        self.enter(user.login.split("@")[0])
        vals = {"name": "x", "phone": phone, "team_id": self.main.id}
        return self.env["crm.lead"].browse(self.assertDone(self.rpc("crm.lead", "create", [vals])))

    def line_of(self, user, card):
        return card.reception_ids.filtered(lambda line: line.consultant_id == user)

    def test_who_has_not_received_the_customer_confirms_no_deal(self):
        card = self.opened_by_hand(self.wang, UNKNOWN)
        self.opened_by_hand(self.li, UNKNOWN)
        line = self.line_of(self.li, card)
        self.assertEqual(line.channel, "outreach")
        refused = self.rpc("showroom.reception", "action_confirm_deal", line.ids)
        self.assertRefused(refused, "have not received")
        self.assertEqual((card.user_id, card.won_status), (self.wang, "pending"))

    def test_nor_does_who_owned_it_before(self):
        card = self.opened_by_hand(self.li, UNKNOWN)
        card.with_user(self.chen).action_reassign(self.wang.id, "They asked for him")
        refused = self.rpc("showroom.reception", "action_confirm_deal", self.line_of(self.li, card).ids)
        self.assertRefused(refused, "have not received")
        self.assertEqual(card.user_id, self.wang)

    def test_nobody_orders_beside_a_card_that_a_colleague_opened_before(self):
        """It would take her own deal from her, on a card that nobody filed."""
        card = self.opened_by_hand(self.wang, UNKNOWN)
        beside = self.opened_by_hand(self.li, UNKNOWN)
        self.assertRefused(self.rpc("showroom.order", "create", [{"lead_id": beside.id}]), "earlier card")
        self.enter("wang")
        self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": card.id}]))
        self.assertDone(self.rpc("crm.lead", "action_set_won", card.ids))
        self.assertEqual(card.ruling_id.share_ids.user_id, self.wang)

    def test_she_and_managers_hear_of_a_deal_beside_it(self):
        card = self.opened_by_hand(self.wang, UNKNOWN)
        beside = self.opened_by_hand(self.li, UNKNOWN)
        self.assertDone(self.rpc("crm.lead", "action_set_won", beside.ids))
        self.assertEqual(card.won_status, "pending")
        for reader in (self.wang, self.chen):
            [told] = self.told(reader).filtered(lambda each: each.subject == "A deal beside an earlier card")
            self.assertIn(card.card_number, told.body)

    def test_managers_hear_of_a_deal_on_a_card_that_nobody_had_filed(self):
        """It had been filed, before it was lost and a manager gave it to wang."""
        card = self.receive(self.li, phone=UNKNOWN, name="Hu").lead_id
        line = self.line_of(self.li, card)
        with self.at("2026-03-03 10:00"):
            card.with_user(self.li).action_set_lost()
            card.with_user(self.chen).action_restore()
            card.with_user(self.chen).action_reassign(self.wang.id, "They asked for him")
        self.assertFalse(card.filing_id)
        self.enter("li")
        with self.at("2026-03-04 10:00"):
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        told = self.told(self.chen).filtered(lambda each: "nobody had filed" in (each.subject or ""))
        self.assertIn(self.wang.name, told.body)

    def test_who_received_the_customer_confirms_it(self):
        """The legal twin."""
        card = self.opened_by_hand(self.wang, UNKNOWN)
        self.enter("li")
        line = self.receive(self.li, phone=UNKNOWN, name="Hu")
        self.assertEqual(line.lead_id, card)
        self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        self.assertEqual(card.ruling_id.closer_id, self.li)

    def test_a_line_does_not_tell_that_a_colleague_sold(self):
        line = self.receive(self.li, phone=KNOWN, name="Somebody", asked="no")
        with self.at("2026-03-03 10:00"):
            self.qian.with_user(self.wang).action_set_won()
        self.env["showroom.lookup"].search([]).unlink()
        self.enter("li")
        own = self.qian.ruling_id.share_ids.user_id | self.qian.ruling_id.closer_id
        self.assertNotIn(self.li, own)
        [told] = self.assertDone(self.rpc("showroom.reception", "read", line.ids, ["is_won"]))
        self.assertFalse(told["is_won"])
        self.assertRefused(self.rpc("showroom.reception", "action_confirm_deal", line.ids), "confirmed already")
        self.assertEqual(self.env["showroom.lookup"].search([]).lead_id, self.qian)
        self.env["showroom.lookup"].search([]).unlink()
        other = self.rpc("showroom.reception", "action_correct", line.ids, {"phone": UNKNOWN})
        self.assertRefused(other, "deal was closed")
        self.assertEqual(self.env["showroom.lookup"].search([]).lead_id, self.qian)

    def test_whose_a_card_becomes_by_a_correction_hears_of_it(self):
        line = self.receive(self.li, phone=UNKNOWN, name="Hu")
        with self.at("2026-03-02 16:00"):
            theirs = self.receive(self.wang, phone=UNKNOWN, name="Hu")
        with self.at("2026-03-02 17:00"):
            self.enter("li")
            self.assertDone(self.rpc("showroom.reception", "action_correct", line.ids, {"customer_name": ""}))
        self.assertEqual(theirs.lead_id.user_id, self.wang)
        self.assertIn("A card has become yours", self.told(self.wang).mapped("subject"))

    def test_managers_hear_of_a_deal_that_is_taken_back(self):
        """While it stood, the card was asked for nothing, and a colleague could not close."""
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "action_set_won", [self.zhao.id]))
        self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id], {"stage_id": self.main._first_stage().id}))
        told = self.env["mail.message"].search([("subject", "=", "A deal was taken back")])
        self.assertEqual((told.res_id, told.notified_partner_ids), (self.zhao.id, self.chen.partner_id))
