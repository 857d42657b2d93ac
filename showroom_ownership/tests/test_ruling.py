from odoo import Command
from odoo.exceptions import UserError, ValidationError

from .common import ShowroomCase


class TestRuling(ShowroomCase):
    """Every way of winning is ruled on, once, and stays explained (rulebook 5)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    def test_button_kanban_import_and_api_are_all_ruled(self):
        cards = [self.card(phone=f"1381000020{number}", name=f"Customer {number}") for number in range(4)]
        mine = [card.with_user(self.li) for card in cards]
        mine[0].action_set_won_rainbowman()
        mine[1].write({"stage_id": self.won.id})
        mine[2].web_save({"stage_id": self.won.id}, {"stage_id": {}})
        self.env["ir.model.data"].create({"module": "x", "name": "w", "model": "crm.lead", "res_id": cards[3].id})
        mine[3].load(["id", "stage_id/.id"], [["x.w", str(self.won.id)]])
        for card in cards:
            self.assertEqual((card.ruling_id.state, card.ruling_id.ground), ("final", "sole_claimant"))
            self.assertEqual(len(card.ruling_ids), 1)

    def test_many_at_once(self):
        cards = self.env["crm.lead"].union(*(self.card(phone=f"138100003{n:02d}", name=f"C{n}") for n in range(12)))
        cards.with_user(self.li).action_set_won()
        self.assertEqual(cards.ruling_ids.mapped("state"), ["final"] * 12)

    def test_moving_between_won_stages_is_no_new_deal(self):
        card = self.card()
        card.with_user(self.li).action_set_won()
        other = self.env["crm.stage"].create({"name": "Delivered", "is_won": True})
        card.with_user(self.li).write({"stage_id": other.id})
        self.assertEqual(len(card.ruling_ids), 1)

    def test_a_deal_taken_back_is_ruled_anew(self):
        card = self.card()
        card.with_user(self.li).action_set_won()
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        card.with_user(self.li).write({"stage_id": stage.id})
        self.assertEqual(
            (card.ruling_ids.state, card.ruling_id.id, card.ownership_badge), ("cancelled", False, "filed")
        )
        card.with_user(self.li).action_set_won()
        self.assertEqual(card.ruling_ids.sorted("id").mapped("state"), ["cancelled", "final"])

    def test_stored_facts_give_the_stored_outcome(self):
        card = self.card()
        self.receive(self.wang, asked="yes", prior_id=self.li.id)
        card.reception_ids.filtered(lambda r: r.consultant_id == self.wang).with_user(self.wang).action_confirm_deal()
        again = card.ruling_id._again()
        self.assertEqual(card.ruling_id._outcome(again), card.ruling_id.outcome)
        self.assertEqual(card.ruling_id.ground, "closed_without_communication")

    def test_every_principle_is_explained_in_words(self):
        card = self.card()
        card.with_user(self.li).action_set_won()
        text = card.ruling_id.with_user(self.li).reasons_html
        self.assertEqual(text.count("<li"), 14)
        self.assertIn(card.filing_id.number, text)
        self.assertIn("Li filed first and closed.", text)

    def test_a_closer_without_reception_cannot_confirm(self):
        card = self.card()
        with self.assertRaises(UserError):
            card.with_user(self.wang).action_set_won()
        with self.assertRaises(UserError):
            card.reception_ids.with_user(self.wang).action_confirm_deal()

    def test_shares_must_sum_to_one_hundred(self):
        card = self.card()
        self.receive(self.wang)
        for percents in ((50, 49.99), (50, 50.01), (100, 0), (120, -20), (33.333, 66.667), ("x", 1)):
            with self.assertRaises(UserError):
                card.with_user(self.li).action_settle(dict(zip((self.li.id, self.wang.id), percents, strict=True)))
        self.assertFalse(card.settlement_ids)
        settlement = card.with_user(self.li).action_settle({self.li.id: 33.33, self.wang.id: 66.67})
        settlement.with_user(self.wang).action_sign()
        settlement.with_user(self.chen).action_approve()
        card.with_user(self.li).action_set_won()
        self.assertEqual(card.ruling_id.share_ids.mapped("percent"), [66.67, 33.33])
        self.assertEqual(card.user_id, self.wang)

    def test_only_parties_settle(self):
        card = self.card()
        with self.assertRaisesRegex(UserError, "Sun"):
            card.with_user(self.li).action_settle({self.li.id: 50, self.sun.id: 50})

    def test_a_policy_change_makes_a_version_and_rulings_keep_theirs(self):
        card = self.card()
        card.with_user(self.li).action_set_won()
        kept, number = card.ruling_id.policy_version_id, self.policy.version_id.number
        self.policy.with_user(self.dir).write({"appeal_days": 5})
        self.assertEqual((self.policy.version_id.number, card.ruling_id.policy_version_id), (number + 1, kept))
        self.assertEqual(kept.parameters.get("appeal_days", 3), 3)

    def test_a_policy_keeps_a_principle(self):
        with self.assertRaises(ValidationError):
            self.policy.write(
                {"principle_ids": [Command.update(line.id, {"active": False}) for line in self.policy.principle_ids]}
            )

    def test_a_principle_switched_off_never_decides(self):
        self.policy.principle_ids.filtered(lambda line: line.ground == "sole_claimant").active = False
        card = self.card()
        card.with_user(self.li).action_set_won()
        self.assertEqual((card.ruling_id.state, card.ruling_id.ground), ("arbitration", "arbitration"))

    def test_a_grade_without_rhythm_asks_for_nothing(self):
        grade = self.env["showroom.grade"].create(
            {"policy_id": self.policy.id, "code": "N", "name": "None", "count": 0, "period": 0}
        )
        card = self.card()
        card.with_user(self.li).write({"grade_id": grade.id})
        self.assertEqual((card.followup_due, card.followup_state), (False, "none"))

    def test_a_grade_of_another_policy_is_refused(self):
        with self.assertRaises(UserError):
            self.card().with_user(self.li).write(
                {"grade_id": self.env.ref("showroom_ownership.grade_card_management_p1").id}
            )

    def test_a_lead_of_no_outlet_is_not_ruled(self):
        lead = self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id, "user_id": self.seller.id})
        lead.with_user(self.seller).action_set_won()
        self.assertFalse(lead.ruling_ids)
