from html import unescape

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .common import ShowroomCase

REPORT = "showroom_ownership.wall_rules_document"
LANGUAGES = ("en_US", "zh_CN")
# Numbers that stand for nothing else on the page.
NUMBERS = {
    "followup_recording_days": 41,
    "filing_validity_days": 42,
    "branch_followup_limit": 43,
    "brief_contact_days": 44,
    "negotiation_days": 45,
    "appeal_days": 46,
    "tracking_days": 47,
    "reopen_days": 48,
    "grace_days": 49,
    "escalation_days": 50,
    "long_leave_days": 51,
    "card_due_days": 52,
}


class TestWallRules(ShowroomCase):
    """The page on the wall says what the system does, to everybody who works by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def printed(self, reader, lang="en_US"):
        report = self.env["ir.actions.report"].with_user(reader).with_context(lang=lang)
        html, _kind = report._render_qweb_html(REPORT, self.policy.ids)
        return unescape(html.decode())

    def page(self, lang="en_US"):
        policy = self.policy.with_user(self.li).with_context(lang=lang)
        return policy.env["showroom.wall.rules"]._page(policy)

    def said(self, part):
        return " ".join(self.page()[part])

    # Principles and numbers

    def test_every_active_principle_is_said_in_its_order(self):
        for lang in LANGUAGES:
            html, policy = self.printed(self.li, lang), self.policy.with_context(lang=lang)
            wording = policy.env["showroom.wording"]
            places = [html.find(wording._rule(line.ground, policy)) for line in policy.principle_ids]
            self.assertEqual(len(places), 14)
            self.assertNotIn(-1, places)
            self.assertEqual(places, sorted(places))

    def test_the_order_and_the_principles_of_the_house_are_said(self):
        first, second, *others = self.policy.principle_ids
        (first + second).write({"sequence": 90})
        others[0].active = False
        wording = self.env["showroom.wording"]
        expected = [wording._rule(line.ground, self.policy) for line in (*others[1:], first, second)]
        self.assertEqual(self.page()["principles"], expected)

    def test_the_numbers_of_the_policy_are_said(self):
        self.policy.write(NUMBERS)
        for lang in LANGUAGES:
            html = self.printed(self.li, lang)
            self.assertEqual([number for number in NUMBERS.values() if str(number) not in html], [])

    def test_nothing_is_said_of_what_is_not_asked(self):
        zero = {"filing_validity_days": 0, "escalation_days": 0, "card_due_days": 0, "reopen_days": 0}
        self.policy.write({**zero, "grace_days": 0, "appeal_days": 0, "tracking_days": 0, "followup_recording_days": 0})
        texts = [text for name, part in self.page().items() if name != "grades" for text in part]
        self.assertTrue(all(texts))
        self.assertEqual([text for text in texts if "0 days" in text], [])

    def test_without_a_ruling_that_stays_open_there_is_no_appeal(self):
        self.assertIn("3 days after the day of the deal", self.said("appeal"))
        open_grounds = ("more_diligent", "holder_lapsed", "awaiting_appeal")
        self.policy.principle_ids.filtered(lambda line: line.ground in open_grounds).active = False
        self.assertNotIn("appeal", self.said("appeal"))
        self.assertIn("agree on shares", self.said("appeal"))

    # Grades and choices

    def test_the_grades_are_said_with_their_rhythm(self):
        self.policy.grade_ids[0].write({"count": 2, "period": 9})
        self.policy.grade_ids[3].count = 0
        self.policy.grade_ids[1].period = 1
        rows = [(row[0], row[2]) for row in self.page()["grades"]]
        spoken = ["2 times in 9 days", "once in one day", "once in 15 days", "no follow-up asked for"]
        self.assertEqual(rows, list(zip("HABC", spoken, strict=True)))

    def test_each_choice_changes_its_sentence(self):
        choices = {
            "call_counts_as_filing": "register", "outreach_counts_as_filing": "register",
            "match_counts_as_told": "register", "unanswered_counts": "rhythm", "visit_rhythm": "rhythm",
            "cancellation_check": "transfer",
        }  # fmt: skip
        for name, part in choices.items():
            before = self.said(part)
            self.policy[name] = not self.policy[name]
            self.assertNotEqual(self.said(part), before, name)

    def test_each_way_of_doing_it_changes_its_sentence(self):
        ways = {
            "same_day_correction": ("voids", "register"), "notice_mode": ("manual", "lapse"),
            "lapse_transfer": ("automatic", "lapse"), "approval_tiers": ("2", "transfer"),
        }  # fmt: skip
        for name, (value, part) in ways.items():
            before = self.said(part)
            self.policy[name] = value
            self.assertNotEqual(self.said(part), before, name)

    # Who prints it

    def test_whoever_works_at_an_outlet_prints_its_principles(self):
        for reader in (self.desk, self.li, self.chen, self.dir):
            action = self.env["showroom.policy"].with_user(reader)._print_wall_rules()
            self.assertEqual((action["report_name"], action["context"]["active_ids"]), (REPORT, self.policy.ids))
            self.assertIn("H</td>", self.printed(reader).replace("\n", ""))

    def test_the_menu_prints_for_a_consultant(self):
        action = self.env.ref("showroom_ownership.action_wall_rules").with_user(self.li).run()
        self.assertEqual(action["type"], "ir.actions.report")

    def test_a_stranger_does_not(self):
        clerk = new_test_user(self.env, "clerk@test", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.printed(clerk)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_actions"):
            self.env.ref("showroom_ownership.action_wall_rules").with_user(clerk).run()

    def test_without_an_outlet_it_is_said_what_to_do(self):
        self.env["showroom.policy"].search([]).active = False
        with self.assertRaisesRegex(UserError, "set up"):
            self.env["showroom.policy"].with_user(self.dir)._print_wall_rules()

    def test_many_principles_cost_no_query_more(self):
        few, many = self._queries(3), self._queries(14)
        self.assertLessEqual(many, few)

    def _queries(self, number):
        self.policy.principle_ids.write({"active": True})
        self.policy.principle_ids[number:].active = False
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.page()
        return self.env.cr.sql_log_count - before
