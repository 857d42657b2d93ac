from unittest.mock import patch

from odoo.exceptions import UserError

from ..models import showroom_reception_desk, showroom_timeline
from ..models.base_limits import AT_ONCE, HELD
from .test_queries import QueryCase


class TestFloods(QueryCase):
    """One user who floods: the others go on, and what is shown has an end and says so."""

    def _lines(self, number, start=0):
        return [
            {"customer_name": "Zhao", "outlet_id": self.main.id, "phone": f"+86 139{start + each:08d}"}
            for each in range(number)
        ]

    def _calls(self, number):
        return [{"lead_id": self.flooded.id, "outcome": f"Call {each}"} for each in range(number)]

    def setUp(self):
        super().setUp()
        self.flooded = self.card(phone="13910000001")
        self.Followup = self.env["showroom.followup"].with_user(self.li)

    def test_a_call_holds_the_register_only_so_long(self):
        before = self.env["showroom.ledger.entry"].search_count([])
        for model, vals_list in (("reception", self._lines(AT_ONCE + 1)), ("followup", self._calls(AT_ONCE + 1))):
            with self.assertRaisesRegex(UserError, "in parts"):
                self.env[f"showroom.{model}"].with_user(self.li).create(vals_list)
        self.assertEqual(self.env["showroom.ledger.entry"].search_count([]), before, "nothing half-written")

    def test_nor_does_what_else_is_in_it(self):
        """Whoever registers in the first row of an import keeps others waiting to its end."""
        hand = self.env["crm.lead"].with_user(self.li).create({"name": "Hand", "team_id": self.main.id})
        hand.partner_id = self.env["res.partner"].with_user(self.li).create({"name": "Contact"})
        rows = [[str(hand.partner_id.id), "Contact", "13911112222", ""], ["", "Below", "", "Contact"]]
        rows += [["", f"Other {each}", "", ""] for each in range(3 * AT_ONCE)]
        self.env.flush_all()
        vars(self.env.cr).pop(HELD, None)  # a request begins
        answer = self.env["res.partner"].with_user(self.li).load([".id", "name", "phone", "parent_id"], rows)
        self.assertFalse(answer["ids"])
        self.assertIn("in parts", str(answer["messages"]))
        self.assertFalse(self.env["res.partner"].search([("name", "like", "Other ")]))

    def test_an_import_is_not_tried_row_by_row(self):
        rows = [[str(self.main.id), line["customer_name"], line["phone"]] for line in self._lines(AT_ONCE + 1)]
        with self.assertRaisesRegex(UserError, "Ask for less at once"):
            self.env["showroom.reception"].with_user(self.li).load(["outlet_id/.id", "customer_name", "phone"], rows)

    def test_whoever_registered_nothing_imports_what_they_like(self):
        """The legal twin: nobody waits for it."""
        vars(self.env.cr).pop(HELD, None)
        rows = [[f"Other {each}"] for each in range(2 * AT_ONCE)]
        self.assertTrue(self.env["res.partner"].with_user(self.li).load(["name"], rows)["ids"])

    def test_many_lines_of_a_customer_in_one_call_are_told_once(self):
        inbox = [("res_partner_id", "=", self.li.partner_id.id)]
        before = self.env["mail.notification"].search_count(inbox)
        lines = [{**line, "phone": self.flooded.phone} for line in self._lines(20)]
        self.env["showroom.reception"].with_user(self.wang).create(lines)
        self.assertEqual(self.env["mail.notification"].search_count(inbox), before + 1)
        for line, who in zip(lines, [self.wang, self.chen] * 10, strict=True):
            line["consultant_id"] = who.id
        self.env["showroom.reception"].with_user(self.chen).create(lines)
        self.assertEqual(self.env["mail.notification"].search_count(inbox), before + 3, "of each who received them")

    def test_lines_are_corrected_one_by_one(self):
        lines = self.env["showroom.reception"].with_user(self.li).create(self._lines(2, start=900))
        with self.assertRaises(UserError):
            lines.action_correct({"asked": "yes"})
        lines[0].action_correct({"asked": "yes"})

    def test_many_follow_ups_in_one_call_cost_what_they_are(self):
        """The card is seen to once, not once for each: the work does not grow with the square."""
        seen = []
        touch = type(self.flooded)._touch
        with patch.object(type(self.flooded), "_touch", lambda cards: seen.append(cards) or touch(cards)):
            self.Followup.create(self._calls(30))
        self.assertEqual(len(seen), 1)

    def test_the_desk_is_sent_the_newest_lines(self):
        self.env["showroom.reception"].with_user(self.li).create(self._lines(12))
        with patch.object(showroom_reception_desk, "LINES", 10):
            page = self.env["showroom.reception"].with_user(self.desk).desk_page(self.main.id)
        self.assertEqual(([line["line"] for line in page["lines"]], page["total"]), (list(range(13, 3, -1)), 13))

    def test_the_timeline_shows_the_newest_and_says_that_there_is_more(self):
        self.Followup.create(self._calls(12))
        with patch.object(showroom_timeline, "SHOWN", 10):
            page = self.flooded.with_user(self.li).timeline_html
            self.assertEqual(page.count("<li") - 1, 10)
            self.assertIn("Only the newest 10", page)
            self.assertIn("Call 11", page)
        self.env.invalidate_all()
        self.assertNotIn("Only the newest", self.flooded.with_user(self.li).timeline_html)

    def test_a_flooded_card_is_ruled_with_the_same_queries(self):
        """Ten follow-ups or two hundred, and as many receptions of a colleague."""
        counts = []
        for number, phone in ((10, "13910000002"), (10, "13910000003"), (200, "13910000004")):
            card = self.card(phone=phone)
            self.Followup.create([{"lead_id": card.id}] * number)
            line = self.receive(self.wang, phone=phone, asked="no")
            self.env.flush_all()
            self.env.invalidate_all()
            with self._queries() as seen:
                line.with_user(self.wang).action_confirm_deal()
                self.env.flush_all()
            counts.append(len(seen))
            with self._queries() as seen:
                self.assertTrue(card.ruling_id.with_user(self.li).letter_html)
            counts.append(len(seen))
        self.assertEqual(counts[2:4], counts[4:6], counts)

    def test_one_request_of_a_kind_waits_for_a_card(self):
        card, ask = self.flooded.with_user(self.li), self.env["showroom.preregistration"].with_user(self.li)
        announced = {"customer_name": "Sun", "phone": "13910000009", "outlet_id": self.main.id}
        requests = {
            "transfer": lambda: card.action_request_transfer(self.wang.id, "customer_request", "Asked for"),
            "cancellation": lambda: card.action_request_cancellation("Not interested"),
            "settlement": lambda: card.action_settle({self.li.id: 100}),
            "announcement": lambda: ask.create(announced),
        }
        for name, request in requests.items():
            with self.subTest(name):
                request()
                with self.assertRaisesRegex(UserError, "already|earlier"):
                    request()
        card.settlement_ids.with_user(self.li).action_withdraw()
        requests["settlement"]()

    def test_a_link_of_many_cards_is_refused(self):
        with self.assertRaisesRegex(UserError, "at most 20"):
            self.flooded.with_user(self.li).action_link([f"X{each}" for each in range(1000)])
