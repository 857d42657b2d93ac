from odoo.tests import tagged

from .remote_case import RemoteCase

FAR = (-1, -(10**9), 10**9, 2**31 - 1)


@tagged("post_install", "-at_install")
class TestPolicyLimits(RemoteCase):
    """A policy is numbers and choices: none of them can be set so that deals or scheduled actions break."""

    def _numbers(self, model):
        for field in self.env[model]._fields.values():
            if field.type == "integer" and field.store and field.name not in ("id", "sequence"):
                yield field.name

    def test_numbers_out_of_range_are_refused_in_words(self):
        self.sign_in(self.dir)
        numbers = list(self._numbers("showroom.policy"))
        self.assertGreater(len(numbers), 12)
        for name in numbers:
            for far in FAR:
                with self.subTest(name, far=far):
                    before = self.policy[name]
                    told = self.refused("showroom.policy", "web_save", self.policy.ids, {name: far}, specification={})
                    self.assertRegex(told, r"\d")
                    self.env.invalidate_all()
                    self.assertEqual(self.policy[name], before)

    def test_grades_out_of_range_are_refused_in_words(self):
        self.sign_in(self.dir)
        grade = self.policy.grade_ids[0]
        for vals in ({"count": -1}, {"count": 10**6}, {"period": 0, "count": 1}, {"period": 10**9, "count": 1}):
            self.assertIn("3660", self.refused("showroom.grade", "web_save", grade.ids, vals, specification={}))

    def test_the_ends_of_the_ranges_work(self):
        """Zero and the most: a card is filed, followed up and won, and the scheduled actions run."""
        for value in (0, 3660):
            names = [name for name in self._numbers("showroom.policy") if name.endswith("_days")]
            days = {name: min(value, 366) if name == "card_due_days" else value for name in names}
            self.policy.write({**days, "spot_check_cards": 0})
            self.policy.grade_ids.write({"count": min(value, 366), "period": max(value, 1)})
            card = self.card(phone=f"+86 139 1000 {value:04d}")
            self.env["showroom.followup"].with_user(self.li).create({"lead_id": card.id})
            self.receive(self.wang, phone=card.phone).with_user(self.wang).action_confirm_deal()
            self.assertTrue(card.ruling_id.state)
            self.assertTrue(card.ruling_id.letter_html and card.timeline_html and card.ownership_badge)
            for model, method in (("crm.lead", "_cron_lapses"), ("showroom.ruling", "_cron_windows")):
                self.scheduled(getattr(self.env[model], method))
        self.assertFalse(self.env["showroom.failure"].search([]))

    def test_choices_are_refused(self):
        self.sign_in(self.dir)
        for vals in ({"principle_ids": [(5, 0, 0)]}, {"name": False}):
            self.refused("showroom.policy", "web_save", self.policy.ids, vals, specification={})

    def test_no_field_holds_code(self):
        """No domain, no expression, no template: nothing in a policy is run."""
        for model in ("showroom.policy", "showroom.policy.principle", "showroom.grade", "showroom.policy.version"):
            told = {name for name in self.env[model]._fields if self._says(model, name)}
            self.assertLessEqual(told, {"name", "code", "preset"}, model)

    def _says(self, model, name):
        field = self.env[model]._fields[name]
        ours = field.store and field._module == "showroom_ownership" and not field.related
        return ours and field.type in ("char", "text", "html")
