from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_case import AttackCase
from .privacy_case import EMAIL, NAME, PHONE, RegistryCase


class TestPrivacyOwn(RegistryCase):
    """Wang asks from what is his own: a line with the number of Li's customer, a linked card, requests, a ruling.

    He knows the number, and the name that he wrote himself; not what Li calls the customer.
    """

    def setUp(self):
        super().setUp()
        self.own = self.card(self.wang, phone="13910000002", name="Qian")
        self.line = self.receive(self.wang, phone=PHONE, name="Somebody")
        self.own.with_user(self.wang).action_link([self.mine.card_number])
        card = self.mine.with_user(self.wang)
        self.mine.with_user(self.li).action_request_cancellation("He does not want")
        card.action_request_transfer(self.wang.id, "customer_request", "He wants me")
        self.env.flush_all()

    def tells(self, answer):
        return any(each in str(answer) for each in (NAME, EMAIL))

    @mute_logger("odoo.models")
    def test_reading_tells_nothing(self):
        told = {model._name: self._telling(rows) for model, rows in self._told_of_everything()}
        self.assertFalse({name: telling for name, telling in told.items() if telling})

    @mute_logger("odoo.models", "odoo.sql_db")  # dialogs saved without what they need
    def test_reading_rulings_tells_nothing(self):
        self.line.with_user(self.wang).action_confirm_deal()
        told = {model._name: self._telling(rows) for model, rows in self._told_of_everything()}
        self.assertFalse({name: telling for name, telling in told.items() if telling})
        self.assertFalse(self._told_by_dialogs(self.mine.ruling_id))

    def _told_by_dialogs(self, record):
        """What the dialogs of the showroom tell when they are opened from a record; also the form's own values."""
        telling = []
        context = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
        for name in sorted(self.registry):
            model = self.env[name]
            if model._transient and name.startswith("showroom.") and model.with_user(self.wang).has_access("create"):
                spec = {each: {"fields": {"display_name": {}}} if "2" in field.type else {}
                        for each, field in model._fields.items()}  # fmt: skip
                told = [self._try(name, *call, context=context) for call in self._calls(spec)]
                telling += [(name, told)] if self.tells(told) else []
        return telling

    def _calls(self, spec):
        yield "default_get", list(spec)
        yield "onchange", [], {}, [], spec
        yield "web_save", [], {}, spec

    def _try(self, model, method, *args, **kwargs):
        with self.env.cr.savepoint(flush=False) as savepoint:
            try:
                return self.rpc(self.wang, model, method, *args, **kwargs)
            except (UserError, ValueError, TypeError, AttributeError) as error:  # opened from what it is not for
                return error.args
            except Exception as error:  # a required field is missing: the database says so, and no more
                if not type(error).__module__.startswith("psycopg2"):
                    raise
                return None
            finally:
                self.env.transaction.clear()
                savepoint.rollback()

    @mute_logger("odoo.sql_db", "odoo.models")
    def test_no_dialog_tells_from_what_is_ones_own(self):
        approvals = self.env["showroom.approval"].search([("requested_by", "=", self.wang.id)])
        requests = [self.mine.pending_transfer_id, self.mine.cancellation_ids]
        for record in (self.line, self.own, self.mine, *approvals, *requests):
            self.assertFalse(self._told_by_dialogs(record), record)

    def test_actions_and_refusals_tell_nothing(self):
        card = (self.wang, "crm.lead")
        calls = (
            (*card, "action_link", self.own.ids, [self.mine.card_number], "same_customer"),
            (*card, "action_request_cancellation", self.mine.ids, "Again"),
            (*card, "action_request_transfer", self.mine.ids, self.wang.id, "customer_request", "Again"),
            (*card, "get_forecast", self.own.ids),
            (*card, "read", self.own.ids, ["forecast", "timeline_html", "linked_cards", "pending_request"]),
        )
        for user, model, method, *args in calls:
            try:
                with self.env.cr.savepoint():
                    told = self.rpc(user, model, method, *args)
            except UserError as error:
                told = error.args
            self.assertFalse(self.tells(told), (method, told))

    def test_who_may_see_it_reads_the_name(self):
        """The legal twin."""
        linked = self.rpc(self.chen, "crm.lead", "read", self.own.ids, ["linked_cards"])[0]["linked_cards"]
        self.assertIn(NAME, linked)
        self.assertIn(NAME, str(self.rpc(self.li, "showroom.approval", "search_read", [], ["subject"])))
        context = {"active_model": "showroom.reception", "active_ids": self.line.ids}
        told = self.rpc(
            self.wang, "showroom.followup.wizard", "onchange", [], {}, [], {"customer": {}}, context=context
        )
        self.assertEqual(told["value"]["customer"], f"{self.mine.card_number} Somebody (Li)")


@tagged("post_install", "-at_install")
class TestAttacksNames(AttackCase):
    """Names of colleagues' customers, from a browser's console."""

    def test_a_link_tells_no_name_of_its_other_card(self):
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "action_link", self.zhao.ids, [self.qian.card_number]))
        for user, card, other in (("li", self.zhao, self.qian), ("wang", self.qian, self.zhao)):
            self.enter(user)
            told = self.rpc("crm.lead", "read", card.ids, ["linked_cards"]).result[0]["linked_cards"]
            self.assertEqual(told, other.card_number)
        self.enter("chen")
        self.assertIn("Qian", str(self.rpc("crm.lead", "read", self.zhao.ids, ["linked_cards"]).result))

    def test_a_line_under_another_name_tells_no_name(self):
        line = self.receive(self.li, phone="13910000002", name="Somebody")
        self.enter("li")
        context = {"active_model": "showroom.reception", "active_id": line.id, "active_ids": line.ids}
        for name in "order transfer cancellation settlement communication delivery card.link followup".split():
            told = self.rpc(f"showroom.{name}.wizard", "onchange", [], {}, [], {"customer": {}}, context=context)
            self.assertNotIn("Qian", str(told.result), name)
            self.assertIn("Somebody", str(told.result), name)
        asked = (self.qian.ids, self.li.id, "customer_request", "He wants me")
        self.assertDone(self.rpc("crm.lead", "action_request_transfer", *asked))
        told = self.rpc("showroom.approval", "search_read", [], ["subject"]).result
        self.assertTrue(told)
        self.assertNotIn("Qian", str(told))
