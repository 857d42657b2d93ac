from odoo.exceptions import AccessError

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

    def test_what_others_made_above_it_is_left(self):
        """It would be kept from all others, as the customer's; left to them, it tells nothing of the customer."""
        with self.assertRaises(AccessError):
            self.give(self.below(self.wang, self.company, name=NAME, email=EMAIL))
        contact = self.below(self.li, self.company, name=NAME, email=EMAIL)
        self.give(contact)
        self.assertEqual((contact.parent_id.id, contact.company_name), (False, "Holding"))
        self.refused(self.wang, "res.partner", "read", contact.ids, ["street"])
        for user in (self.li, self.wang):
            self.assertTrue(self.seen(user, self.company))
        self.refused(self.li, "res.partner", "write", contact.ids, {"parent_id": self.company.id})

    def test_their_own_company_goes_along(self):
        company = self.below(self.li, name="Own Holding", is_company=True)
        self.give(self.below(self.li, company, name=NAME, email=EMAIL))
        self.refused(self.wang, "res.partner", "read", company.ids, ["street"])
        self.refused(self.wang, "res.partner", "write", company.ids, {"name": "Overwritten"})
        self.refused(self.wang, "res.partner", "create", {"name": "y", "parent_id": company.id})
        self.assertTrue(self.seen(self.li, company))

    def test_a_colleagues_contact_is_taken_into_no_family(self):
        """Neither by hanging one's customer below it, nor it below one's customer, before or after a card has them."""
        theirs = self.below(self.wang, name="Not on a card yet", phone="+86 139 0000 0007")
        own = self.below(self.li, theirs, name=NAME)
        self.give(own)
        self.refused(self.li, "res.partner", "write", theirs.ids, {"parent_id": own.id})
        self.refused(self.li, "res.partner", "write", own.ids, {"child_ids": [(4, theirs.id)]})
        firm = self.below(self.li, name="Firm", is_company=True)
        self.rpc(self.li, "res.partner", "write", theirs.ids, {"parent_id": firm.id})
        self.give(self.below(self.li, firm, name="Another"))
        self.assertTrue(self.seen(self.wang, theirs))
        self.assertFalse(own.parent_id | theirs.parent_id)

    # Where cards part, the contacts part

    def family(self):
        """Two customers of li's, one below the other, and both below one firm."""
        firm = self.below(self.li, name="Firm", is_company=True)
        other = self.card(self.li, phone="+86 139 0000 0009", name="Other")
        self.give(self.below(self.li, firm, name="First"))
        self.give(self.below(self.li, self.mine.partner_id, name="Second"), other)
        return firm, self.mine, other

    def test_who_gets_one_of_a_family_sees_and_changes_none_of_the_others(self):
        for at in (0, 1):
            with self.subTest(at), self.env.cr.savepoint() as undone:
                firm, *cards = self.family()
                cards[at].with_user(self.chen).action_reassign(self.wang.id, "Asked for")
                self.env.invalidate_all()
                for user, sees, not_ in ((self.wang, cards[at], cards[1 - at]), (self.li, cards[1 - at], cards[at])):
                    self.assertTrue(self.seen(user, sees.partner_id))
                    self.refused(user, "res.partner", "read", not_.partner_id.ids, ["name"])
                    self.refused(user, "res.partner", "write", not_.partner_id.ids, {"email": "x@evil.example"})
                self.assertFalse(cards[1].partner_id.parent_id)
                self.refused(self.li if at == 0 else self.wang, "res.partner", "read", firm.ids, ["name"])
                self.env.invalidate_all()
                undone.rollback()

    def test_a_firm_of_two_customers_is_left(self):
        firm = self.below(self.li, name="Firm", is_company=True)
        other = self.card(self.li, phone="+86 139 0000 0009", name="Other")
        self.give(self.below(self.li, firm, name="First"))
        self.give(self.below(self.li, firm, name="Second"), other)
        spy = self.below(self.li, firm, name="Spy", email="spy@spy.example")
        firm.message_subscribe(spy.ids)
        self.mine.with_user(self.chen).action_reassign(self.wang.id, "Asked for")
        self.env.invalidate_all()
        self.assertEqual((self.mine.partner_id.parent_id.id, other.partner_id.parent_id), (False, firm))
        self.rpc(self.wang, "res.partner", "write", self.mine.partner_id.ids, {"street": "Secret"})
        self.assertNotEqual(firm.street, "Secret")
        other.with_user(self.chen).action_reassign(self.wang.id, "Asked for")
        self.env.invalidate_all()
        self.assertEqual(other.partner_id.parent_id, firm, "nobody else has a customer there")
        self.assertNotIn(spy, firm.message_partner_ids)

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
        company = self.below(self.li, name="Own Holding", is_company=True)
        other = self.below(self.li, company, name="Purchaser")
        contact = self.below(self.li, company, name=NAME, email=EMAIL)
        self.give(contact)
        self.assertTrue(self.seen(self.li, other))
        self.refused(self.wang, "res.partner", "read", other.ids, ["street"])
