from datetime import timedelta

from odoo import api, fields, models

from ..core.dossier import local_day
from . import clock


class ShowroomNotice(models.Model):
    """A manager, or the scheduled action, points out a lapse; the card is lost unless followed up in time (4.2)."""

    _name = "showroom.notice"
    _description = "Notice of a Lapse"
    _inherit = ["showroom.kept.mixin"]
    _order = "issued_at desc, id desc"
    _allow_sudo_commands = False

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Consultant", required=True, index=True, ondelete="restrict")
    issued_at = fields.Datetime(required=True)
    issued_by = fields.Many2one("res.users", ondelete="restrict", default=lambda self: self.env.user)
    outlet_id = fields.Many2one("crm.team", ondelete="restrict", help="Whose local days count.")
    until = fields.Date(required=True, help="The last local day on which a follow-up saves the card.")
    lapsed_at = fields.Datetime(help="When the transfer of the card was requested, the grace being over (4.3).")
    ended_at = fields.Datetime()

    _running_idx = models.Index("(outlet_id, until) WHERE ended_at IS NULL AND lapsed_at IS NULL")

    @api.model
    def _issue(self, cards):
        """Point out the lapse of cards to their owners, who have their outlet's grace from today."""
        now = clock.now(self.env)
        notices = self.create([self._vals(card, now) for card in cards.sudo()])
        cards._update_cards({notice.lead_id: {"notice_id": notice.id} for notice in notices})

    @api.model
    def _vals(self, card, now):
        outlet = card.outlet_id
        until = local_day(now, outlet.tz) + timedelta(days=outlet.policy_id.grace_days)
        who = {"lead_id": card.id, "user_id": card.user_id.id, "outlet_id": outlet.id}
        return {**who, "issued_at": now, "until": until}

    def _lapse(self):
        """The grace is over and the transfer is requested: the scheduled action is done with these notices."""
        if self:
            self.write({"lapsed_at": clock.now(self.env)})

    def _end(self):
        """What the cards remember of their notices is theirs to forget: `_end_notices`."""
        self.write({"ended_at": clock.now(self.env)})

    def _resume(self):
        """What ended it was undone: it stands again, with the days that it gave."""
        self.write({"ended_at": False, "lapsed_at": False})
        self.lead_id._update_card({"notice_id": self.id, "reminded_due": self.lead_id.followup_due})
