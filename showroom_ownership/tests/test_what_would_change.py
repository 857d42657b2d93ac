from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from ..core.principles import PRINCIPLES
from ..models import showroom_what_would_change
from ..models.showroom_policy import CORE_FIELDS
from .common import ShowroomCase


class PolicyChangeCase(ShowroomCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.phones = iter(range(13810001000, 13810002000))

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def values(self, *without, **changed):
        """The policy as the form shows it, without some grounds, with some parameters changed."""
        now = {name: self.policy[name] for name in CORE_FIELDS}
        lines = self.policy.principle_ids.sorted(lambda line: (line.sequence, line.id))
        return {**now, "principles": [ground for ground in lines.mapped("ground") if ground not in without], **changed}

    def ask(self, values, policy=None, user=None, after=0):
        Policy = self.env["showroom.policy"].with_user(user or self.dir)
        return Policy.what_would_change((policy or self.policy).id, values, after)

    def changed(self, values, **rest):
        return {change["id"] for change in self.ask(values, **rest)["changes"]}

    def own_deal(self, by=None):
        card = self.card(by=by, phone=str(next(self.phones)))
        card.with_user(card.user_id).action_set_won()
        return card.ruling_id

    def silent_deal(self):
        """Wang closes Li's customer on the spot, although told of Li: Li's."""
        return self.rival_deal(asked="yes", prior_id=self.li.id)

    def rival_deal(self, **said):
        """Wang receives Li's customer, and closes in the same visit."""
        phone = str(next(self.phones))
        card = self.card(phone=phone)
        line = self.receive(self.wang, phone=phone, **said)
        line.with_user(self.wang).action_confirm_deal()
        return card.ruling_id


class TestWhatWouldChange(PolicyChangeCase):
    """Exactly the rulings that would come out differently, before anything is saved."""

    def test_an_unchanged_policy_changes_nothing(self):
        rulings = [self.own_deal(), self.silent_deal(), self.rival_deal(asked="no")]
        found = self.ask(self.values())
        self.assertEqual((found["total"], found["asked"], found["last"]), (len(rulings), len(rulings), False))
        self.assertEqual(found["changes"], [])

    def test_a_principle_switched_off_changes_its_own_rulings_alone(self):
        self.own_deal()
        silent, brief = self.silent_deal(), self.rival_deal(asked="no")
        self.assertEqual((silent.ground, brief.ground), ("closed_without_communication", "brief_contact"))
        self.assertEqual(self.changed(self.values("closed_without_communication")), {silent.id})
        self.assertEqual(self.changed(self.values("brief_contact")), {brief.id})
        self.assertEqual(self.changed(self.values("satellite")), set())

    def test_it_tells_who_is_credited_now_and_who_would_be(self):
        silent = self.silent_deal()
        [change] = self.ask(self.values("closed_without_communication"))["changes"]
        self.assertEqual((change["now"], change["then"]), ("Li 100 %", "Wang 100 %"))
        self.assertEqual(change["ground_now"], "Closed without a word to the holder")
        self.assertEqual(change["ground_then"], "Brief contact on both sides")
        self.assertEqual((change["state_then"], change["other_credit"]), ("Negotiation", True))
        self.assertIn(silent.lead_id.card_number, change["deal"])

    def test_the_order_matters(self):
        silent = self.silent_deal()
        order = list(PRINCIPLES)
        order.remove("brief_contact")
        order.insert(0, "brief_contact")
        self.assertEqual(self.changed(self.values(principles=order)), {silent.id})

    def test_a_parameter_matters(self):
        brief = self.rival_deal(asked="no")
        self.assertEqual(self.changed(self.values(same_day_correction="voids")), set())
        self.enterContext(self.at("2026-03-06 10:00"))
        late = self.card(phone="13810000998")
        self.enterContext(self.at("2026-03-11 10:00"))
        self.receive(self.wang, phone="13810000998", asked="no").with_user(self.wang).action_confirm_deal()
        self.assertEqual(late.ruling_id.ground, "brief_contact")
        self.assertEqual(self.changed(self.values(brief_contact_days=4)), {late.ruling_id.id})
        self.assertEqual(self.changed(self.values(brief_contact_days=5)), set())
        self.assertNotEqual(brief, late.ruling_id)

    def test_an_appeal_that_would_be_recommended_otherwise(self):
        phone = "13810000999"
        card = self.card(phone=phone)
        self.enterContext(self.at("2026-03-12 10:00"))
        self.receive(self.wang, phone=phone, asked="no")
        self.enterContext(self.at("2026-03-13 10:00"))
        card.reception_ids.filtered(lambda line: line.consultant_id == self.wang).with_user(
            self.wang
        ).action_confirm_deal()
        ruling = card.ruling_id
        self.assertEqual(self.changed(self.values(tracking_days=11)), set())
        ruling.with_user(self.li).action_appeal("Mine")
        self.assertEqual(ruling.ground, "appeal_untracked")
        self.assertEqual(self.changed(self.values(tracking_days=10)), set())
        [change] = self.ask(self.values(tracking_days=11))["changes"]
        self.assertEqual((change["then"], change["ground_then"]), ("Li 100 %", "Appealed, and tracked in time"))

    def test_saving_the_change_then_changes_nothing_more(self):
        """What was foretold is what a new ruling gives."""
        self.silent_deal()
        [change] = self.ask(self.values("closed_without_communication"))["changes"]
        line = self.policy.principle_ids.filtered(lambda each: each.ground == "closed_without_communication")
        self.policy.with_user(self.dir).write({"principle_ids": [Command.update(line.id, {"active": False})]})
        again = self.silent_deal()
        label = dict(again._fields["ground"]._description_selection(self.env))[again.ground]
        self.assertEqual(label, change["ground_then"])

    def test_only_recent_rulings_that_stand_of_the_outlets_it_governs(self):
        old, gone, kept = self.own_deal(), self.own_deal(), self.own_deal()
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        gone.lead_id.with_user(self.li).write({"stage_id": stage.id})
        old.sudo().write({"day": "2025-12-01"})
        other = self.policy.copy({"name": "Other"})
        self.east.policy_id = other
        east = self.own_deal(by=self.sun)
        everything_off = self.values("sole_claimant")
        self.assertEqual(self.changed(everything_off), {kept.id})
        self.assertEqual(self.changed(everything_off, policy=other), {east.id})
        self.east.policy_id = self.policy
        self.assertEqual(self.changed(everything_off, policy=other), {kept.id, east.id})
        self.assertEqual(self.changed(everything_off, policy=self.env["showroom.policy"]), {kept.id, east.id})

    def test_batches_give_the_same_as_one(self):
        rulings = [self.silent_deal() for _time in range(5)]
        values, found, after, calls = self.values("closed_without_communication"), set(), 0, 0
        with patch.object(showroom_what_would_change, "BATCH", 2):
            while after is not False:
                batch = self.ask(values, after=after)
                found |= {change["id"] for change in batch["changes"]}
                after, calls = batch["last"], calls + 1
        self.assertEqual((found, calls), ({ruling.id for ruling in rulings}, 3))

    def test_the_database_is_not_asked_for_each_ruling(self):
        for _time in range(12):
            self.silent_deal()
        values = self.values("closed_without_communication")
        counts = []
        for size in (2, 2, 12):
            with patch.object(showroom_what_would_change, "BATCH", size):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.assertEqual(len(self.ask(values)["changes"]), size)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_nothing_is_stored(self):
        ruling = self.silent_deal()
        names = ["facts", "policy", "findings", "outcome", "state", "ground", "write_date"]
        stored = ruling.read(names)
        version = self.policy.version_id
        with patch.object(type(self.env["showroom.ruling"]), "write", side_effect=AssertionError):
            self.ask(self.values("closed_without_communication"))
        self.env.flush_all()
        ruling.invalidate_recordset()
        self.assertEqual((ruling.read(names), self.policy.version_id), (stored, version))

    def test_directors_only_and_no_nonsense(self):
        self.silent_deal()
        for user in (self.li, self.chen, self.desk):
            with self.assertRaises(AccessError):
                self.ask(self.values(), user=user)
        for wrong in (
            {"principles": []},
            {"principles": ["settlement", "settlement"]},
            {"principles": ["whoever shouts"]},
            {"appeal_days": -1},
            {"appeal_days": "many"},
            {"same_day_correction": "perhaps"},
        ):
            with self.assertRaises(UserError):
                self.ask(self.values(**wrong))


class TestPolicyPage(PolicyChangeCase):
    """A sales director reads the principles in words, and starts from a preset."""

    def test_sentences_follow_the_numbers_on_the_screen(self):
        page = Form(self.policy.with_user(self.dir))
        page.appeal_days, page.brief_contact_days, page.filing_validity_days = 5, 9, 30
        lines = {line["ground"]: line["sentence"] for line in page.principle_ids._records}
        self.assertIn("Days to appeal: 5.", lines["awaiting_appeal"])
        self.assertIn("within 9 days", lines["brief_contact"])
        self.assertIn("A filing holds 30 days.", lines["sole_claimant"])

    def test_every_preset_can_be_started_from(self):
        presets = self.env["showroom.policy"].search([("preset", "!=", False)])
        self.assertGreaterEqual(len(presets), 2)
        for preset in presets:
            policy = self.start(preset, f"House of {preset.preset}")
            self.assertEqual(policy._core_policy(""), preset._core_policy(""))
            own = {"id", "name", "preset", "sequence", "default_grade_id", "version_id"}
            plain = [
                name
                for name, field in preset._fields.items()
                if field.store
                and field.type in ("boolean", "integer", "float", "selection", "char")
                and name not in own
            ]
            self.assertIn("grace_days", plain)
            self.assertEqual([policy[name] for name in plain], [preset[name] for name in plain])
            rhythm = lambda each: [(g.code, g.name, g.count, g.period) for g in each.grade_ids]  # noqa: E731
            self.assertEqual(rhythm(policy), rhythm(preset))
            self.assertEqual(policy.default_grade_id.code, preset.default_grade_id.code)
            self.assertIn(policy.default_grade_id, policy.grade_ids)
            self.assertEqual((policy.preset, policy.version_id.number), (False, 1))

    def test_a_preset_stays_as_it_is(self):
        policy = self.start(self.policy, "House")
        policy.with_user(self.dir).write({"appeal_days": 9})
        self.assertEqual((policy.appeal_days, self.policy.appeal_days), (9, 3))

    def test_names_are_not_taken_twice_and_directors_only(self):
        self.start(self.policy, "House")
        with self.assertRaises(UserError):
            self.start(self.policy, "House")
        with self.assertRaises(AccessError):
            self.start(self.policy, "Another", user=self.chen)

    def start(self, preset, name, user=None):
        Wizard = self.env["showroom.policy.start.wizard"].with_user(user or self.dir)
        action = Wizard.create({"preset_id": preset.id, "name": name}).action_start()
        return self.env["showroom.policy"].browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestWhatWouldChangeTour(PolicyChangeCase, HttpCase):
    def test_before_saving(self):
        silent = self.silent_deal()
        self.start_tour(f"/odoo/showroom.policy/{self.policy.id}", "showroom_what_would_change", login=self.dir.login)
        self.assertEqual(silent.ground, "closed_without_communication")
        self.assertNotIn("closed_without_communication", self.policy._core_policy("").principles)
