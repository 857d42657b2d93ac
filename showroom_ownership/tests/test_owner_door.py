from odoo.exceptions import AccessError, UserError

from ..models.crm_lead_kept import KEPT
from ..models.crm_lead_owner import DOOR
from .common import ShowroomCase


class TestOwnerDoor(ShowroomCase):
    """Nothing moves a card but what was approved (rulebook 4)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.zhao = self.card()
        self.qian = self.card(self.wang, phone="13910000002", name="Qian")

    def _reasons(self, card):
        return card.ownership_ids.sorted("id").mapped("reason")

    def test_a_consultant_cannot_move_a_card_by_any_write(self):
        mine, attempts = self.zhao.with_user(self.li), [{"user_id": self.wang.id}, {"user_id": False}]
        attempts.append({"team_id": self.plain_team.id})
        for values in attempts:
            with self.assertRaises(AccessError):
                mine.write(values)
            with self.assertRaises(AccessError):
                mine.web_save(values, {"user_id": {}})
        self.assertEqual(self.zhao.user_id, self.li)

    def test_a_context_key_opens_no_door(self):
        for key in ("showroom_door", "showroom_register", "showroom_recording"):
            for value in (True, 1, "DOOR", repr(DOOR)):
                with self.assertRaises(AccessError):
                    self.zhao.with_user(self.li).with_context(**{key: value}).write({"user_id": self.wang.id})

    def test_an_import_cannot_move_a_card(self):
        self.env["ir.model.data"].create({"module": "x", "name": "z", "model": "crm.lead", "res_id": self.zhao.id})
        result = self.env["crm.lead"].with_user(self.li).load(["id", "user_id/.id"], [["x.z", str(self.wang.id)]])
        self.assertFalse(result["ids"])
        self.assertEqual(self.zhao.user_id, self.li)

    def test_an_unassigned_card_cannot_be_claimed(self):
        self.li.active = False
        self.assertFalse(self.zhao.user_id)
        with self.assertRaises(AccessError):
            self.zhao.with_user(self.wang).write({"user_id": self.wang.id})

    def test_a_managers_write_is_a_transfer(self):
        self.zhao.with_user(self.chen).write({"user_id": self.wang.id, "priority": "2"})
        self.assertEqual((self.zhao.user_id, self.zhao.priority), (self.wang, "2"))
        self.assertEqual(self._reasons(self.zhao), ["filing", "manager"])
        self.assertEqual(self.zhao.transfer_ids.mapped("state"), ["approved"])

    def test_the_former_owner_stops_following_and_activities_move(self):
        activity = self.zhao.activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)
        self.zhao.message_subscribe(self.li.partner_id.ids)
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "Dialect")
        self.assertEqual(activity.user_id, self.wang)
        self.assertNotIn(self.li.partner_id, self.zhao.message_partner_ids)

    def test_the_mass_convert_tool_cannot_move_a_card(self):
        with self.assertRaises(AccessError):
            self.zhao.with_user(self.li)._handle_salesmen_assignment(user_ids=self.wang.ids)

    def test_merging_keeps_evidence_and_goes_to_the_earliest_filing(self):
        self.env["showroom.followup"].with_user(self.wang).create({"lead_id": self.qian.id})
        self.qian.with_user(self.wang).activity_schedule(
            "mail.mail_activity_data_call", user_id=self.wang.id
        ).action_done()
        number, lines = self.zhao.card_number, (self.zhao | self.qian).reception_ids
        merged = (self.qian | self.zhao).with_user(self.chen).merge_opportunity(user_id=self.wang.id).with_env(self.env)
        self.assertEqual(
            (merged.user_id, merged.card_number, merged.filing_id.consultant_id), (self.li, number, self.li)
        )
        self.assertEqual(merged.reception_ids, lines)
        self.assertEqual(len(merged.followup_ids), 2)

    def test_a_card_with_evidence_cannot_be_deleted(self):
        for user in (self.chen, self.gm, self.env.ref("base.user_admin")):
            with self.assertRaises(UserError):
                self.zhao.with_user(user).unlink()
        with self.assertRaises(UserError):
            self.zhao.sudo().unlink()

    def test_nobody_approves_their_own(self):
        self.zhao.with_user(self.chen).action_request_transfer(self.wang.id, "customer_request", "Asked")
        transfer = self.zhao.transfer_ids
        for user in (self.chen, self.li, self.wang, self.desk):
            with self.assertRaises(UserError):
                transfer.with_user(user).action_approve()
        transfer.with_user(self.gm).action_approve("Fine")
        self.assertEqual((self.zhao.user_id, transfer.state), (self.wang, "approved"))
        with self.assertRaises(UserError):
            transfer.with_user(self.gm).action_refuse()

    def test_a_request_cannot_be_created_approved_or_written(self):
        for model in (
            "showroom.transfer",
            "showroom.approval",
            "showroom.settlement",
            "showroom.ruling",
            "showroom.appeal",
        ):
            for user in (self.li, self.chen, self.gm):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({"state": "approved", "lead_id": self.zhao.id})

    def test_stock_leads_stay_free(self):
        lead = self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id, "user_id": self.seller.id})
        lead.with_user(self.seller).write({"user_id": self.env.user.id})
        self.assertFalse(lead.outlet_id or lead.card_number or lead.ownership_ids or lead.ownership_badge)

    def test_only_a_manager_names_another_closer(self):
        with self.assertRaises(AccessError):
            self.zhao.with_user(self.li).write({"closer_id": self.wang.id})
        self.zhao.with_user(self.li).write({"closer_id": self.li.id})

    def test_nobody_writes_what_the_system_keeps_on_a_card(self):
        values = {name: False for name in KEPT}
        values.update(filing_at="2020-01-01 00:00:00", order_date="2026-03-01 00:00:00", won_status="lost")
        for user in (self.li, self.chen, self.gm):
            for name, value in values.items():
                with self.assertRaises(AccessError, msg=name):
                    self.zhao.with_user(user).write({name: value})
        self.assertTrue(self.zhao.outlet_id and self.zhao.filing_id)

    def test_nobody_opens_a_card_with_what_the_system_keeps(self):
        forged = {"filing_at": "2020-01-01 00:00:00"}
        Lead = self.env["crm.lead"].with_user(self.li)
        with self.assertRaises(AccessError):
            Lead.create({"name": "x", **forged})
        with self.assertRaises(AccessError):
            Lead.with_context(default_filing_at=forged["filing_at"]).create({"name": "x"})
