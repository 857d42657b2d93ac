from odoo import Command
from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksDeciding(AttackCase):
    """Deadlines, own requests, own roles and own deals (B.3, 6, 7, 8, 18)."""

    def provisional(self):
        """wang closes li's customer; li can appeal until the 15th."""
        with self.at("2026-03-12 10:00"):
            line = self.receive(self.wang, asked="no")
            line.with_user(self.wang).action_confirm_deal()
        self.env.flush_all()
        return self.zhao.ruling_id

    # Late

    def test_an_appeal_that_is_late_is_late_in_every_zone(self):
        ruling = self.provisional()
        with self.at("2026-03-15 23:59"), self.undone():
            self.enter("li")
            self.assertDone(self.rpc("showroom.ruling", "action_appeal", ruling.ids, "I called"))
        self.enterContext(self.at("2026-03-16 00:01"))
        self.enter("li")
        for tz in (False, "Pacific/Pago_Pago", "Pacific/Kiritimati", "Nowhere"):
            with self.subTest(tz):
                answer = self.rpc(
                    "showroom.ruling", "action_appeal", ruling.ids, "Late", context={"tz": tz} if tz else {}
                )
                self.assertRefused(answer, "2026-03-15")
        self.assertDone(self.rpc("res.users", "write", self.li.ids, {"tz": "Pacific/Pago_Pago"}))
        self.assertRefused(self.rpc("showroom.ruling", "action_appeal", ruling.ids, "Late"), "2026-03-15")
        self.env.company.partner_id.tz = "Pacific/Pago_Pago"
        self.assertRefused(self.rpc("showroom.ruling", "action_appeal", ruling.ids, "Late"), "2026-03-15")

    def test_the_outlets_zone_is_a_directors_and_moves_no_deadline(self):
        ruling = self.provisional()
        self.enterContext(self.at("2026-03-16 00:01"))
        for role in ("li", "chen", "admin"):
            self.enter(role)
            self.assertRefused(self.rpc("crm.team", "write", self.main.ids, {"tz": "Pacific/Pago_Pago"}))
        self.enter("dir")
        self.assertDone(self.rpc("crm.team", "write", self.main.ids, {"tz": "Pacific/Pago_Pago"}))
        self.enter("li")
        self.assertRefused(self.rpc("showroom.ruling", "action_appeal", ruling.ids, "Late"), "2026-03-15")

    def test_what_an_outlet_rests_on_is_not_written(self):
        """Dated later, the day of going live would make evidence of any old line of a paper register."""
        for role in ("chen", "dir", "gm", "admin"):
            self.enter(role)
            for values in ({"live_since": "2027-01-01"}, {"paper_day": False}, {"paper_attested_by": self.gm.id}):
                with self.subTest(role=role, values=values):
                    self.assertRefused(self.rpc("crm.team", "write", self.main.ids, values))
        said = {"name": "West", "outlet_kind": "showroom", "tz": "Asia/Shanghai", "policy_id": self.policy.id}
        self.enter("admin")
        self.assertRefused(self.rpc("crm.team", "create", said), "director")
        self.enter("dir")
        self.assertRefused(self.rpc("crm.team", "create", {**said, "live_since": "2027-01-01"}), "by itself")
        self.assertDone(self.rpc("crm.team", "create", said))

    # Own requests

    def test_nobody_approves_their_own_request_in_any_way(self):
        self.zhao.with_user(self.chen).action_request_transfer(self.wang.id, "customer_request", "Asked")
        transfer = self.zhao.transfer_ids
        self._every_way(transfer, ("chen", "li", "wang", "desk", "sun", "branch", "portal", "plain", "admin"))
        self.enter("gm")
        self.assertDone(self.rpc("showroom.transfer", "action_approve", transfer.ids, "Fine"))
        self.assertEqual((self.zhao.user_id, transfer.decided_by), (self.wang, self.gm))
        self.assertRefused(self.rpc("showroom.transfer", "action_approve", transfer.ids))

    def _every_way(self, transfer, roles):
        approval = transfer.approval_id.ids
        for role in roles:
            self.enter(role)
            for model, method, *args in (
                ("showroom.transfer", "action_approve", transfer.ids),
                ("showroom.transfer", "action_approve_to", transfer.ids, self.wang.id),
                ("showroom.transfer", "action_approve_each", transfer.ids, {str(transfer.id): self.wang.id}),
                ("showroom.approval", "action_approve", approval),
                ("showroom.request.mixin", "action_approve", transfer.ids),
                ("showroom.transfer", "write", transfer.ids, {"state": "approved"}),
                ("showroom.approval", "write", approval, {"state": "approved", "requested_by": self.gm.id}),
                ("showroom.approval", "write", approval, {"tier": 1, "party_ids": [Command.clear()]}),
            ):
                with self.subTest(role=role, method=method):
                    answer = self.rpc(model, method, *args, context={"uid": self.gm.id, "skip_validation_check": True})
                    self.assertTrue(answer.refused or not answer.result, answer.result)
            self._by_the_dialog(approval)
            self.assertEqual((transfer.state, self.zhao.user_id), ("pending", self.li))

    def _by_the_dialog(self, approval):
        values = {"approval_ids": [Command.set(approval)], "verdict": "approve"}
        made = self.rpc("showroom.approval.wizard", "create", [values])
        if not made.refused:
            self.assertRefused(self.rpc("showroom.approval.wizard", "action_decide", made.result))
        self.env.invalidate_all()

    def test_what_was_withdrawn_is_not_approved(self):
        self.zhao.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked")
        transfer = self.zhao.transfer_ids
        transfer.with_user(self.li).action_withdraw()
        self.enter("chen")
        self.assertRefused(self.rpc("showroom.transfer", "action_approve", transfer.ids), "decided already")

    # Own role

    def test_nobody_gives_themselves_a_role(self):
        manager = self.env.ref("showroom_ownership.group_manager")
        attempts = (
            ("res.users", "write", self.li.ids, {"group_ids": [Command.link(manager.id)]}),
            ("res.users", "write", self.li.ids, {"role": "group_system"}),
            ("res.users", "web_save", self.li.ids, {"group_ids": [Command.link(manager.id)]}, {}),
            ("res.groups", "write", manager.ids, {"user_ids": [Command.link(self.li.id)]}),
            ("res.groups", "write", self.env.ref("showroom_ownership.group_consultant").ids,
             {"implied_ids": [Command.link(manager.id)]}),
            ("crm.team.member", "create", {"crm_team_id": self.east.id, "user_id": self.li.id}),
            ("crm.team.member", "write", self.main.crm_team_member_ids.ids, {"is_suspended": True}),
            ("crm.team", "write", self.east.ids, {"user_id": self.li.id}),
            ("ir.rule", "create", {"name": "x", "model_id": self.env.ref("crm.model_crm_lead").id}),
            ("ir.model.access", "create", {"name": "x", "model_id": self.env.ref("crm.model_crm_lead").id}),
        )  # fmt: skip
        for role in ("li", "chen"):
            self.enter(role)
            for model, method, *args in attempts:
                with self.subTest(role=role, model=model, method=method):
                    self.assertRefused(self.rpc(model, method, *args))
        self.assertFalse(self.li._is_showroom_manager())

    def test_each_role_implies_what_it_should_and_nothing_more(self):
        names = "receptionist consultant manager director general_manager".split()
        ours = [self.env.ref(f"showroom_ownership.group_{name}") for name in names]
        for place, group in enumerate(ours):
            implied = group.all_implied_ids
            self.assertEqual([each in implied for each in ours], [at <= place for at in range(len(ours))])
            for forbidden in ("base.group_system", "base.group_erp_manager", "base.group_partner_manager"):
                self.assertNotIn(self.env.ref(forbidden), implied, group.name)
            self.assertEqual(self.env.ref("sales_team.group_sale_salesman_all_leads") in implied, place >= 2)
            self.assertEqual(self.env.ref("sales_team.group_sale_manager") in implied, place >= 3)

    # Own deals

    def test_a_disputed_deal_is_not_undone_by_dragging_it(self):
        """li owns the card: taken back and won again by li, wang's deal would be li's."""
        ruling = self.provisional()
        stage = self.main._first_stage()
        self.enter("li")
        for values in ({"stage_id": stage.id}, {"probability": 50}, {"closer_id": self.li.id}, {"closer_id": False}):
            with self.subTest(values):
                self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, values))
        self.assertEqual((ruling.state, self.zhao.closer_id), ("provisional", self.wang))
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"stage_id": stage.id}))
        self.assertEqual(ruling.state, "cancelled")

    def test_one_deal_is_ruled_once(self):
        ruling = self.provisional()
        line = self.zhao.reception_ids.filtered(lambda each: each.consultant_id == self.wang)
        self.enter("wang")
        self.assertRefused(self.rpc("showroom.reception", "action_confirm_deal", line.ids), "already")
        self.assertEqual(self.zhao.ruling_ids, ruling)

    def test_a_party_does_not_decide(self):
        ruling = self.provisional()
        ruling.with_user(self.li).action_appeal("I called")
        for user in self.li | self.wang | self.sun:
            self.authenticate(user.login, "any")
            self.assertRefused(self.rpc("showroom.ruling", "action_decide", ruling.ids, {str(user.id): 100}, "Mine"))
        self.enter("chen")
        self.assertDone(self.rpc("showroom.ruling", "action_decide", ruling.ids))
        self.assertEqual(ruling.state, "final")

    def test_nobody_makes_the_managers_a_party(self):
        """A line on behalf of each of them would leave nobody to decide on the appeal."""
        self.enter("li")
        said = {"outlet_id": self.main.id, "customer_name": "Zhao Min", "phone": "13810000001", "channel": "visit"}
        call = {"lead_id": self.zhao.id, "method": "call"}
        for manager in (self.chen, self.dir, self.gm):
            behalf = {"on_behalf_of_id": manager.id}
            self.assertRefused(self.rpc("showroom.reception", "create", {**said, **behalf}), "has no customers here")
            self.assertRefused(self.rpc("showroom.followup", "create", {**call, **behalf}), "has no customers here")
        line = self.assertDone(self.rpc("showroom.reception", "create", {**said, "on_behalf_of_id": self.wang.id}))
        correct = {"on_behalf_of_id": self.chen.id}
        self.assertRefused(self.rpc("showroom.reception", "action_correct", [line], correct), "has no customers here")
        self.qian.with_user(self.gm).action_reassign(self.chen.id, "She sells, too")
        self.assertDone(self.rpc("showroom.reception", "create", {**said, "on_behalf_of_id": self.chen.id}))

    def test_an_appeal_that_is_withdrawn_leaves_the_ruling_as_it_was(self):
        ruling = self.provisional()
        before = (ruling.state, ruling.ground, ruling.principle, ruling.deadline, ruling.share_ids.user_id)
        with self.at("2026-03-13 10:00"):
            self.enter("li")
            self.assertDone(self.rpc("showroom.ruling", "action_appeal", ruling.ids, "He was mine."))
            self.assertDone(self.rpc("showroom.appeal", "action_withdraw", ruling.appeal_ids.ids))
            now = (ruling.state, ruling.ground, ruling.principle, ruling.deadline, ruling.share_ids.user_id)
            self.assertEqual(now, before)
            self.assertTrue(ruling.with_user(self.li).can_appeal)
            self.assertTrue(self.zhao.activity_ids.filtered(lambda each: each.user_id == self.li))
        with self.at("2026-03-16 10:00"):
            self.scheduled(self.env["showroom.ruling"]._cron_windows)
        self.assertEqual((ruling.state, ruling.share_ids.user_id), ("final", self.wang))
