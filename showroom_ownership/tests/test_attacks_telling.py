from odoo.tests import tagged

from .attack_case import AttackCase

VICTIM = "13910000002"


@tagged("post_install", "-at_install")
class TestAttacksTelling(AttackCase):
    """li puts things on record behind wang's back; wang and the managers hear of each at once (2, 5)."""

    def setUp(self):
        super().setUp()
        self.enter("li")

    def new(self, **said):
        vals = {"outlet_id": self.main.id, "customer_name": "Nobody", "phone": "", "channel": "visit", **said}
        answer = self.assertDone(self.rpc("showroom.reception", "create", [vals]))
        return self.env["showroom.reception"].browse(answer)

    def correct(self, line, **values):
        return self.assertDone(self.rpc("showroom.reception", "action_correct", line.ids, values))

    # Who closes

    def test_who_was_the_closer_before_has_no_part_in_a_later_deal(self):
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"closer_id": self.li.id}))
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "He moves")
        self.assertFalse(self.zhao.closer_id)
        with self.at("2026-03-03 10:00"):
            self.enter("wang")
            self.assertDone(self.rpc("crm.lead", "action_set_won", self.zhao.ids))
        self.assertEqual(self.zhao.ruling_id.closer_id, self.wang)

    def test_nor_who_opened_the_card_that_a_colleague_filed(self):
        vals = {"name": "Hand", "phone": "13910000066", "team_id": self.main.id, "closer_id": self.li.id}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        self.receive(self.wang, phone="13910000066", name="Walk In")
        self.assertFalse(self.env["crm.lead"].browse(card).closer_id)

    def test_a_manager_names_the_closer(self):
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"closer_id": self.wang.id}))
        self.assertIn(self.wang.name, self.zhao.with_user(self.li).forecast)
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": self.won.id}))
        self.assertEqual(self.zhao.ruling_id.closer_id, self.wang)

    # Corrections

    def test_the_holder_hears_of_a_line_that_is_corrected_to_their_customer(self):
        line = self.new()
        self.correct(line, phone=VICTIM, named_id=self.li.id)
        self.assertEqual(line.lead_id, self.qian)
        message = self.told(self.wang)[:1]
        self.assertIn("corrected line", message.body)
        self.assertIn(self.qian.card_number, message.body)

    def test_the_holder_hears_of_what_is_said_of_them_afterwards(self):
        line = self.new(phone=VICTIM, customer_name="Qian")
        before = self.told(self.wang)
        self.correct(line, named_id=self.li.id)
        self.assertEqual(len(self.told(self.wang) - before), 1)
        self.correct(line, customer_name="Qian Q.")
        self.assertEqual(len(self.told(self.wang) - before), 1)
        self.correct(line, accompanied_by_id=self.sun.id)
        self.assertEqual(len(self.told(self.wang) - before), 2)
        self.assertIn("It said: Accompanied By: -. It says now: Accompanied By: Sun.", self.told(self.wang)[:1].body)

    def test_a_correction_of_the_number_is_a_look_up(self):
        line, lookups = self.new(), self.env["showroom.lookup"].search([])
        self.correct(line, phone=VICTIM)
        kept = self.env["showroom.lookup"].search([]) - lookups
        self.assertEqual((kept.user_id, kept.lead_id), (self.li, self.qian))
        self.correct(line, phone="13910000099")
        self.assertEqual((self.env["showroom.lookup"].search([]) - lookups - kept).outcome, "new")

    # Orders and conversations

    def test_managers_hear_of_an_order_and_whether_the_card_was_due(self):
        before = self.told(self.chen)
        with self.at(f"{self.zhao.followup_due} 10:00"):
            self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": self.zhao.id}]))
        self.assertIn("was due", (self.told(self.chen) - before).body)
        before = self.told(self.chen)
        with self.at("2026-03-02 16:00"):
            card = self.card(self.li, phone="13910000011", name="Early")
            self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": card.id}]))
        message = self.told(self.chen) - before
        self.assertIn("no follow-up is asked any more", message.body)
        self.assertNotIn("was due", message.body)

    def test_also_if_the_order_is_on_a_second_card(self):
        vals = {"name": "x", "phone": self.zhao.phone, "team_id": self.main.id, "user_id": self.li.id}
        second = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        before = self.told(self.chen)
        with self.at(f"{self.zhao.followup_due} 10:00"):
            self.assertDone(self.rpc("showroom.order", "create", [{"lead_id": second[0]}]))
        self.assertIn("was due", (self.told(self.chen) - before).body)

    def test_an_order_that_comes_with_a_card_names_it(self):
        vals = {"name": "x", "phone": "13910000012", "team_id": self.main.id, "order_ids": [[0, 0, {"note": "n"}]]}
        [card] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        [message] = self.told(self.chen).filtered(lambda each: each.res_id == card)
        self.assertIn(self.env["crm.lead"].browse(card).card_number, message.body)

    def test_a_conversation_is_told_to_whom_it_was_with(self):
        self.new(phone=VICTIM, customer_name="Qian")
        before = self.told(self.wang)
        vals = {"lead_id": self.qian.id, "with_id": self.wang.id, "note": "told him"}
        self.assertDone(self.rpc("showroom.communication", "create", [vals]))
        message = self.told(self.wang) - before
        self.assertIn("spoke with you", message.body)
        self.assertIn("told him", message.body)

    # The deal

    def test_who_loses_without_an_appeal_is_told(self):
        line = self.new(phone=VICTIM, customer_name="Qian", asked="yes", named_id=self.li.id)
        before = self.told(self.wang)
        with self.at("2026-03-03 10:00"):
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        ruling = self.qian.ruling_id
        self.assertEqual((ruling.ground, ruling.state), ("named_consultant", "final"))
        messages = self.told(self.wang) - before
        self.assertIn("Rulings", " ".join(messages.mapped("body")))

    def test_who_wins_is_told_nothing_more(self):
        before = self.told(self.li)
        with self.at("2026-03-03 10:00"):
            self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": self.won.id}))
        self.assertEqual(self.told(self.li), before)

    def test_a_deal_that_is_taken_back_leaves_no_entry_about_anybody(self):
        line = self.new(phone=VICTIM, customer_name="Qian", asked="not_asked")
        with self.at("2026-03-02 16:00"):
            self.assertDone(self.rpc("showroom.reception", "action_confirm_deal", line.ids))
        ruling = self.qian.ruling_id
        self.assertEqual((ruling.ground, ruling.conduct_ids.user_id), ("closed_without_communication", self.li))
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        with self.at("2026-03-02 17:00"):
            self.enter("chen")
            self.assertDone(self.rpc("crm.lead", "write", self.qian.ids, {"stage_id": stage.id}))
        self.assertEqual(ruling.state, "cancelled")
        self.assertFalse(ruling.conduct_ids)

    # In which language

    def test_who_is_told_reads_it_in_their_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        (self.wang | self.chen).lang = "zh_CN"
        vals = {"policy_id": self.policy.id, "code": "P0", "name": "Ordered", "count": 0}
        rest = self.env["showroom.grade"].create(vals)
        self.new(phone=VICTIM)
        self.new(phone="13910000031", customer_name="Walk In", on_behalf_of_id=self.wang.id)
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"grade_id": rest.id}))
        subjects = {message.subject for message in self.told(self.wang)}
        self.assertLessEqual({"您的客户来了", "以您名义建档的客户"}, subjects)
        self.assertIn("一张不要求回访的客户卡", self.told(self.chen).mapped("subject"))
