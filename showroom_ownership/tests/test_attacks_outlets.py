from odoo.exceptions import AccessError, UserError

from .common import ShowroomCase


class TestAttacksOutlets(ShowroomCase):
    """Teams and outlets as a way to cards: what enters an outlet is registered there, what is there stays."""

    def lead(self, **vals):
        plain = {"name": "Zhao", "phone": "+86 138 1000 0031", "type": "opportunity", "team_id": self.plain_team.id}
        return self.env["crm.lead"].create({**plain, "user_id": False, **vals})

    def trial(self):
        team = self.env["crm.team"].create({"name": "Trial"})
        opened = {"outlet_kind": "showroom", "outlet_code": "TRIAL", "tz": "Asia/Shanghai"}
        return team, {**opened, "policy_id": self.policy.id}

    def test_a_lead_that_comes_to_an_outlet_is_a_card_like_any_other(self):
        with self.at("2026-03-02 10:00"):
            lead = self.lead(user_id=self.seller.id)
            lead.with_user(self.chen).write({"team_id": self.main.id, "user_id": self.li.id})
        self.assertEqual(lead.outlet_id, self.main)
        self.assertTrue(lead.card_number and lead.grade_id and lead.ownership_ids and lead.followup_due)
        self.assertEqual(lead.reception_ids.consultant_id, self.li)

    def test_who_does_not_work_there_brings_no_lead_of_theirs_to_an_outlet(self):
        lead = self.lead(user_id=self.seller.id)
        with self.refused(UserError, "does not work at Main"):
            lead.with_user(self.seller).write({"team_id": self.main.id})

    def test_odoos_assignment_makes_whole_cards(self):
        with self.at("2026-03-02 10:00"):
            lead = self.lead(team_id=False)
            lead.sudo()._handle_salesmen_assignment(self.li.ids, self.main.id)
        self.assertTrue(lead.card_number and lead.followup_due)

    def test_a_card_does_not_leave_the_outlets(self):
        with self.at("2026-03-02 10:00"):
            card = self.card(self.li)
            with self.refused(UserError, "stays with an outlet"):
                card.with_user(self.chen).write({"team_id": self.plain_team.id})
            card.with_user(self.chen).write({"team_id": self.east.id})
        self.assertEqual(card.outlet_id, self.east)

    def test_nobody_writes_into_another_outlets_register(self):
        said = {"name": "Qian", "phone": "+86 138 1000 0032", "team_id": self.east.id, "user_id": self.li.id}
        with self.refused(UserError, "does not work at East"):
            self.env["crm.lead"].with_user(self.li).create({**said, "type": "opportunity"})

    def test_an_outlet_that_is_switched_off_hides_no_lead(self):
        team, opened = self.trial()
        lead = self.lead(team_id=team.id)
        team.write(opened)
        self.assertEqual(lead.outlet_id, team)
        team.outlet_kind = False
        self.assertFalse(lead.outlet_id or lead.card_number or lead.grade_id)
        self.assertIn(lead, self.env["crm.lead"].with_user(self.seller).search([("team_id", "=", team.id)]))

    def test_an_outlet_counts_in_the_transaction_that_makes_it(self):
        team, opened = self.trial()
        team.write(opened)
        self.assertEqual(self.lead(team_id=team.id).outlet_id, team)

    def test_seals_go_to_managers_of_the_outlet_or_above_it(self):
        north = self.env["res.company"].create({"name": "North"})
        self.main.company_id = self.east.company_id = self.env.company
        far = self._user("far", "manager")
        far.write({"company_ids": [(6, 0, north.ids)], "company_id": north.id})
        told = self.env["showroom.ledger.entry"]._managers(self.east)
        self.assertNotIn(far, told)
        self.assertIn(self.chen, told, "nobody manages the branch: its showroom does")

    def test_a_page_is_sealed_once(self):
        with self.at("2026-03-02 10:00"):
            self.receive(self.li)
        Page = self.env["showroom.register.page"]
        with self.at("2026-03-03 01:00"):
            days = Page._unsealed_days(self.main, self.main._today())[:1]
            self.assertTrue(Page.sudo()._close(self.main, days))
            self.assertFalse(Page.sudo()._close(self.main, days), "who comes second finds it sealed")
            self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_requests_are_about_cards(self):
        lead = self.lead(user_id=self.seller.id)
        with self.refused(UserError, "Only an outlet's cards"):
            lead.with_user(self.chen).action_request_transfer(self.li.id, "manager", "To us.")
        with self.refused(UserError, "Only an outlet's cards"):
            lead.with_user(self.chen).action_reassign(self.li.id, "To us.")

    def test_ticking_off_is_for_everybody_and_a_follow_up_of_who_may_record_one(self):
        with self.at("2026-03-02 10:00"):
            card = self.card(self.li)
            for user in (self.desk, self.wang):
                todo = card.sudo().activity_schedule("mail.mail_activity_data_todo", user_id=user.id)
                todo.with_user(user).action_done()
            self.assertFalse(card.followup_ids)
            todo = card.activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)
            todo.with_user(self.li).action_done()
        self.assertEqual(len(card.followup_ids), 1)

    def test_a_leave_shows_nobody_elses_card(self):
        with self.at("2026-03-02 10:00"):
            card = self.card(self.wang)
            said = {"consultant_id": self.li.id, "first_day": "2026-03-10", "last_day": "2026-04-20"}
            wizard = self.env["showroom.leave.wizard"].with_user(self.li).create(said)
            with self.assertRaises(AccessError):
                wizard.write({"line_ids": [(0, 0, {"lead_id": card.id})]})
