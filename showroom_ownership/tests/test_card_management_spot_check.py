from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from .test_card_management_files import CardManagementCase


class TestSpotCheck(CardManagementCase):
    """Every week the manager audits cards that the system has drawn (rulebook 6)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-04 10:00"))  # a Wednesday
        self.policy.spot_check_cards = 4
        self.cards = self.env["crm.lead"]
        for number in range(8):
            self.cards |= self.card(self.li, phone=f"1391000{number:04d}", name=f"C{number}")
        self.cards |= self.card(self.wang, phone="13910009999", name="W")

    def _draw(self):
        self.scheduled(self.env["showroom.spot.check"]._cron_draw)
        return self._checks()

    def _checks(self):
        return self.env["showroom.spot.check"].search([("outlet_id", "=", self.main.id)])

    def test_everybody_is_drawn_and_the_sample_has_its_size(self):
        check = self._draw()
        self.assertEqual((len(check.line_ids), str(check.week), check.state), (4, "2026-03-02", "open"))
        self.assertEqual(check.line_ids.owner_id, self.li | self.wang)
        self.assertLessEqual(check.line_ids.lead_id, self.cards)

    def test_once_a_week_whatever_runs_and_after_an_outage(self):
        first = self._draw()
        with self.at("2026-03-08 23:50"):
            self.assertEqual(self._draw(), first)
        with self.at("2026-03-09 00:10"):
            self.assertEqual(len(self._draw()), 2)
        with self.at("2026-04-02 12:00"):
            self.assertEqual(len(self._draw()), 3)
        self.assertEqual(str(self._checks()[0].week), "2026-03-30")

    def test_closed_cards_and_the_pool_are_not_drawn(self):
        self.policy.spot_check_cards = 100
        self.cards[0].with_user(self.li).action_set_won()
        self.cards[1].with_user(self.li).action_set_lost()
        self.cards[2].with_user(self.chen).write({"user_id": False})
        self.assertEqual(self._draw().line_ids.lead_id, self.cards[3:])

    def test_none_where_the_policy_asks_for_none(self):
        self.policy.spot_check_cards = 0
        self.assertFalse(self._draw())
        with self.assertRaises(UserError):
            self.env["showroom.spot.check"].with_user(self.chen).action_draw()

    def test_managers_have_an_activity_until_it_is_closed(self):
        check = self._draw()
        self.assertEqual((check.activity_ids.user_id, str(check.activity_ids.date_deadline)), (self.chen, "2026-03-08"))
        check.line_ids.with_user(self.chen).action_in_order()
        check.with_user(self.chen).action_close()
        self.assertFalse(check.activity_ids)

    def test_a_manager_draws_once_and_cannot_draw_again_for_other_cards(self):
        Check = self.env["showroom.spot.check"].with_user(self.chen)
        Check.action_draw()
        drawn = self._checks()
        self.assertEqual(drawn.drawn_by, self.chen)
        with self.assertRaises(UserError):
            Check.action_draw()
        self.assertEqual(self._draw(), drawn)
        for user in (self.li, self.desk):
            with self.assertRaises(UserError):
                self.env["showroom.spot.check"].with_user(user).action_draw()

    def test_the_button_of_the_list_draws_whatever_is_selected(self):
        old = self._draw()
        old.line_ids.with_user(self.chen).action_in_order()
        old.with_user(self.chen).action_close()
        asked_by_chen = patch.object(self.env.transaction, "default_env", self.env(user=self.chen))
        with asked_by_chen:  # as in a request of their own, where nobody has more rights than they
            old.with_user(self.chen).action_draw()
        self.assertEqual(self._checks()[0].drawn_by, self.chen)

    def test_nobody_chooses_swaps_or_deletes_cards(self):
        check = self._draw()
        line, other = check.line_ids[0], (self.cards - check.line_ids.lead_id)[0]
        for user in (self.li, self.chen, self.gm, self.env.ref("base.user_admin")):
            attempts = [
                lambda user=user: line.with_user(user).write({"lead_id": other.id}),
                lambda user=user: line.with_user(user).unlink(),
                lambda user=user: line.with_user(user).copy(),
                lambda user=user: check.with_user(user).write({"line_ids": [(2, line.id)]}),
                lambda user=user: check.with_user(user).unlink(),
                lambda user=user: check.with_user(user).copy(),
            ]
            for attempt in attempts:
                with self.assertRaises(AccessError):
                    attempt()
            with self.assertRaises(AccessError):
                self.env["showroom.spot.check"].with_user(user).create({"outlet_id": self.main.id})
        self.assertEqual(len(check.line_ids), 4)

    def test_consultants_do_not_see_which_cards_are_drawn(self):
        check = self._draw()
        for records in (check, check.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.li).read(["display_name"])

    def test_findings_need_words_and_are_corrected_until_closed(self):
        check = self._draw()
        line, rest = check.line_ids[0], check.line_ids[1:]
        with self.assertRaises(UserError):
            line.with_user(self.chen).action_record("incomplete")
        with self.assertRaises(UserError):
            line.with_user(self.chen).action_record("nonsense", "x")
        with self.assertRaises(AccessError):
            line.with_user(self.li).action_record("in_order")
        line.with_user(self.chen).action_record("false_record", "Nobody called")
        line.with_user(self.chen).action_record("incomplete", "No model")
        with self.assertRaisesRegex(UserError, rest[0].card_number):
            check.with_user(self.chen).action_close()
        rest.with_user(self.chen).action_in_order()
        check.with_user(self.chen).action_close()
        self.assertEqual((check.state, check.objection_count, check.closed_by), ("closed", 1, self.chen))
        self.assertFalse(self.env["showroom.conduct"].search([("reason", "=", "false_record")]))
        with self.assertRaises(UserError):
            line.with_user(self.chen).action_record("in_order")
        self.assertEqual(line.finding, "incomplete")

    def test_a_false_record_is_an_entry_against_who_owned_the_card(self):
        check = self._draw()
        line = check.line_ids.filtered(lambda each: each.owner_id == self.wang)
        line.lead_id.with_user(self.chen).action_reassign(self.li.id, "In between")
        line.with_user(self.chen).action_record("false_record", "Nobody called")
        (check.line_ids - line).with_user(self.chen).action_in_order()
        for _click in range(2):
            check.with_user(self.chen).action_close()
        note = self.env["showroom.conduct"].search([("reason", "=", "false_record")])
        self.assertEqual((note.user_id, note.kind, note.lead_id), (self.wang, "conduct", line.lead_id))
        self.assertEqual((note.outlet_id, str(note.day)), (self.main, "2026-03-04"))

    def test_nobody_audits_their_own_card(self):
        own = self.card(self.chen, phone="13910008888", name="Own")
        self.policy.spot_check_cards = 100
        line = self._draw().line_ids.filtered(lambda each: each.lead_id == own)
        with self.assertRaises(AccessError):
            line.with_user(self.chen).action_in_order()
        line.with_user(self.gm).action_in_order()
        self.assertEqual(line.done_by, self.gm)

    def test_a_merged_card_stays_in_its_check(self):
        self.policy.spot_check_cards = 100
        check = self._draw()
        merged = self.cards[:2].with_user(self.chen).merge_opportunity()
        self.assertEqual(len(check.line_ids.filtered(lambda line: line.lead_id == merged)), 2)

    def test_the_dialog_records_and_corrects(self):
        line = self._draw().line_ids[0]
        dialog = self.env["showroom.finding.wizard"].with_user(self.chen).with_context(active_id=line.id)
        dialog.create({"finding": "incomplete", "remark": "No model"}).action_record()
        again = dialog.create({})
        self.assertEqual((again.finding, again.remark), ("incomplete", "No model"))

    def test_other_companies_do_not_see_it(self):
        check = self._draw()
        self.main.company_id = self.env.company
        other = self.env["res.company"].create({"name": "Other"})
        self.chen.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(check.with_user(self.chen).search([]))
