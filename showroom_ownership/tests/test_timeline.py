from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import ShowroomCase


class TestTimeline(ShowroomCase):
    """All that happened with a customer, in one column, with what is no evidence and why."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def follow_up(self, card, by=None, **said):
        vals = {"lead_id": card.id, "method": "call", **said}
        return self.env["showroom.followup"].with_user(by or self.li).create(vals).with_env(self.env)

    def busy_card(self):
        """A card on which everything happened that can happen."""
        announced = {"customer_name": "Zhao Min", "phone": "138 1000 0001", "outlet_id": self.east.id}
        self.env["showroom.preregistration"].with_user(self.sun).create(announced)
        card = self.card(interest="M9")
        self.enterContext(self.at("2026-03-04 10:00"))
        self.follow_up(card, outcome="Comes again")
        self.enterContext(self.at("2026-03-05 10:00"))
        self.receive(self.wang, asked="yes", prior_id=self.li.id, named_id=self.wang.id)
        talk = {"lead_id": card.id, "with_id": self.li.id, "note": "He is in a hurry"}
        self.env["showroom.communication"].with_user(self.wang).create(talk)
        self.env["showroom.order"].with_user(self.li).create({"lead_id": card.id, "note": "Deposit 5000"})
        card.order_ids.with_user(self.li).action_cancel()
        self.enterContext(self.at("2026-03-25 10:00"))
        card.with_user(self.chen).action_notice()
        card.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "He prefers Wang")
        self.enterContext(self.at("2026-03-26 10:00"))
        card.reception_ids.filtered(lambda line: line.consultant_id == self.wang).with_user(
            self.wang
        ).action_confirm_deal()
        return card

    def lines(self, card, reader):
        """The lines of the timeline as the reader sees them: kind and text."""
        page = html.fromstring(card.with_user(reader).timeline_html)
        found = page.xpath("//li[@data-kind]")
        return [(line.get("data-kind"), " ".join(line.text_content().split())) for line in found]

    def of_kind(self, lines, kind):
        return [text for each, text in lines if each == kind]

    def test_everything_is_there_the_newest_first(self):
        card = self.busy_card()
        lines = self.lines(card, self.chen)
        kinds = {kind for kind, _text in lines}
        wanted = "ownership ruling transfer notice preregistration order communication followup reception".split()
        self.assertEqual(kinds, set(wanted))
        items = self.env["showroom.timeline"].with_user(self.chen)._items(card.with_user(self.chen))[card.id]
        moments = [item["at"] for item in items]
        self.assertEqual(moments, sorted(moments, reverse=True))

    def test_it_says_who_what_and_under_which_number(self):
        card = self.busy_card()
        lines = self.lines(card, self.chen)
        second, first = self.of_kind(lines, "reception")
        self.assertIn("Reception: Visit Li Interested in M9. Mar 2, 2026 10:00 · MAIN/2026-03-02/001", first)
        self.assertIn("Asked for Wang by name. Said that Li had received them before.", second)
        self.assertIn("Follow-up: Call Li Comes again", self.of_kind(lines, "followup")[0])
        self.assertIn("Spoke with Li Wang He is in a hurry", self.of_kind(lines, "communication")[0])
        self.assertIn("EAST/2026-03-02/E001", self.of_kind(lines, "preregistration")[0])

    def test_what_is_no_evidence_says_why(self):
        card = self.busy_card()
        lines = self.lines(card, self.chen)
        self.assertIn("The order was cancelled.", self.of_kind(lines, "order")[0])
        other = self.card(phone="13810000009")
        self.follow_up(other, reached=False)
        line = self.receive(self.li, phone="13810000009")
        line.with_user(self.chen).action_void("Entered twice")
        told = self.lines(other, self.chen)
        self.assertIn("Does not count: The customer was not reached", self.of_kind(told, "followup")[0])
        self.assertEqual(len([text for text in self.of_kind(told, "reception") if "Void: Entered twice" in text]), 1)

    def test_only_what_the_reader_may_read(self):
        card = self.card()
        self.receive(self.wang, asked="no")
        card.sudo()._change_owner(self.env["res.users"], "departure")  # in the pool everybody may open the card
        self.assertEqual(len(self.of_kind(self.lines(card, self.li), "reception")), 1)
        self.assertEqual(len(self.of_kind(self.lines(card, self.chen), "reception")), 2)
        with self.assertRaises(AccessError):
            card.with_user(self.seller).read(["timeline_html"])

    def test_a_ledger_number_is_a_link_only_for_who_may_open_it(self):
        card = self.card()
        self.receive(self.wang, asked="no")
        theirs = card.reception_ids.filtered(lambda line: line.consultant_id == self.wang).number
        links = lambda reader: html.fromstring(card.with_user(reader).timeline_html).xpath(  # noqa: E731
            "//a[contains(@href, 'ledger.entry')]/text()"
        )
        self.assertNotIn(theirs, links(self.li))
        self.assertIn(theirs, links(self.chen))

    def test_it_costs_the_same_with_much_evidence(self):
        few, many = self.card(), self.card(phone="13810000009")
        for card, times in ((few, 1), (many, 12)):
            for _time in range(times):
                self.follow_up(card)
                self.receive(self.wang, phone=card.phone)
        self._queries(few)
        self.assertEqual(self._queries(few), self._queries(many))

    def test_a_lead_of_no_outlet_costs_nothing(self):
        lead = self.env["crm.lead"].create({"name": "Stock", "team_id": self.plain_team.id, "user_id": self.chen.id})
        lead = lead.with_user(self.chen)
        self.env.invalidate_all()
        lead.mapped("outlet_id")  # what every screen reads anyway
        with self.assertQueryCount(0):
            self.assertFalse(lead.timeline_html)

    def _queries(self, card):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertTrue(card.with_user(self.chen).timeline_html)
        return self.env.cr.sql_log_count - before


class TestQuickFollowup(ShowroomCase):
    """A follow-up in two taps is evidence like any other (rulebook 2)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def test_it_is_recorded_and_starts_the_rhythm_again(self):
        card = self.card()
        self.enterContext(self.at("2026-03-10 10:00"))
        message = card.with_user(self.li).action_follow_up("message", "Sent the offer")
        call = card.followup_ids
        self.assertEqual((call.method, call.outcome, call.is_valid), ("message", "Sent the offer", True))
        self.assertEqual(str(card.followup_due), "2026-03-25")
        self.assertIn(call.number, message)
        self.assertIn("Mar 25, 2026", message)

    def test_an_attempt_does_not_count(self):
        card = self.card()
        card.with_user(self.li).action_follow_up("call", False, False)
        self.assertEqual((card.followup_ids.is_valid, card.followup_ids.flaw), (False, "not_reached"))

    def test_strangers_and_leads_that_are_no_cards_are_refused(self):
        card = self.card()
        lead = self.env["crm.lead"].create({"name": "x", "team_id": self.plain_team.id, "user_id": self.li.id})
        with self.assertRaises(AccessError):
            card.with_user(self.wang).action_follow_up("call")
        with self.assertRaises(AccessError):
            card.with_user(self.seller).action_follow_up("call")
        with self.assertRaises(UserError):
            lead.with_user(self.li).action_follow_up("call")
        with self.assertRaises(UserError):
            card.with_user(self.li).action_follow_up("telepathy")
        self.assertFalse(card.followup_ids)


@tagged("post_install", "-at_install")
class TestQuickFollowupTour(ShowroomCase, HttpCase):
    def test_two_taps(self):
        card = self.card()
        self.start_tour(f"/odoo/crm.lead/{card.id}", "showroom_quick_followup", login=self.li.login)
        self.assertEqual((card.followup_ids.method, card.followup_ids.is_valid), ("call", True))
