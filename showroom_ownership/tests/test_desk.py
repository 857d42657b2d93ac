import uuid
from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import HttpCase

from odoo.addons.bus.models import ir_websocket

from ..models.ir_http import IrHttp
from .desk_case import PHONE, DeskCase


class TestDeskRegister(DeskCase):
    """One button, one line."""

    def test_the_receipt(self):
        receipt = self.register(self.desk)
        line = self.env["showroom.reception"].browse(receipt["id"])
        self.assertEqual(receipt["number"], "MAIN/2026-03-02/001")
        self.assertEqual(receipt["receipt"], f"{line.number} {line.entry_id.hash[:12]}")
        self.assertTrue(receipt["qr"].startswith("data:image/"))
        self.assertEqual((receipt["owner"], receipt["outlet"], receipt["state"]), ("Wang", "Main", "evidence"))

    def test_the_card_opens_for_its_owner_and_managers(self):
        self.assertFalse(self.register(self.desk)["card_id"])
        self.assertTrue(self.register(self.wang)["card_id"])
        self.assertTrue(self.register(self.chen)["card_id"])

    def test_saving_again_is_the_same_line(self):
        key = str(uuid.uuid4())
        first, again = (self.register(self.desk, request_key=key) for _each in range(2))
        self.assertEqual(first, again)
        self.assertEqual(self.env["showroom.ledger.entry"].search_count([("outlet_id", "=", self.main.id)]), 1)

    def test_a_form_of_somebody_else_is_refused(self):
        key = str(uuid.uuid4())
        self.register(self.desk, request_key=key)
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.register(self.wang, request_key=key)

    def test_another_outlets_desk_is_refused(self):
        for method, args in (("desk_open", [self.east.id]), ("desk_page", [self.east.id])):
            for user in (self.desk, self.li):
                with self.assertRaisesRegex(UserError, "desk"):
                    self.call(user, method, *args)
        for outlet in (self.east.id, self.plain_team.id, False, "1", None):
            with self.assertRaisesRegex(UserError, "desk"):
                self.register(self.desk, outlet_id=outlet)
        self.assertTrue(self.call(self.chen, "desk_open", self.east.id)["outlet"])

    def test_a_consultant_registers_for_themselves(self):
        with self.assertRaises(UserError):
            self.register(self.li)

    def test_a_seller_without_a_role_has_no_desk(self):
        for method, args in (("desk_open", []), ("desk_page", [self.main.id]), ("desk_notify", [PHONE, self.main.id])):
            with self.assertRaises(AccessError):
                self.call(self.seller, method, *args)
        with self.assertRaises(AccessError):
            self.register(self.seller)

    def test_it_waits_for_its_turn_in_the_ledger(self):
        args = {"path": "showroom.reception/desk_register"}
        self.assertTrue(IrHttp._showroom_appends(args))
        self.assertFalse(IrHttp._showroom_appends({"path": "showroom.reception/desk_page"}))
        self.assertTrue(IrHttp._showroom_contacts({"path": "mail.activity/action_feedback"}))
        self.assertFalse(IrHttp._showroom_contacts({"path": "mail.activity/web_save"}))

    def test_the_desk_hears_and_learns_nothing_of_the_customer(self):
        sent = []
        bus = patch.object(type(self.env["bus.bus"]), "_sendone", lambda _self, *message: sent.append(message))
        with bus:
            self.register(self.desk)
        told = [message for message in sent if message[1] == "showroom_ownership.desk_changed"]
        self.assertEqual(told, [((self.main, "desk"), "showroom_ownership.desk_changed", {"outlet_id": self.main.id})])


class TestDeskOpen(DeskCase):
    """Who is offered, and today's page."""

    def test_the_next_in_turn_is_first(self):
        self.card()
        offered = self.call(self.desk, "desk_open")
        self.assertEqual(
            [(each["name"], each["next"]) for each in offered["consultants"]], [("Wang", True), ("Li", False)]
        )
        self.assertEqual((offered["self"], offered["outlet"]["tz"]), (False, "Asia/Shanghai"))

    def test_a_consultant_is_offered_themselves(self):
        offered = self.call(self.li, "desk_open")
        self.assertEqual(([each["id"] for each in offered["consultants"]], offered["self"]), ([self.li.id], self.li.id))

    def test_outlets_to_choose_from(self):
        self.assertEqual([each["id"] for each in self.call(self.desk, "desk_open")["outlets"]], [self.main.id])
        offered = {each["id"] for each in self.call(self.dir, "desk_open")["outlets"]}
        self.assertLessEqual({self.main.id, self.east.id}, offered)
        self.assertNotIn(self.plain_team.id, offered)

    def test_a_receptionist_without_an_outlet(self):
        lonely = self._user("lonely", "receptionist")
        self.assertEqual(self.call(lonely, "desk_open"), {"outlet": False})

    def test_interests_of_several_customers_are_offered(self):
        for number, interest in enumerate(["M9", "M9", "the one for my wife"]):
            self.register(self.desk, interest=interest, phone=f"1391000020{number}")
        self.assertEqual(self.call(self.wang, "desk_open")["interests"], ["M9"])

    def _page(self, user):
        return self.call(user, "desk_page", self.main.id)["lines"]

    def test_todays_page_shows_names_to_whom_the_rules_allow(self):
        with self.at("2026-03-01 10:00"):
            self.receive(self.li, phone="13910000009", name="Yesterday")
        self.receive(self.li)
        self.register(self.desk, phone="13910000002", customer_name="Qian Jun")
        names = {
            user: [line["name"] for line in self._page(user)] for user in (self.li, self.wang, self.desk, self.chen)
        }
        self.assertEqual(names[self.li], [False, "Zhao Min"])
        self.assertEqual((names[self.wang], names[self.desk]), (["Qian Jun", False], ["Qian Jun", False]))
        self.assertEqual(names[self.chen], ["Qian Jun", "Zhao Min"])
        self.assertEqual([line["by"] for line in self._page(self.desk)], ["Wang", "Li"])
        self.assertNotIn("1391000", str(self._page(self.chen)))

    def test_the_state_of_each_line(self):
        self.register(self.desk)
        self.register(self.desk, phone=False)
        self.register(self.desk, arrived_at="2026-03-01 02:00:00")
        void = self.register(self.desk)
        self.env["showroom.reception"].browse(void["id"]).with_user(self.chen).action_void("Twice")
        states = [line["state"] for line in self._page(self.desk)]
        self.assertEqual(states, ["void", "late", "no_evidence", "evidence"])

    def test_a_page_costs_the_same_with_many_lines(self):
        costs = []
        for start in (0, 10):
            for number in range(start, start + 2 + start):
                self.register(self.desk, phone=f"1391000{number:04d}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._page(self.desk)
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0])


class TestDeskChannel(DeskCase):
    """Who hears of an outlet's page."""

    def _hears(self, user, *channels):
        request = SimpleNamespace(session=SimpleNamespace(uid=user.id))
        with patch.object(ir_websocket, "wsrequest", request):
            heard = self.env["ir.websocket"].with_user(user)._build_bus_channel_list(list(channels))
        desks = [each[0] for each in heard if isinstance(each, tuple) and each[1] == "desk"]
        return [outlet.id for outlet in desks], [each for each in heard if isinstance(each, str)]

    def test_only_who_may_stand_there(self):
        asked = f"showroom_ownership.desk_{self.main.id}"
        for user in (self.desk, self.li, self.chen, self.dir):
            self.assertEqual(self._hears(user, asked)[0], [self.main.id])
        for user in (self.sun, self.seller, self.env.ref("base.public_user")):
            self.assertEqual(self._hears(user, asked), ([], ["broadcast"]))

    def test_nobody_hears_unasked_or_by_another_name(self):
        names = ["crm.team", f"crm.team_{self.main.id}", "showroom_ownership.desk_", "showroom_ownership.desk_x"]
        self.assertEqual(self._hears(self.desk, *names)[0], [])


@tagged("post_install", "-at_install")
class TestDeskBrowser(HttpCase):
    def test_unit(self):
        """The screen by itself, with a server that answers late, not at all, or with a refusal."""
        names = ("desk", "desk_match", "fields", "approvals", "what_would_change")
        suites = "".join(f"&id={self._suite(name)}" for name in names)
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000" + suites,
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    @staticmethod
    def _suite(name):
        """The id by which the page of tests knows a file."""
        number = 0
        for character in f"@showroom_ownership/{name}":
            number = ((number << 5) - number + ord(character)) & 0xFFFFFFFF
        return f"{number:08x}"
