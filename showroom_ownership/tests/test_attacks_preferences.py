from odoo.tests import tagged

from .attack_case import AttackCase

KNOWN = "13910000002"


@tagged("post_install", "-at_install")
class TestAttacksPreferences(AttackCase):
    """Whose customer a number is, asked by one's own contact: Odoo writes one's preferences as the system."""

    def setUp(self):
        super().setUp()
        self.enter("li")
        self.put(False)
        mine = {"team_id": self.main.id, "user_id": self.li.id, "type": "opportunity"}
        vals_list = [{**mine, "name": "x", "probability": 60}, {**mine, "name": "y"}]
        self.cards = self.assertDone(self.rpc("crm.lead", "create", vals_list))
        self.card = self.env["crm.lead"].browse(self.cards[0])
        self.card.partner_id = self.li.partner_id  # as the administrator
        self.env["showroom.lookup"].search([]).unlink()

    def put(self, phone):
        self.assertDone(self.rpc("res.users", "write", self.li.ids, {"phone": phone}))

    def kept(self):
        return self.env["showroom.lookup"].search([("user_id", "=", self.li.id)], order="id")

    def merge(self):
        values = {"opportunity_ids": [[6, 0, self.cards]], "user_id": self.li.id, "team_id": self.main.id}
        wizard = self.assertDone(self.rpc("crm.merge.opportunity", "create", [values]))
        return self.assertDone(self.rpc("crm.merge.opportunity", "action_merge", wizard))["res_id"]

    def test_a_number_among_ones_own_preferences_is_a_look_up(self):
        self.put(KNOWN)
        self.assertEqual(self.card.phone_sanitized, "+8613910000002")
        self.assertEqual(self.kept().mapped("outcome"), ["owned"])
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_so_is_a_card_that_turns_out_to_be_contested(self):
        """By whichever way it got the number."""
        self.card.partner_id = self.env["res.partner"].create({"name": "x"})
        self.card.partner_id.phone = KNOWN
        self.assertFalse(self.kept())
        card = self.env["crm.lead"].browse(self.merge())
        self.assertTrue(card.is_contested)
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_nobody_of_the_house_is_put_on_a_card(self):
        """A number that they change among their preferences would be the card's."""
        house = self.li.partner_id, self.wang.partner_id, self.env.company.partner_id
        mine = {"name": "z", "team_id": self.main.id, "user_id": self.li.id, "type": "opportunity"}
        for contact in house:
            self.assertRefused(
                self.rpc("crm.lead", "write", self.cards[1:], {"partner_id": contact.id}), "of the house"
            )
            self.assertRefused(self.rpc("crm.lead", "create", [{**mine, "partner_id": contact.id}]), "of the house")
        contact = self.assertDone(self.rpc("res.partner", "create", [{"name": "Li"}]))
        self.assertDone(self.rpc("crm.lead", "write", self.cards[1:], {"partner_id": contact[0]}))
