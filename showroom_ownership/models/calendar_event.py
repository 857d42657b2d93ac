from odoo import api, fields, models

from . import clock, said

# Whose meeting it is, with whom and when.
SAID = frozenset(
    "opportunity_id res_model_id res_model res_id user_id start stop start_date stop_date allday duration".split()
)


class CalendarEvent(models.Model):
    """A held meeting with a customer is a follow-up (2)."""

    _inherit = "calendar.event"

    showroom_followup_id = fields.Many2one(
        "showroom.followup", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="The follow-up that was recorded when the meeting had been held.",
    )  # fmt: skip

    showroom_said_by_id = fields.Many2one(
        "res.users", "Arranged By", readonly=True, copy=False, ondelete="set null",
        help="Who last said whose meeting it is, with whom and when: it counts for its organiser if they said so.",
    )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        """What the system records by itself is not said with a new meeting, nor by the defaults of a call."""
        recorded = {"showroom_said_by_id": self.env.uid, **({} if self.env.su else {"showroom_followup_id": False})}
        return super().create([{**vals, **recorded} for vals in vals_list])

    def write(self, vals):
        """Meetings of others can be moved and renamed by anybody; what is said in their name is no evidence (2)."""
        self._check_said(vals)
        if SAID & vals.keys():
            vals = {**vals, "showroom_said_by_id": self.env.uid}
        return super().write(vals)

    def _check_said(self, vals):
        """Odoo writes a repeating meeting anew with the values of this one: what its user says themselves stands."""
        theirs = {"showroom_followup_id"} | ({"showroom_said_by_id"} if self._said_by_another(vals) else set())
        said.refuse(self, theirs & vals.keys() if not self.env.su else ())

    def _said_by_another(self, vals):
        return vals.get("showroom_said_by_id") != self.env.uid

    @api.model
    def _cron_held_meetings(self):
        """Record meetings that have ended since yesterday as visits of their organiser.

        Not those of a series, which nobody planned one by one: they count when somebody records them.
        """
        now = clock.now(self.env)
        domain = [("stop", "<=", now), ("stop", ">", fields.Datetime.subtract(now, days=2))]
        domain += [
            ("opportunity_id.outlet_id", "!=", False),
            ("showroom_followup_id", "=", False),
            ("user_id", "!=", False),
            ("recurrence_id", "=", False),
        ]
        for event in self.search(domain, order="stop, id").filtered(type(self)._is_organisers):
            self.env["showroom.failure"]._guard(type(self)._record_held, event)
            self.env["ir.cron"]._commit_progress(1)

    def _is_organisers(self):
        """Whether the organiser said so; who made a meeting from before this was kept, said it."""
        return (self.showroom_said_by_id or self.create_uid) == self.user_id

    def _record_held(self):
        """In the organiser's name, as if they had recorded it themselves; of who may not, it is no follow-up."""
        self.ensure_one()
        consultant = self.user_id.has_group("showroom_ownership.group_consultant")
        card = self.opportunity_id.with_user(self.user_id).sudo()
        if not consultant or not card._may_record(self.user_id) or card._stands_beside():
            return
        vals = {
            "lead_id": self.opportunity_id.id,
            "method": "visit",
            "happened_at": self.start,
            "outcome": said.beginning(self.name),
        }
        self.showroom_followup_id = self.env["showroom.followup"].with_user(self.user_id).create(vals)
