from datetime import date

from odoo.addons.showroom_ownership.tests.common import ShowroomCase


class TestAbsence(ShowroomCase):
    """Who is on approved leave is given no cards (rulebook 4.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.env["hr.employee"].create({"name": "Wang", "user_id": cls.wang.id, "tz": "Asia/Shanghai"})

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def leave(self, first, last, state="validate", unit="day", kind="leave", **vals):
        kinds = {"name": "Off", "requires_allocation": False, "request_unit": unit, "time_type": kind}
        kind = self.env["hr.leave.type"].create(kinds)
        days = {"request_date_from": first, "request_date_to": last}
        leave = self.env["hr.leave"].create(
            {"employee_id": self.employee.id, "holiday_status_id": kind.id, **days, **vals}
        )
        if state == "validate":
            leave.action_approve()
        self.assertEqual(leave.state, state)
        return leave

    def assert_available(self, available, at="2026-03-02 10:00"):
        self.enterContext(self.at(at))
        self.assertEqual(self.wang in self.main._consultants(), available, at)

    def test_on_the_days_of_the_leave_and_no_others(self):
        self.leave(date(2026, 3, 3), date(2026, 3, 5))
        self.assert_available(True, "2026-03-02 23:50")
        self.assert_available(False, "2026-03-03 00:10")
        self.assert_available(False, "2026-03-05 23:50")
        self.assert_available(True, "2026-03-06 00:10")

    def test_a_lapsed_or_departed_colleagues_card_goes_to_somebody_else(self):
        card = self.card()
        self.leave(date(2026, 3, 2), date(2026, 3, 3))
        self.li.active = False
        self.assertFalse(card.pending_transfer_id.to_id)

    def test_leave_that_is_not_approved(self):
        leave = self.leave(date(2026, 3, 2), date(2026, 3, 3), state="confirm")
        self.assert_available(True)
        leave.action_approve()
        self.assert_available(False)
        leave.action_refuse()
        self.assert_available(True)

    def test_half_a_day_and_training_are_no_absence(self):
        half = {"request_date_from_period": "am", "request_date_to_period": "am", "unit": "half_day"}
        self.leave(date(2026, 3, 2), date(2026, 3, 2), **half)
        self.assert_available(True)
        self.leave(date(2026, 3, 3), date(2026, 3, 3), kind="other")
        self.assert_available(True, "2026-03-03 10:00")

    def test_from_noon_to_noon(self):
        half = {"request_date_from_period": "pm", "request_date_to_period": "am", "unit": "half_day"}
        self.leave(date(2026, 3, 2), date(2026, 3, 4), **half)
        self.assert_available(True, "2026-03-02 10:00")
        self.assert_available(False, "2026-03-03 10:00")
        self.assert_available(True, "2026-03-04 10:00")

    def test_an_arranged_long_leave_counts_too(self):
        leave = self.env["showroom.leave"].with_user(self.wang)
        leave._arrange(self.wang, date(2026, 3, 2), date(2026, 3, 30), {}).with_user(self.chen).action_approve()
        self.assert_available(False)
