from odoo.tests import tagged

from .attack_case import AttackCase

PHONE = "13910000066"


@tagged("post_install", "-at_install")
class TestAttacksPrepared(AttackCase):
    """li opens a card by hand and orders on it; wang is the first to receive the customer: they are wang's (2, 5.2)."""

    def setUp(self):
        super().setUp()
        self.enter("li")
        vals = {"name": "Hot: for Li", "contact_name": "Nobody", "phone": PHONE, "team_id": self.main.id}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        self.spare = self.env["crm.lead"].browse(card)
        [self.order] = self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": card}]))

    def filed_by(self, user):
        with self.at("2026-03-02 16:00"):
            line = self.receive(user, phone=PHONE, name="Walk In")
        self.assertEqual((line.lead_id, self.spare.user_id), (self.spare, user))
        return line

    def win(self, role="wang"):
        self.enterContext(self.at("2026-03-03 10:00"))
        self.enter(role)
        self.assertDone(self.rpc("crm.lead", "write", self.spare.ids, {"stage_id": self.won.id}))
        return self.spare.ruling_id.ground, self.spare.ruling_id.share_ids.user_id

    def test_who_loses_a_card_that_nobody_had_filed_is_told(self):
        self.enter("li")
        vals = {"name": "Xu Ming", "phone": "13910000081", "team_id": self.main.id}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        self.enter("wang")
        line = {"customer_name": "Xu Ming", "phone": "13910000081", "outlet_id": self.main.id}
        self.assertDone(self.rpc("showroom.reception", "create", [line]))
        card = self.env["crm.lead"].browse(card)
        self.assertEqual(card.user_id, self.wang)
        told = self.told(self.li)[0]
        self.assertEqual(told.subject, "A card of yours was filed by a colleague")
        self.enter("li")
        shown = self.assertDone(self.rpc("mail.message", "read", told.ids, ["subject", "body", "record_name"]))
        self.assertIn(card.card_number, shown[0]["body"])
        self.assertNotIn("Xu Ming", str(shown))

    def test_an_order_on_a_card_that_a_colleague_files_binds_nobody(self):
        self.filed_by(self.wang)
        self.assertFalse(self.spare.order_date)
        self.assertTrue(self.spare.followup_due)
        self.assertEqual(self.win(), ("sole_claimant", self.wang))
        self.assertTrue(self.sound())

    def test_the_holder_takes_an_order_of_their_own_and_cancels_it(self):
        self.filed_by(self.wang)
        self.enter("wang")
        with self.at("2026-03-02 17:00"):
            [order] = self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": self.spare.id}]))
            self.assertTrue(self.spare.order_date)
        with self.undone():
            self.assertEqual(self.win(), ("order_customer", self.wang))
        self.enter("wang")
        self.assertDone(self.rpc("showroom.order", "action_cancel", [order]))
        self.assertFalse(self.spare.order_date)

    def test_a_filing_that_is_voided_hands_the_order_on_with_the_card(self):
        mine = self.filed_by(self.li)
        with self.at("2026-03-02 16:30"):
            self.receive(self.wang, phone=PHONE, name="Walk In")
            self.assertTrue(self.spare.order_date)
            mine.with_user(self.chen).action_void("Nobody came")
        self.assertEqual(self.spare.user_id, self.wang)
        self.assertFalse(self.spare.order_date)
        self.assertEqual(self.win(), ("sole_claimant", self.wang))

    def test_who_ordered_and_is_the_first_to_file_keeps_the_order(self):
        """The legal twin."""
        self.filed_by(self.li)
        self.assertTrue(self.spare.order_date)
        with self.at("2026-03-02 17:00"):
            self.receive(self.wang, phone=PHONE, name="Walk In")
        self.assertEqual(self.win("li"), ("order_customer", self.li))

    def test_who_ordered_wins_while_nobody_has_filed(self):
        self.assertEqual(self.win("li"), ("order_customer", self.li))

    # The title

    def test_the_customer_is_who_the_register_says(self):
        self.filed_by(self.wang)
        self.assertEqual((self.spare.name, self.spare.contact_name), ("Walk In", "Walk In"))

    def test_ones_own_title_stays(self):
        """The legal twin."""
        self.filed_by(self.li)
        self.assertEqual((self.spare.name, self.spare.contact_name), ("Hot: for Li", "Nobody"))

    def test_an_address_that_was_planted_falls_away(self):
        contact = self.env["res.partner"].with_user(self.li).create({"name": "x", "phone": PHONE, "email": "li@x.cn"})
        grade = self.policy.grade_ids - self.policy._default_grade()
        vals = {"partner_id": contact.id, "email_from": "li@x.cn", "email_cc": "li@x.cn", "grade_id": grade[:1].id}
        self.assertDone(self.rpc("crm.lead", "write", self.spare.ids, vals))
        self.filed_by(self.wang)
        self.env.flush_all()
        self.env.cr.precommit.run()
        card = self.spare
        self.assertEqual(card.grade_id, self.policy._default_grade())
        self.assertFalse(card.partner_id or card.email_from or card.email_cc)
        self.assertEqual(card.phone_sanitized, f"+86{PHONE}")
        self.assertIn(contact.sudo().name, str(card.message_ids.tracking_value_ids.mapped("old_value_char")))

    # Follow-ups that were prepared

    def test_follow_ups_on_a_card_opened_by_hand_take_nothing_from_a_branch(self):
        for number, day, phone in (("13910000071", 3, {"phone": "13910000071"}), ("13910000072", 4, {})):
            with self.subTest(phone):
                with self.at(f"2026-03-0{day} 15:00"):
                    self.enter("li")
                    vals = {"name": "x", "team_id": self.main.id, "type": "opportunity", **phone}
                    [hand] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
                    for _each in range(2):
                        self.assertDone(self.rpc("showroom.followup", "create", [{"lead_id": hand}]))
                with self.at(f"2026-03-0{day} 16:00"):
                    self.receive(self.sun, phone=number, name="Sun")
                    self.enter("li")
                    if not phone:
                        self.assertDone(self.rpc("crm.lead", "write", [hand], {"phone": number}))
                with self.at(f"2026-03-0{day} 17:00"):
                    line = self.receive(self.li, phone=number, name="Sun", asked="no")
                    self.enter("li")
                    self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
                ruling = line.lead_id.ruling_id
                self.assertEqual((ruling.ground, ruling.share_ids.user_id), ("unregistered_branch", self.sun))
