from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksFormerLeads(AttackCase):
    """A lead of another team with the contact of a customer, to follow the customer by."""

    def setUp(self):
        super().setUp()
        vals = {"name": "Zhao Lei", "email": "zhao@customer.example", "phone": "+86 139 1000 0099"}
        self.contact = self.env["res.partner"].create(vals)
        self.enter("li")
        self.aside, self.nobodys = (self.plant(user_id=user) for user in (self.li.id, False))
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "write", self.qian.ids, {"partner_id": self.contact.id}))

    def plant(self, **said):
        vals = {"name": "x", "partner_id": self.contact.id, "team_id": self.plain_team.id, "type": "lead", **said}
        return self.env["crm.lead"].browse(self.assertDone(self.rpc("crm.lead", "create", [vals])))

    def test_it_follows_the_contact_no_more(self):
        self.assertEqual(self.aside.email_from, "zhao@customer.example")
        self.assertDone(self.rpc("crm.lead", "write", self.qian.ids, {"email_from": "new@customer.example"}))
        self.assertDone(self.rpc("res.partner", "write", self.contact.ids, {"phone": "+86 139 1000 0098"}))
        self.assertEqual((self.contact.email, self.contact.phone), ("new@customer.example", "+86 139 1000 0098"))
        self.env.flush_all()
        for lead in self.aside | self.nobodys:
            self.assertEqual((lead.email_from, lead.phone), ("zhao@customer.example", "+86 139 1000 0099"))
        self.enter("li")
        self.assertRefused(self.rpc("res.partner", "read", self.contact.ids, ["email"]))
        self.assertDone(self.rpc("crm.lead", "read", self.aside.ids, ["email_from", "partner_id"]))

    def test_one_of_who_may_see_the_contact_follows_it(self):
        """The legal twins: one's own, and one of somebody who has no role at an outlet."""
        mine = self.plant(user_id=self.wang.id)
        sellers = self.env["crm.lead"].create(
            {"name": "y", "team_id": self.plain_team.id, "user_id": self.seller.id, "partner_id": self.contact.id}
        )
        self.assertDone(self.rpc("res.partner", "write", self.contact.ids, {"email": "new@customer.example"}))
        self.assertEqual((mine | sellers).mapped("email_from"), ["new@customer.example"] * 2)

    def test_two_owners_of_a_contact_write_its_number(self):
        """Where a card of a colleague has the contact, too, its owner is not kept from it by a raw refusal."""
        self.env["crm.lead"].browse(self.zhao.id).partner_id = self.contact
        answer = self.rpc("res.partner", "write", self.contact.ids, {"phone": "+86 139 1000 0097"})
        self.assertNotIn("crm.lead", answer.message or "")

    def test_it_does_not_bring_the_contact_to_the_outlet(self):
        """As a card it would open the contact to its owner; nobody's may be taken along as well."""
        self.assertFalse(self.aside.partner_id, "taken off when the contact became a colleague's customer")
        self.assertEqual(self.nobodys.partner_id, self.contact)
        self.enter("li")
        self.assertRefused(self.rpc("crm.lead", "write", self.nobodys.ids, {"team_id": self.main.id}))
        self.assertRefused(self.rpc("res.partner", "read", self.contact.ids, ["email"]))
        self.assertDone(self.rpc("crm.lead", "write", self.aside.ids, {"team_id": self.main.id}))

    def test_nor_with_the_firm_of_a_customer(self):
        partners = self.env["res.partner"].with_user(self.wang).sudo()
        firm = partners.create({"name": "Firm", "is_company": True})
        person = partners.create({"name": "Person", "parent_id": firm.id})
        self.enter("li")
        vals = {"name": "x", "partner_id": firm.id, "team_id": self.plain_team.id, "type": "lead"}
        [aside] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        card = self.card(self.wang, phone="13910000061", name="Person")
        card.with_user(self.wang).partner_id = person
        self.env.flush_all()
        self.assertFalse(self.env["crm.lead"].browse(aside).partner_id)
        self.assertRefused(self.rpc("res.partner", "read", person.ids, ["name"]))

    def test_after_a_transfer_neither(self):
        """li's own customer, whose card goes to wang."""
        self.enter("li")
        mine = self.env["res.partner"].create({"name": "Zhao Min", "phone": self.zhao.phone})
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"partner_id": mine.id}))
        vals = {"name": "x", "partner_id": mine.id, "team_id": self.plain_team.id, "type": "lead"}
        aside = self.env["crm.lead"].browse(self.assertDone(self.rpc("crm.lead", "create", [vals])))
        self.zhao.with_user(self.chen).action_reassign(self.wang.id, "Moved")
        self.env.flush_all()
        self.assertFalse(aside.partner_id)
        self.assertRefused(self.rpc("res.partner", "read", mine.ids, ["name"]))

    def test_who_followed_the_contact_is_told_nothing_more(self):
        contact = self.env["res.partner"].create({"name": "Sun"})
        self.enter("li")
        self.assertDone(self.rpc("res.partner", "message_subscribe", contact.ids, self.li.partner_id.ids))
        self.card(self.wang, phone="13910000062", name="Sun").with_user(self.wang).partner_id = contact
        said = {"body": "She wants the X5", "subtype_xmlid": "mail.mt_comment"}
        message = contact.with_user(self.wang).message_post(**said)
        self.assertNotIn(self.li.partner_id, message.sudo().notified_partner_ids)
        asked = [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
        self.assertFalse(self.assertDone(self.rpc("mail.followers", "search_read", asked, ["partner_id"])))

    def test_a_number_of_taxes_finds_no_customer(self):
        self.contact.write({"vat": "CNQZ99887766", "company_registry": "REGQZ445566", "is_company": True})
        known = self.env["res.partner"].create({"name": "Supplier", "vat": "CNQZ11", "is_company": True})
        self.enter("li")
        spec = {"vat": {}, "same_vat_partner_id": {}, "same_company_registry_partner_id": {}}
        for vat, found in (("CNQZ99887766", False), ("CNQZ11", known.id)):
            said = {"name": "x", "vat": vat, "company_registry": "REGQZ445566", "is_company": True}
            answer = self.assertDone(self.rpc("res.partner", "onchange", [], said, ["vat", "company_registry"], spec))
            self.assertEqual(answer["value"].get("same_vat_partner_id") or False, found)
            self.assertFalse(answer["value"].get("same_company_registry_partner_id"))

    def test_a_contact_with_the_number_of_a_colleagues_customer_is_theirs(self):
        contact = self.env["res.partner"].create({"name": "Qian", "phone": self.qian.phone})
        spare = self.card(self.li, phone="13910000063", name="Qian")
        self.enter("li")
        refused = self.rpc("crm.lead", "write", spare.ids, {"partner_id": contact.id})
        self.assertRefused(refused, "colleague's customer")

    def test_the_chatter_opens_after_a_message_to_somebody_kept(self):
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        supplier.with_user(self.wang).message_post(
            body="fyi", partner_ids=self.contact.ids, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env.flush_all()
        self.enter("li")
        asked = ["activities", "attachments", "followers", "suggestedRecipients"]
        where = {"thread_model": "res.partner", "thread_id": supplier.id, "request_list": asked}
        params = {"fetch_params": [["mail.thread", where]]}
        answer = self.make_jsonrpc_request("/mail/data", params)
        self.assertIn("res.partner", str(answer))
