from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from .privacy_case import DIGITS, EMAIL, NAME, PHONE, PrivacyCase


class TestPrivacyDuplicates(PrivacyCase):
    """Odoo counts duplicates as the system: nobody learns by it whether a number is a customer's."""

    def count(self, user, **vals):
        spec = {"duplicate_lead_count": {}, "duplicate_lead_ids": {}}
        values = {"name": "x", "type": "opportunity", **vals}
        return self.rpc(user, "crm.lead", "onchange", [], values, list(vals), spec)["value"]

    def test_of_a_lead_that_is_not_saved(self):
        for vals in ({"phone": PHONE}, {"email_from": "other@customer.example"}):
            self.assertFalse(self.count(self.wang, **vals).get("duplicate_lead_count"), vals)
        self.assertEqual(self.count(self.li, phone=PHONE)["duplicate_lead_count"], 1)
        self.assertEqual(self.count(self.chen, phone=PHONE)["duplicate_lead_count"], 1)
        self.assertEqual(self.count(self.seller, phone=PHONE)["duplicate_lead_count"], 1)

    def test_of_a_card_of_ones_own(self):
        Lead = self.env["crm.lead"].with_user(self.wang)
        own = Lead.create({"name": "x", "phone": PHONE, "team_id": self.main.id})
        told = self.rpc(self.wang, "crm.lead", "read", own.ids, ["duplicate_lead_count", "duplicate_lead_ids"])[0]
        self.assertEqual((told["duplicate_lead_count"], told["duplicate_lead_ids"]), (0, own.ids))
        second = Lead.create({"name": "y", "phone": PHONE, "team_id": self.main.id})
        told = self.rpc(self.wang, "crm.lead", "read", own.ids, ["duplicate_lead_count"])[0]
        self.assertEqual(told["duplicate_lead_count"], 1)
        found = self.rpc(self.wang, "crm.lead", "action_show_potential_duplicates", second.ids)["domain"]
        self.assertEqual(set(found[0][2]), {own.id, second.id})

    def queries(self, *call):
        self.rpc(self.wang, *call)  # what is learnt once
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertFalse(self.rpc(self.wang, *call))
        return self.env.cr.sql_log_count - before

    def test_the_work_of_the_database_tells_nothing(self):
        """Whoever measures answers a thousand times learns by the number of queries what the answers do not say."""
        for model in ("crm.lead", "res.partner"):
            for operator in ("ilike", "="):
                known, unknown = (
                    self.queries(model, "search_count", [("phone_mobile_search", operator, number)])
                    for number in (PHONE, "+86 138 9999 6677")
                )
                self.assertEqual(known, unknown, (model, operator))

    def test_nor_does_it_for_a_lead_that_is_typed(self):
        def queries(**vals):
            before = self.env.cr.sql_log_count
            self.assertFalse(self.count(self.wang, **vals).get("duplicate_lead_count"))
            return self.env.cr.sql_log_count - before

        for known, unknown in (
            ({"phone": PHONE}, {"phone": "+86 138 9999 6677"}),
            ({"email_from": "b@customer.example"}, {"email_from": "b@nobody.example"}),
        ):
            queries(**known)
            self.assertEqual(queries(**known), queries(**unknown), known)

    def test_in_the_conversion_wizard(self):
        came_in = {"name": "x", "type": "lead", "email_from": EMAIL, "team_id": self.main.id, "user_id": self.wang.id}
        lead = self.env["crm.lead"].create(came_in)
        context = {"active_model": "crm.lead", "active_ids": lead.ids, "active_id": lead.id}
        wizard = self.rpc(self.wang, "crm.lead2opportunity.partner", "create", {"lead_id": lead.id}, context=context)
        told = self.rpc(self.wang, "crm.lead2opportunity.partner", "read", [wizard], [])
        self.assertEqual(told[0]["duplicated_lead_ids"], lead.ids)
        self.assertFalse(told[0]["partner_id"])

    def test_the_wizards_tell_no_name_of_a_lead_they_are_given(self):
        """Odoo's wizards take any lead, and show of it what the system may read."""
        for model in ("crm.lead2opportunity.partner", "crm.lead2opportunity.partner.mass"):
            try:
                vals = {"lead_id": self.mine.id, "action": "create"} if not model.endswith("mass") else {
                    "lead_id": self.mine.id, "action": "each_exist_or_create"}  # fmt: skip
                wizard = self.rpc(self.wang, model, "create", vals)
                told = self.rpc(self.wang, model, "read", [wizard], ["lead_id", "lead_contact_name"])
            except AccessError as error:
                told = error.args
            self.assertFalse(self.tells(told), (model, told))

    def test_every_wizard_of_ours_is_asked_with_a_strangers_card(self):
        """A wizard that takes a card tells its number at most, whoever gives it which card."""
        asked = 0
        for name in sorted(self.registry):
            model = self.env[name].with_user(self.wang)
            if not model._transient or not model.has_access("create"):
                continue
            for field in list(model._fields.values()):
                if field.type == "many2one" and field.comodel_name in ("crm.lead", "res.partner"):
                    record = self.mine if field.comodel_name == "crm.lead" else self.customer
                    asked += 1
                    self.assertFalse(self.tells(self._told(name, field.name, record.id)), (name, field.name))
        self.assertGreaterEqual(asked, 8)

    def _told(self, model, name, record):
        """What a form tells when it is given a record, whether it was saved or not."""
        fields = self.env[model]._fields.values()
        spec = {each.name: {"fields": {"display_name": {}}} if each.type == "many2one" else {} for each in fields}
        for each in [key for key, field in self.env[model]._fields.items() if field.type in ("binary", "properties")]:
            spec.pop(each)
        told = []
        for method, args in (
            ("onchange", ([], {name: record}, [name], spec)),
            ("web_save", ([], {name: record}, spec)),
            ("default_get", (list(spec),)),
        ):
            try:
                with self.env.cr.savepoint():
                    context = {f"default_{name}": record, "active_id": record, "active_ids": [record]}
                    told.append(self.rpc(self.wang, model, method, *args, context=context))
            except (UserError, ValueError, TypeError, AttributeError) as error:
                told.append(error.args)
            except Exception as error:  # a required field is missing: the database says so, and no more
                if type(error).__module__.startswith("psycopg2"):
                    continue
                raise
        return told


class TestPrivacyNames(PrivacyCase):
    """Links and refusals tell a card's number, and nobody's name."""

    def test_a_link_to_a_strangers_card_is_its_number(self):
        self.assertEqual(self.mine.with_user(self.li).display_name, NAME)
        self.assertEqual(self.mine.with_user(self.chen).display_name, NAME)
        for user in (self.wang, self.desk):
            self.assertEqual(self.mine.with_user(user).sudo().display_name, self.mine.card_number)
        self.assertEqual(self.mine.with_user(self.seller).sudo().display_name, NAME)

    def test_a_refusal_in_debug_mode_tells_the_number(self):
        with patch.object(type(self.env.user), "has_group", self._debugging(type(self.env.user).has_group)):
            for user in (self.wang, self.sun):
                for model, record in (("crm.lead", self.mine), ("res.partner", self.customer)):
                    self.refused(user, model, "read", record.ids, ["name"])
                    self.refused(user, model, "write", record.ids, {"name": "x"})
            with self.assertRaises(AccessError) as caught:
                self.rpc(self.wang, "crm.lead", "read", self.mine.ids, ["name"])
            self.assertIn(self.mine.card_number, str(caught.exception), "this is the answer of debug mode")

    @staticmethod
    def _debugging(has_group):
        return lambda user, group: group == "base.group_no_one" or has_group(user, group)

    def test_refusals_of_actions_tell_nothing(self):
        tries = {
            "action_follow_up": ("call",), "action_request_transfer": (self.wang.id, "customer_request", "x"),
            "action_reassign": (self.wang.id, "x"), "action_set_won": (), "action_set_lost": (),
            "action_erase_customer": ("x",), "merge_opportunity": (), "message_post": (),
            "copy": (), "unlink": (),
        }  # fmt: skip
        for method, args in tries.items():
            self.assertFalse(self.tells(self._refusal(method, args)), method)
        self.assertFalse(self.tells(self.rpc(self.wang, "crm.lead", "action_show_potential_duplicates", self.mine.ids)))

    def _refusal(self, method, args):
        try:
            with self.env.cr.savepoint():
                self.rpc(self.wang, "crm.lead", method, self.mine.ids, *args)
        except UserError as error:
            return error.args
        return self.fail(method)

    def test_incompatible_companies_tell_no_name(self):
        company = self.env["res.company"].create({"name": "North"})
        self.customer.company_id = company
        own = self.card(self.wang, phone="+86 139 0000 0009", name="Own")
        self.refused(self.wang, "crm.lead", "write", own.ids, {"partner_id": self.customer.id})

    def test_the_register_page_of_a_stranger_tells_nothing(self):
        page = self.mine.filing_id.page_id
        self.assertFalse(self.tells(self.rpc(self.wang, "showroom.register.page", "read", page.ids, ["page_html"])))
        self.assertTrue(self.tells(self.rpc(self.chen, "showroom.register.page", "read", page.ids, ["page_html"])))
        lines = self.rpc(self.wang, "showroom.reception", "desk_page", self.main.id)
        self.assertFalse(self.tells(lines))

    def test_a_print_of_a_stranger_is_refused(self):
        for report, record in (
            ("showroom_ownership.register_page_document", self.mine.filing_id.page_id),
            ("showroom_ownership.transfer_record_document", self._transfer()),
        ):
            Report = self.env["ir.actions.report"].with_user(self.wang)
            self.env.invalidate_all()
            try:
                told = Report._render_qweb_html(report, record.ids)[0].decode()
            except (AccessError, ValueError) as error:
                told = str(error)
            self.assertFalse(self.tells(told), report)

    def _transfer(self):
        self.mine.with_user(self.li).action_request_transfer(self.sun.id, "customer_request", "They moved")
        return self.mine.pending_transfer_id

    def test_a_match_tells_what_the_rulebook_says(self):
        told = self.rpc(self.wang, "showroom.reception", "match", PHONE, self.main.id)
        self.assertFalse(self.tells(told))
        self.assertEqual(set(told), {"owner", "owner_id", "outlet", "number", "last_contact", "state", "reasons"})
        self.assertNotIn(DIGITS, str(told))
