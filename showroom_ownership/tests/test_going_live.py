from odoo.exceptions import UserError

from .common import ShowroomCase


class TestGoingLive(ShowroomCase):
    """A team with leads becomes an outlet, and what it has counts (rulebook 2)."""

    def _old_leads(self):
        vals = {"team_id": self.plain_team.id, "type": "opportunity"}
        people = [self.seller, self.seller, self.env["res.users"]]
        named = [{"name": f"Old {n}", "phone": f"+86 1371000000{n}", "user_id": who.id} for n, who in enumerate(people)]
        return self.env["crm.lead"].create([{**vals, **each} for each in named])

    def test_open_leads_are_adopted(self):
        with self.at("2026-03-02 10:00"):
            leads = self._old_leads()
            leads[0].activity_schedule("mail.mail_activity_data_call", user_id=self.seller.id).action_feedback(
                feedback="x"
            )
            leads[1].action_set_won()
        with self.at("2026-03-10 10:00"):
            self.plain_team.write({"outlet_kind": "showroom", "outlet_code": "OLD", "tz": "Asia/Shanghai"})
        self.assertEqual(leads.outlet_id, self.plain_team)
        self.assertTrue(all(leads.mapped("card_number")))
        self.assertEqual((leads[0].filing_id.channel, leads[0].filing_id.is_evidence), ("adopted", True))
        self.assertEqual(leads[0].ownership_ids.mapped("reason"), ["adopted"])
        self.assertEqual(leads[0].followup_ids.is_adopted, True)
        self.assertFalse(leads[1].filing_id or leads[1].ruling_ids)
        self.assertEqual(leads[2].ownership_badge, "pool")
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.plain_team))

    def test_nobody_is_overdue_on_the_first_day(self):
        with self.at("2026-01-02 10:00"):
            leads = self._old_leads()
        with self.at("2026-03-10 10:00"):
            self.plain_team.write({"outlet_kind": "showroom", "outlet_code": "OLD", "tz": "Asia/Shanghai"})
            self.assertEqual(leads[0].followup_state, "on_time")
            self.assertEqual(str(leads[0].followup_due), "2026-03-25")

    def test_an_adopted_filing_counts_in_a_ruling(self):
        with self.at("2026-01-02 10:00"):
            leads = self._old_leads()
        with self.at("2026-03-10 10:00"):
            self.plain_team.write({"outlet_kind": "showroom", "outlet_code": "OLD", "tz": "Asia/Shanghai"})
        with self.at("2026-03-12 10:00"):
            leads[0].with_user(self.seller).action_set_won()
        self.assertEqual((leads[0].ruling_id.ground, leads[0].ruling_id.state), ("sole_claimant", "final"))

    def test_a_register_keeps_its_outlet(self):
        with self.at("2026-03-10 10:00"):
            self.card()
        for change in ({"outlet_code": "OTHER"}, {"outlet_kind": False}):
            with self.assertRaises(UserError):
                self.main.write(change)
        with self.assertRaises(UserError):
            self.main.unlink()

    def _paper(self, by, **said):
        return self.receive(by, channel="paper", outlet_id=self.main.id, consultant_id=self.li.id, **said)

    def test_the_paper_register_is_imported_once_and_attested(self):
        with self.at("2026-03-10 10:00"):
            self.main.live_since = "2026-03-09"
            early = self._paper(self.chen, arrived_at="2026-02-01 02:00:00")
            late = self._paper(self.chen, arrived_at="2026-03-09 02:00:00", phone="13910000055", name="Qian")
            with self.assertRaisesRegex(UserError, "manager"):
                self._paper(self.li)
            with self.assertRaisesRegex(UserError, "once"):
                self._paper(self.gm)
        with self.at("2026-03-11 10:00"), self.assertRaisesRegex(UserError, "once"):
            self._paper(self.chen)
        self.assertEqual((early.is_evidence, early.attested_by, early.lead_id.user_id), (True, self.chen, self.li))
        self.assertEqual((late.is_evidence, late.flaw), (False, "not_attested"))

    def test_an_earlier_paper_line_takes_the_card(self):
        with self.at("2026-03-10 10:00"):
            self.main.live_since = "2026-03-09"
            card = self.card(self.wang)
            line = self._paper(self.chen, arrived_at="2026-02-01 02:00:00")
        self.assertEqual((card.filing_id, card.user_id), (line, self.li))

    def test_nobody_chooses_a_channel_of_the_system(self):
        with self.at("2026-03-10 10:00"):
            for channel in ("online", "outreach", "adopted"):
                with self.assertRaises(UserError):
                    self.receive(self.chen, channel=channel, arrived_at="2026-01-01 02:00:00")

    def test_an_unassigned_online_lead_is_registered_when_it_is_assigned(self):
        with self.at("2026-03-10 10:00"):
            vals = {"name": "Web", "phone": "+86 13710000999", "team_id": self.main.id, "user_id": False}
            lead = self.env["crm.lead"].create(vals)
            self.assertFalse(lead.reception_ids)
            lead.with_user(self.chen).write({"user_id": self.li.id})
        self.assertEqual((lead.reception_ids.channel, lead.filing_id.consultant_id), ("online", self.li))
