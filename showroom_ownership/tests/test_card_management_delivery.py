from unittest.mock import patch

from odoo.exceptions import AccessError

from .test_card_management_files import CardManagementCase


class TestDelivery(CardManagementCase):
    """At delivery the card becomes an after-sales card with a plan of its own (rulebook 1, 6)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.zhao = self.card(interest="M9")

    def _win(self):
        self.zhao.with_user(self.li).action_set_won()
        return self.zhao.with_user(self.li)

    def _calls(self):
        return self.zhao.activity_ids.filtered("showroom_after_sales").sorted("date_deadline")

    def test_a_call_of_the_plan_is_a_follow_up_in_the_ledger(self):
        self._win().action_deliver()
        with self.at("2026-03-03 10:00"):
            self._calls()[0].with_user(self.li).action_feedback(feedback="Satisfied")
        followup = self.zhao.followup_ids
        self.assertEqual((followup.consultant_id, followup.outcome, followup.method), (self.li, "Satisfied", "call"))
        self.assertTrue(followup.is_valid and followup.entry_id and followup.number)

    def test_monthly_calls_go_on_for_the_owner_of_the_day(self):
        self._win().action_deliver()
        self._calls()[:2].with_user(self.li).action_feedback(feedback="Satisfied")
        with self.at("2026-03-31 10:00"):
            self._calls().with_user(self.chen).action_feedback(feedback="In Li's place")
        monthly = self.env.ref("showroom_ownership.mail_activity_type_after_sales_monthly")
        self.assertEqual((self._calls().activity_type_id, self._calls().user_id), (monthly, self.li))
        self.assertEqual(str(self._calls().date_deadline), "2026-05-01")

    def test_other_activities_are_not_of_the_plan(self):
        self._win().action_deliver()
        own = self.zhao.activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.zhao.with_user(self.chen).write({"stage_id": stage.id})
        self.assertFalse(self._calls())
        self.assertTrue(own.exists())
        self.assertEqual((self.zhao.card_kind, self.zhao.delivered_on), ("a", False))
        self.assertEqual(self.zhao.grade_id.code, "P3")

    def test_without_a_plan_the_card_changes_all_the_same(self):
        plan = self.policy.delivery_plan_id
        plan.active = False
        self._win().action_deliver()
        self.assertEqual((self.zhao.card_kind, self._calls().ids), ("c", []))

    def test_a_colleague_does_not_deliver(self):
        self._win()
        for user in (self.wang, self.desk):
            with self.assertRaises(AccessError):
                self.zhao.with_user(user).action_deliver()

    def test_a_delivery_changes_no_ruling(self):
        self._win()
        before = self.zhao.ruling_id.outcome
        self.zhao.with_user(self.li).action_deliver()
        self.assertEqual((self.zhao.ruling_id.outcome, self.zhao.ruling_id.state), (before, "final"))

    def test_the_dialog_offers_the_outlets_day(self):
        self._win()
        with self.at("2026-03-05 00:30"):
            dialog = self.env["showroom.delivery.wizard"].with_user(self.li)
            dialog = dialog.with_context(active_model="crm.lead", active_id=self.zhao.id, active_ids=self.zhao.ids)
            wizard = dialog.create({})
            self.assertEqual(str(wizard.day), "2026-03-05")
            with patch.object(self.env.transaction, "default_env", self.env(user=self.li)):
                wizard.action_deliver()
        self.assertEqual(str(self.zhao.delivered_on), "2026-03-05")

    def test_leads_of_other_teams_are_of_no_kind(self):
        lead = self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id})
        self.assertFalse(lead.card_kind)
        lead.team_id = self.main
        self.assertEqual(lead.card_kind, "a")
