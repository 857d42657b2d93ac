from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from . import clock
from .said import refuse

# What the system keeps on a card. Read-only in a view binds the screen alone: a remote call is refused here.
KEPT = frozenset(
    "outlet_id card_number filing_id filing_at owner_since owner_departed rhythm_start followup_due last_contact_at "
    "order_date is_cancelled is_contested protected_until pending_transfer_id notice_id notice_until ruling_id "
    "ruling_state reminded_due card_due completed_at completed_by_id card_lapsed card_kind delivered_on".split()
)

# Whoever writes them says that a card is won, that it is of another customer, or what a manager undid.
COMPUTED = frozenset(["won_status", "phone_sanitized", "apart_ids"])
AT_ONCE = timedelta(minutes=10)  # a thousand cards that are imported take a while


class CrmLead(models.Model):
    """Nobody says what the system records: filing, due date, order, ruling (2, 3, 5)."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "showroom.kept.mixin", "showroom.read.mixin"]

    @api.model
    def _is_kept(self, name):
        return name in KEPT | COMPUTED | {"closer_id"}  # who closed is said, not a default

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            said = {name for vals in vals_list for name, value in vals.items() if value}
            defaults = {name for name in KEPT if f"default_{name}" in self.env.context}
            refuse(self, said & KEPT | defaults, AccessError)
            leads = super().create(vals_list)
            if said & COMPUTED and leads.filtered("outlet_id"):
                refuse(self, said & COMPUTED, AccessError)
            leads.sudo().filtered("outlet_id").with_env(self.env)._become_opportunities(vals_list)
            leads._check_closed_now()
            return leads
        return super().create(vals_list)

    def _check_closing(self, vals):
        """A deal was ruled on when it was closed, and a card is closed by its owner when they say so.

        :raise AccessError: for a deal, and for who is no manager if they name another time.
        """
        if not (closed := "date_closed" in vals and fields.Datetime.to_datetime(vals["date_closed"])):
            return
        ruled = self.sudo().filtered("ruling_id")
        if ruled or self._guarded() and abs(closed - clock.now(self.env)) > AT_ONCE:
            refuse(self, {"date_closed"}, AccessError)

    def _check_closed_now(self):
        """A deal is of the day on which it is ruled on; a manager may say that it is an older one's.

        :raise AccessError: for new cards that were closed some other time.
        """
        for card in self._guarded().sudo().filtered("ruling_id"):
            if abs(card.date_closed - card.ruling_id.dealt_at) > AT_ONCE:
                refuse(self, {"date_closed"}, AccessError)

    def write(self, vals):
        if not self.env.su:
            refuse(self, KEPT & vals.keys(), AccessError)
            if COMPUTED & vals.keys() and self.filtered("outlet_id"):
                refuse(self, COMPUTED & vals.keys(), AccessError)
            self._check_closing(vals)
            if vals.get("type", "opportunity") != "opportunity" and self.filtered("outlet_id"):
                refuse(self, {"type"}, AccessError)  # lists of cards show opportunities
        if not (again := self._won_again(vals)):
            return super().write(vals)
        closed = {card: card.date_closed for card in again.sudo()}
        result = super().write(vals)
        moved = {card: at for card, at in closed.items() if card.won_status == "won" and card.date_closed != at}
        self._update_cards({card: {"date_closed": at} for card, at in moved.items()})
        return result

    def _won_again(self, vals):
        """Deals that Odoo would close once more, of today."""
        if vals.get("active", True) and not vals.get("probability"):
            return self.browse()
        return self.filtered(lambda card: card.won_status == "won" and card.outlet_id and card.ruling_id)
