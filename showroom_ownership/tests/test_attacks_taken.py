from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksTaken(AttackCase):
    """li hangs contacts on cards of his own, so that no colleague sees them any more."""

    def setUp(self):
        super().setUp()
        self.enter("wang")
        vals = {"name": "Qian", "phone": self.qian.phone, "email": "qian@customer.example"}
        self.contact = self.made("res.partner", vals)
        self.enter("li")
        self.own = {"name": "x", "type": "opportunity", "team_id": self.main.id, "user_id": self.li.id}

    def made(self, model, *vals_list):
        return self.env[model].browse(self.assertDone(self.rpc(model, "create", list(vals_list))))

    def assertTakenByNobody(self):
        self.env.invalidate_all()
        self.assertFalse(self.env["crm.lead"]._with_contact(self.contact.ids))
        self.assertEqual((self.contact.is_outlet_customer, self.contact.phone), (False, self.qian.phone))
        self.enter("wang")
        self.assertDone(self.rpc("crm.lead", "write", self.qian.ids, {"partner_id": self.contact.id}))

    def test_with_a_new_card(self):
        own = {**self.own, "partner_id": self.contact.id}
        for said in ({}, {"phone": False}, {"phone": "0"}, {"phone": "13910000098"}):
            self.assertRefused(self.rpc("crm.lead", "create", [{**own, **said}]), "colleague's customer")
        context = {"default_partner_id": self.contact.id, "default_phone": False}
        self.assertRefused(self.rpc("crm.lead", "create", [self.own], context=context), "colleague")
        self.assertTakenByNobody()

    def test_with_a_lead_that_comes_to_the_outlet(self):
        [lead] = self.made("crm.lead", {**self.own, "team_id": self.plain_team.id, "partner_id": self.contact.id})
        self.assertRefused(self.rpc("crm.lead", "write", lead.ids, {"team_id": self.main.id}), "colleague's customer")
        lead.partner_id = False
        self.assertTakenByNobody()

    def test_with_an_import(self):
        names = ["name", "phone", "partner_id/.id", "team_id/.id", "user_id/.id"]
        row = ["x", "", str(self.contact.id), str(self.main.id), str(self.li.id)]
        self.assertIn("colleague's customer", str(self.rpc("crm.lead", "load", names, [row]).result["messages"]))
        self.assertTakenByNobody()

    def test_with_a_copy(self):
        spare = self.made("crm.lead", self.own)
        copied = self.rpc("crm.lead", "copy", spare.ids, {"partner_id": self.contact.id, "phone": False})
        self.assertRefused(copied, "colleague's customer")
        self.assertTakenByNobody()

    def test_nor_one_that_a_colleague_made(self):
        """Whatever its number says by now: all who see a contact may change it."""
        self.assertDone(self.rpc("res.partner", "write", self.contact.ids, {"phone": "13910000097"}))
        own = {**self.own, "partner_id": self.contact.id, "phone": "13910000097"}
        self.assertRefused(self.rpc("crm.lead", "create", [own]), "A colleague made this contact")
        [spare] = self.made("crm.lead", {**self.own, "phone": "13910000097"})
        written = self.rpc("crm.lead", "write", spare.ids, {"partner_id": self.contact.id})
        self.assertRefused(written, "A colleague made this contact")
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "write", spare.ids, {"partner_id": self.contact.id}))

    def test_managers_hear_of_one_of_the_house(self):
        firm = self.env["res.partner"].create({"name": "Supplier", "phone": "13910000096"})
        self.made("crm.lead", {**self.own, "partner_id": firm.id})
        self.assertEqual(self.told(self.chen)[0].subject, "A contact became a customer's")

    def test_a_contact_that_two_filed_cards_share_is_told_when_they_are_filed(self):
        first = self.card(self.li, phone="13910000093", name="Sun")
        mine = self.made("res.partner", {"name": "Sun"})
        self.assertDone(self.rpc("crm.lead", "write", first.ids, {"partner_id": mine.id}))
        self.made("crm.lead", {**self.own, "partner_id": mine.id, "contact_name": "Sun", "phone": "13910000094"})
        before = self.told(self.chen)
        second = self.card(self.li, phone="13910000094", name="Sun")
        self.assertEqual(second.partner_id, mine)
        told = self.told(self.chen) - before
        self.assertTrue(any("Linked cards" in (subject or "") for subject in told.mapped("subject")), told)

    def test_not_of_ones_own_and_of_who_was_received(self):
        """The legal twins."""
        known = self.env["res.partner"].create({"name": "Sun", "phone": "+86 139 1000 0095"})
        before = self.told(self.chen)
        mine = self.made("res.partner", {"name": "Own"})
        first = self.made("crm.lead", {**self.own, "partner_id": mine.id})
        second = self.made("crm.lead", {**self.own, "partner_id": mine.id})
        self.assertEqual((first | second).partner_id, mine)
        received = self.card(self.li, phone="13910000095", name="Sun")
        self.assertDone(self.rpc("crm.lead", "write", received.ids, {"partner_id": known.id}))
        self.assertEqual(self.told(self.chen), before)
