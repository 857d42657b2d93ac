from datetime import date

from .common import ShowroomCase

FIRST, LAST = date(2026, 3, 10), date(2026, 4, 2)


class LeaveCase(ShowroomCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.zhou = self._user("zhou", "consultant", self.main)
        self.zhao = self.card()
        self.qian = self.card(phone="13910000002", name="Qian")

    def arrange(self, substitutes=None, by=None, consultant=None, first=FIRST, last=LAST):
        substitutes = {self.zhao: self.wang, self.qian: self.zhou} if substitutes is None else substitutes
        Leave = self.env["showroom.leave"].with_user(by or self.li)
        return Leave._arrange(consultant or self.li, first, last, substitutes).with_env(self.env)

    def approved(self, **told):
        leave = self.arrange(**told)
        leave.with_user(self.chen).action_approve("Fine")
        return leave

    def run_leaves(self, day):
        self.enterContext(self.at(f"{day} 00:10"))
        self.scheduled(self.env["showroom.leave.line"]._cron_leaves)
        self.env.invalidate_all()

    def owners(self):
        return [self.zhao.user_id, self.qian.user_id]

    def states(self, leave):
        return leave.line_ids.mapped("state")
