from odoo.exceptions import AccessError, UserError, ValidationError

from .common import ShowroomCase


class TestAttacksRulings(ShowroomCase):
    """Ways around a ruling that use what Odoo lets owners of a lead do: drag it back, lose it, link it, name it."""

    def setUp(self):
        super().setUp()
        with self.at("2026-02-02 10:00"):
            self.old = self.card(self.wang, phone="+86 138 1000 0007", name="zhao min")
            self.other = self.card(self.wang, phone="+86 138 1000 0008", name="Zhou Hua")
        with self.at("2026-03-02 10:00"):
            self.zhao = self.card(self.li)
            for _call in range(3):
                self.env["showroom.followup"].with_user(self.li).create({"lead_id": self.zhao.id, "method": "call"})
        with self.at("2026-03-03 10:00"):
            self.line = self.receive(self.wang)

    def close(self, day="2026-03-04 10:00"):
        with self.at(day):
            self.line.with_user(self.wang).action_confirm_deal()
        return self.zhao.ruling_id

    def test_the_holder_does_not_drag_a_colleagues_deal_back(self):
        ruling = self.close()
        first = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        with self.at("2026-03-04 11:00"), self.refused(AccessError, "Others have a part"):
            self.zhao.with_user(self.li).write({"stage_id": first.id})
        self.assertNotEqual(ruling.state, "cancelled")
        with self.at("2026-03-04 12:00"):
            self.zhao.with_user(self.chen).write({"stage_id": first.id})
        self.assertEqual(ruling.state, "cancelled")

    def test_ones_own_deal_is_taken_back_by_oneself(self):
        with self.at("2026-03-03 12:00"):
            qian = self.card(self.li, phone="+86 138 1000 0002", name="Qian")
            qian.with_user(self.li).action_confirm_deal()
            ruling = qian.ruling_id
            qian.with_user(self.li).write({"stage_id": self.env["crm.stage"].search([], limit=1).id})
        self.assertEqual(ruling.state, "cancelled")

    def test_losing_and_restoring_does_not_end_a_lapse(self):
        with self.at("2026-03-30 10:00"):
            self.scheduled(self.env["crm.lead"]._cron_lapses)
        self.assertTrue(self.zhao.notice_id)
        with self.at("2026-03-30 11:00"):
            self.zhao.with_user(self.li).action_set_lost()
            for attack in ("action_restore", "action_unarchive"):
                with self.refused(AccessError, "next reception, or by a manager"):
                    getattr(self.zhao.with_user(self.li), attack)()
            self.zhao.with_user(self.chen).action_restore()
            self.assertEqual(self.zhao.won_status, "pending")
            self.assertTrue(self.zhao.followup_due, "it is in its rhythm again, and overdue")
            self.assertEqual(self.zhao.followup_state, "overdue")

    def test_an_old_card_of_another_customer_is_not_the_same_customer(self):
        with self.refused(UserError, "different names"):
            self.other.with_user(self.wang).action_link([self.zhao.card_number], "same_customer")
        self.other.with_user(self.chen).action_link([self.zhao.card_number], "same_customer")
        self.assertIn(self.zhao, self.other._same_customer())

    def test_cards_under_one_name_and_cards_that_give_nothing_are_linked_by_their_owners(self):
        self.old.with_user(self.wang).action_link([self.zhao.card_number], "same_customer")
        self.assertIn(self.zhao, self.old._same_customer())
        with self.at("2026-03-03 11:00"):
            late = self.card(self.li, phone="+86 138 1000 0009", name="Qi")
        late.with_user(self.li).action_link([self.other.card_number], "same_customer")
        self.assertIn(self.other, late._same_customer())

    def test_a_new_owner_does_not_cancel_the_former_ones_order(self):
        with self.at("2026-03-03 11:00"):
            order = self.env["showroom.order"].with_user(self.li).create({"lead_id": self.zhao.id})
            self.zhao.with_user(self.chen).action_reassign(self.wang.id, "They asked for her.")
            with self.refused(UserError, "who took the order"):
                order.with_user(self.wang).action_cancel()
            order.with_user(self.li).action_cancel()
            with self.refused(UserError, "cancelled already"):
                order.with_user(self.li).action_cancel()

    def test_managers_hear_of_a_card_that_asks_for_no_contact(self):
        rest = self.env["showroom.grade"].create(
            {"policy_id": self.policy.id, "code": "P0", "name": "Ordered", "count": 0}
        )
        with self.at("2026-03-03 11:00"):
            self.zhao.with_user(self.li).grade_id = rest
        told = self.env["mail.message"].search([("subject", "=", "A card that asks for no follow-up")])
        self.assertIn(self.zhao.card_number, told.body)
        self.assertIn(self.chen.partner_id, told.notified_partner_ids)

    def test_so_do_they_of_one_that_is_opened_with_such_a_grade(self):
        rest = self.env["showroom.grade"].create({"policy_id": self.policy.id, "code": "P0", "name": "O", "count": 0})
        with self.at("2026-03-03 11:00"):
            vals = {"name": "He", "team_id": self.main.id, "phone": "13810000009", "grade_id": rest.id}
            card = self.env["crm.lead"].with_user(self.li).create(vals)
            self.env["crm.lead"].with_user(self.li).create({"name": "Usual", "team_id": self.main.id})
        told = self.env["mail.message"].search([("subject", "=", "A card that asks for no follow-up")])
        self.assertEqual(len(told), 1)
        self.assertIn(card.card_number, told.body)

    def test_a_grade_of_other_principles_does_not_come_along(self):
        """From a team that is no outlet, where any grade may stand."""
        policy = self.env["showroom.policy"].create({"name": "Another", "preset": "six_principles"})
        rest = self.env["showroom.grade"].create({"policy_id": policy.id, "code": "P0", "name": "O", "count": 0})
        other = self.env["crm.team"].create({"name": "Fleet"})
        with self.at("2026-03-03 11:00"):
            vals = {"name": "He", "team_id": other.id, "user_id": self.li.id, "phone": "13810000009"}
            lead = self.env["crm.lead"].with_user(self.li).create({**vals, "grade_id": rest.id})
            lead.with_user(self.li).write({"team_id": self.main.id})
            self.assertEqual(lead.grade_id, self.policy._default_grade())
            self.receive(self.li, phone="13810000009", customer_name="He")
        self.assertTrue(lead.followup_due)

    def test_a_merge_with_a_lead_that_comes_in_is_no_contact(self):
        """Odoo keeps the one that is further in the pipeline."""
        due, since = self.zhao.followup_due, self.zhao.owner_since
        with self.at("2026-03-05 11:00"):
            vals = {"name": "Zhao", "team_id": False, "user_id": self.li.id, "phone": self.zhao.phone}
            lead = self.env["crm.lead"].with_user(self.li).create({**vals, "type": "opportunity"})
            lead.with_user(self.li).write({"team_id": self.main.id})
            lead.with_user(self.li).stage_id = self.env["crm.stage"].search([("is_won", "=", False)])[-1:]
            merged = (self.zhao | lead).with_user(self.li).merge_opportunity()
        self.assertEqual(merged, lead)
        self.assertEqual((merged.followup_due, merged.owner_since), (due, since))
        self.assertEqual(merged.filing_id.consultant_id, self.li)

    def test_a_window_ends_only_what_is_still_open(self):
        with self.at("2026-03-03 11:00"):
            said = {"lead_id": self.zhao.id, "with_id": self.li.id}
            self.env["showroom.communication"].with_user(self.wang).create(said)
        ruling = self.close()
        self.assertEqual(ruling.state, "provisional")
        with self.at("2026-03-05 10:00"):
            ruling.with_user(self.li).action_appeal("He was mine.")
        with self.at("2026-03-20 10:00"):
            ruling.sudo()._end_window()
        self.assertEqual(ruling.state, "appealed")

    def test_the_general_manager_of_another_company_does_nothing_here(self):
        ruling = self.close()
        with self.at("2026-03-20 10:00"):
            self.scheduled(self.env["showroom.ruling"]._cron_windows)
        self.assertEqual(ruling.state, "final")
        north = self.env["res.company"].create({"name": "North"})
        self.main.company_id = self.env.company
        far = self._user("far", "general_manager")
        far.write({"company_ids": [(6, 0, north.ids)], "company_id": north.id})
        with self.at("2026-03-20 11:00"):
            with self.assertRaises(AccessError):
                ruling.with_user(far).action_reopen("For us.")
            with self.assertRaises(AccessError):
                self.zhao.with_user(far).action_erase_customer("On request.")
            ruling.with_user(self.gm).action_reopen("New evidence.")
        self.assertEqual(ruling.state, "arbitration")
        self.assertTrue(self.zhao.phone)

    def test_a_manager_gives_no_card_to_themselves(self):
        with self.refused(AccessError, "to themselves"):
            self.zhao.with_user(self.chen).action_reassign(self.chen.id, "Mine.")
        with self.refused(AccessError, "to themselves"):
            self.zhao.with_user(self.chen).user_id = self.chen

    def test_a_void_line_opens_no_card(self):
        with self.at("2026-03-03 11:00"):
            self.line.with_user(self.chen).action_void("He was not there.")
            said = {"lead_id": self.zhao.id, "method": "call"}
            with self.assertRaises(AccessError):
                self.env["showroom.followup"].with_user(self.wang).create(said)
        self.assertNotIn(self.wang.id, self.zhao._party_ids())

    def test_a_principle_that_is_deleted_is_not_applied_any_more(self):
        line = self.policy.principle_ids.filtered(lambda each: each.ground == "holder_lapsed")
        before = self.policy.version_id
        line.with_user(self.dir).unlink()
        self.assertNotEqual(self.policy.version_id, before)
        self.assertNotIn("holder_lapsed", self.policy._in_force().principles)
        with self.assertRaises(ValidationError):
            self.policy.principle_ids.with_user(self.dir).unlink()
