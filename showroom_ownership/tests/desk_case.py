import uuid

from odoo.service.model import call_kw

from .common import ShowroomCase

PHONE = "138-1000-0001"


class DeskCase(ShowroomCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def call(self, user, method, *args):
        """As the screen calls."""
        return call_kw(self.env["showroom.reception"].with_user(user), method, args, {})

    def match(self, user=None, phone=PHONE):
        return self.call(user or self.desk, "match", phone, self.main.id)

    def register(self, user, **said):
        vals = {"outlet_id": self.main.id, "customer_name": "Zhao Min", "phone": PHONE, "consultant_id": self.wang.id}
        return self.call(user, "desk_register", {"request_key": str(uuid.uuid4()), **vals, **said})
