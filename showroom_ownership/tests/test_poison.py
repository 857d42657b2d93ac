from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ShowroomCase
from .leave_case import LAST

PREFIX = "ir_cron_showroom_"
# The step of each scheduled action that takes the records: (model, method). A new action needs a line, and two methods.
STEPS = {
    "card_files": ("crm.lead", "_remind_batch"),
    "without_card": ("showroom.reception", "_note_without_card"),
    "spot_checks": ("showroom.spot.check", "_draw_weekly"),
    "close_pages": ("showroom.register.page", "_close"),
    "mail_seals": ("showroom.register.page", "_mail_seals"),
    "lapses": ("crm.lead", "_enforce"),
    "departures": ("crm.lead", "_release"),
    "escalation": ("showroom.approval", "_escalate"),
    "windows": ("showroom.ruling", "_end_window"),
    "preregistrations": ("crm.lead", "_refresh_protection"),
    "meetings": ("calendar.event", "_record_held"),
    "leaves": ("showroom.leave.line", "_lend"),
    "verify": ("showroom.ledger.entry", "_verify_outlet"),
    "morning": ("showroom.morning", "_mail"),
}


@tagged("post_install", "-at_install")
class TestPoison(ShowroomCase):
    """A record that breaks a scheduled action is set aside and told; the others are seen to, and it is tried again."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))
        self.chen.email = "chen@example.com"
        self.policy.write({"card_due_days": 1, "spot_check_cards": 1, "card_needs_interest": True})

    def _cron(self, name):
        return self.env.ref(f"showroom_ownership.{PREFIX}{name}")

    def _run(self, name):
        """As Odoo's scheduler calls it: the code of the action itself."""
        self.scheduled(lambda: self._cron(name).ir_actions_server_id.with_user(1).run())
        self.env.flush_all()
        self.env.invalidate_all()

    def test_every_action_is_here(self):
        domain = [("module", "=", "showroom_ownership"), ("model", "=", "ir.cron")]
        crons = self.env["ir.model.data"].search(domain).mapped("name")
        self.assertEqual({name.removeprefix(PREFIX) for name in crons}, set(STEPS))
        for model, method in STEPS.values():
            self.assertTrue(callable(getattr(self.registry[model], method)))

    # A record that breaks

    def _breaking(self, model, method, bad):
        """The step raises where the bad record is among what it is given."""
        step = getattr(self.registry[model], method)

        def breaks(records, *args, **kwargs):
            given = [each for each in (records, *args) if getattr(each, "_name", None) == bad._name]
            if any(bad.id in each.ids for each in given):
                raise ValueError("poison \0 record \ud800")
            return step(records, *args, **kwargs)

        breaks.__name__ = method  # failures are kept by the step's name
        return patch.object(self.registry[model], method, breaks)

    def _try_record(self, name):
        model, method = STEPS[name]
        bad, good, at = getattr(self, f"_wait_for_{name}")()
        with self.at(at), mute_logger("odoo.addons.showroom_ownership.models.showroom_failure"):
            with self._breaking(model, method, bad):
                self._run(name)
                self._run(name)
            self._assert_aside(name, method, bad, good)
            self._let_it_be_tried(bad)
            self._run(name)
            self.assertTrue(self._done(name, bad), "tried again")
            self.assertFalse(self._failures(bad, method), "settled")

    def _failures(self, bad, method):
        domain = [("model", "=", bad._name), ("res_id", "=", bad.id), ("step", "=", method)]
        return self.env["showroom.failure"].search(domain)

    def _assert_aside(self, name, method, bad, good):
        self.assertTrue(self._done(name, good), "the rest goes on")
        self.assertFalse(self._done(name, bad))
        self.assertEqual(len(self._failures(bad, method)), 1)
        told = self.env["mail.message"].search([("subject", "like", "aside")]).filtered("partner_ids")
        self.assertEqual(len(told), 1, "told once")
        self.assertIn("poison", told.body)

    def _let_it_be_tried(self, bad):
        self.env["showroom.failure"].search([("res_id", "=", bad.id)]).retry_at = "2026-01-01 00:00:00"

    def _done(self, name, record):
        return bool(getattr(self, f"_{name}_done")(record))

    # What waits for each action: the record that breaks, another one, and when the action runs

    def _two_cards(self):
        return self.card(name="Bad"), self.card(phone="13910000002", name="Good")

    def _wait_for_card_files(self):
        return *self._two_cards(), "2026-03-02 11:00"

    def _card_files_done(self, card):
        kind = self.env.ref("showroom_ownership.mail_activity_type_card")
        return card.activity_ids.filtered(lambda each: each.activity_type_id == kind)

    def _wait_for_without_card(self):
        lines = [self.receive(self.li, phone=False, name=name) for name in ("Bad", "Good")]
        return *lines, "2026-03-05 00:30"

    def _without_card_done(self, line):
        return not line.file_due

    def _wait_for_spot_checks(self):
        self._two_cards()
        self.card(self.sun, phone="13910000003")
        return self.east, self.main, "2026-03-02 11:00"

    def _spot_checks_done(self, outlet):
        return self.env["showroom.spot.check"].search([("outlet_id", "=", outlet.id)])

    def _wait_for_close_pages(self):
        self._two_cards()
        self.card(self.sun, phone="13910000003")
        return self.east, self.main, "2026-03-03 09:00"

    def _close_pages_done(self, outlet):
        return self.env["showroom.register.page"].search([("outlet_id", "=", outlet.id), ("closed_at", "!=", False)])

    def _wait_for_mail_seals(self):
        self.wait = self._wait_for_close_pages()
        self.patch(self.registry["showroom.register.page"], "_render_pdf", lambda _pages: b"%PDF")
        with self.at("2026-03-03 08:00"):
            self._run("close_pages")
        return self.wait

    def _mail_seals_done(self, outlet):
        return all(self._close_pages_done(outlet).mapped("mailed_at"))

    def _wait_for_lapses(self):
        return *self._two_cards(), "2026-03-30 10:00"

    def _lapses_done(self, card):
        return card.notice_id

    def _wait_for_departures(self):
        cards = self._two_cards()
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET active = false WHERE id = %s", [self.li.id])
        self.env.invalidate_all()
        return *cards, "2026-03-02 11:00"

    def _departures_done(self, card):
        return card.owner_departed

    def _wait_for_escalation(self):
        bad, good = self._two_cards()
        (bad | good).with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked for")
        return bad.transfer_ids.approval_id, good.transfer_ids.approval_id, "2026-03-09 10:00"

    def _escalation_done(self, approval):
        return approval.escalated_to

    def _wait_for_windows(self):
        cards = self._two_cards()
        for card in cards:
            phone = card.phone
            self.receive(self.wang, phone=phone, name=card.name, asked="no").with_user(self.wang).action_confirm_deal()
        return *(card.ruling_id for card in cards), "2026-03-20 10:00"

    def _windows_done(self, ruling):
        return ruling.state in ("final", "arbitration")

    def _wait_for_preregistrations(self):
        cards = self._two_cards()
        for card in cards:
            card._update_card({"protected_until": self.main._today() - timedelta(days=1)})
        return *cards, "2026-03-02 11:00"

    def _preregistrations_done(self, card):
        return not card.protected_until

    def _wait_for_meetings(self):
        times = {"start": "2026-03-02 02:10:00", "stop": "2026-03-02 02:30:00", "user_id": self.li.id}
        meetings = [
            self.env["calendar.event"]
            .with_user(self.li)
            .create({**times, "name": "Meeting", "opportunity_id": card.id})
            for card in self._two_cards()
        ]
        return *(meeting.with_env(self.env) for meeting in meetings), "2026-03-02 11:00"

    def _meetings_done(self, meeting):
        return meeting.showroom_followup_id

    def _wait_for_leaves(self):
        bad, good = self._two_cards()
        first = self.main._today() + timedelta(days=1)
        leave = self.env["showroom.leave"].with_user(self.li)._arrange(
            self.li, first, LAST, {bad: self.wang, good: self.wang}
        )  # fmt: skip
        leave.with_user(self.chen).action_approve("Fine")
        lines = leave.with_env(self.env).line_ids.sorted("id")
        return lines[0], lines[1], "2026-03-03 10:00"

    def _leaves_done(self, line):
        return line.state == "lent"

    def _wait_for_verify(self):
        self._two_cards()
        self.card(self.sun, phone="13910000003")
        heads = self.env["showroom.ledger.head"].search([("outlet_id", "in", (self.main | self.east).ids)], order="id")
        return heads[0], heads[1], "2026-03-02 11:00"

    def _verify_done(self, head):
        return head.verified_at

    def _wait_for_morning(self):
        self._two_cards()
        self.card(self.wang, phone="13910000003")
        (self.li | self.wang).write({"email": "x@example.com"})
        return self.li, self.wang, "2026-03-20 09:00"

    def _morning_done(self, user):
        return user.morning_mailed_on

    # An outlet that breaks

    def _try_outlet(self, name):
        """Of an old import: a time zone that nobody knows, no principles; it stops nothing at the others."""
        _bad, good, at = getattr(self, f"_wait_for_{name}")()
        self.card(self.sun, phone="13910000033")
        self._break(self.east)
        with self.at(at), mute_logger("odoo.addons.showroom_ownership.models.showroom_failure"):
            self._run(name)
            self._run(name)
        self.assertTrue(self._done(name, good), "the rest goes on")

    def _break(self, outlet):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_team SET tz = 'Mars/Base', policy_id = NULL, user_id = NULL, sequence = -9 WHERE id = %s",
            [outlet.id],
        )
        self.env.cr.execute("UPDATE crm_lead SET grade_id = NULL, followup_due = NULL WHERE team_id = %s", [outlet.id])
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    @mute_logger("odoo.addons.showroom_ownership.models.showroom_failure")
    def test_a_poison_outlet_is_told(self):
        self._break(self.east)
        self._run("verify")
        known = [("model", "=", "crm.team"), ("res_id", "=", self.east.id)]
        self.assertIn("time zone", self.env["showroom.failure"].search(known).message)
        self.east.write({"tz": "Asia/Shanghai", "policy_id": self.policy.id})
        self._let_it_be_tried(self.east)
        self._run("verify")
        self.assertFalse(self.env["showroom.failure"].search(known).mapped("message"))

    def test_its_screens_open(self):
        """Its cards and its register are shown, with days of UTC."""
        card = self.card(self.sun, phone="13910000034")
        self._break(self.east)
        self.assertTrue(card.with_user(self.gm).ownership_badge)
        self.assertTrue(self.env["crm.lead"].with_user(self.gm).search([("due_when", "=", False)]))
        self.assertTrue(card.with_user(self.gm).timeline_html)


def _test(attempt, name):
    return lambda self: getattr(self, attempt)(name)


for _name in STEPS:
    setattr(TestPoison, f"test_a_poison_record_{_name}", _test("_try_record", _name))
    setattr(TestPoison, f"test_a_poison_outlet_{_name}", _test("_try_outlet", _name))
