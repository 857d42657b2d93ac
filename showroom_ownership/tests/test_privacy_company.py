from .privacy_case import EMAIL, NAME, PrivacyCase


class TestPrivacyCompany(PrivacyCase):
    """The company above a customer tells and changes the customer's address: it is seen by whose customer that is."""

    def setUp(self):
        super().setUp()
        self.company = self.below(self.wang, name="Holding", is_company=True)

    def below(self, user, company=None, **vals):
        vals = {"name": "x", "parent_id": company and company.id, **vals}
        return self.env["res.partner"].browse(self.rpc(user, "res.partner", "create", vals))

    def give(self, contact, card=None):
        """Li's card gets a contact, as by the address to which a message is written."""
        self.rpc(self.li, "crm.lead", "write", (card or self.mine).ids, {"partner_id": contact.id})

    def seen(self, user, contact):
        return self.rpc(user, "res.partner", "read", contact.ids, ["name", "street"])

    def test_who_made_the_company_loses_sight_of_it(self):
        contact = self.below(self.wang, self.company, name=NAME, email=EMAIL)
        self.give(contact)
        for partner in (self.company, contact):
            self.refused(self.wang, "res.partner", "read", partner.ids, ["street"])
            self.refused(self.wang, "res.partner", "write", partner.ids, {"name": "Overwritten"})
            self.assertTrue(self.seen(self.li, partner))
        self.refused(self.wang, "res.partner", "create", {"name": "y", "parent_id": self.company.id})

    def test_a_company_of_a_customer_of_theirs_is_left(self):
        """Also if the contact waits there for its address to be written to."""
        own = self.card(self.wang, phone="+86 139 0000 0009", name="Own")
        own.with_user(self.wang).partner_id = self.below(self.wang, self.company, name="Own")
        contact = self.below(self.wang, self.company, name=NAME, email=EMAIL)
        self.env.invalidate_all()
        self.mine.with_user(self.li).sudo().partner_id = contact
        self.assertFalse(contact.parent_id)
        self.refused(self.wang, "res.partner", "read", contact.ids, ["street"])
        self.assertTrue(self.seen(self.wang, self.company))

    def test_a_manager_puts_two_customers_below_one_company(self):
        own = self.card(self.wang, phone="+86 139 0000 0009", name="Own")
        own.with_user(self.wang).partner_id = self.below(self.wang, self.company, name="Own")
        self.rpc(self.chen, "res.partner", "write", self.customer.ids, {"parent_id": self.company.id})
        for user, seen, kept in ((self.li, self.customer, own.partner_id), (self.wang, own.partner_id, self.customer)):
            self.assertTrue(self.seen(user, self.company))
            self.assertTrue(self.seen(user, seen))
            self.refused(user, "res.partner", "read", kept.ids, ["street"])

    def test_a_company_that_a_customer_gets_later(self):
        self.below(self.wang, self.company, name="Purchaser")
        self.rpc(self.chen, "res.partner", "write", self.customer.ids, {"parent_id": self.company.id})
        self.refused(self.wang, "res.partner", "read", self.company.ids, ["street"])

    def test_who_sees_the_company_sees_who_else_is_there(self):
        """But customers of colleagues."""
        other = self.below(self.wang, self.company, name="Purchaser")
        contact = self.below(self.wang, self.company, name=NAME, email=EMAIL)
        self.give(contact)
        self.assertTrue(self.seen(self.li, other))
        self.refused(self.wang, "res.partner", "read", other.ids, ["street"])
