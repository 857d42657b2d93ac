from collections import defaultdict

import psycopg2

from odoo.exceptions import AccessError, UserError
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


class RegistryCase(PrivacyCase):
    """What wang has access to, model by model."""

    def setUp(self):
        super().setUp()
        self.asked = defaultdict(int)

    def _models(self):
        """What the stranger has access to."""
        for name in sorted(self.registry):
            model = self.env[name].with_user(self.wang)
            if not model._abstract and not model._transient and model._auto is not None and model.has_access("read"):
                yield model

    def _readable_fields(self, model):
        return {
            name: field
            for name, field in model._fields.items()
            if model._has_field_access(field, "read") and field.type not in ("binary", "properties", "json")
        }

    def _ask(self, model, method, *args, **kwargs):
        """The answer of a call; nothing for what the model does not answer at all. Errors must tell nothing either."""
        self.asked[method] += 1
        self.env.invalidate_all()  # each call comes to an empty memory
        try:
            with self.env.cr.savepoint(flush=False):
                return getattr(model.with_context(active_test=False), method)(*args, **kwargs)
        except psycopg2.DataError:  # Odoo compares a text with a number: it says what was asked, and nothing else
            return None
        except (AccessError, UserError, ValueError, TypeError, RuntimeError, KeyError, AttributeError) as error:
            self.assertFalse(self.tells(error.args), (model._name, method, args))
            return None

    def _telling(self, rows):
        return [(row["id"], name, value) for row in rows for name, value in row.items() if self.tells(value)]

    def _told_of_everything(self):
        """What somebody is told who reads every field of every record, as the client does; by model."""
        for model in self._models():
            fields = self._readable_fields(model)
            spec = {
                name: {"fields": {"display_name": {}}} if field.type == "many2one" else {}
                for name, field in fields.items()
            }
            rows = self._ask(model, "web_search_read", [], spec, limit=500) or {}
            yield model, rows.get("records", ())
