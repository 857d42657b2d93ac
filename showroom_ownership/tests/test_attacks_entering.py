from odoo.tests import tagged

from .attack_case import AttackCase

NUMBER = "13910000002"


@tagged("post_install", "-at_install")
class TestAttacksEntering(AttackCase):
    """What a consultant makes elsewhere, or says of a new card, to have it in the outlet. Qian is wang's customer."""

    def setUp(self):
        super().setUp()
        self.enter("li")

    def elsewhere(self, **vals):
        """A lead of li's that is no card."""
        plain = {"name": "Qian", "phone": NUMBER, "type": "opportunity", "team_id": self.plain_team.id}
        return self.rpc("crm.lead", "create", [{**plain, "user_id": self.li.id, **vals}]).result[0]

    def assertNoDealWithoutRuling(self):
        self.env.invalidate_all()
        self.assertFalse(self.env["crm.lead"].search([("outlet_id", "!=", False), ("won_status", "=", "won")]))

    def test_a_deal_of_another_team_is_not_carried_in(self):
        for team in (self.plain_team.id, False):
            lead = self.elsewhere(team_id=team)
            self.assertDone(self.rpc("crm.lead", "write", [lead], {"stage_id": self.won.id}))
            for vals in ({"team_id": self.main.id}, {"team_id": self.main.id, "priority": "2"}):
                self.assertRefused(self.rpc("crm.lead", "write", [lead], vals), "won elsewhere")
        self.assertNoDealWithoutRuling()

    def test_nor_with_a_card_of_ones_own_in_the_same_write(self):
        lead = self.elsewhere()
        self.assertDone(self.rpc("crm.lead", "write", [lead], {"stage_id": self.won.id}))
        vals = {"team_id": self.main.id}
        self.assertRefused(self.rpc("crm.lead", "write", [self.zhao.id, lead], vals), "won elsewhere")
        self.assertNoDealWithoutRuling()

    def test_an_open_lead_comes_in_with_a_card_in_the_same_write_and_is_registered(self):
        lead = self.elsewhere(phone="13910000077")
        self.assertDone(self.rpc("crm.lead", "write", [self.zhao.id, lead], {"team_id": self.main.id}))
        card = self.env["crm.lead"].browse(lead)
        self.assertTrue(card.card_number and card.reception_ids)

    def test_nor_by_its_owner_or_its_kind(self):
        """Odoo finds the team by the owner and by the kind of lead."""
        for vals in ({"user_id": self.li.id}, {"type": "lead"}):
            lead = self.elsewhere(team_id=False, user_id=False)
            self.assertDone(self.rpc("crm.lead", "write", [lead], {"stage_id": self.won.id}))
            self.rpc("crm.lead", "write", [lead], vals)
            self.rpc("crm.lead", "write", [lead], {"type": "opportunity"})
        self.assertNoDealWithoutRuling()

    def test_nor_by_merging(self):
        lead = self.elsewhere()
        self.assertDone(self.rpc("crm.lead", "write", [lead], {"stage_id": self.won.id}))
        with self.at("2026-03-02 16:00"):
            fresh = self.card(self.li, phone="13910000078", name="Fresh")
        dialog = self.rpc("crm.merge.opportunity", "create", [{"opportunity_ids": [[6, 0, [lead, fresh.id]]]}])
        if dialog.result:
            self.rpc("crm.merge.opportunity", "action_merge", dialog.result)
        self.assertNoDealWithoutRuling()

    def test_a_manager_carries_an_old_deal_in(self):
        lead = self.elsewhere()
        self.rpc("crm.lead", "write", [lead], {"stage_id": self.won.id})
        self.enter("chen")
        self.env["crm.lead"].browse(lead).with_user(self.chen).write({"team_id": self.main.id})
        self.assertEqual(self.env["crm.lead"].browse(lead).outlet_id, self.main)

    def test_a_new_card_names_no_colleague_as_closer(self):
        card = {"name": "Fresh", "phone": "13910000078", "type": "opportunity", "team_id": self.main.id}
        forged = {**card, "closer_id": self.wang.id}
        self.assertRefused(self.rpc("crm.lead", "create", [forged]), "name somebody else as the closer")
        self.assertRefused(self.rpc("crm.lead", "web_save", [], forged, specification={}), "as the closer")
        self.assertRefused(self.rpc("crm.lead", "create", [{**forged, "stage_id": self.won.id}]), "closer")
        columns = ["name", "team_id/.id", "closer_id/.id"]
        self.assertRefused(self.rpc("crm.lead", "load", columns, [["A", str(self.main.id), str(self.wang.id)]]))
        [made] = self.assertDone(self.rpc("crm.lead", "create", [{**card, "closer_id": self.li.id}]))
        self.assertEqual(self.env["crm.lead"].browse(made).closer_id, self.li)

    def test_no_default_names_a_closer(self):
        forged = {"default_closer_id": self.wang.id}
        card = {"name": "Fresh", "phone": "13910000078", "type": "opportunity", "team_id": self.main.id}
        [made] = self.assertDone(self.rpc("crm.lead", "create", [card], context=forged))
        line = {"customer_name": "New", "phone": "13910000079", "outlet_id": self.main.id, "consultant_id": self.li.id}
        [line] = self.assertDone(self.rpc("showroom.reception", "create", [line], context=forged))
        [bare] = self.rpc("showroom.reception", "create", [{"customer_name": "N", "outlet_id": self.main.id}]).result
        self.assertDone(
            self.rpc("showroom.reception", "action_correct", [bare], {"phone": "13910000080"}, context=forged)
        )
        self.rpc("ir.default", "set", "crm.lead", "closer_id", self.wang.id, user_id=True)
        [also] = self.assertDone(self.rpc("crm.lead", "create", [{**card, "phone": "13910000081"}]))
        self.env.invalidate_all()
        cards = self.env["showroom.reception"].browse([line, bare]).lead_id | self.env["crm.lead"].browse([made, also])
        self.assertEqual(len(cards), 4)
        self.assertFalse(cards.closer_id)

    def test_a_closer_does_not_come_in_with_a_lead(self):
        lead = self.elsewhere()
        self.assertDone(self.rpc("crm.lead", "write", [lead], {"closer_id": self.wang.id}))
        self.assertRefused(self.rpc("crm.lead", "write", [lead], {"team_id": self.main.id}), "as the closer")

    def test_no_card_is_opened_as_a_lead(self):
        card = {"name": "Fresh", "phone": "13910000078", "team_id": self.main.id}
        self.assertRefused(self.rpc("crm.lead", "create", [{**card, "type": "lead"}]), "Leave out")
        self.assertRefused(self.rpc("crm.lead", "create", [card], context={"default_type": "lead"}), "Leave out")
        [made] = self.assertDone(self.rpc("crm.lead", "create", [card]))
        self.assertEqual(self.env["crm.lead"].browse(made).type, "opportunity")
        lead = self.elsewhere(type="lead", phone="13910000079")
        self.assertDone(self.rpc("crm.lead", "write", [lead], {"team_id": self.main.id}))
        self.env.invalidate_all()
        self.assertEqual(self.env["crm.lead"].browse(lead).type, "opportunity")
