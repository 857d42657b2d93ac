from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from . import clock

# Identity sentinels: only code in this process can hold them, a client's context is JSON and never is them.
DOOR = object()
REGISTER = object()

CARRIES_RHYTHM = {"lapsed", "departure", "customer_request", "manager", "long_leave", "settlement"}


class CrmLead(models.Model):
    """The one door for ownership: nothing else changes the owner of a card (4)."""

    _inherit = "crm.lead"

    def write(self, vals):
        if not {"user_id", "team_id", "grade_id", "closer_id"} & vals.keys():
            return super().write(vals)
        if self.env.context.get("showroom_door") is DOOR:
            return super().write(vals)
        cards = self.filtered("outlet_id")
        if not cards:
            return super().write(vals)
        cards._check_closer(vals)
        moving = cards._moving(vals)
        if not moving:
            return self._write_graded(cards, vals)
        return self._write_moving(moving, vals)

    def _moving(self, vals):
        """The cards to which these values would give another owner or another outlet."""
        wanted = {name: vals[name] or False for name in ("user_id", "team_id") if name in vals}
        return self.filtered(lambda card: any(card[name].id != value for name, value in wanted.items()))

    def _write_graded(self, cards, vals):
        grade = vals.get("grade_id")
        regraded = cards.filtered(lambda card: card.grade_id.id != grade) if "grade_id" in vals else cards.browse()
        result = super().write(vals)
        if regraded:
            regraded._regrade()
        return result

    def _write_moving(self, moving, vals):
        """A direct change of owner: a manager's is recorded as a transfer, anybody else's is refused."""
        rest = {name: value for name, value in vals.items() if name not in ("user_id", "team_id")}
        team = {"team_id": vals["team_id"]} if "team_id" in vals else {}
        owner = self.env["res.users"].browse(vals["user_id"] or False) if "user_id" in vals else None
        moving._check_may_reassign(owner)
        result = (self - moving).write(vals) if self - moving else True
        if team:
            moving.sudo().with_context(showroom_door=DOOR).write(team)
        if owner is not None:
            moving._reassign(owner, self.env._("Changed on the card."))
        return (super(CrmLead, moving).write(rest) if rest else True) and result

    def _check_may_reassign(self, owner):
        if self.env.user._is_showroom_manager() and not self.env.user._is_superuser():
            self.check_access("write")
            return
        unowned = all(not card.user_id and not card.owner_departed and not card.pending_transfer_id for card in self)
        if not (self.env.su and unowned and owner):
            text = "Cards change hands through a transfer that a manager approves. Use 'Request Transfer' on the card."
            raise AccessError(self.env._(text))

    def _check_closer(self, vals):
        """A consultant names only themselves as closer; a manager anybody."""
        closer = vals.get("closer_id")
        if closer and closer != self.env.uid and self and not self.env.user._is_showroom_manager() and not self.env.su:
            raise AccessError(self.env._("Ask a manager to name somebody else as the closer."))

    # Reassignment by a manager

    def action_reassign(self, owner_id, note):
        """Give cards to a consultant directly; recorded as a transfer with reason `manager` (4).

        :raise UserError: for anybody but a manager, without a text, or to somebody who cannot own cards.
        """
        if not self.env.user._is_showroom_manager():
            raise AccessError(self.env._("Only a manager reassigns cards directly. Request a transfer instead."))
        if not (note or "").strip():
            raise UserError(self.env._("Say why the card is reassigned."))
        self.check_access("write")
        self._reassign(self.env["res.users"].browse(owner_id), note)
        return True

    def _reassign(self, owner, note):
        self.sudo()._withdraw_transfers(self.env._("Reassigned by a manager."))
        if not owner:
            return self.sudo()._change_owner(owner, "manager")
        self.env["showroom.transfer"]._check_owner(owner)
        reason = "manager" if self.env.user._is_showroom_manager() else "assignment"
        new = self.sudo().filtered(lambda card: not card.user_id and not card.owner_departed and not card.reception_ids)
        self.env["showroom.transfer"].sudo()._keep_done(self, owner, reason, note)
        self.sudo()._change_owner(owner, reason)
        return new._register_channel("online")  # what came in for nobody is registered for whom it is assigned to

    # The door

    def _change_owner(self, owner, reason, note=False):
        """Give cards to one owner, or to nobody: history, activities, followers and rhythm follow.

        Called by everything that moves a card, and by nothing that has not been approved.
        """
        moving = self.filtered(lambda card: card.user_id != owner)
        former = {card: card.user_id for card in moving}
        if not moving:
            return
        for team, cards in moving._by_team(owner):
            cards._write_owner(owner, team, reason)
        moving._keep_history(owner, reason, note)
        moving._end_notices()
        moving._hand_over(former, owner)
        moving._refresh_rhythm()
        moving._refresh_contested()

    def _by_team(self, owner):
        """Cards grouped by the outlet they will belong to: their own if the owner works there, else the owner's."""
        outlets = owner._outlets() if owner else self.env["crm.team"]
        groups = defaultdict(lambda: self.browse())
        for card in self:
            stays = not outlets or card.team_id in outlets
            groups[card.team_id if stays else outlets[0]] |= card
        return groups.items()

    def _write_owner(self, owner, team, reason):
        now = clock.now(self.env)
        vals = {"user_id": owner.id, "team_id": team.id, "owner_since": now}
        vals["owner_departed"] = reason == "departure" and not owner
        vals["rhythm_start"] = now if owner and reason in CARRIES_RHYTHM else False
        context = {"showroom_door": DOOR, "mail_auto_subscribe_no_notify": True}
        self.sudo().with_context(**context).write(vals)

    def _open_history(self, lines):
        """The first line of the history, and what every card has from its first moment.

        :param lines: the reception that opened each card; a card that is missing was opened otherwise.
        """
        now = clock.now(self.env)
        self._update_cards({card: {**card._card_values(lines.get(card)), "owner_since": now} for card in self.sudo()})
        filed = self.filtered(lambda card: card in lines and lines[card].is_evidence)
        for reason, cards in (("filing", filed), ("created", self - filed)):
            for owner, owned in cards.grouped("user_id").items():
                owned._keep_history(owner, reason)
        self.sudo()._keep_grades()
        self.sudo()._refresh_protection()

    def _keep_history(self, owner, reason, note=False):
        self.env["showroom.ownership"].sudo()._keep(self, owner, reason, note)

    def _hand_over(self, former, owner):
        """Open activities go to the new owner, or are closed with the pool; the former owner stops following.

        What was overdue for the former owner is not for the new one, whose rhythm begins.
        """
        self._close_overdue_activities()
        for user in set(former.values()) - {self.env["res.users"]}:
            cards = self.filtered(lambda card, user=user: former[card] == user).sudo()
            domain = [("res_model", "=", "crm.lead"), ("res_id", "in", cards.ids), ("user_id", "=", user.id)]
            activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).search(domain)
            if owner:
                activities.write({"user_id": owner.id})
            else:
                activities.unlink()
            cards.message_unsubscribe(partner_ids=user.partner_id.ids)

    # Departure

    @api.model
    def _release_to_pool(self, users, outlet=None):
        """Open cards of those who leave go to the pool, each with a transfer request to a colleague (4)."""
        domain = [("user_id", "in", users.ids), ("won_status", "=", "pending"), ("outlet_id", "!=", False)]
        if outlet:
            domain.append(("outlet_id", "=", outlet.id))
        cards = self.search(domain)
        if not cards:
            return
        cards._withdraw_transfers(self.env._("The consultant has left."))
        cards._end_notices()
        self.env["showroom.transfer"]._request_by_outlet(cards, "departure")
        cards._change_owner(self.env["res.users"], "departure")

    @api.model
    def _cron_departures(self):
        """Find cards that archived users still own, however they were archived."""
        gone = self.env["res.users"].with_context(active_test=False).search([("active", "=", False)])
        self._release_to_pool(gone)

    def _withdraw_transfers(self, comment):
        self.sudo().pending_transfer_id._withdraw(comment)

    def _end_notices(self):
        self.sudo().notice_id._end()
