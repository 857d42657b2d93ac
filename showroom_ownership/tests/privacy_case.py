from odoo.exceptions import AccessError
from odoo.service.model import call_kw

from .common import ShowroomCase

PHONE, NAME, EMAIL = "+86 138 4455 6677", "Ouyang Xiaolan", "xiaolan@customer.example"
DIGITS = "13844556677"


class PrivacyCase(ShowroomCase):
    """Li has a card with a contact, a meeting, a message and an activity; Wang, who sits beside him, is curious."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.mine = self.card(self.li, phone=PHONE, name=NAME)
        self.customer = self.env["res.partner"].create({"name": NAME, "phone": PHONE, "email": EMAIL})
        self.mine.with_user(self.li).write({"partner_id": self.customer.id, "email_from": EMAIL})
        self.meeting = self.env["calendar.event"].with_user(self.li).create(self._meeting(self.mine))
        self.env.flush_all()

    def _meeting(self, card, **vals):
        when = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}
        where = {"location": f"{NAME}'s house", "description": f"Call {PHONE} before"}
        who = [(4, self.li.partner_id.id), (4, card.partner_id.id)]
        return {"name": f"Test drive {NAME}", "opportunity_id": card.id, "partner_ids": who, **when, **where, **vals}

    def rpc(self, user, model, method, *args, **kwargs):
        """As a client calls, from an empty memory."""
        self.env.flush_all()
        self.env.invalidate_all()
        return call_kw(self.env[model].with_user(user).sudo(False), method, list(args), kwargs)

    def tells(self, answer):
        """Whether an answer tells the customer's name, number or address."""
        text = str(answer)
        return any(each in text for each in (NAME, PHONE, EMAIL, DIGITS, "138 4455 6677"))

    def refused(self, user, model, method, *args, **kwargs):
        """A call that is refused with words that tell nothing."""
        with self.assertRaises(AccessError) as caught, self.env.cr.savepoint():
            self.rpc(user, model, method, *args, **kwargs)
        self.assertFalse(self.tells(caught.exception.args), caught.exception)
