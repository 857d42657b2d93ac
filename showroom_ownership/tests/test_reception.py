import re

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ..models.crm_lead_register import FOREKNOWN
from .common import ShowroomCase


class TestReception(ShowroomCase):
    """What can be registered, what is refused, and what becomes of it (rulebook 2)."""

    def test_a_reception_is_numbered_stamped_and_chained(self):
        with self.at("2026-03-02 10:00") as moment:
            first, second = self.receive(self.li), self.receive(self.wang, phone="13910000002", name="Qian")
        self.assertEqual((first.number, second.number), ("MAIN/2026-03-02/001", "MAIN/2026-03-02/002"))
        self.assertEqual(first.recorded_at, moment)
        self.assertEqual(second.entry_id.prev_hash, first.entry_id.hash)
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_one_number_however_it_is_typed(self):
        typed = ["13920000401", "0086-139-2000-0401", "+86 139 2000 0401", " +86(139)2000-0401 "]
        with self.at("2026-03-02 10:00"):
            lines = [self.receive(self.li, phone=phone) for phone in typed]
        self.assertEqual({line.phone_key for line in lines}, {"+8613920000401"})
        self.assertEqual(len({line.lead_id for line in lines}), 1)

    def test_a_foreign_number_is_a_number(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li, phone="+1 212 555 0100")
        self.assertEqual((line.phone_key, line.is_evidence), ("+12125550100", True))

    def test_a_new_card_is_given_what_odoo_would_compute(self):
        card = self.receive(self.li, phone="+44 20 7946 0958").lead_id
        given = {name: card[name] for name in ("phone_sanitized", *FOREKNOWN)}
        for name in given:
            self.env.add_to_compute(card._fields[name], card)
        self.assertEqual({name: card[name] for name in given}, given)

    def test_a_revenue_by_default_is_computed_as_ever(self):
        self.env["ir.default"].set("crm.lead", "expected_revenue", 1000.0)
        card = self.receive(self.li).lead_id
        self.assertEqual(card.expected_revenue, 1000)
        self.assertAlmostEqual(card.prorated_revenue, 10 * card.probability, 2)

    def test_without_phone_there_is_a_line_but_no_card(self):
        with self.at("2026-03-02 10:00"):
            for phone in (False, "", "none", "12"):
                line = self.receive(self.li, phone=phone)
                self.assertFalse(line.lead_id)
                self.assertEqual((line.is_evidence, line.flaw), (False, "no_phone"))

    def test_without_name_there_is_a_line_but_no_card(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li, name=" \u00a0 ")
        self.assertEqual((line.flaw, bool(line.lead_id)), ("no_name", False))

    def test_a_name_that_is_too_long_is_refused_and_nothing_is_written(self):
        before = self.env["showroom.ledger.entry"].search_count([])
        with self.assertRaisesRegex(ValidationError, "200"), self.at("2026-03-02 10:00"):
            self.receive(self.li, name="赵" * 10_000)
        self.assertEqual(self.env["showroom.ledger.entry"].search_count([]), before)

    def test_any_script_is_a_name(self):
        with self.at("2026-03-02 10:00"):
            for number, name in enumerate(["赵敏", "🚗 Zhao", "محمد علي", "Zoë", "O'Neill <b>", "%s {x}"]):
                line = self.receive(self.li, name=name, phone=f"1391000010{number}")
                self.assertTrue(line.is_evidence, name)
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_one_spelling_of_what_looks_the_same(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li, name="Zoe\u0308\0")
        self.assertEqual(line.customer_name, "Zo\u00eb")

    def test_nobody_arrives_in_the_future(self):
        with self.assertRaisesRegex(UserError, "future"), self.at("2026-03-02 10:00"):
            self.receive(self.li, arrived_at="2026-03-02 02:01:00")

    def test_a_field_that_does_not_exist_is_named(self):
        with self.assertRaisesRegex(UserError, "colour"):
            self.receive(self.li, colour="red")

    def test_what_the_system_stamps_cannot_be_set(self):
        lead = self.env["crm.lead"].create({"name": "x"})
        forged = {
            "recorded_at": "2020-01-01 00:00:00",
            "number": "MAIN/2026-03-02/009",
            "is_evidence": True,
            "line_no": 7,
        }
        forged.update(recorded_by=self.wang.id, lead_id=lead.id, attested_before="2030-01-01")
        for name, value in forged.items():
            with self.assertRaises(UserError), self.at("2026-03-02 10:00"):
                self.receive(self.li, **{name: value})

    def test_a_default_in_the_context_stamps_nothing(self):
        Reception = self.env["showroom.reception"].with_user(self.li).with_context(
            default_recorded_at="2020-01-01 00:00:00", default_is_late=True, default_attested_before="2030-01-01"
        )  # fmt: skip
        with self.at("2026-03-02 10:00") as moment:
            line = Reception.create({"customer_name": "Zhao", "phone": "13810000001", "outlet_id": self.main.id})
        self.assertEqual((line.recorded_at, line.is_late, line.attested_before), (moment, False, False))

    def test_a_consultant_registers_only_what_they_received(self):
        with self.at("2026-03-02 10:00"):
            with self.assertRaises(UserError):
                self.receive(self.li, consultant_id=self.wang.id)
            with self.assertRaises(UserError):
                self.receive(self.li, outlet_id=self.east.id)
            self.assertEqual(self.receive(self.desk, consultant_id=self.wang.id).lead_id.user_id, self.wang)

    def test_nobody_writes_or_deletes_a_line(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li)
        for user in (self.li, self.chen, self.gm, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                line.with_user(user).write({"customer_name": "Somebody"})
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()
            with self.assertRaises(AccessError):
                line.entry_id.with_user(user).write({"payload": "{}"})

    def test_the_payload_shows_neither_name_nor_phone(self):
        with self.at("2026-03-02 10:00"):
            payload = self.receive(self.li).entry_id.payload
        self.assertFalse(re.search("Zhao|1381000", payload))

    def test_a_changed_record_is_no_evidence(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li)
            self.env.cr.execute(
                "UPDATE showroom_reception SET consultant_id = %s WHERE id = %s", [self.wang.id, line.id]
            )
            line.invalidate_recordset()
            line._judge()
        self.assertEqual((line.is_evidence, line.flaw), (False, "not_intact"))

    def test_a_page_closes_with_the_local_day(self):
        with self.at("2026-03-02 23:59"):
            line = self.receive(self.li)
        with self.at("2026-03-03 00:01"), self.assertRaisesRegex(UserError, "closed"):
            line.with_user(self.li).action_correct({"customer_name": "Zhao Mi"})

    def test_a_closed_page_takes_no_line(self):
        with self.at("2026-03-02 18:00"):
            page = self.receive(self.li).page_id
            page.with_user(self.chen).action_close()
            with self.assertRaisesRegex(UserError, "closed"):
                self.receive(self.wang, phone="13910000009")

    def test_only_a_manager_closes_a_page(self):
        with self.at("2026-03-02 18:00"), self.assertRaises(UserError):
            self.receive(self.li).page_id.with_user(self.li).action_close()

    def test_the_desk_sees_whose_customer_it_is_and_nothing_else(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
            match = self.env["showroom.reception"].with_user(self.wang).match("138-1000-0001", self.main.id)
        shown = {"owner": "Li", "outlet": "Main", "number": card.card_number, "last_contact": "2026-03-02"}
        self.assertEqual(match, {**shown, "owner_id": self.li.id, "state": "owned", "reasons": []})

    def test_a_correction_keeps_the_earlier_text(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li)
            line.with_user(self.li).action_correct({"customer_name": "Zhao Ming"})
        self.assertEqual((line.customer_name, line.is_evidence), ("Zhao Ming", True))
        self.assertEqual((line.correction_ids.before, line.correction_ids.after), ("Zhao Min", "Zhao Ming"))
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_a_corrected_phone_puts_the_line_on_a_card(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li, phone=False)
            line.with_user(self.li).action_correct({"phone": "13810000777"})
        self.assertEqual((line.is_evidence, line.lead_id.user_id, line.lead_id.filing_id), (True, self.li, line))

    def test_a_lead_from_the_website_is_registered_online(self):
        with self.at("2026-03-02 10:00"):
            lead = self.env["crm.lead"].create(
                {"name": "Zhao", "phone": "+86 13810000321", "team_id": self.main.id, "user_id": self.li.id}
            )  # fmt: skip
            self.assertEqual((lead.reception_ids.channel, lead.ownership_badge), ("online", "filed"))
        self.assertEqual(lead.filing_id.consultant_id, self.li)

    def test_a_card_opened_by_hand_is_no_filing(self):
        with self.at("2026-03-02 10:00"):
            lead = self.env["crm.lead"].with_user(self.li).create({"name": "Zhao", "phone": "+86 13810000322"})
            lead = lead.with_env(self.env)
            self.assertEqual((lead.reception_ids.channel, lead.ownership_badge), ("outreach", "unfiled"))
            self.receive(self.wang, phone="13810000322")
        self.assertEqual((lead.user_id, lead.filing_id.consultant_id), (self.wang, self.wang))

    def test_an_outlet_needs_a_time_zone(self):
        with self.assertRaisesRegex(ValidationError, "time zone"):
            self.main.tz = False

    def test_the_first_follow_up_cannot_be_before_the_first_reception(self):
        with self.at("2026-03-02 10:00"):
            card = self.card()
            early = fields.Datetime.to_datetime("2026-03-01 01:00:00")
            with self.assertRaisesRegex(UserError, "before"):
                self.env["showroom.followup"].with_user(self.li).create({"lead_id": card.id, "happened_at": early})
