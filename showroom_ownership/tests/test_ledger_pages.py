from io import BytesIO

from odoo.exceptions import AccessError, UserError
from odoo.tools.pdf import PdfReader

from ..models import showroom_register_seal
from .common import ShowroomCase


class TestLedgerPages(ShowroomCase):
    """Pages, seals, receipts and erasure (rulebook 2)."""

    def close(self):
        self.scheduled(self.env["showroom.register.page"]._cron_close_pages)

    def pages(self):
        return self.env["showroom.register.page"].search([("outlet_id", "=", self.main.id)], order="day")

    def opened(self, text="2026-03-02 10:00"):
        """An outlet that went live on the day of the story."""
        with self.at(text):
            self.main.live_since = text[:10]
            return self.receive(self.li)

    def test_pages_close_by_themselves_also_empty_ones_and_after_an_outage(self):
        line = self.opened()
        with self.at("2026-03-06 09:00"):
            self.close()
            self.close()
        pages = self.pages()
        self.assertEqual([str(page.day) for page in pages], ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"])
        self.assertTrue(all(pages.mapped("closed_at")))
        self.assertEqual([page._sealed_lines() for page in pages], [1, 0, 0, 0])
        facts = pages[0].entry_id._facts_of(pages[0].entry_id.payload)
        self.assertEqual((facts["last"], facts["head"]), (line.number, line.entry_id.hash))
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_a_page_is_not_sealed_before_its_local_day_is_over(self):
        self.opened()
        with self.at("2026-03-02 23:59"):
            self.close()
        self.assertFalse(self.pages().closed_at)

    def test_a_clock_that_runs_back_changes_no_day(self):
        self.opened("2026-03-02 10:00")
        with self.at("2026-02-20 10:00"):
            line = self.receive(self.wang, phone="13910000002", name="Qian")
        self.assertEqual((line.number, str(line.recorded_at)), ("MAIN/2026-03-02/002", "2026-03-02 02:00:00"))
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_a_zone_that_moves_changes_no_number(self):
        self.opened("2026-03-02 10:00")
        self.main.tz = "America/New_York"
        with self.at("2026-03-02 11:00"):
            line = self.receive(self.wang, phone="13910000002", name="Qian")
        self.assertEqual(line.number, "MAIN/2026-03-02/002")
        with self.at("2026-03-04 18:00"):
            self.close()
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))

    def test_the_page_shows_corrections_late_lines_and_voids(self):
        line = self.opened()
        with self.at("2026-03-02 11:00"):
            line.with_user(self.li).action_correct({"customer_name": "赵敏"})
            late = self.receive(self.wang, phone="13910000002", name="Qian", arrived_at="2026-03-01 02:00:00")
            late.with_user(self.chen).action_void("Registered twice")
            html = line.page_id.with_user(self.chen).page_html
        for text in ("<s>Zhao Min</s>", "赵敏", "Late", "Registered twice"):
            self.assertIn(text, html)

    def test_the_seal_is_mailed_as_a_pdf(self):
        self.chen.email = "chen@example.com"
        line = self.opened()
        with self.at("2026-03-02 11:00"):
            line.with_user(self.li).action_correct({"customer_name": "赵敏"})
        with self.at("2026-03-03 09:00"):
            self.close()
            self.scheduled(self.env["showroom.register.page"]._cron_mail_seals)
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.chen.partner_id.ids)], limit=1)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(line.page_id.entry_id.hash, mail.body_html)
        text = PdfReader(BytesIO(mail.attachment_ids.raw)).pages[0].extract_text()
        self.assertIn("赵敏", text)
        self.assertIn(line.page_id.entry_id.number, text)
        self.assertTrue(line.page_id.mailed_at)

    def test_a_seal_that_goes_to_nobody_is_not_called_mailed(self):
        line = self.opened()
        with self.at("2026-03-03 09:00"):
            self.close()
            (self.chen | self.dir | self.gm).partner_id.email = False
            self.scheduled(self.env["showroom.register.page"]._cron_mail_seals)
        self.assertTrue(line.page_id.closed_at)
        self.assertFalse(line.page_id.mailed_at)

    def test_a_pdf_that_fails_leaves_the_seal(self):
        self.chen.email = "chen@example.com"
        line = self.opened()
        with self.at("2026-03-03 09:00"):
            self.close()

            def fail(_self):
                raise UserError("no printer")  # pylint: disable=translation-required

            self.patch(showroom_register_seal.ShowroomRegisterPage, "_render_pdf", fail)
            self.scheduled(self.env["showroom.register.page"]._cron_mail_seals)
        self.assertTrue(line.page_id.closed_at)
        self.assertFalse(line.page_id.mailed_at)
        self.assertTrue(self.env["showroom.failure"].search([("message", "ilike", "no printer")]))

    # Receipts

    def check(self, text):
        check = self.env["showroom.receipt.check"].with_user(self.wang).create({"text": text})
        check.action_check()
        return check

    def test_a_receipt_and_a_seal_hold(self):
        line = self.opened()
        self.assertEqual(line.receipt, f"{line.number} {line.entry_id.hash[:12]}")
        self.assertTrue(line.receipt_qr.startswith("data:image/svg+xml;base64,"))
        with self.at("2026-03-03 09:00"):
            self.close()
        self.assertTrue(self.check(line.receipt).holds)
        self.assertTrue(self.check(line.page_id.seal).holds)
        self.assertNotIn("Zhao", self.check(line.receipt).answer)

    def test_a_receipt_says_what_differs(self):
        line = self.opened()
        with self.at("2026-03-03 09:00"):
            self.close()
        seal = line.page_id.seal
        self.assertIn("no entry", self.check("MAIN/2026-03-02/009 " + line.entry_id.hash[:12]).answer)
        self.assertIn(line.number, self.check("MAIN/2026-03-02/009 " + line.entry_id.hash[:12]).answer)
        self.assertIn("replaced", self.check(line.number + " 000000000000").answer)
        self.assertIn("2 lines", self.check(seal[:-1] + "2").answer)
        self.assertFalse(self.check("nonsense").holds)

    # Saved twice

    def test_a_form_saved_twice_is_one_line(self):
        with self.at("2026-03-02 10:00"):
            first = self.receive(self.li, request_key="one")
            again = self.receive(self.li, request_key="one", name="Another")
            with self.assertRaises(UserError):
                self.receive(self.wang, request_key="one")
        self.assertEqual((first, again.customer_name), (again, "Zhao Min"))

    # Erasure

    def test_an_erased_customer_is_forgotten_and_the_evidence_stands(self):
        with self.at("2026-03-02 10:00"):
            line = self.receive(self.li)
            line.with_user(self.li).action_correct({"customer_name": "Zhao Ming"})
            card = line.lead_id
            call = (
                self.env["showroom.followup"]
                .with_user(self.li)
                .create({"lead_id": card.id, "outcome": "Mrs Zhao rang"})
            )
            with self.assertRaises(AccessError):
                card.with_user(self.chen).action_erase_customer("Letter of 1 March")
            card.with_user(self.gm).action_erase_customer("Letter of 1 March")
            line._judge()
        self.assertFalse(line.customer_name or line.phone or line.phone_key or line.salt or line.correction_ids.before)
        self.assertFalse(card.phone or card.contact_name or card.partner_id or call.outcome)
        self.assertEqual((line.is_evidence, card.filing_id, card.user_id), (True, line, self.li))
        self.assertEqual(line._intact() | call._intact(), {line.id} | {call.id})
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.main))
        payloads = " ".join(self.env["showroom.ledger.entry"].search([]).mapped("payload"))
        self.assertNotIn("Zhao", payloads)
