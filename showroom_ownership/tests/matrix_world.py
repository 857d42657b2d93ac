import json
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HOST, HttpCase, new_test_user, tagged

from .common import ShowroomCase

ROLES = "portal plain desk li sun branch chen dir gm admin".split()
NOW = "2026-03-20 10:00"


@tagged("post_install", "-at_install")
class MatrixCase(ShowroomCase, HttpCase):
    """The small dealership after three busy weeks at MAIN, and everybody who could try something, over real HTTP.

    ======  =================================================
    portal  a customer with a portal login
    plain   an employee without any role in the showroom
    desk    receptionist at MAIN, who registered one line
    li      consultant at MAIN: party to everything that is kept
    sun     consultant at EAST: a stranger to all of it
    branch  manager of EAST
    chen    manager of MAIN
    dir     sales director
    gm      general manager
    admin   Odoo administrator and sales administrator, without a role in the showroom
    ======  =================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "portal@test", groups="base.group_portal")
        cls.plain = new_test_user(cls.env, "plain@test", groups="base.group_user")
        cls.branch = cls._user("branch", "manager", cls.east)
        cls.admin = new_test_user(
            cls.env, "admin@test", groups="base.group_system,sales_team.group_sale_manager", name="Admin"
        )  # fmt: skip
        internal = cls.plain | cls.desk | cls.li | cls.wang | cls.sun | cls.branch | cls.chen | cls.dir | cls.gm
        exports = cls.env.ref("base.group_allow_export")
        internal.write({"group_ids": [Command.link(exports.id)]})  # else none of them may export

    def at_now(self):
        return self.enterContext(self.at(NOW))

    # The story, told once the legal way

    def live(self):
        """Three weeks in which at least one record of everything that is kept comes about; li is in all of it."""
        with self.at("2026-03-02 10:00"):
            self._receive_everybody()
        with self.at("2026-03-03 10:00"):
            self._close_deals()
        with self.at(NOW):
            self._ask_for_everything()
        self.env.flush_all()

    def _receive_everybody(self):
        self.line = self.receive(self.desk, consultant_id=self.li.id, name="Zhao Min")
        self.line.with_user(self.li).action_correct({"customer_name": "Zhao Ming"})
        self.zhao = self.line.lead_id
        self.qian = self.card(self.li, phone="13910000002", name="Qian")
        self.he = self.card(self.li, phone="13910000003", name="He")
        self.wu = self.card(self.li, phone="13910000004", name="Wu")
        self.zhou = self.card(self.li, phone="13910000005", name="Zhou")
        self.env["showroom.followup"].with_user(self.li).create({"lead_id": self.zhao.id, "outcome": "Test drive"})
        self.env["showroom.order"].with_user(self.li).create({"lead_id": self.qian.id, "note": "Red"})
        self.zhao.with_user(self.li).action_link([self.wu.card_number])
        said = {"customer_name": "Zheng", "phone": "13910000006", "outlet_id": self.main.id}
        self.env["showroom.preregistration"].with_user(self.li).create(said).with_user(self.chen).action_approve()
        self.line.page_id.with_user(self.chen).action_close()

    def _close_deals(self):
        """Of He without a word to li, who is credited; of Zhou with one, and li appeals."""
        told = self.receive(self.wang, phone="13910000003", name="He", asked="yes", prior_id=self.li.id)
        told.with_user(self.wang).action_confirm_deal()
        line = self.receive(self.wang, phone="13910000005", name="Zhou")
        said = {"lead_id": self.zhou.id, "with_id": self.li.id, "note": "Told"}
        self.env["showroom.communication"].with_user(self.wang).create(said)
        self.env["showroom.followup"].with_user(self.wang).create({"lead_id": self.zhou.id})
        self.env["showroom.followup"].with_user(self.wang).create({"lead_id": self.zhou.id})
        line.with_user(self.wang).action_confirm_deal()
        self.ruling = self.zhou.ruling_id
        self.ruling.with_user(self.li).action_appeal("I called")

    def _ask_for_everything(self):
        self.wu.with_user(self.chen).action_notice()
        self.env["showroom.reception"].with_user(self.desk).match("13910000004", self.main.id)
        self.zhao.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Dialect")
        self.qian.with_user(self.li).action_request_cancellation("Moved away")
        self.qian.cancellation_ids.with_user(self.chen).action_verify("call", "not_reached", "Engaged")
        self.zhou.with_user(self.li).action_settle({self.li.id: 50, self.wang.id: 50})
        Leave = self.env["showroom.leave"].with_user(self.li)
        Leave._arrange(self.li, date(2026, 4, 1), date(2026, 4, 30), {self.wu: self.wang})
        self.env["showroom.delegation"].with_user(self.dir).create(
            {"delegator_id": self.dir.id, "delegate_id": self.chen.id, "date_to": "2026-03-21"}
        )  # fmt: skip
        self.policy.spot_check_cards = 5
        self.env["showroom.spot.check"].with_user(self.chen).action_draw()
        self.scheduled(lambda: self.env["showroom.failure"]._guard(self._fail, self.zhao))

    def _fail(self, _record):
        raise UserError("The scheduled action could not.")  # pylint: disable=translation-required

    # The attacker's means

    @contextmanager
    def undone(self):
        """What happens within is as if it had not."""
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            yield
            self.env.transaction.clear()  # with what is not written yet
            savepoint.rollback()
        self.registry.clear_all_caches()

    def enter(self, role):
        """A session of this role, or of nobody; what was done before is what they find."""
        self.env.flush_all()
        self.authenticate(role and getattr(self, role).login, "any password will do in a test")

    def rpc(self, model, method, *args, context=None, **kwargs):
        """What a browser console sends. The result, or the name of the error the server answers with."""
        kwargs["context"] = context or {}
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return Answer(self.post(f"/web/dataset/call_kw/{model}/{method}", body))

    def post(self, path, body):
        """One HTTP request with the session of `enter`, answered in JSON; plainer, so quicker, than `url_open`."""
        self.env.flush_all()
        with self.allow_requests():
            cookies = "; ".join(f"{name}={value}" for name, value in self.opener.cookies.items())
            headers = {"Content-Type": "application/json", "Cookie": cookies}
            connection = HTTPConnection(HOST, self.http_port(), timeout=30)
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse().read()
            connection.close()
        return json.loads(answer)


class Answer:
    """What came back from a remote call."""

    def __init__(self, answer):
        self.result = answer.get("result")
        self.error = answer.get("error", {}).get("data", {})
        self.name = self.error.get("name", "")

    @property
    def message(self):
        return self.error.get("message", "")

    @property
    def refused(self):
        """Whether the server refused: by an error for people, or by the report of an import that did not take place."""
        failed_import = isinstance(self.result, dict) and self.result.get("ids") is False
        return bool(self.error) or failed_import

    def found_ids(self):
        """The ids of records in an answer, of whatever verb that lists."""
        rows = self.result or []
        if isinstance(rows, dict):
            rows = rows.get("records", rows.get("groups", rows))
        if isinstance(rows, dict):
            return [int(key) for key in rows]
        return [self._id_of(row) for row in rows]

    @staticmethod
    def _id_of(row):
        found = row.get("id") if isinstance(row, dict) else row
        return found[0] if isinstance(found, (list, tuple)) else found
