from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestDealsOfOthers(AttackCase):
    """A consultant wins their own card, and the ruling gives it to a colleague: it is done, and said (5)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 11:00"):
            self.env["showroom.order"].with_user(self.wang).create({"lead_id": self.qian.id})
            self.qian.with_user(self.chen).action_reassign(self.li.id, "She is away")

    def assertRuled(self):
        self.env.invalidate_all()
        ruling = self.qian.ruling_id
        self.assertEqual((ruling.state, ruling.ground), ("final", "order_customer"))
        self.assertEqual((self.qian.user_id, ruling.closer_id), (self.wang, self.li))
        self.assertIn(ruling, self.env["showroom.ruling"].with_user(self.li).search([]), "who closed can read it")

    def test_managers_hear_of_a_second_deal_with_a_customer_who_was_just_sold_to(self):
        subject = [("subject", "=", "A second deal with one customer")]
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "action_set_won", [self.zhao.id]))
        self.assertFalse(self.env["mail.message"].search(subject))
        self.enter("wang")
        said = {"name": "Second", "phone": self.zhao.phone, "team_id": self.main.id, "type": "opportunity"}
        [hand] = self.assertDone(self.rpc("crm.lead", "create", [said]))
        line = {"outlet_id": self.main.id, "customer_name": "Zhao Min", "phone": self.zhao.phone, "asked": "no"}
        self.assertDone(self.rpc("showroom.reception", "create", [{**line, "named_id": self.wang.id}]))
        self.assertDone(self.rpc("crm.lead", "action_set_won_rainbowman", [hand]))
        told = self.env["mail.message"].search(subject)
        self.assertEqual((told.res_id, told.notified_partner_ids), (hand, self.chen.partner_id))
        self.assertIn(self.zhao.card_number, told.body)

    def test_by_the_button(self):
        self.enter("li")
        action = self.assertDone(self.rpc("crm.lead", "action_set_won_rainbowman", [self.qian.id]))
        self.assertRuled()
        self.assertEqual((action["res_model"], action["res_id"]), ("showroom.ruling", self.qian.ruling_id.id))
        self.assertDone(
            self.rpc("showroom.ruling", "web_read", [action["res_id"]], {"summary": {}, "reasons_html": {}})
        )

    def test_by_odoos_own_methods_and_by_confirming(self):
        self.enter("li")
        for method in ("action_set_won", "action_confirm_deal"):
            with self.subTest(method), self.undone():
                self.assertDone(self.rpc("crm.lead", method, [self.qian.id]))
                self.assertRuled()

    def test_by_writing_the_stage(self):
        self.enter("li")
        for vals in ({"stage_id": self.won.id}, {"stage_id": self.won.id, "probability": 100, "priority": "2"}):
            with self.subTest(vals=vals), self.undone():
                self.assertDone(self.rpc("crm.lead", "write", [self.qian.id], vals))
                self.assertRuled()

    def test_by_json_2(self):
        answer = self.json2(self.li, "crm.lead", "action_set_won_rainbowman", ids=self.qian.ids)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertRuled()

    def test_by_dragging_it_in_the_kanban_and_by_the_statusbar_of_the_form(self):
        """What both send; the answer has the shape of the card, and nothing of a customer who is a colleague's."""
        self.enter("li")
        views = self.rpc("crm.lead", "get_views", [[False, "form"], [False, "kanban"]]).result["models"]
        names = [*views["crm.lead"]["fields"]]
        specification = {name: {} for name in names} | {"stage_id": {"fields": {"display_name": {}}}}
        vals = {"stage_id": self.won.id}
        [shown] = self.assertDone(self.rpc("crm.lead", "web_save", [self.qian.id], vals, specification=specification))
        self.assertRuled()
        self.assertEqual(shown["id"], self.qian.id)
        self.assertEqual(shown["stage_id"]["id"], self.won.id)
        self.assertFalse(specification.keys() - shown.keys())
        for secret in ("13910000002", "Qian"):
            self.assertNotIn(secret, str(shown))
        self.assertIs(self.assertDone(self.rpc("crm.lead", "get_rainbowman_message", [self.qian.id])), False)

    def test_ones_own_deal_is_shown_as_ever(self):
        self.enter("li")
        vals = {"stage_id": self.won.id}
        [shown] = self.assertDone(self.rpc("crm.lead", "web_save", [self.zhao.id], vals, specification={"phone": {}}))
        self.assertIn("1381000", shown["phone"].replace(" ", ""))
        self.assertRefused(self.rpc("crm.lead", "web_save", [self.qian.id + 999], vals, specification={"phone": {}}))

    def test_what_is_a_strangers_is_not_won_by_it(self):
        self.enter("sun")
        vals = {"stage_id": self.won.id}
        for model_call in (
            ("web_save", [self.zhao.id], vals, {"phone": {}}), ("action_set_won_rainbowman", [self.zhao.id]),
        ):  # fmt: skip
            self.assertRefused(self.rpc("crm.lead", *model_call))
        self.assertFalse(self.zhao.ruling_id)
