from odoo import api, fields, models

from . import clock, said


class CalendarEvent(models.Model):
    """A held meeting with a customer is a follow-up (2)."""

    _inherit = "calendar.event"

    showroom_followup_id = fields.Many2one(
        "showroom.followup", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="The follow-up that was recorded when the meeting had been held.",
    )  # fmt: skip

    @api.model
    def _cron_held_meetings(self):
        """Record meetings that have ended since yesterday as visits of their organiser."""
        now = clock.now(self.env)
        domain = [("stop", "<=", now), ("stop", ">", fields.Datetime.subtract(now, days=2))]
        domain += [
            ("opportunity_id.outlet_id", "!=", False),
            ("showroom_followup_id", "=", False),
            ("user_id", "!=", False),
        ]
        for event in self.search(domain, order="stop, id"):
            self.env["showroom.failure"]._guard(type(self)._record_held, event)
            self.env["ir.cron"]._commit_progress(1)

    def _record_held(self):
        """In the organiser's name, as if they had recorded it themselves; of who may not, it is no follow-up."""
        self.ensure_one()
        consultant = self.user_id.has_group("showroom_ownership.group_consultant")
        if not consultant or not self.opportunity_id.sudo()._may_record(self.user_id):
            return
        vals = {
            "lead_id": self.opportunity_id.id,
            "method": "visit",
            "happened_at": self.start,
            "outcome": said.beginning(self.name),
        }
        self.showroom_followup_id = self.env["showroom.followup"].with_user(self.user_id).create(vals)
