from odoo.exceptions import AccessError, UserError

from .test_approval import ApprovalCase


class DelegationCase(ApprovalCase):
    """A colleague decides in the place of who is absent: on those days, in that role, never on their own affairs."""

    def delegate(self, absent, to, start="2026-03-02", end="2026-03-04", by=None, **more):
        vals = {"delegator_id": absent.id, "delegate_id": to.id, "date_from": start, "date_to": end, **more}
        delegation = self.env["showroom.delegation"].with_user(by or absent).create(vals)
        return delegation.with_env(self.env)

    def refused(self, transfer, user, why=""):
        with self.assertRaisesRegex(AccessError, why):
            self.call(user, transfer.approval_id, "action_approve")
        self.assertNotIn(transfer.approval_id, self.waiting(user))
        self.assertNotIn(transfer.approval_id, self.decidable(user))

    def setUp(self):
        super().setUp()
        self.zhou, self.gao = self._user("zhou", "consultant", self.main), self._user("gao", "manager", self.main)


class TestDelegation(DelegationCase):
    """Arranged, in force, at an end, and what it lets somebody decide."""

    # Arranging

    def test_only_for_oneself_or_for_a_lower_role(self):
        self.delegate(self.chen, self.zhou)
        self.delegate(self.gao, self.zhou, by=self.dir)
        self.delegate(self.dir, self.gao, by=self.gm)
        for absent, by in ((self.dir, self.chen), (self.gm, self.dir), (self.chen, self.gao)):
            with self.assertRaises(AccessError):
                self.delegate(absent, self.li, by=by)

    def test_who_decides_nothing_delegates_nothing(self):
        with self.assertRaises(AccessError):
            self.delegate(self.li, self.wang)
        with self.assertRaisesRegex(UserError, "nothing that could be delegated"):
            self.delegate(self.li, self.wang, by=self.dir)

    def test_a_director_of_another_company_arranges_nothing(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        far = self._user("far", "director")
        far.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            self.delegate(self.chen, self.zhou, by=far)

    def test_who_can_stand_in(self):
        archived, suspended = self._user("old", "manager", self.main), self._user("sus", "manager", self.main)
        archived.active = False
        suspended.crm_team_member_ids.is_suspended = True
        portal = self.env["res.users"].create(
            {"name": "P", "login": "p@test", "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)]}
        )
        for user in (archived, suspended, portal, self.desk, self.seller):
            with self.subTest(user.login), self.assertRaisesRegex(UserError, "Choose an active colleague"):
                self.delegate(self.chen, user)

    def test_people_and_days_that_make_no_sense(self):
        for to, start in ((self.chen, "2026-03-02"), (self.zhou, "2026-03-05")):
            with self.assertRaises(UserError):
                self.delegate(self.chen, to, start, "2026-03-04")
        with self.assertRaisesRegex(UserError, "in the past"):
            self.delegate(self.chen, self.zhou, "2026-03-01")

    def test_one_delegate_at_a_time(self):
        first = self.delegate(self.chen, self.zhou)
        with self.assertRaisesRegex(UserError, "cancel that first"), self.env.cr.savepoint():
            self.delegate(self.chen, self.gao, "2026-03-04", "2026-03-08")
        self.delegate(self.chen, self.gao, "2026-03-05", "2026-03-08")
        first.with_user(self.chen).action_cancel()
        self.delegate(self.chen, self.dir)

    def test_what_the_system_stamps_cannot_be_set(self):
        for vals in ({"cancelled_at": "2026-03-02 00:00:00"}, {"cancelled_by": self.li.id}, {"create_uid": self.gm.id}):
            with self.assertRaisesRegex(UserError, "Leave out"):
                self.delegate(self.chen, self.zhou, **vals)

    def test_nobody_changes_or_deletes_a_delegation(self):
        delegation = self.delegate(self.chen, self.zhou)
        for user in (self.zhou, self.chen, self.dir, self.gm, self.env.ref("base.user_admin")):
            for method, *args in (("write", {"date_to": "2027-01-01"}), ("unlink",)):
                with self.assertRaises(AccessError):
                    self.call(user, delegation, method, *args)
        for method in ("_in_force", "_outlets_at", "_delegates", "_tell_delegates"):
            with self.assertRaises(AccessError):
                self.call(self.chen, delegation, method)

    def test_cancelling_ends_it_at_once_and_keeps_it(self):
        delegation, transfer = self.delegate(self.chen, self.zhou), self.ask()
        self.assertIn(transfer.approval_id, self.waiting(self.zhou))
        for user in (self.zhou, self.gao, self.li):
            with self.assertRaises(AccessError):
                self.call(user, delegation, "action_cancel")
        delegation.with_user(self.chen).action_cancel()
        self.refused(transfer, self.zhou)
        self.assertEqual((delegation.state, delegation.cancelled_by), ("cancelled", self.chen))
        with self.assertRaisesRegex(UserError, "over already"):
            delegation.with_user(self.chen).action_cancel()

    def test_its_states(self):
        delegation = self.delegate(self.chen, self.zhou, "2026-03-03", "2026-03-04")
        for day, state in (("02", "planned"), ("03", "in_force"), ("04", "in_force"), ("05", "ended")):
            with self.at(f"2026-03-{day} 12:00"):
                delegation.invalidate_recordset()
                self.assertEqual(delegation.state, state)

    def test_the_delegate_is_told_and_sees_it(self):
        delegation = self.delegate(self.chen, self.zhou)
        told = self.env["mail.message"].search([("partner_ids", "in", self.zhou.partner_id.ids)], limit=1)
        self.assertIn("You decide for Chen", told.body)
        found = self.env["showroom.delegation"].with_user(self.zhou).search([])
        self.assertEqual(found.with_env(self.env), delegation)
        self.assertFalse(self.env["showroom.delegation"].with_user(self.li).search([]))

    # Deciding

    def test_it_counts_on_local_days_of_the_outlet_only(self):
        self.delegate(self.chen, self.zhou, "2026-03-03", "2026-03-03")
        transfer = self.ask()
        for moment, counts in (
            ("2026-03-02 23:59", False),
            ("2026-03-03 00:00", True),
            ("2026-03-03 23:59", True),
            ("2026-03-04 00:00", False),
        ):
            with self.at(moment), self.subTest(moment):
                self.assertEqual(transfer.approval_id in self.waiting(self.zhou), counts)
                self.assertEqual(transfer.approval_id in self.decidable(self.zhou), counts)
        with self.at("2026-03-04 00:00"):
            self.refused(transfer, self.zhou)

    def test_days_are_those_of_each_outlet(self):
        self.east.tz = "America/New_York"
        self.delegate(self.chen, self.zhou, "2026-03-03", "2026-03-03")
        here, there = self.ask(), self.ask(by=self.sun, card=self.card(self.sun, phone="+86 139 1000 0055"))
        with self.at("2026-03-03 10:00"):
            self.assertEqual(self.waiting(self.zhou), here.approval_id)
        with self.at("2026-03-04 10:00"):
            self.assertEqual(self.waiting(self.zhou), there.approval_id)

    def test_both_names_are_kept(self):
        self.delegate(self.chen, self.zhou)
        transfer = self.ask()
        transfer.with_user(self.zhou).action_approve("As Chen would")
        self.assertEqual(self.steps(transfer), [("approved", self.zhou, self.chen)])
        self.assertEqual((transfer.decided_by, transfer.lead_id.user_id), (self.zhou, self.wang))
        self.assertIn(transfer.approval_id, self.env["showroom.approval"].with_user(self.zhou).search([]))
        self.assertEqual(transfer.with_user(self.zhou).step_ids.for_id.name, "Chen")

    def test_every_kind_can_be_decided_by_a_consultant_who_stands_in(self):
        self.delegate(self.chen, self.zhou)
        card = self.card(phone="+86 139 1000 0001")
        card.with_user(self.li).action_request_cancellation("Gone")
        vals = {"customer_name": "Qian", "phone": "+86 139 1000 0002", "outlet_id": self.main.id}
        announced = self.env["showroom.preregistration"].with_user(self.wang).create(vals)
        shared = self.card(phone="+86 139 1000 0003")
        self.receive(self.wang, phone="+86 139 1000 0003")
        settlement = shared.with_user(self.li).action_settle({self.li.id: 50, self.wang.id: 50})
        settlement.with_user(self.wang).action_sign()
        requests = (card.cancellation_ids, announced.with_env(self.env), settlement.with_env(self.env), self.ask())
        for request in requests:
            with self.subTest(request._name):
                wizard = self.env["showroom.approval.wizard"].with_user(self.zhou)
                wizard = wizard.with_context(active_model=request._name, active_ids=request.ids).create({})
                self.assertTrue(request.with_user(self.zhou).read(["display_name", "can_decide"])[0]["can_decide"])
                wizard.action_decide()
                self.assertEqual((request.state, request.step_ids[-1:].for_id), ("approved", self.chen))

    def test_a_stand_in_sees_what_waits_there_and_nothing_else(self):
        self.delegate(self.chen, self.zhou)
        waits, over = self.ask_many(2)
        over.with_user(self.chen).action_refuse()
        self.assertEqual(self.env["showroom.approval"].with_user(self.zhou).search([]).ids, waits.approval_id.ids)
        for name in ("showroom.ruling", "showroom.reception"):
            self.assertFalse(self.env[name].with_user(self.zhou).search([]))
        with self.assertRaises(AccessError):
            waits.lead_id.with_user(self.zhou).read(["phone"])
        with self.assertRaises(AccessError):
            self.call(self.zhou, waits.lead_id, "action_reassign", self.zhou.id, "Mine")

    def test_not_on_what_the_delegate_asked_for_or_is_a_party_to(self):
        self.delegate(self.chen, self.li)
        self.refused(self.ask(), self.li, "own request")
        to_li = self.ask(self.card(self.wang, phone="+86 139 1000 0001"), by=self.wang, to=self.li)
        self.refused(to_li, self.li, "party")

    def test_not_on_what_the_delegator_asked_for_or_is_a_party_to(self):
        self.delegate(self.chen, self.zhou)
        card = self.card()
        card.with_user(self.chen).action_request_transfer(self.wang.id, "manager", "Better")
        self.refused(card.pending_transfer_id, self.zhou, "own request")
        other = self.card(phone="+86 139 1000 0001")
        self.refused(self.ask(other, to=self.chen), self.zhou, "party")

    def test_no_chains(self):
        self.delegate(self.chen, self.gao)
        self.delegate(self.dir, self.chen)
        self.delegate(self.gao, self.zhou)
        self.two_tiers()
        transfer = self.ask()
        transfer.with_user(self.zhou).action_approve()
        self.assertEqual(transfer.step_ids.for_id, self.gao)
        self.refused(transfer, self.gao, "sales director")
        transfer.with_user(self.chen).action_approve()
        self.assertEqual(transfer.step_ids[1].for_id, self.dir)

    def test_tier_by_tier(self):
        self.two_tiers()
        self.delegate(self.dir, self.zhou)
        transfer = self.ask()
        self.assertNotIn(transfer.approval_id, self.waiting(self.zhou))
        transfer.with_user(self.chen).action_approve()
        self.assertIn(transfer.approval_id, self.waiting(self.zhou))
        transfer.with_user(self.zhou).action_approve()
        self.assertEqual((transfer.state, transfer.step_ids[1].for_id), ("approved", self.dir))

    def test_delegator_and_delegate_give_one_approval_between_them(self):
        self.two_tiers()
        self.delegate(self.dir, self.zhou)
        one, two = self.ask_many(2)
        one.with_user(self.dir).action_approve()
        self.refused(one, self.zhou, "somebody else's")
        two.with_user(self.zhou).action_approve()
        self.refused(two, self.dir, "somebody else's")

    def test_a_manager_decides_in_their_own_name_first(self):
        self.two_tiers()
        self.delegate(self.dir, self.gao)
        transfer = self.ask()
        transfer.with_user(self.gao).action_approve()
        self.assertFalse(transfer.step_ids.for_id)
        self.refused(transfer, self.gao, "somebody else's")

    def test_it_ends_with_the_role_the_account_or_a_suspension(self):
        for end in ("archived", "suspended", "demoted", "delegate archived", "delegate suspended", "delegate demoted"):
            absent = self._user(f"boss {end}", "manager", self.main)
            deputy = self._user(f"deputy {end}", "consultant", self.main)
            self.delegate(absent, deputy)
            transfer = self.ask(self.card(phone=f"+86137{deputy.id:08d}"))
            self.assertIn(transfer.approval_id, self.waiting(deputy))
            who = deputy if "delegate" in end else absent
            if "archived" in end:
                who.active = False
            elif "suspended" in end:
                who.crm_team_member_ids.is_suspended = True
            else:
                who.group_ids = self.env.ref("base.group_user")
            with self.subTest(end), self.assertRaises(AccessError):
                self.call(deputy, transfer.approval_id, "action_approve")
            self.assertEqual(transfer.state, "pending")

    def test_only_at_outlets_that_the_delegator_may_see(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        transfer = self.ask()
        self.delegate(self.chen, self.zhou)
        self.assertIn(transfer.approval_id, self.waiting(self.zhou))
        self.main.company_id = self.env.company
        self.chen.crm_team_member_ids.unlink()
        self.chen.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.refused(transfer, self.zhou)

    def test_the_absent_one_may_still_decide(self):
        self.delegate(self.chen, self.zhou)
        transfer = self.ask()
        transfer.with_user(self.chen).action_approve()
        self.assertEqual(self.steps(transfer), [("approved", self.chen, self.nobody())])

    def test_a_card_goes_to_neither_of_the_two(self):
        self.delegate(self.chen, self.zhou)
        transfer = self.ask()
        for owner in (self.zhou, self.chen):
            with self.assertRaises(AccessError):
                self.call(self.zhou, transfer, "action_approve_to", owner.id)
        self.assertEqual((transfer.to_id, transfer.state), (self.wang, "pending"))

    def test_who_stands_in_for_nobody_pays_no_query(self):
        self.env["showroom.delegation"]._in_force(self.li)
        with self.assertQueryCount(0):
            self.env["showroom.delegation"]._in_force(self.li)
