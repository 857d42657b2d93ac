from lxml import html

from odoo.exceptions import AccessError, UserError

from .test_card_management_files import CardManagementCase

REPORT = "showroom_ownership.showroom_transfer_report"


class TestTransferRecord(CardManagementCase):
    """The transfer record to print and sign (rulebook 4)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 23:30"))
        self.zhao = self.card()
        self.zhao.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", "Asked for Wang")
        self.transfer = self.zhao.transfer_ids

    def _text(self, user, report=REPORT, records=None, lang="en_US"):
        records = self.transfer if records is None else records
        Report = self.env["ir.actions.report"].with_user(user).with_context(lang=lang)
        page, _kind = Report._render_qweb_html(report, records.ids)
        return " ".join(html.fromstring(page).text_content().split())

    def test_it_says_who_what_when_and_why(self):
        with self.at("2026-03-03 09:00"):
            self.transfer.with_user(self.chen).action_approve("Spoke with both")
        with self.at("2026-03-03 10:00"):
            self.transfer.with_user(self.dir).action_approve()
        text = self._text(self.chen)
        told = [self.zhao.card_number, "Zhao Min", "Li", "Wang", "Customer's request", "Asked for Wang", "Chen", "Dir"]
        told += ["2026-03-02 23:30", "2026-03-03 09:00", "Spoke with both", "Handed over by", "Sales Director"]
        for words in told:
            self.assertIn(words, text)

    def test_one_tier_has_one_manager_to_sign(self):
        self.transfer.sudo().approval_id.tiers = 1
        self.assertNotIn("Sales Director", self._text(self.chen))

    def test_the_customer_is_shown_only_to_who_may_see_the_card(self):
        self.assertIn("Zhao Min", self._text(self.li))
        self.transfer.with_user(self.chen).action_approve()
        self.transfer.with_user(self.dir).action_approve()
        self.assertIn("Zhao Min", self._text(self.wang))
        former = self._text(self.li)
        self.assertIn(self.zhao.card_number, former)
        self.assertNotIn("Zhao Min", former)
        self.assertNotIn("13810000001", former.replace(" ", ""))

    def test_others_do_not_print_it(self):
        with self.assertRaises(AccessError):
            self._text(self.sun)

    def test_it_is_printed_from_the_approvals_too(self):
        self.zhao.with_user(self.li).action_request_cancellation("Gone")
        report = "showroom_ownership.showroom_transfer_report_of_approval"
        both = self.transfer.approval_id | self.zhao.cancellation_ids.approval_id
        self.assertEqual(self._text(self.chen, report, both).count("Transfer Record"), 1)
        with self.assertRaises(UserError):
            self._text(self.chen, report, self.zhao.cancellation_ids.approval_id)
