from unittest.mock import patch

from odoo.exceptions import AccessError

from .privacy_case import DIGITS, EMAIL, NAME, PHONE, PrivacyCase


class TestPrivacyContact(PrivacyCase):
    """The contact behind a card is seen by who may see the card."""

    def found(self, user, **how):
        domain = [("id", "=", self.customer.id)]
        return self.rpc(user, "res.partner", "search_read", domain, ["name", "phone", "email"])

    def test_the_owner_and_managers_read_it(self):
        for user in (self.li, self.chen, self.gm):
            self.assertTrue(self.tells(self.found(user)), user.name)

    def test_who_has_no_role_here_is_left_to_stock_rules(self):
        self.assertTrue(self.tells(self.found(self.seller)))

    def test_strangers_find_nothing(self):
        for user in (self.wang, self.sun, self.desk):
            self.assertFalse(self.found(user))
            self.refused(user, "res.partner", "read", [self.customer.id], ["phone"])
            known = {"phone": PHONE, "phone_sanitized": f"+86{DIGITS}", "name": NAME, "email": EMAIL}
            for name, value in known.items():
                self.assertFalse(self.rpc(user, "res.partner", "search", [(name, "ilike", value)]))
            self.assertFalse(self.rpc(user, "res.partner", "search", [("phone_mobile_search", "=", DIGITS)]))
            self.assertFalse(self.rpc(user, "res.partner", "name_search", NAME))
            answer = self.rpc(user, "res.partner", "get_mention_suggestions", "Ouyang")
            self.assertFalse(self.tells(answer))
        for path in ("opportunity_ids.phone", "child_ids.phone", "commercial_partner_id.phone", "message_ids.body"):
            self.assertFalse(self.rpc(self.wang, "res.partner", "search", [(path, "ilike", "4455")]), path)

    def test_contacts_that_are_no_customers_are_seen(self):
        supplier = self.env["res.partner"].create({"name": "Supplier", "phone": "+86 21 5555 0000"})
        for partner in (supplier, self.li.partner_id, self.env.company.partner_id):
            self.assertTrue(self.rpc(self.wang, "res.partner", "read", [partner.id], ["name"]))

    def test_colleagues_and_companies_are_no_customers(self):
        for partner in (self.sun.partner_id, self.env.company.partner_id):
            self.mine.partner_id = partner
            self.assertTrue(self.rpc(self.wang, "res.partner", "read", [partner.id], ["name"]))

    def test_a_lead_of_another_team_marks_nobody(self):
        contact = self.env["res.partner"].create({"name": "Contact"})
        self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id, "partner_id": contact.id})
        self.assertFalse(contact.is_outlet_customer)

    def test_every_way_marks(self):
        Lead = self.env["crm.lead"]
        contacts = self.env["res.partner"].create([{"name": f"Contact {each}"} for each in range(4)])
        Lead.create({"name": "x", "team_id": self.main.id, "partner_id": contacts[0].id})
        self.mine.partner_id = contacts[1]
        plain = {"name": "x", "team_id": self.plain_team.id, "user_id": False}
        moved = Lead.create({**plain, "partner_id": contacts[2].id})
        moved.team_id = self.main
        Lead.create({"name": "x", "team_id": self.plain_team.id, "partner_id": contacts[3].id})
        code = {"outlet_kind": "showroom", "outlet_code": "PLAIN", "tz": "Asia/Shanghai", "policy_id": self.policy.id}
        self.plain_team.write(code)
        self.assertEqual(contacts.mapped("is_outlet_customer"), [True] * 4)

    def test_a_conversion_marks(self):
        came_in = {"name": "x", "type": "lead", "contact_name": NAME, "phone": "+86 139 1111 0000"}
        lead = self.env["crm.lead"].create({**came_in, "team_id": self.main.id, "user_id": self.li.id})
        lead = lead.with_user(self.li)
        wizard = {"lead_id": lead.id, "action": "create", "name": "convert", "user_id": self.li.id}
        context = {"active_model": "crm.lead", "active_ids": lead.ids, "active_id": lead.id}
        Wizard = self.env["crm.lead2opportunity.partner"].with_user(self.li).with_context(**context)
        Wizard.create({**wizard, "team_id": self.main.id}).action_apply()
        self.assertTrue(lead.partner_id)
        self.assertTrue(lead.sudo().partner_id.is_outlet_customer)

    def test_what_is_below_a_customer_is_kept_too(self):
        before = self.env["res.partner"].create({"name": "Spouse"})
        before.parent_id = self.customer
        after = self.env["res.partner"].create({"name": "Home", "parent_id": self.customer.id, "type": "delivery"})
        for partner in before | after:
            self.refused(self.wang, "res.partner", "read", partner.ids, ["name"])
            self.assertTrue(self.rpc(self.li, "res.partner", "read", partner.ids, ["name"]))

    def test_after_a_transfer_the_former_owner_is_a_stranger(self):
        self.mine.with_user(self.chen).action_reassign(self.wang.id, "Moved house")
        self.assertTrue(self.tells(self.found(self.wang)))
        self.assertFalse(self.found(self.li))

    def test_merged_contacts_stay_kept(self):
        other = self.env["res.partner"].create({"name": NAME, "email": EMAIL})
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | other).ids, other)
        self.env.invalidate_all()
        self.assertEqual(self.mine.partner_id, other)
        self.refused(self.wang, "res.partner", "read", other.ids, ["phone"])

    def test_an_erased_customer_does_not_come_to_light(self):
        self.mine.with_user(self.gm).action_erase_customer("Their request of today")
        self.assertFalse(self.found(self.wang))

    # Hanging something of one's own on it

    def test_a_card_of_ones_own_takes_no_strangers_contact(self):
        own = self.card(self.wang, phone="+86 139 0000 0009", name="Own")
        values = {"name": "x", "partner_id": self.customer.id, "team_id": self.main.id}
        self.refused(self.wang, "crm.lead", "write", own.ids, {"partner_id": self.customer.id})
        self.refused(self.wang, "crm.lead", "web_save", own.ids, {"partner_id": self.customer.id}, specification={})
        self.refused(self.wang, "crm.lead", "create", values)
        self.refused(self.wang, "crm.lead", "create", {"name": "x"}, context={"default_partner_id": self.customer.id})
        plain = {**values, "team_id": self.plain_team.id}
        self.refused(self.wang, "crm.lead", "create", plain)
        self.assertTrue(self.rpc(self.li, "crm.lead", "create", {**values, "name": "second car"}))

    def test_a_form_tells_nothing_of_a_strangers_contact(self):
        spec = {name: {} for name in ("partner_id", "phone", "email_from", "contact_name", "street")}
        own = self.rpc(self.li, "crm.lead", "onchange", [], {"partner_id": self.customer.id}, ["partner_id"], spec)
        self.assertTrue(self.tells(own))
        self.refused(self.wang, "crm.lead", "onchange", [], {"partner_id": self.customer.id}, ["partner_id"], spec)
        for said in ({"id": self.customer.id}, {"name": "x", "parent_id": self.customer.id}, [self.customer.id]):
            self.refused(self.wang, "crm.lead", "onchange", [], {"partner_id": said}, ["partner_id"], spec)
        context = {"default_partner_id": self.customer.id}
        self.refused(self.wang, "crm.lead", "onchange", [], {}, [], spec, context=context)
        self.refused(self.wang, "crm.lead", "default_get", ["partner_id", "phone"], context=context)

    def test_a_contact_is_not_put_below_a_strangers(self):
        child = {"name": "x", "parent_id": self.customer.id}
        spec = {"parent_name": {}, "display_name": {}, "street": {}}
        self.refused(self.wang, "res.partner", "create", child)
        self.refused(self.wang, "res.partner", "onchange", [], child, ["parent_id"], spec)
        plain = self.env["res.partner"].with_user(self.wang).create({"name": "x"})
        self.refused(self.wang, "res.partner", "write", plain.ids, {"parent_id": self.customer.id})

    def test_the_mark_is_the_managers(self):
        with self.assertRaises(AccessError):
            self.rpc(self.li, "res.partner", "write", [self.customer.id], {"is_outlet_customer": False})
        self.assertTrue(self.rpc(self.chen, "res.partner", "write", [self.customer.id], {"is_outlet_customer": False}))

    # Costs

    def _queries(self, method):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        method()
        self.env.flush_all()
        return self.env.cr.sql_log_count - start

    def test_marking_costs_the_same_for_many(self):
        few, many = (self.env["res.partner"].create([{"name": "C"}] * number) for number in (2, 20))
        self.assertLessEqual(self._queries(many._mark_customers), self._queries(few._mark_customers))

    def test_leads_of_other_teams_cost_nothing(self):
        """A contact, a team and an owner that change on a lead that is no card, with and without what is done here."""
        Lead, Partner = self.env["crm.lead"].with_user(self.seller), self.env["res.partner"]
        contacts = iter(Partner.create([{"name": f"C{number}", "email": f"c{number}@x.cn"} for number in range(20)]))

        def work():
            lead = Lead.create({"name": "x", "team_id": self.plain_team.id, "partner_id": next(contacts).id})
            self.env.invalidate_all()
            lead.write({"partner_id": next(contacts).id, "user_id": self.seller.id})
            lead.read(["display_name", "duplicate_lead_count", "partner_id"])

        for _time in range(3):
            ours = self._queries(work)
        nothing = {"_keep_customers": lambda _leads: None, "_sight_changed": lambda _leads: None}
        with (
            patch.multiple(type(self.env["crm.lead"]), **nothing),
            patch.object(type(Partner), "_check_may_use", lambda _partners: None),
        ):
            self.assertEqual(ours, self._queries(work))
