from odoo import Command
from odoo.exceptions import AccessError

from .morning_case import MorningCase


class TestDanger(MorningCase):
    """Who is about to lose cards, and the numbers in Odoo's digest."""

    # Who is about to lose cards

    def test_who_is_about_to_lose_cards(self):
        self.cards_of(self.li, "2026-02-27")
        self.cards_of(self.li, "2026-02-28")
        self.cards_of(self.li, "2026-03-01")
        self.cards_of(self.wang, "2026-03-02")
        for hour in ("2026-03-15 09:00", "2026-03-16 09:00", "2026-03-17 09:00"):
            with self.at(hour):
                self.lapses()
                Danger = self.env["showroom.danger"].with_user(self.chen)
                self.env.invalidate_all()
                lines = Danger.search([])
                for line in lines:
                    cards = self.cards.filtered(lambda card, line=line: card.user_id == line.user_id)
                    late = cards.filtered(lambda card: card.due_when == "overdue")
                    expected = [len(late), len(late.filtered("notice_id")), len(late.filtered("pending_transfer_id"))]
                    told = [line[name] for name in ("overdue", "noticed", "in_request")]
                    for word in ("today", "tomorrow", "soon"):
                        expected.append(len(late.filtered(lambda card, word=word: card.lost_when == word)))
                        told.append(line[f"lost_{word}"])
                    self.assertEqual(told, expected, hour)
        self.assertEqual(lines.user_id, self.li, "Wang's is due today")
        self.assertEqual((lines.overdue, lines.noticed, lines.in_request, lines.lost_soon), (3, 3, 1, 1))
        with self.at("2026-03-17 09:00"):
            action = lines.action_open_cards()
            self.assertEqual(action["context"]["search_default_user_id"], self.li.id)

    def test_who_is_about_to_lose_cards_is_for_managers_of_the_company(self):
        other = self.env["res.company"].create({"name": "Another Dealer"})
        self.east.company_id = self.env.company
        self.sun.write({"company_ids": [Command.link(other.id)]})
        self.east.company_id = other
        self.cards_of(self.li, "2026-03-01")
        self.cards_of(self.sun, "2026-03-01")
        with self.at("2026-03-17 09:00"):
            with self.assertRaises(AccessError):
                self.env["showroom.danger"].with_user(self.li).search([])
            self.assertEqual(self.env["showroom.danger"].search([]).user_id, self.li | self.sun)
            self.assertEqual(self.env["showroom.danger"].with_user(self.chen).search([]).user_id, self.li)
            with self.assertQueryCount(1):
                self.env["showroom.danger"].search([])

    # Odoo's own digest

    def kpis(self, digest, user):
        """The showroom's numbers of the last day, as a user's digest tells them."""
        kpis = digest._compute_kpis(self.env.company, user)
        prefix = "kpi_showroom_"
        mine = [each for each in kpis if each["kpi_name"].startswith(prefix)]
        return {each["kpi_name"].removeprefix(prefix): int(each["kpi_col1"]["value"]) for each in mine}

    def test_numbers_in_odoo_s_digest(self):
        digest = self.env.ref("digest.digest_digest_default")
        self.assertTrue(digest.kpi_showroom_receptions and digest.kpi_showroom_appeals)
        with self.at("2026-03-01 10:00"):
            card = self.card()
            self.receive(self.li)
            self.receive(self.wang)
        with self.at("2026-03-02 10:00"):
            for number in range(2):
                self.card(phone=f"+86 1391000000{number}")
            card.closer_id = self.wang
            card.action_set_won()
            card.ruling_id.with_user(self.li).action_appeal("I was on time.")
        with self.at("2026-03-03 09:00"):
            told = self.kpis(digest, self.chen)
            self.assertEqual(told, {"receptions": 2, "lapses": 0, "rulings": 1, "appeals": 1})
            self.assertFalse(self.kpis(digest, self.li), "Consultants are not told")
        with self.at("2026-03-18 10:00"):
            self.lapses()
        with self.at("2026-03-18 12:00"):
            self.assertEqual(self.kpis(digest, self.chen), {"receptions": 0, "lapses": 2, "rulings": 0, "appeals": 0})
