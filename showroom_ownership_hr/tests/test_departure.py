from datetime import date

from odoo.addons.showroom_ownership.tests.common import ShowroomCase


class TestDeparture(ShowroomCase):
    """The departure wizard and archiving release the employee's cards (rulebook 4)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.zhao = self.card()
        self.employee = self.env["hr.employee"].create(
            {"name": "Li", "user_id": self.li.id, "contract_date_start": "2020-01-01"}
        )

    def register(self, day, archive_user=False, terminate=False):
        context = {"active_ids": self.employee.ids, "employee_termination": terminate}
        wizard = self.env["hr.departure.wizard"].with_context(**context)
        wizard.create({"departure_date": day, "remove_related_user": archive_user}).action_register_departure()

    def assert_released(self):
        self.assertFalse(self.zhao.user_id)
        transfer = self.zhao.pending_transfer_id
        self.assertEqual((transfer.reason, transfer.from_id, transfer.to_id), ("departure", self.li, self.wang))
        self.assertNotIn(self.li, self.main._consultants())

    def assert_kept(self):
        self.assertEqual((self.zhao.user_id, self.zhao.pending_transfer_id.id), (self.li, False))

    def run_departures(self, at):
        self.enterContext(self.at(at))
        self.scheduled(self.env["crm.lead"]._cron_departures)
        self.env.invalidate_all()

    def test_the_wizard_leaves_the_user_alone(self):
        self.register(date(2026, 3, 2))
        self.assert_released()
        self.assertTrue(self.li.active)

    def test_the_wizard_archives_employee_and_user(self):
        self.register(date(2026, 3, 2), archive_user=True, terminate=True)
        self.assert_released()
        self.assertFalse(self.li.active or self.employee.active)

    def test_the_wizard_archives_the_employee_alone(self):
        self.register(date(2026, 3, 2), terminate=True)
        self.assert_released()
        self.assertEqual((self.li.active, self.employee.active), (True, False))

    def test_a_departure_that_lies_ahead(self):
        """On its local day in Shanghai, which begins at 16:00 UTC of the day before."""
        self.register(date(2026, 3, 20))
        self.run_departures("2026-03-19 23:50")
        self.assert_kept()
        self.run_departures("2026-03-20 00:10")
        self.assert_released()

    def test_a_departure_that_is_called_off(self):
        self.register(date(2026, 3, 20))
        self.employee.departure_date = False
        self.run_departures("2026-03-21 00:10")
        self.assert_kept()

    def test_archiving_the_employee(self):
        self.employee.action_archive()
        self.assert_released()
        self.employee.action_unarchive()
        self.assertFalse(self.zhao.user_id)

    def test_whoever_is_employed_by_another_company_of_the_group_keeps_that_ones_outlets(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.li.company_ids |= other
        self.env["hr.employee"].create({"name": "Li", "user_id": self.li.id, "company_id": other.id})
        self.employee.action_archive()
        self.assert_kept()
        self.main.company_id = self.employee.company_id
        self.employee.action_unarchive()
        self.employee.action_archive()
        self.assert_released()

    def test_an_employee_without_a_card(self):
        self.env["hr.employee"].create({"name": "Cook"}).action_archive()
        self.assert_kept()
