from odoo.exceptions import AccessError

from odoo.addons.showroom_ownership.tests.common import ShowroomCase


class TestLetters(ShowroomCase):
    """Li has a letter printed about Wang's customer: the system would print it, and Li read it."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.own = self.card()
        self.theirs = self.card(self.wang, phone="13910000002", name="Qian Duo")
        self.report = self.env["ir.actions.report"].search([("model", "=", "crm.lead")], limit=1)

    def letter(self, user, card, **vals):
        partner = self.env["res.partner"].create({"name": "Home"})
        about = {"model": "crm.lead", "res_id": card.id, "partner_id": partner.id, "report_template": self.report.id}
        return self.env["snailmail.letter"].with_user(user).create({**about, **vals})

    def test_a_letter_is_about_what_one_may_read(self):
        with self.assertRaises(AccessError):
            self.letter(self.li, self.theirs)
        letter = self.letter(self.li, self.own)
        with self.assertRaises(AccessError):
            letter.res_id = self.theirs.id
        with self.assertRaises(AccessError):
            letter.write({"model": "showroom.reception", "res_id": self.theirs.filing_id.id})

    def test_letters_are_their_senders(self):
        letter = self.letter(self.wang, self.theirs)
        self.assertFalse(self.env["snailmail.letter"].with_user(self.li).search([]))
        self.assertNotIn("Home", letter.with_user(self.li).sudo().display_name)
        with self.assertRaises(AccessError):
            letter.with_user(self.li).write({"state": "canceled"})
        letter.with_user(self.wang).write({"state": "canceled"})

    def test_a_letter_of_before_does_not_tell_the_name_of_a_colleagues_customer(self):
        partner = self.env["res.partner"].create({"name": "Home"})
        letter = self.letter(self.li, self.own, partner_id=partner.id)
        named = letter.with_user(self.li).sudo()
        self.assertIn("Home", named.display_name)
        self.theirs.partner_id = partner
        partner.name = "Wang's Home"
        self.env.invalidate_all()
        self.assertNotIn("Home", named.display_name)
