from odoo.fields import Domain
from odoo.tools import mute_logger

from .privacy_case import DIGITS, EMAIL, NAME, PHONE, RegistryCase

PERSONAL = {
    "crm.lead": ("name", "contact_name", "phone", "phone_sanitized", "email_from", "email_normalized", "display_name"),
    "res.partner": ("name", "phone", "email", "phone_sanitized", "complete_name", "display_name"),
    "showroom.reception": ("customer_name", "phone", "phone_key"),
    "calendar.event": ("name", "location", "description", "display_name"),
    "calendar.attendee": ("common_name", "phone", "email"),
}
PIECES = (NAME, "4455 6677", DIGITS, EMAIL)


class TestPrivacyRegistry(RegistryCase):
    """Every model and every path of the registry, asked by a stranger: later models and fields are asked, too."""

    def setUp(self):
        super().setUp()
        self.mine.with_user(self.li).message_post(body=f"Call {NAME}: {PHONE}", message_type="comment")
        self.mine.with_user(self.li).activity_schedule("mail.mail_activity_data_call", summary=f"Call {NAME}")
        self.env["showroom.followup"].with_user(self.li).create(
            {"lead_id": self.mine.id, "outcome": f"{NAME} answered"}
        )
        self.mine.message_subscribe(partner_ids=self.customer.ids)
        self.mine.with_user(self.li).action_request_transfer(self.sun.id, "customer_request", "They moved")
        self.env.flush_all()

    @mute_logger("odoo.models")
    def test_reading_tells_nothing(self):
        """Every record of every model that a stranger may read, with every field; links are read as the client does."""
        for model, rows in self._told_of_everything():
            self.assertFalse(self._telling(rows), model._name)
            self.assertFalse(self.tells(self._ask(model, "name_search", NAME)), model._name)
        self.assertGreater(self.asked["web_search_read"], 100)

    def test_exports_tell_nothing(self):
        self.wang.group_ids += self.env.ref("base.group_allow_export")
        for model in self._models():
            records = self._ask(model, "search", [], limit=100)
            names = [name for name, field in self._readable_fields(model).items() if field.type != "one2many"]
            if records:
                answer = self._ask(records, "export_data", names)
                telling = [name for name in names if self.tells(self._ask(records, "export_data", [name]))]
                self.assertFalse(self.tells(answer), (model._name, telling))

    @mute_logger("odoo.models", "odoo.sql_db")
    def test_searching_finds_nothing(self):
        """Each text of each model, and each text of a customer at the end of each path of one or two links."""
        for model in self._models():
            for path in self._paths(model):
                found = self._ask(model, "search_count", self._one_of(path, PIECES))
                if found:  # of what has no name Odoo finds everything, whatever is asked
                    self.assertEqual(found, self._ask(model, "search_count", [(path, "ilike", "zzz")]), (model, path))
        self.assertGreater(self.asked["search_count"], 1000)

    def _one_of(self, path, pieces):
        return Domain.OR([(path, operator, piece)] for operator in ("ilike", "=") for piece in pieces)

    def _paths(self, model):
        """Texts that are searched: own ones, and personal ones of what one or two links lead to."""
        for name, field in self._readable_fields(model).items():
            if field.type in ("char", "text", "html") and (field.store or field.search):
                yield name
            if field.relational and field._description_searchable:
                yield from (f"{name}.{last}" for last in PERSONAL.get(field.comodel_name, ()))
                yield from self._second_links(name, self.env[field.comodel_name])

    def _second_links(self, name, comodel):
        for link, field in comodel._fields.items():
            if field.relational and field.comodel_name in ("crm.lead", "res.partner", "showroom.reception"):
                if field._description_searchable and not field.groups:
                    yield f"{name}.{link}.{PERSONAL[field.comodel_name][1]}"

    def test_grouping_and_ordering_tell_nothing(self):
        """Groups by every field, also by links to cards and contacts, whose names Odoo reads as the system."""
        for model in self._models():
            for name, field in self._readable_fields(model).items():
                if field._description_groupable and field.type in ("char", "many2one", "many2many", "selection"):
                    groups = self._ask(model, "formatted_read_group", [], [name], ["__count"])
                    self.assertFalse(self.tells(groups), (model._name, name))
        self.assertGreater(self.asked["formatted_read_group"], 300)

    def test_sorting_tells_nothing(self):
        """Between two of one's own, what is kept stands at the same place whatever it is: nothing is guessed by it."""
        wang, said = self.wang.partner_id, {"name": "M", "phone": "+8613500000000", "email": "m@m.example"}
        middle = self.env["res.partner"].with_user(self.wang).create(said)
        chat = {"name": "Wang's chat", "channel_type": "group"}
        chat = self.env["discuss.channel"].with_user(self.wang).create(chat)
        for partner in (middle, self.customer):
            self.env["discuss.channel.member"].create({"partner_id": partner.id, "channel_id": chat.id})
        for partner in (middle, self.customer, wang):
            said = {"author_id": partner.id, "model": "discuss.channel", "res_id": chat.id, "body": "x"}
            self.env["mail.message"].create(said)
        self.env.flush_all()
        before, after = self._sorted_with("a"), self._sorted_with("z")
        self.assertEqual(before.keys(), after.keys())
        for asked, found in before.items():
            self.assertEqual(found, after[asked], asked)
        self.assertGreater(len(before), 500)
        members = before["discuss.channel.member", "partner_id asc"]
        self.assertGreaterEqual(len(members), 3)

    def _sorted_with(self, text):
        """What each model tells, sorted by each field, if the customer of others has a certain name."""
        what = (
            "name = %(text)s, complete_name = %(text)s, phone = %(text)s, email = %(text)s, phone_sanitized = %(text)s"
        )
        self.env.cr.execute(f"UPDATE res_partner SET {what} WHERE id = %(id)s", {"text": text, "id": self.customer.id})
        found = {}
        for model in self._models():
            for name, field in self._readable_fields(model).items():
                if field._description_sortable and field.type in ("char", "many2one"):
                    found[model._name, f"{name} asc"] = self._sort(model, f"{name} asc, id")
                    groups = self._ask(model, "formatted_read_group", [], [name], ["__count"], order=f"{name} asc")
                    found[model._name, name] = groups and [group[name] and group[name][0] for group in groups]
        return found

    def _sort(self, model, order):
        found = self._ask(model, "search", [], order=order, limit=200)
        return found.ids if found is not None else None

    def test_ones_own_are_found(self):
        """The same questions, asked by the owner, are answered: the test above is not about nothing."""
        mine = {"crm.lead": "phone", "calendar.event": "name", "res.partner": "email", "showroom.reception": "phone"}
        for name, field in mine.items():
            domain = list(self._one_of(field, PIECES))
            self.assertTrue(self.rpc(self.li, name, "search_count", domain), name)
            self.assertFalse(self.rpc(self.wang, name, "search_count", domain), name)
