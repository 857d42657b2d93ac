from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksArrival(AttackCase):
    """What the customer said on arrival, as reception wrote it down, and whom it concerns (5.3, 5.7, 5.8)."""

    def setUp(self):
        super().setUp()
        said = {"phone": "13910000002", "name": "Qian", "consultant_id": self.li.id}
        told = {"asked": "yes", "prior_id": self.wang.id, "on_behalf_of_id": self.wang.id}
        self.line = self.receive(self.desk, **said, **told)

    def correct(self, role, values, line=None):
        self.enter(role)
        return self.rpc("showroom.reception", "action_correct", (line or self.line).ids, values)

    def test_the_consultant_does_not_rewrite_what_reception_heard(self):
        for values in (
            {"on_behalf_of_id": False, "prior_id": False, "asked": "no", "named_id": self.li.id},
            {"asked": "no"}, {"prior_id": False}, {"on_behalf_of_id": False}, {"named_id": self.li.id},
            {"accompanied_by_id": self.sun.id}, {"customer_name": "Qian Jun", "asked": "not_asked"},
        ):  # fmt: skip
            with self.subTest(values):
                self.assertRefused(self.correct("li", values), "who recorded line")
        self.assertEqual((self.line.asked, self.line.prior_id, self.line.is_corrected), ("yes", self.wang, False))

    def test_nor_by_the_dialog(self):
        self.enter("li")
        values = {"reception_id": self.line.id, "asked": "no", "customer_name": "Qian", "phone": "13910000002"}
        [dialog] = self.rpc("showroom.correction.wizard", "create", [values]).result
        self.assertRefused(self.rpc("showroom.correction.wizard", "action_correct", [dialog]), "who recorded line")

    def test_nor_takes_the_line_off_its_customer(self):
        for values in ({"phone": "13910000099"}, {"phone": False}, {"customer_name": False}):
            with self.subTest(values):
                self.assertRefused(self.correct("li", values), "who recorded line")
        self.assertEqual(self.line.lead_id, self.qian)

    def test_a_name_is_mended_and_a_number_where_nobody_else_is_spoken_for(self):
        self.assertDone(self.correct("li", {"customer_name": "Qian Jun", "interest": "Estate"}))
        plain = self.receive(self.desk, phone="13910000088", name="Sun", consultant_id=self.li.id, named_id=self.li.id)
        self.assertDone(self.correct("li", {"phone": "13910000089"}, plain))
        self.assertEqual((self.line.customer_name, plain.phone_key), ("Qian Jun", "+8613910000089"))

    def test_nor_off_a_colleagues_customer_of_whom_nobody_spoke(self):
        plain = self.receive(self.desk, phone="13910000002", name="Qian", consultant_id=self.li.id, asked="no")
        for values in ({"phone": "13910000099"}, {"phone": False}, {"customer_name": False}):
            with self.subTest(values):
                self.assertRefused(self.correct("li", values, plain), "who recorded line")
        self.assertDone(self.correct("li", {"customer_name": "Qian Jun"}, plain))
        self.assertEqual((plain.lead_id, plain.is_evidence), (self.qian, True))

    def test_nor_puts_what_reception_heard_on_a_colleagues_customer(self):
        heard = {"consultant_id": self.li.id, "named_id": self.li.id, "asked": "no"}
        line = self.receive(self.desk, phone="13910000055", name="Sun", **heard)
        nameless = self.receive(self.desk, phone=False, name="He", **heard)
        lookups = self.env["showroom.lookup"].search_count([])
        for each in (line, nameless):
            self.assertRefused(self.correct("li", {"phone": "13910000002"}, each), "recorded by somebody else")
            self.assertFalse(each.lead_id == self.qian)
        self.assertEqual(self.env["showroom.lookup"].search_count([]), lookups + 1)  # within a minute
        self.assertDone(self.correct("li", {"phone": "13910000056"}, nameless))
        self.assertDone(self.correct("desk", {"phone": "13910000002"}, line))
        self.assertEqual(line.lead_id, self.qian)

    def test_who_recorded_it_and_managers_correct_it(self):
        self.assertDone(self.correct("desk", {"asked": "no", "prior_id": False}))
        self.assertDone(self.correct("chen", {"on_behalf_of_id": False}))
        own = self.receive(self.li, phone="13910000087", name="Wu", asked="no")
        self.assertDone(self.correct("li", {"asked": "yes", "prior_id": self.wang.id}, own))
        self.assertEqual((self.line.asked, own.prior_id), ("no", self.wang))

    def test_what_a_manager_put_right_stays(self):
        self.line.with_user(self.chen).action_void("Another customer")
        own = self.receive(self.li, phone="13910000002", name="Qian", asked="no", named_id=self.li.id)
        self.assertDone(self.correct("chen", {"asked": "yes", "prior_id": self.wang.id, "named_id": False}, own))
        for values in ({"asked": "no"}, {"named_id": self.li.id}, {"phone": "13910000099"}):
            self.assertRefused(self.correct("li", values, own), "A manager corrected")
        self.assertDone(self.correct("li", {"interest": "Estate"}, own))
        with self.at("2026-03-02 16:00"):
            again = self.receive(self.li, phone="13910000002", name="Qian", asked="no", named_id=self.li.id)
            again.with_user(self.li).action_confirm_deal()
        ruling = self.qian.ruling_id
        self.assertEqual(self.outcome(ruling), ("final", "closed_without_communication", self.wang))

    # What one wrote oneself, in favour of whose customer it is

    def test_what_speaks_for_the_holder_is_taken_back_by_no_correction(self):
        """Corrected a minute before the deal, it would do what no second line of one's own does."""
        for said in ({"asked": "yes", "prior_id": self.wang.id}, {"asked": "no", "on_behalf_of_id": self.wang.id}):
            with self.subTest(said):
                own = self.receive(self.li, phone="13910000002", name="Qian", **said)
                for values in ({"asked": "no", "prior_id": False, "on_behalf_of_id": False},
                               {"phone": "13910000099"}, {"customer_name": ""}):  # fmt: skip
                    self.assertRefused(self.correct("li", values, own), "speaks for")
                self.assertDone(self.correct("li", {"customer_name": "Qian Jun", "named_id": self.li.id}, own))
                self.assertDone(self.correct("chen", {"asked": "no", "prior_id": False}, own))

    def test_a_line_of_a_deal_stays_on_its_card(self):
        own = self.receive(self.li, phone="13910000002", name="Qian", asked="no")
        own.with_user(self.li).action_confirm_deal()
        for values in ({"phone": "13910000099"}, {"phone": False}, {"customer_name": ""}):
            self.assertRefused(self.correct("li", values, own), "a deal was closed")
        self.assertDone(self.correct("li", {"customer_name": "Qian Jun"}, own))
        self.assertDone(self.correct("chen", {"phone": "13910000099"}, own))

    def test_what_speaks_for_a_colleague_by_mistake_is_corrected(self):
        own = self.receive(self.li, phone="13910000002", name="Qian", asked="yes", prior_id=self.sun.id)
        self.assertDone(self.correct("li", {"prior_id": self.wang.id}, own))
        self.assertEqual(own.correction_ids.before, "Received Before By: Sun")
        self.assertEqual(own.correction_ids.after, "Received Before By: Wang")

    # A line of one's own after it

    def deal_after_ones_own_line(self, **heard):
        """Reception writes down what the customer said; li does too, and closes by that line."""
        with self.at("2026-03-03 10:00"):
            self.receive(self.desk, phone="13910000002", name="Qian", consultant_id=self.li.id, **heard)
        with self.at("2026-03-03 11:00"):
            self.enter("li")
            said = {"outlet_id": self.main.id, "customer_name": "Qian", "phone": "13910000002", "asked": "no"}
            own = self.assertDone(self.rpc("showroom.reception", "create", [said]))
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", own))
        return self.qian.ruling_id

    def outcome(self, ruling):
        return ruling.state, ruling.ground, ruling.share_ids.user_id

    def test_a_wish_of_before_the_card_was_given_away_is_none(self):
        with self.at("2026-03-03 10:00"):
            line = self.receive(self.li, phone="13910000033", name="Tang", asked="no", named_id=self.li.id)
        card = line.lead_id
        with self.at("2026-03-03 11:00"):
            card.with_user(self.chen).action_reassign(self.wang.id, "The customer's wish")
            self.receive(self.wang, phone="13910000033", name="Tang", named_id=self.wang.id)
        with self.at("2026-03-03 12:00"):
            for _each in range(2):
                self.env["showroom.followup"].with_user(self.wang).create({"lead_id": card.id})
            self.enter("li")
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        self.assertEqual((card.ruling_id.state, card.ruling_id.ground), ("provisional", "awaiting_appeal"))
        self.assertEqual(card.ruling_id.appellant_ids, self.wang)

    def test_on_behalf_of_the_holder_stands(self):
        ruling = self.deal_after_ones_own_line(on_behalf_of_id=self.wang.id)
        self.assertEqual(self.outcome(ruling), ("final", "duty_on_behalf", self.wang))

    def test_that_nobody_asked_stands(self):
        with self.at("2026-03-02 15:00"):
            self.line.with_user(self.chen).action_void("Another customer")
        ruling = self.deal_after_ones_own_line(asked="not_asked")
        self.assertEqual(self.outcome(ruling), ("final", "closed_without_communication", self.wang))
        self.assertIn("On arrival nobody asked", ruling.reasons_html)

    def test_who_came_along_stands(self):
        shan = self._outlet("SHAN", "satellite")
        ma = self._user("ma", "consultant", shan)
        with self.at("2026-03-02 09:00"):
            self.receive(ma, phone="13910000044", name="Ma's")
        self.qian = self.env["crm.lead"].search([("phone_sanitized", "=", "+8613910000044")])
        with self.at("2026-03-03 10:00"):
            heard = {"consultant_id": self.li.id, "accompanied_by_id": ma.id}
            self.receive(self.desk, phone="13910000044", name="Ma's", **heard)
        with self.at("2026-03-03 11:00"):
            self.enter("li")
            said = {"outlet_id": self.main.id, "customer_name": "Ma's", "phone": "13910000044", "asked": "no"}
            own = self.assertDone(self.rpc("showroom.reception", "create", [said]))
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", own))
        self.assertEqual(self.outcome(self.qian.ruling_id), ("final", "satellite", ma))

    # The line by which a colleague holds a customer

    def test_who_registered_for_a_colleague_takes_the_customer_off_them_by_no_correction(self):
        said = {"phone": "13712340900", "name": "Obo", "on_behalf_of_id": self.wang.id}
        line = self.receive(self.li, **said)
        card = line.lead_id
        for values in (
            {"phone": "13712340998"}, {"phone": "13910000001"}, {"phone": False}, {"customer_name": False},
            {"on_behalf_of_id": False}, {"on_behalf_of_id": self.li.id},
        ):  # fmt: skip
            with self.subTest(values):
                self.assertRefused(self.correct("li", values, line), "Ask a manager")
        self.assertEqual((card.user_id, card.filing_id, card.phone_sanitized), (self.wang, line, "+8613712340900"))
        self.assertDone(self.correct("li", {"customer_name": "Mr Obo"}, line))
        self.assertDone(self.correct("chen", {"phone": "13712340998"}, line))
        self.assertEqual(card.phone_sanitized, "+8613712340998")

    def test_reception_corrects_the_number_of_a_colleagues_customer_until_the_card_is_worked_with(self):
        """Later, the number would be free for a friend who files it first; and who holds the customer hears of it."""
        line = self.receive(self.desk, phone="13712340900", name="Obo", consultant_id=self.wang.id)
        card = line.lead_id
        for values in ({"phone": False}, {"customer_name": False}):
            self.assertRefused(self.correct("desk", values, line), "Ask a manager")
        self.assertDone(self.correct("desk", {"phone": "13712340908"}, line))
        self.assertEqual(card.phone_sanitized, "+8613712340908")
        told = [("subject", "=", "The number of your customer was corrected")]
        self.assertEqual(self.env["mail.message"].search(told).notified_partner_ids, self.wang.partner_id)
        self.env["showroom.followup"].with_user(self.wang).create({"lead_id": card.id})
        for values in ({"phone": "13712340909"}, {"phone": False}, {"customer_name": False}):
            self.assertRefused(self.correct("desk", values, line), "Ask a manager")
        self.assertDone(self.correct("desk", {"customer_name": "Mr Obo", "asked": "no"}, line))
        self.assertEqual((card.user_id, card.filing_id, card.phone_sanitized), (self.wang, line, "+8613712340908"))

    def test_reception_names_who_works_at_the_outlet(self):
        self.enter("desk")
        said = {"outlet_id": self.main.id, "customer_name": "Obo", "phone": "13712340911", "channel": "visit"}
        refused = self.rpc("showroom.reception", "create", [{**said, "consultant_id": self.sun.id}])
        self.assertRefused(refused, "does not work at Main")
        self.assertDone(self.rpc("showroom.reception", "create", [{**said, "consultant_id": self.wang.id}]))

    def test_a_number_that_was_ordered_under_stays(self):
        line = self.receive(self.li, phone="13712340901", name="Ordered")
        self.assertDone(self.correct("li", {"phone": "13712340902"}, line))
        self.enter("li")
        self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": line.lead_id.id}]))
        self.assertRefused(self.correct("li", {"phone": "13712340903"}, line), "Ask a manager")
        self.assertEqual(line.lead_id.phone_sanitized, "+8613712340902")

    # In a colleague's name

    def told(self):
        return self.env["mail.message"].search([("subject", "=", "A customer in your name")])

    def test_a_card_in_a_colleagues_name_is_told_to_the_colleague(self):
        self.assertFalse(self.told(), "who holds the card is told that the customer is here")
        line = {"customer_name": "Nobody", "phone": "13910000066", "outlet_id": self.main.id}
        self.enter("li")
        forged = {**line, "consultant_id": self.li.id, "on_behalf_of_id": self.wang.id}
        self.assertDone(self.rpc("showroom.reception", "create", [forged]))
        [message] = self.told()
        self.assertIn(self.wang.partner_id, message.notified_partner_ids)
        self.assertIn("Li received the customer at Main", message.body)
        self.assertNotIn("13910000066", message.body)
        own = {**line, "phone": "13910000065", "consultant_id": self.li.id}
        self.assertDone(self.rpc("showroom.reception", "create", [own]))
        self.assertEqual(len(self.told()), 1)
