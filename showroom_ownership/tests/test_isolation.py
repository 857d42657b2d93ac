from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import ShowroomCase

# What everybody with a role may read: the rules of the house, and what no person stands in.
SHARED = {"showroom.grade", "showroom.policy", "showroom.policy.principle", "showroom.policy.version"}


class TestIsolation(ShowroomCase):
    """Staff of a branch see their outlet, a company sees its own, and nobody else's cards are in a list (design)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.he = cls._user("he", "manager", cls.east)
        cls.area = cls._user("area", "manager")

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            self.ours = self.card(self.li)
            self.theirs = self.card(self.sun, phone="+86 138 1000 0002", name="Qian")

    def seen_by(self, user, model="crm.lead", domain=(("outlet_id", "!=", False),)):
        return self.env[model].with_user(user).search(list(domain)).with_env(self.env)

    def test_the_manager_of_a_branch_sees_the_branch(self):
        self.assertEqual(self.seen_by(self.he), self.theirs)
        self.assertEqual(self.seen_by(self.he, "showroom.reception", ()).outlet_id, self.east)
        self.assertEqual(self.seen_by(self.he, "showroom.ledger.entry", ()).outlet_id, self.east)
        self.assertEqual(self.seen_by(self.he, "showroom.register.page", ()).outlet_id, self.east)

    def test_the_manager_of_a_showroom_or_of_no_outlet_sees_all(self):
        for user in (self.chen, self.area, self.dir, self.gm):
            self.assertEqual(self.seen_by(user), self.ours | self.theirs, user.name)

    def test_who_saw_every_outlet_does_not_see_one_of_another_company(self):
        self.assertTrue(self.area._sees_every_outlet(self.env.company.ids))
        north = self.env["res.company"].create({"name": "North"})
        for user in self.sun | self.he:
            user.company_ids += north
        self.east.company_id = north
        self.assertFalse(self.area._sees_every_outlet(self.env.company.ids))
        self.assertEqual(self.seen_by(self.area), self.ours)

    def test_one_of_many_leads_with_a_contact_of_another_company_is_refused(self):
        north = self.env["res.company"].create({"name": "North"})
        near, far = self.env["res.partner"].create([{"name": "Near"}, {"name": "Far", "company_id": north.id}])
        here = {"name": "Zhao", "company_id": self.env.company.id, "user_id": False, "team_id": self.plain_team.id}
        leads = [{**here, "partner_id": contact.id} for contact in (near, near, far)]
        self.assertEqual(len(self.env["crm.lead"].create(leads[:2])), 2)
        with self.assertRaises(UserError):
            self.env["crm.lead"].create(leads)

    def test_who_leads_a_showroom_too_sees_all_again_at_once(self):
        self.assertEqual(self.seen_by(self.he), self.theirs)
        self.main.user_id = self.he
        self.assertEqual(self.seen_by(self.he), self.ours | self.theirs)

    def test_consultants_see_their_own_whatever_rights_they_were_given_in_sales(self):
        self.wang.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertFalse(self.seen_by(self.wang))
        self.assertEqual(self.seen_by(self.li), self.ours)

    def test_cards_in_the_pool_are_the_managers(self):
        with self.at("2026-03-03 10:00"):
            self.li.action_archive()
        self.assertFalse(self.ours.user_id)
        self.assertFalse(self.seen_by(self.wang))
        self.assertEqual(self.seen_by(self.chen), self.ours | self.theirs)
        self.assertEqual(self.seen_by(self.he), self.theirs)

    def test_leads_of_other_teams_stay_as_they_were(self):
        Lead = self.env["crm.lead"].with_context(default_type="opportunity")
        mine = Lead.create({"name": "A", "team_id": self.plain_team.id, "user_id": self.seller.id})
        free = Lead.create({"name": "B", "team_id": self.plain_team.id, "user_id": False})
        found = self.seen_by(self.seller, domain=[("id", "in", (mine | free | self.ours).ids)])
        self.assertEqual(found, mine | free)

    def test_the_manager_of_a_branch_decides_there_only(self):
        with self.at("2026-03-03 10:00"):
            asked = self.ask(self.li, self.ours, self.wang)
            self.assertIn("managers of Main", asked.approval_id._standing(self.he)[asked.approval_id.id][1])
            with self.assertRaises(AccessError):
                asked.approval_id.with_user(self.he).action_approve()
            self.assertFalse(self.env["showroom.approval"].with_user(self.he).search([("can_decide", "=", True)]))
            asked.approval_id.with_user(self.chen).action_approve()
        self.assertEqual(self.ours.user_id, self.wang)

    def test_who_stands_in_for_the_manager_of_a_branch_decides_there_only(self):
        with self.at("2026-03-03 10:00"):
            days = {"date_from": "2026-03-03", "date_to": "2026-03-09"}
            vals = {"delegator_id": self.he.id, "delegate_id": self.wang.id, **days}
            self.env["showroom.delegation"].with_user(self.he).create(vals)
            asked = self.ask(self.li, self.ours, self.sun)
            with self.assertRaises(AccessError):
                asked.approval_id.with_user(self.wang).action_approve()

    def ask(self, user, card, to):
        card.with_user(user).action_request_transfer(to.id, "customer_request", "They asked for it.")
        return card.pending_transfer_id

    def test_at_another_outlet_a_branch_manager_is_nobody(self):
        he, line, page = self.he, self.ours.reception_ids, self.ours.reception_ids.page_id
        tries = {
            "void": lambda: line.with_user(he).action_void("Not mine."),
            "close": lambda: page.with_user(he).action_close(),
            "correct": lambda: line.with_user(he).action_correct({"customer_name": "Li"}),
            "move": lambda: self.ours.with_user(he).action_reassign(self.sun.id, "To us."),
            "notice": lambda: self.ours.with_user(he).action_notice(),
            "register": lambda: self.receive(he, outlet_id=self.main.id, consultant_id=self.li.id),
            "desk": lambda: self.env["showroom.reception"].with_user(he).desk_page(self.main.id),
            "order": lambda: self.env["showroom.order"].with_user(he).create({"lead_id": self.ours.id}),
        }
        for name, attack in tries.items():
            with self.subTest(name), self.at("2026-03-02 11:00"), self.assertRaises(UserError):
                attack()
        with self.at("2026-03-02 11:00"):
            self.theirs.reception_ids.with_user(he).action_void("Registered twice.")
        self.assertTrue(self.theirs.reception_ids.is_void)

    def test_a_company_sees_its_own(self):
        north = self.env["res.company"].create({"name": "North"})
        outlet = self._outlet("NORTH", "showroom")
        outlet.company_id = north
        boss = self._user("boss", "director")
        boss.write({"company_ids": [Command.set(north.ids)], "company_id": north.id})
        qi = self._user("qi", "consultant", None)
        qi.write({"company_ids": [Command.set(north.ids)], "company_id": north.id})
        self.env["crm.team.member"].create({"crm_team_id": outlet.id, "user_id": qi.id})
        with self.at("2026-03-02 10:30"):
            card = self.card(qi, phone="+86 138 1000 0009", name="Wu")
        self.assertEqual(self.seen_by(boss), card)
        self.main.company_id = self.east.company_id = self.env.company
        self.env.flush_all()
        self.assertEqual(self.seen_by(boss, "showroom.reception", ()), card.reception_ids)
        self.assertEqual(self.seen_by(self.dir), self.ours | self.theirs)

    def test_customers_are_a_companys(self):
        """The same number at two companies of one database is two customers, and neither learns of the other."""
        north = self.env["res.company"].create({"name": "North", "country_id": self.env.ref("base.cn").id})
        outlet = self._outlet("NORTH", "showroom")
        outlet.company_id = north
        (self.main | self.east).company_id = self.env.company
        qi = self._user("qi", "consultant", None)
        qi.write({"company_ids": [Command.set(north.ids)], "company_id": north.id})
        self.env["crm.team.member"].create({"crm_team_id": outlet.id, "user_id": qi.id})
        with self.at("2026-03-02 11:00"):
            ours = self.card(self.li, phone="+86 138 1000 0055")
            there = self.env["showroom.reception"].with_user(qi).with_company(north)
            self.assertEqual(there.match("+86 138 1000 0055", outlet.id)["state"], "new")
            theirs = self.card(qi, phone="+86 138 1000 0055")
        self.assertNotEqual(ours, theirs)
        self.assertFalse(ours._same_customer() & theirs)
        self.assertFalse(ours.is_contested or theirs.is_contested)

    def test_a_company_that_is_switched_off_is_not_shown(self):
        north = self.env["res.company"].create({"name": "North"})
        for user in (self.sun, self.he, self.dir):
            user.company_ids += north
        self.east.company_id = north
        Lines = self.env["showroom.reception"].with_user(self.dir).with_context(allowed_company_ids=north.ids)
        self.assertEqual(Lines.search([]).outlet_id, self.east | self.main, "an outlet of no company is everybody's")
        self.main.company_id = self.env.company
        self.assertEqual(Lines.search([]).outlet_id, self.east)

    def test_every_model_that_staff_may_read_has_a_rule(self):
        """A model added later is in this without being asked."""
        staff = self.env.ref("showroom_ownership.group_consultant") | self.env.ref("showroom_ownership.group_manager")
        domain = [("group_id", "in", staff.all_implied_ids.ids), ("perm_read", "=", True)]
        access = self.env["ir.model.access"].search(domain)
        models = {name for name in access.model_id.mapped("model") if name.startswith("showroom.")}
        stored = {name for name in models if not self.env[name]._transient}
        ruled = set(self.env["ir.rule"].search([]).model_id.mapped("model"))
        ruled |= {name for name in stored if "showroom.approval" in self.env[name]._inherits}
        self.assertFalse(stored - ruled, "give these a record rule: whoever has a role reads all of them")
        self.assertLessEqual(SHARED, stored)

    def test_a_stranger_finds_no_row_of_anybody(self):
        """A consultant who has met nobody sees rows of no model, but the rules of the house."""
        zhao = self._user("zhao", "consultant", self.main)
        with self.at("2026-03-03 10:00"):
            self.ask(self.li, self.ours, self.wang)
            self.receive(self.wang)
        for name, model in self.env.registry.items():
            if not name.startswith("showroom.") or model._abstract or model._transient or name in SHARED:
                continue
            Model = self.env[name].with_user(zhao)
            if Model.has_access("read") and name != "showroom.register.page":
                self.assertFalse(Model.search([]), name)


class TestOtherAddons(ShowroomCase):
    """Code of other addons writes on leads what it may in stock Odoo."""

    def test_records_stand_for_their_ids(self):
        contact, other = self.env["res.partner"].create([{"name": "Zhao"}, {"name": "Qian"}])
        for team in (self.main, self.plain_team):
            Lead = self.env["crm.lead"].with_user(self.gm)
            lead = Lead.create({"name": "x", "team_id": team, "user_id": self.li, "partner_id": contact})
            self.assertEqual((lead.team_id, lead.user_id, lead.partner_id), (team, self.li, contact))
            lead.write({"partner_id": other, "user_id": self.li, "team_id": team})
            self.assertEqual(lead.partner_id, other)
            lead.write({"partner_id": self.env["res.partner"]})
            self.assertFalse(lead.partner_id)
