import unicodedata

from odoo.tests import tagged

from ..models.said import TEXT_LIMIT
from .remote_case import RemoteCase

KEPT = {  # what is said: what is kept of it
    "  赵  敏\t\n": "赵 敏",
    "José": "José",
    "Zhao\0 Min": "Zhao Min",
    "Zhao \ud800Min": "Zhao Min",
    "\u202eniM oahZ\u202c": "niM oahZ",
    "Zhao\u200b\ufeff Min\u2066\u2069": "Zhao Min",
    "Zhao 👩\u200d👩\u200d👧 Min": "Zhao 👩\u200d👩\u200d👧 Min",
    "می\u200cخواهم": "می\u200cخواهم",
    "line\n" * 30: ("line " * 30).strip(),
}
NOTHING = ("", " \n", "\u200b\u202e", "\u2060\u0301", "\0", "\u3000", *"\u3164\u2800\u115f\u1160\uffa0\ufffc")
TOO_LONG = ("x" * (TEXT_LIMIT + 1), "x" * 2**20, "line\n" * 10000, "\ufb2c" * TEXT_LIMIT, "赵" * (TEXT_LIMIT + 1))


@tagged("post_install", "-at_install")
class TestLongTexts(RemoteCase):
    """Texts of any length and from any script, over HTTP: kept in one form, or refused; the ledger verifies."""

    def _register(self, user, name, **said):
        self.sign_in(user)
        vals = {"outlet_id": self.main.id, "customer_name": name, "phone": "13910000001", "consultant_id": self.li.id}
        return "showroom.reception", "desk_register", {**vals, **said}

    def _line(self, receipt):
        return self.env["showroom.reception"].browse(receipt["id"])

    def test_one_form_is_kept_and_verifies(self):
        for said, kept in KEPT.items():
            with self.subTest(ascii(said)[:40]):
                receipt, error = self.remote(*self._register(self.li, said, interest=said))
                self.assertFalse(error, error and error["debug"])
                line = self._line(receipt)
                self.assertEqual((line.customer_name, line.interest), (kept, kept))
                self.assertTrue(unicodedata.is_normalized("NFC", line.customer_name))
        self.env.flush_all()
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_what_is_not_seen_is_no_name(self):
        for said in NOTHING:
            with self.subTest(ascii(said)):
                receipt, error = self.remote(*self._register(self.li, said))
                self.assertFalse(error, error and error["debug"])
                self.assertEqual(self._line(receipt).flaw, "no_name")

    def test_what_is_too_long_is_refused_and_leaves_nothing(self):
        card = self.card()
        line = card.reception_ids
        tables = ("showroom.reception", "showroom.followup", "showroom.ledger.entry", "showroom.approval")
        count = lambda: [self.env[model].search_count([]) for model in tables]  # noqa: E731
        before = count()
        for text in TOO_LONG:
            for call in (
                self._register(self.li, text),
                self._register(self.li, "Zhao", interest=text),
                self._register(self.li, "Zhao", phone=text),
                ("crm.lead", "action_follow_up", card.ids, "call", text),
                ("crm.lead", "action_request_transfer", card.ids, self.wang.id, "customer_request", text),
                ("crm.lead", "action_request_cancellation", card.ids, text),
                ("showroom.reception", "action_correct", line.ids, {"customer_name": text}),
            ):
                self.assertIn(str(TEXT_LIMIT), self.refused(*call))
        self.sign_in(self.chen)
        for call in (
            ("showroom.reception", "action_void", line.ids, "x" * 2**20),
            ("crm.lead", "action_reassign", card.ids, self.wang.id, "x" * 2**20),
        ):
            self.assertIn(str(TEXT_LIMIT), self.refused(*call))
        self.assertEqual(count(), before)
        self.assertFalse(line.is_void)

    def test_days_that_no_calendar_has(self):
        card = self.card()
        for moment in ("0001-01-01 00:00:00", "9999-12-31 23:59:59", "1899-12-31 00:00:00", "2026-13-01", "2026-02-30"):
            self.refused(*self._register(self.li, "Zhao", arrived_at=moment))
            told = self.refused("showroom.followup", "create", {"lead_id": card.id, "happened_at": moment})
            self.assertNotIn("datetime", told)
        for day in ("0001-01-01", "9999-12-31"):
            announced = {"customer_name": "Sun", "phone": "13910000009", "outlet_id": self.main.id, "valid_until": day}
            self.refused("showroom.preregistration", "create", announced)

    def test_a_long_name_of_a_lead_is_cut_for_the_register(self):
        """Nobody typed it for the register: it must not stop a team from going live."""
        lead = self.env["crm.lead"].create({
            "name": "\ufb2c" * 300, "phone": "13910000044", "team_id": self.plain_team.id, "user_id": self.seller.id,
            "type": "opportunity",
        })  # fmt: skip
        self.plain_team.write({"outlet_kind": "branch", "outlet_code": "LONG", "tz": "Asia/Shanghai"})
        self.env.flush_all()
        self.assertTrue(lead.card_number)
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.plain_team))
