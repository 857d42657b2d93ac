from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged
from odoo.tests.common import TransactionCase

from ..models import clock

ZONE = ZoneInfo("Asia/Shanghai")


@contextmanager
def frozen(env, text):
    """Every clock shows the given time in Shanghai."""
    moment = datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    with (
        freeze_time(moment),
        patch.object(clock, "now", lambda _env: moment),
        patch.object(env.cr, "now", lambda: moment),
    ):
        yield moment


@tagged("post_install", "-at_install")
class ShowroomCase(TransactionCase):
    """A small dealership.

    =========  ==========  ===============
    who        works at    as
    =========  ==========  ===============
    li, wang   MAIN        consultant
    sun        EAST        consultant
    desk       MAIN        receptionist
    chen       MAIN        showroom manager
    dir                    sales director
    gm                     general manager
    =========  ==========  ===============
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.cn")
        cls.policy = cls.env.ref("showroom_ownership.policy_six_principles")
        cls.main, cls.east = cls._outlet("MAIN", "showroom"), cls._outlet("EAST", "branch")
        cls.li, cls.wang = cls._user("li", "consultant", cls.main), cls._user("wang", "consultant", cls.main)
        cls.sun = cls._user("sun", "consultant", cls.east)
        cls.desk, cls.chen = cls._user("desk", "receptionist", cls.main), cls._user("chen", "manager", cls.main)
        cls.dir, cls.gm = cls._user("dir", "director"), cls._user("gm", "general_manager")
        cls.plain_team = cls.env["crm.team"].create({"name": "No Outlet"})
        cls.seller = new_test_user(cls.env, "seller@test", groups="sales_team.group_sale_salesman")
        cls.env["crm.team.member"].create({"crm_team_id": cls.plain_team.id, "user_id": cls.seller.id})

    @classmethod
    def _outlet(cls, code, kind):
        vals = {"name": code.title(), "outlet_code": code, "outlet_kind": kind, "tz": "Asia/Shanghai"}
        return cls.env["crm.team"].create({**vals, "policy_id": cls.policy.id, "user_id": False})

    @classmethod
    def _user(cls, name, role, outlet=None):
        user = new_test_user(cls.env, f"{name}@test", groups=f"showroom_ownership.group_{role}", name=name.title())
        if outlet:
            cls.env["crm.team.member"].create({"crm_team_id": outlet.id, "user_id": user.id})
        return user

    def at(self, text):
        return frozen(self.env, text)

    def receive(self, by, phone="+86 138 1000 0001", name="Zhao Min", **said):
        """A reception, as the consultant at the screen records it; seen by the system afterwards."""
        vals = {"customer_name": name, "phone": phone, **said}
        vals.setdefault("outlet_id", by._outlets()[:1].id)
        line = self.env["showroom.reception"].with_user(by).create(vals)
        return line.with_env(self.env)

    def card(self, by=None, **said):
        """A card with a filing."""
        return self.receive(by or self.li, **said).lead_id

    @contextmanager
    def refused(self, error, text):
        """What is refused with these words, and leaves nothing behind: rolled back as a request is."""
        with self.assertRaises(error) as caught:
            yield
        self.assertIn(text, str(caught.exception))

    def scheduled(self, method):
        """Run a scheduled action; what it commits stays in the test."""
        with patch.object(self.env.cr, "commit", lambda: None), patch.object(self.env.cr, "rollback", lambda: None):
            return method()
