from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.dossier import local_day
from . import clock


class ShowroomRegisterPage(models.Model):
    _name = "showroom.register.page"
    _description = "Register Page"
    _order = "day desc, outlet_id, id"
    _allow_sudo_commands = False

    outlet_id = fields.Many2one("crm.team", required=True, index=True, readonly=True, ondelete="restrict")
    day = fields.Date(required=True, readonly=True, help="A local day of the outlet.")
    line_ids = fields.One2many("showroom.reception", "page_id", "Lines", readonly=True)
    closed_at = fields.Datetime(readonly=True, help="When the page was closed; lines cannot be changed after (2.3).")
    closed_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    line_count = fields.Integer("Number of Lines", compute="_compute_line_count")
    entry_id = fields.Many2one("showroom.ledger.entry", "Closing Entry", readonly=True, index=True, ondelete="restrict")

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
    def _current(self, outlet):
        """The open page of the outlet's present day. A page closed early takes no more lines."""
        today = clock.today(self.env, outlet)
        page = self.sudo().search([("outlet_id", "=", outlet.id), ("day", "=", today)])
        if page.closed_at:
            text = self.env._("Today's page of %s is closed. Register the customer tomorrow, as a late line.")
            raise UserError(text % outlet.name)
        return page or self.sudo().create({"outlet_id": outlet.id, "day": today})

    def _is_closed(self):
        """Closed by hand or by the end of the local day, whether the scheduled action has come by or not."""
        self.ensure_one()
        return bool(self.closed_at) or clock.today(self.env, self.outlet_id) > self.day

    def action_close(self):
        """Close pages of today before the end of the day. For managers."""
        if not self.env.user._is_showroom_manager():
            raise UserError(self.env._("Ask a manager to close the page."))
        self.filtered(lambda page: not page.closed_at).sudo()._close()
        return True

    def _close(self):
        for page in self:
            facts = {"page": page.display_name, "lines": page.line_count}
            entry = self.env["showroom.ledger.entry"]._append(page.outlet_id, "close", [facts])
            page.write({"closed_at": entry.recorded_at, "closed_by": self.env.uid, "entry_id": entry.id})

    @api.model
    def _cron_close_pages(self):
        """Close the pages of local days that are over, also after an outage."""
        for outlet in self.env["crm.team"].search([("outlet_kind", "!=", False)]):
            today = local_day(clock.now(self.env), outlet.tz)
            domain = [("outlet_id", "=", outlet.id), ("day", "<", today), ("closed_at", "=", False)]
            self.search(domain, order="day")._close()
            self.env["ir.cron"]._commit_progress(1)
