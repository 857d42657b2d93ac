from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksCard(AttackCase):
    """On their own card consultants write what they know; not whose customer it is, nor that it is put aside."""

    def setUp(self):
        super().setUp()
        self.enter("li")

    def mine(self, values, card=None):
        """li writes on their own card, from the console."""
        return self.rpc("crm.lead", "write", (card or self.zhao).ids, values)

    def holder(self, phone="13910000002"):
        return self.env["crm.lead"]._cards_by_phone([self.env["crm.lead"]._showroom_phone(phone)])

    # Another customer's number

    def test_a_card_in_the_register_does_not_take_another_customers_number(self):
        """li filed first: with Qian's number on the card, Qian would be li's."""
        for values in ({"phone": "+86 139 1000 0002"}, {"phone": False}, {"phone_sanitized": "+8613910000002"}):
            with self.subTest(values):
                self.assertRefused(self.mine(values))
        self.assertEqual(set(self.holder().values()), {self.qian})
        self.assertFalse(self.qian.is_contested)

    def test_the_same_number_can_be_written_otherwise(self):
        self.assertDone(self.mine({"phone": "138-1000-0001"}))
        self.assertEqual(self.zhao.phone_sanitized, "+8613810000001")

    def test_a_manager_changes_the_number_and_it_leaves_a_trace(self):
        self.enter("chen")
        self.assertDone(self.mine({"phone": "+86 13810000009"}))
        self.assertIn("phone", self.zhao.message_ids.tracking_value_ids.field_id.mapped("name"))

    def test_the_number_does_not_come_in_through_the_contact(self):
        contact = self.env["res.partner"].create({"name": "Zhao"})
        self.assertDone(self.mine({"partner_id": contact.id}))
        contact.phone = "+86 13910000002"
        other = self.env["res.partner"].create({"name": "Zhao", "phone": "+86 13910000002"})
        self.assertRefused(self.mine({"partner_id": other.id}), "colleague's customer")
        self.assertEqual(self.zhao.phone_sanitized, "+8613810000001")
        self.assertEqual(set(self.holder().values()), {self.qian})

    def test_a_contact_of_a_colleagues_card_is_not_put_on_ones_own(self):
        contact = self.env["res.partner"].create({"name": "Qian"})
        self.qian.partner_id = contact
        self.assertRefused(self.mine({"partner_id": contact.id}))
        self.enter("chen")
        self.assertDone(self.mine({"partner_id": contact.id}))

    def test_contacts_of_several_colleagues_are_merged_by_managers(self):
        contacts = self.env["res.partner"].create([{"name": "Zhao"}, {"name": "Qian"}])
        self.zhao.partner_id, self.qian.partner_id = contacts
        for user in self.li | self.chen:
            user.group_ids += self.env.ref("base.group_partner_manager")
        values = {"dst_partner_id": contacts[0].id, "partner_ids": [[6, 0, contacts.ids]], "state": "selection"}
        Wizard = self.env["base.partner.merge.automatic.wizard"]
        self.enter("li")
        self.assertRefused(self.rpc(Wizard._name, "create", [values]))
        with self.assertRaisesRegex(UserError, "several"):  # also where both contacts can be seen
            Wizard.with_user(self.li).create({})._merge(contacts.ids, contacts[0])
        self.assertEqual(self.qian.partner_id, contacts[1])
        self.enter("chen")
        [wizard] = self.assertDone(self.rpc(Wizard._name, "create", [values]))
        with mute_logger("odoo.addons.base.partner.merge"):
            self.assertDone(self.rpc(Wizard._name, "action_merge", [wizard]))
        self.assertEqual(self.qian.partner_id, contacts[0])

    def test_an_empty_number_is_completed_by_the_owner(self):
        [card] = self.assertDone(self.rpc("crm.lead", "create", [{"name": "Feng", "team_id": self.main.id}]))
        card = self.env["crm.lead"].browse(card)
        self.assertDone(self.mine({"phone": "+86 13910000060"}, card))
        self.assertEqual((card.phone_sanitized, card.filing_id.id), ("+8613910000060", False))

    def test_a_new_card_does_not_say_which_number_it_is_known_by(self):
        for said in ({"phone_sanitized": "+8613910000002"}, {"won_status": "won"}):
            values = {"name": "Feng", "phone": "+86 13910000061", "team_id": self.main.id, **said}
            self.assertRefused(self.rpc("crm.lead", "create", values), "records by itself")

    # Put aside

    def test_an_archived_card_is_a_lost_one(self):
        """Or it would keep its filing, and never be overdue."""
        for write in (["write", self.zhao.ids, {"active": False}], ["action_archive", self.zhao.ids],
                      ["write", self.zhao.ids, {"active": False, "probability": 40}]):  # fmt: skip
            with self.subTest(write), self.undone():
                self.assertDone(self.rpc("crm.lead", *write))
                self.assertEqual((self.zhao.won_status, self.zhao.filing_id.id), ("lost", False))
                self.assertRefused(self.mine({"probability": 40}), "Restore")
        self.assertDone(self.rpc("crm.lead", "action_set_lost", self.zhao.ids))
        self.assertRefused(self.rpc("crm.lead", "action_restore", self.zhao.ids), "next reception")
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "action_restore", self.zhao.ids))
        self.assertEqual((self.zhao.won_status, self.zhao.filing_id.id), ("pending", False))

    def test_what_consultants_may_write_on_their_card(self):
        day = {"date_deadline": "2026-04-01", "name": "Zhao, red", "priority": "2", "probability": 70}
        self.assertDone(self.mine({**day, "contact_name": "Zhao Min", "email_from": "zhao@example.com"}))
        self.assertEqual((self.zhao.user_id, self.zhao.filing_id.lead_id), (self.li, self.zhao))

    def test_a_copy_of_a_card_carries_no_evidence(self):
        [copy] = self.assertDone(self.rpc("crm.lead", "copy", self.zhao.ids))
        card = self.env["crm.lead"].browse(copy)
        self.assertFalse(card.filing_id or card.order_date or card.ruling_id or card.closer_id)
        self.assertNotEqual(card.card_number, self.zhao.card_number)
