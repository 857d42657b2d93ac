from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError

from . import clock, said

SEALS_AT_ONCE = 400


class ShowroomRegisterPage(models.Model):
    """The receptions of one outlet on one local day (1). A closed page is sealed by an entry of the ledger."""

    _name = "showroom.register.page"
    _description = "Register Page"
    _inherit = ["showroom.kept.mixin"]
    _order = "day desc, outlet_id, id"
    _allow_sudo_commands = False

    outlet_id = fields.Many2one("crm.team", required=True, readonly=True, ondelete="restrict")
    day = fields.Date(required=True, readonly=True, help="A local day of the outlet.")
    line_ids = fields.One2many("showroom.reception", "page_id", "Lines", readonly=True)
    closed_at = fields.Datetime(readonly=True, help="When the page was closed; lines cannot be changed after (2.3).")
    closed_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    line_count = fields.Integer("Number of Lines", compute="_compute_line_count")
    entry_id = fields.Many2one("showroom.ledger.entry", "Seal", readonly=True, index=True, ondelete="restrict")

    _day_unique = models.UniqueIndex("(outlet_id, day)", "An outlet has one page for each day.")

    @api.depends("outlet_id", "day")
    def _compute_display_name(self):
        for page in self:
            page.display_name = f"{page.outlet_id.outlet_code}/{page.day}"

    def _compute_line_count(self):
        counts = dict(
            self.env["showroom.reception"]._read_group([("page_id", "in", self.ids)], ["page_id"], ["__count"])
        )
        for page in self:
            page.line_count = counts.get(page, 0)

    @api.model
    def _of(self, outlet, day):
        """The page of a day; whoever appended an entry on that day holds the lock under which it is opened."""
        page = self.sudo().search([("outlet_id", "=", outlet.id), ("day", "=", day)])
        return page or self.sudo().create({"outlet_id": outlet.id, "day": day})

    def _is_closed(self):
        """Closed by hand or by the end of the local day, whether the scheduled action has come by or not."""
        self.ensure_one()
        return bool(self.closed_at) or clock.today(self.env, self.outlet_id) > self.day

    # Closing

    @said.takes()
    def action_close(self):
        """Close today's pages before the end of the day. For managers.

        :raise UserError: for anybody else.
        """
        if not self.env.user._manages(self.sudo().outlet_id):
            raise UserError(self.env._("Ask a manager to close the page."))
        for outlet, pages in self.sudo().filtered(lambda page: not page.closed_at).grouped("outlet_id").items():
            last = min(max(pages.mapped("day")), outlet._today())
            self.sudo()._close(outlet, self._unsealed_days(outlet, last))
        return True

    @api.model
    def _unsealed_days(self, outlet, last):
        """The days up to `last` that have no seal yet, the oldest first: pages are sealed in order."""
        head = self.env["showroom.ledger.head"].sudo().search([("outlet_id", "=", outlet.id)])
        first = head.sealed_to and head.sealed_to + timedelta(days=1)
        if not first:
            oldest = self.sudo().search([("outlet_id", "=", outlet.id)], order="day", limit=1).day
            first = min((day for day in (oldest, outlet.live_since) if day), default=last + timedelta(days=1))
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    @api.model
    def _close(self, outlet, days):
        """Seal the pages of days in order, also of days on which nobody came."""
        if not days:
            return self.browse()
        Entry = self.env["showroom.ledger.entry"].sudo()
        # From here on nobody adds a line that is not counted, and what somebody else closed meanwhile is sealed.
        head = self.env["showroom.ledger.head"].sudo()._take(outlet)
        days = [day for day in days if not head["sealed_to"] or day > head["sealed_to"]]
        if not days:
            return self.browse()
        pages = self._all_of(outlet, days)
        counts = Entry._line_counts(outlet, days)
        seals = Entry._append(outlet, "close", [page._seal_facts(counts) for page in pages], sealed_to=days[-1])
        for page, seal in zip(pages, seals, strict=True):
            page.write({"closed_at": seal.recorded_at, "closed_by": self.env.uid, "entry_id": seal.id})
        return pages

    @api.model
    def _all_of(self, outlet, days):
        domain = [("outlet_id", "=", outlet.id), ("day", "in", days)]
        missing = set(days) - set(self.sudo().search(domain).mapped("day"))
        self.sudo().create([{"outlet_id": outlet.id, "day": day} for day in sorted(missing)])
        return self.sudo().search(domain, order="day")

    def _seal_facts(self, counts):
        lines = counts.get(self.day, 0)
        last = f"{self.display_name}/{lines:03d}" if lines else None
        return {"page": self.display_name, "day": self.day.isoformat(), "lines": lines, "last": last}

    @api.model
    def _cron_close_pages(self):
        """Close the pages of local days that are over, also empty ones and those of days the server was down."""
        Cron, Failure, close = self.env["ir.cron"], self.env["showroom.failure"], self._close
        for outlet in self.env["crm.team"].with_context(active_test=False).search([("outlet_kind", "!=", False)]):
            days = self._unsealed_days(outlet, outlet._today() - timedelta(days=1))
            for start in range(0, len(days), SEALS_AT_ONCE):
                some = days[start : start + SEALS_AT_ONCE]
                Failure._guard(partial(close, days=some), outlet)
                Cron._commit_progress(1)
