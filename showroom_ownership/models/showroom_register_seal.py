from functools import partial

from odoo import api, fields, models
from odoo.tools import format_datetime

from . import clock, qr

PAGES_IN_A_MAIL = 31
REPORT = "showroom_ownership.showroom_register_page_report"


class ShowroomRegisterPage(models.Model):
    """What leaves the database of a closed page: its seal, mailed to the managers as a PDF with the page.

    The seal is worth something because it is kept where the database is not: whoever rewrites the ledger cannot rewrite
    what the managers were sent.
    """

    _inherit = "showroom.register.page"

    seal = fields.Char(
        "What the Seal Says",
        compute="_compute_seal",
        help="Number, hash and count of lines, to be checked against the ledger.",
    )
    seal_qr = fields.Char("Seal as QR Code", compute="_compute_seal")
    mailed_at = fields.Datetime(
        "Mailed", readonly=True,
        help="When the seal was put in the managers' mail; empty as long as none of them has an address.",
    )  # fmt: skip
    page_html = fields.Html("The Page", compute="_compute_page_html", sanitize=False)

    _unmailed_idx = models.Index("(outlet_id, day) WHERE closed_at IS NOT NULL AND mailed_at IS NULL")

    @api.depends("entry_id")
    def _compute_seal(self):
        for page in self.sudo():
            entry = page.entry_id
            page.seal = f"{entry.number} {entry.hash} = {page._sealed_lines()}" if entry else False
            page.seal_qr = qr.data_uri(page.seal) if entry else False

    def _sealed_lines(self):
        return (self.entry_id._facts_of(self.entry_id.payload) or {}).get("lines", 0)

    @api.depends("line_ids", "entry_id")
    @api.depends_context("lang")
    def _compute_page_html(self):
        for page in self:
            page.page_html = self.env["ir.qweb"]._render("showroom_ownership.register_page_lines", {"page": page})

    # The page as it is read

    def _lines(self):
        return self.line_ids.sorted("line_no")

    def _local(self, moment):
        """A moment in the outlet's time."""
        return moment and format_datetime(self.env, moment, tz=self.outlet_id.tz, dt_format="yyyy-MM-dd HH:mm")

    def _render_pdf(self):
        """The pages as one PDF in the reader's language."""
        html = self.env["ir.qweb"]._render("showroom_ownership.register_page_print", {"docs": self})
        Report = self.env["ir.actions.report"].sudo()
        return Report._run_wkhtmltopdf([str(html)], report_ref=REPORT)

    # The mail

    @api.model
    def _cron_mail_seals(self):
        """Mail the seals of closed pages to each outlet's managers; a page that fails is reported, its seal stands."""
        domain = [("closed_at", "!=", False), ("mailed_at", "=", False)]
        for outlet, pages in self.sudo().search(domain, order="day").grouped("outlet_id").items():
            for start in range(0, len(pages), PAGES_IN_A_MAIL):
                some = pages[start : start + PAGES_IN_A_MAIL]
                self.env["showroom.failure"]._guard(partial(self._mail_seals, pages=some), outlet)
                self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _mail_seals(self, outlet, pages):
        """One mail for each language of the managers; the mail queue sends it."""
        managers = self.env["showroom.ledger.entry"]._managers(outlet).filtered("email")
        if not managers:
            return  # the page goes on saying that it was mailed to nobody
        for lang, readers in managers.grouped("lang").items():
            self.env["mail.mail"].sudo().create(pages.with_context(lang=lang)._seal_mail_vals(readers))
        pages.write({"mailed_at": clock.now(self.env)})

    def _seal_mail_vals(self, readers):
        name = f"{self[0].display_name}.pdf" if len(self) == 1 else f"{self[0].display_name}-{self[-1].day}.pdf"
        attached = {"name": name.replace("/", "-"), "raw": self._render_pdf(), "mimetype": "application/pdf"}
        attachment = self.env["ir.attachment"].sudo().create(attached)
        subject = self.env._("Register of %(outlet)s, %(day)s", outlet=self.outlet_id.name, day=self[-1].day)
        body = self.env["ir.qweb"]._render("showroom_ownership.seal_mail", {"pages": self})
        return {
            "subject": subject, "body_html": body, "recipient_ids": [(6, 0, readers.partner_id.ids)],
            "attachment_ids": [(6, 0, attachment.ids)], "auto_delete": False,
        }  # fmt: skip
