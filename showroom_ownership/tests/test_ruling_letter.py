from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user

from .common import ShowroomCase

REPORT = "showroom_ownership.ruling_document"


class TestRulingLetter(ShowroomCase):
    """A consultant who lost reads why, and who may read the ruling may print it (rulebook 5)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def overdue(self, **said):
        """Li files and lets the follow-up lapse; Wang receives the customer and closes."""
        card = self.card(**said)
        self.enterContext(self.at("2026-03-25 10:00"))
        self.receive(self.wang, asked="no")
        self.enterContext(self.at("2026-03-26 10:00"))
        return self.close(card)

    def on_time(self, *calls):
        """Li files, follows up on the days named, and Wang closes a fortnight later."""
        card = self.card()
        for day in calls:
            self.enterContext(self.at(f"2026-03-{day:02d} 10:00"))
            self.follow_up(card)
        self.enterContext(self.at("2026-03-15 10:00"))
        self.receive(self.wang, asked="no")
        self.enterContext(self.at("2026-03-16 10:00"))
        return self.close(card)

    def follow_up(self, card, by=None, **said):
        vals = {"lead_id": card.id, "method": "call", **said}
        return self.env["showroom.followup"].with_user(by or self.li).create(vals).with_env(self.env)

    def close(self, card):
        line = card.reception_ids.filtered(lambda each: each.consultant_id == self.wang)
        line.with_user(self.wang).action_confirm_deal()
        return card.ruling_id

    def letter(self, ruling, reader):
        """What the letter says as data, in the reader's name."""
        ruling = ruling.with_user(reader)
        return ruling.env["showroom.ruling.letter"]._letter(ruling)

    def printed(self, ruling, reader):
        report = self.env["ir.actions.report"].with_user(reader)
        html, _kind = report._render_qweb_html(REPORT, ruling.ids)
        return html.decode()

    # Why not

    def test_a_holder_who_lapsed_reads_the_rhythm_and_the_date(self):
        ruling = self.overdue()
        own = self.letter(ruling, self.li)["why_not"][0]
        rhythm = next(point for point in own["points"] if point["head"] == "Follow-up rhythm")
        self.assertEqual((own["title"], own["person"]), ("Why not to you", self.li.id))
        self.assertIn("rhythm is 1 in 15 days", rhythm["text"])
        self.assertIn("Mar 17, 2026", rhythm["text"])
        self.assertEqual([cite["number"] for cite in rhythm["cites"]], [ruling.lead_id.filing_id.number])

    def test_it_is_said_what_an_appeal_would_bring(self):
        remedy = self.letter(self.on_time(14), self.li)["why_not"][0]["remedy"]
        self.assertIn("would be recommended", remedy["text"])
        self.assertEqual(len(remedy["cites"]), 1)

    def test_it_is_said_when_an_appeal_is_hopeless(self):
        remedy = self.letter(self.overdue(), self.li)["why_not"][0]["remedy"]
        self.assertIn("would not be recommended", remedy["text"])

    def test_the_closer_is_promised_no_appeal(self):
        ruling = self.on_time(14)
        self.assertEqual([each["person"] for each in self.letter(ruling, self.wang)["why_not"]], [self.li.id])
        self.assertEqual(self.letter(ruling, self.wang)["why_not"][0]["title"], "Why not to Li")

    def test_a_record_that_does_not_count_is_named_with_its_reason(self):
        card = self.card()
        self.enterContext(self.at("2026-03-10 10:00"))
        missed = self.follow_up(card, reached=False)
        self.enterContext(self.at("2026-03-25 10:00"))
        self.receive(self.wang, asked="no")
        points = self.letter(self.close(card), self.li)["why_not"][0]["points"]
        [point] = [each for each in points if each["head"] == "Does not count"]
        self.assertEqual(point["text"], "The customer was not reached.")
        self.assertEqual([cite["number"] for cite in point["cites"]], [missed.number])

    def test_a_principle_that_came_later_is_explained(self):
        card = self.card()
        self.receive(self.wang, asked="yes", prior_id=self.li.id)
        own = self.letter(self.close(card), self.wang)["why_not"][0]
        text = " ".join(point["text"] for point in own["points"])
        self.assertEqual(own["person"], self.wang.id)
        self.assertIn("Number 8, “Closed without a word to the holder”, is asked before it and decides.", text)

    def test_a_colleague_without_a_claim_is_told_so(self):
        zhao = self._user("zhao", "consultant", self.main)
        card = self.card()
        self.receive(zhao, asked="no")
        self.receive(self.wang, asked="no")
        told = {each["person"]: each for each in self.letter(self.close(card), self.gm)["why_not"]}
        self.assertIn("neither holds the customer nor closed the deal", told[zhao.id]["points"][0]["text"])

    def test_whom_the_principles_credited_at_first_is_told_what_ended_it(self):
        ruling = self.on_time(14)
        ruling.with_user(self.li).action_appeal("I called the day before")
        ruling.with_user(self.chen).action_decide()
        letter = self.letter(ruling, self.wang)
        self.assertEqual(letter["shares"], [("Li", "100 %")])
        self.assertIn("The appeal was granted: Li", letter["since"]["text"])
        self.assertTrue(letter["since"]["cites"])
        self.assertEqual(letter["why_not"][0]["points"][0]["head"], "Credited at first")
        self.assertEqual([step["who"] for step in letter["steps"]], ["Li", "Chen"])
        self.assertIn("“I called the day before”", letter["steps"][0]["text"])

    def test_a_manager_who_decides_otherwise_is_quoted(self):
        ruling = self.on_time(14)
        ruling.with_user(self.li).action_appeal("Mine")
        ruling.with_user(self.chen).action_decide({self.li.id: 60, self.wang.id: 40}, "Both advised")
        letter = self.letter(ruling, self.li)
        self.assertEqual(letter["shares"], [("Li", "60 %"), ("Wang", "40 %")])
        self.assertEqual(letter["why_not"], [])
        self.assertIn("“Both advised”", letter["since"]["text"])

    def test_someone_who_left_has_no_claim(self):
        card = self.card()
        self.receive(self.wang, asked="no")
        self.li.active = False
        told = {each["person"]: each for each in self.letter(self.close(card), self.gm)["why_not"]}
        self.assertIn("Li has left", told[self.li.id]["points"][0]["text"])

    # Who sees what

    def test_every_principle_says_what_it_says(self):
        letter = self.letter(self.on_time(14), self.li)
        self.assertEqual([finding["number"] for finding in letter["findings"]], list(range(1, 15)))
        self.assertTrue(all(finding["says"] and finding["text"] for finding in letter["findings"]))

    def test_links_go_only_where_the_reader_may_go(self):
        ruling = self.on_time(14)
        urls = [cite["url"] for finding in self.letter(ruling, self.li)["findings"] for cite in finding["cites"]]
        self.assertTrue(urls and all(urls))
        entry = ruling.cited_ids[:1]
        linked = self.env["showroom.ruling.letter"].with_user(self.sun)._links(ruling)
        self.assertFalse(linked[entry.number]["url"])

    def test_the_customer_is_named_to_those_who_know_them(self):
        ruling = self.on_time(14)
        card = ruling.lead_id
        self.assertEqual(ruling.with_user(self.li).card_name, f"{card.card_number} Zhao Min")
        self.assertEqual(ruling.with_user(self.chen).card_name, f"{card.card_number} {card.name}")
        ruling.sudo().write({"appellant_ids": [(4, self.sun.id)]})
        self.assertEqual(ruling.with_user(self.sun).card_name, card.card_number)
        self.assertNotIn("Zhao Min", ruling.with_user(self.sun).letter_html)

    def test_a_stranger_neither_reads_nor_prints(self):
        ruling = self.on_time(14)
        zhao = self._user("zhao", "consultant", self.main)
        clerk = new_test_user(self.env, "clerk@test", groups="base.group_user")
        for stranger in (zhao, self.sun, clerk):
            with self.assertRaises(AccessError):
                self.letter(ruling, stranger)
            with self.assertRaises(AccessError):
                self.printed(ruling, stranger)

    def test_parties_print_it_and_the_number_stays_on_the_card(self):
        ruling = self.on_time(14)
        phone = ruling.lead_id.phone
        ruling.lead_id.sudo()._change_owner(self.li, "manager")
        self.assertIn(phone, self.printed(ruling, self.li))
        self.assertIn(phone, self.printed(ruling, self.chen))
        theirs = self.printed(ruling, self.wang)
        self.assertNotIn(phone, theirs)
        self.assertIn(ruling.lead_id.filing_id.number, theirs)
        self.assertIn(ruling.policy_version_id.display_name, theirs)
        self.assertNotIn("Why not to you", theirs)
        self.assertEqual(theirs.count('class="o_showroom_finding '), 14)
        self.assertIn("o_showroom_signatures", theirs)

    def test_a_list_of_rulings_renders_no_letters(self):
        phones = [f"13810000{number:03d}" for number in range(100, 112)]
        for phone in phones:
            self.close(self._twice(phone))
        ids = self.env["showroom.ruling"].search([("closer_id", "=", self.wang.id)], limit=12).ids
        warm, few, many = (self._queries(some) for some in (ids[:1], ids[:2], ids[2:]))
        self.assertLessEqual(few, warm)
        self.assertEqual(many, few)

    def _twice(self, phone):
        self.receive(self.wang, phone=phone, asked="no")
        return self.card(phone=phone)

    def _queries(self, ids):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["showroom.ruling"].with_user(self.wang).browse(ids).web_read({"card_name": {}, "summary": {}})
        return self.env.cr.sql_log_count - before

    def test_reopening_is_offered_only_while_it_is_possible(self):
        ruling = self.overdue()
        ruling.with_user(self.li).action_appeal("Mine")
        ruling.with_user(self.chen).action_decide()
        self.assertTrue(ruling.with_user(self.gm).can_reopen)
        with self.at("2026-04-25 12:00"):
            ruling.invalidate_recordset(["can_reopen"])
            self.assertFalse(ruling.with_user(self.gm).can_reopen)
