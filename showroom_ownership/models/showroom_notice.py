from datetime import timedelta

from odoo import api, fields, models

from . import clock


class ShowroomNotice(models.Model):
    """A manager, or the scheduled action, points out a lapse; the card is lost unless followed up in time (4.2)."""

    _name = "showroom.notice"
    _description = "Notice of a Lapse"
    _order = "issued_at desc, id desc"
    _allow_sudo_commands = False

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Consultant", required=True, index=True, ondelete="restrict")
    issued_at = fields.Datetime(required=True)
    issued_by = fields.Many2one("res.users", ondelete="restrict", default=lambda self: self.env.user)
    until = fields.Date(required=True, help="The last local day on which a follow-up saves the card.")
    ended_at = fields.Datetime()

    @api.model
    def _issue(self, cards):
        now = clock.now(self.env)
        for card in cards.sudo():
            until = card.outlet_id._today() + timedelta(days=card.outlet_id.policy_id.grace_days)
            vals = {"lead_id": card.id, "user_id": card.user_id.id, "issued_at": now, "until": until}
            card._update_card({"notice_id": self.create(vals).id})

    def _end(self):
        """A follow-up, a transfer or a refusal ends a notice; the next one starts over (4.4)."""
        if not self:
            return
        self.write({"ended_at": clock.now(self.env)})
        self.lead_id._update_card({"notice_id": False})
