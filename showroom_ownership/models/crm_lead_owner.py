from odoo import api, models
from odoo.exceptions import AccessError, UserError

from . import clock, said

# Identity sentinels: only code in this process can hold them, a client's context is JSON and never is them.
DOOR = object()
REGISTER = object()

# Odoo would choose the team by the owner, and work out again, for a team that stays, what follows from it.
LEFT_TO_THE_DOOR = (
    "team_id automated_probability probability stage_id lead_properties won_status date_last_stage_update"
    " prorated_revenue recurring_revenue_prorated recurring_revenue_monthly_prorated outlet_id card_kind".split()
)
CARRIES_RHYTHM = {"lapsed", "departure", "customer_request", "manager", "long_leave", "settlement"}


class CrmLead(models.Model):
    """The one door for ownership: nothing else changes the owner of a card (4)."""

    _inherit = "crm.lead"

    def write(self, vals):
        if not {"user_id", "team_id", "type", "grade_id", "closer_id"} & vals.keys():
            return super().write(vals)
        if self.env.context.get("showroom_door") is DOOR:
            return super().write(vals)
        cards = self.filtered("outlet_id")
        if not cards:
            return self._write_entering(vals)
        if cards != self:  # each by its own rules
            return (self - cards).write(dict(vals)) and cards.write(dict(vals))
        cards._check_closer(vals)
        moving = cards._moving(vals)
        if not moving:
            return self._write_graded(cards, vals)
        return self._write_moving(moving, vals)

    def _write_entering(self, vals):
        """Leads that come to an outlet by this become its cards, as those that are opened there."""
        result = super().write(vals)
        if {"user_id", "team_id", "type"} & vals.keys() and (entering := self.sudo().filtered("outlet_id")):
            entering.with_env(self.env)._enter_outlet()
        return result

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
        if team and team["team_id"] not in self.env["crm.team"]._outlet_ids():
            raise UserError(self.env._("A card stays with an outlet. Choose the sales team of another outlet."))
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
            raise AccessError(
                self.env._(
                    "Cards change hands through a transfer that a manager approves. Use 'Request Transfer' on the card."
                )
            )

    def _check_closer(self, vals):
        """A consultant names only themselves as closer, and nobody after the deal; a manager anybody."""
        closer = vals.get("closer_id")
        closed = self.filtered(lambda card: card.won_status == "won") if "closer_id" in vals else self.browse()
        renamed = closed.filtered(lambda card: card.closer_id.id != (closer or False))
        if renamed and not self.env.user._is_showroom_manager() and not self.env.su:
            raise AccessError(self.env._("The deal is closed. Ask a manager to change who closed it."))
        if closer and closer != self.env.uid and self and not self.env.user._is_showroom_manager() and not self.env.su:
            raise AccessError(self.env._("Ask a manager to name somebody else as the closer."))

    # Reassignment by a manager

    @said.takes(owner_id=said.record, note=said.text)
    def action_reassign(self, owner_id, note):
        """Give cards to a consultant directly; recorded as a transfer with reason `manager` (4).

        :raise UserError: for anybody but a manager, without a text, or to somebody who cannot own cards.
        """
        if not self.env.user._is_showroom_manager():
            raise AccessError(self.env._("Only a manager reassigns cards directly. Request a transfer instead."))
        if not (note or "").strip():
            raise UserError(self.env._("Say why the card is reassigned."))
        if not all(card.outlet_id for card in self):
            raise UserError(self.env._("Only an outlet's cards are reassigned. Change the salesperson of other leads."))
        self.check_access("write")
        self._reassign(self.env["res.users"].browse(owner_id), note)
        return True

    def _reassign(self, owner, note):
        along = self.browse().union(*self._along().values()) if owner else self.browse()
        self.sudo()._withdraw_transfers(self.env._("Reassigned by a manager."))
        if not owner:
            return self.sudo()._change_owner(owner, "manager")
        self.env["showroom.transfer"]._check_owner(owner)
        if owner == self.env.user and not self.env.su:
            raise AccessError(self.env._("Nobody gives a card to themselves. Ask another manager."))
        reason = "manager" if self.env.user._is_showroom_manager() else "assignment"
        new = self.sudo().filtered(lambda card: not card.user_id and not card.owner_departed and not card.reception_ids)
        self.env["showroom.transfer"].sudo()._keep_done(self, owner, reason, note)
        self.sudo()._change_owners(dict.fromkeys(self.sudo(), owner), reason, along=(along,))
        along._go_along(owner)
        return new._register_channel("online")  # what came in for nobody is registered for whom it is assigned to

    # The door

    def _change_owner(self, owner, reason, note=False):
        """Give cards to one owner, or to nobody."""
        self._change_owners(dict.fromkeys(self, owner), reason, note)

    @api.model
    def _change_owners(self, owners, reason, note=False, along=()):
        """Give each card to its new owner: history, activities, followers and rhythm follow.

        Called by everything that moves a card, and by nothing that has not been approved. The number of queries does
        not depend on the number of cards.

        :param owners: dict of the new owner by card; an empty recordset is the outlet's pool.
        :param along: the cards of the same customers that go to the same owners next.
        """
        owners = {card: owner for card, owner in owners.items() if card.user_id != owner}
        if not owners:
            return
        moving = self.browse([card.id for card in owners])
        former = {card: (card.user_id, card.team_id) for card in moving}
        moving._let_go(owners)  # before anything is changed: what Odoo deletes, it writes everything else for
        moving._write_owners(owners, reason)
        if reason != "long_leave":  # a substitute looks after the card as it is
            moving._end_requests()
        moving._end_notices()
        moving._refresh_rhythm()
        clusters = self.env["showroom.facts"]._clusters(moving)
        moving._refresh_contested(clusters)
        (self.browse(set().union(*clusters.values())) - moving)._refresh_contested()
        self.env["showroom.ownership"].sudo()._keep({card: owners[card] for card in moving}, reason, note)
        moving._hand_over(former, reason)
        moving._part_contacts(former, self.browse().union(*along))
        moving.sudo()._tell_of_relatives(former, reason, clusters)

    def _write_owners(self, owners, reason):
        """Owners and outlets, without what Odoo does card by card on the way: `_hand_over` does it for all at once."""
        now, teams = clock.now(self.env), self._teams_for(owners)
        quiet = self.sudo().with_context(showroom_door=DOOR, tracking_disable=True)
        with self.env.protecting([self._fields[name] for name in LEFT_TO_THE_DOOR], self):
            for owner, cards in quiet.grouped(lambda card: owners[card]).items():
                cards.write({"user_id": owner.id})
                starts = now if owner and reason in CARRIES_RHYTHM else False
                departed = reason == "departure" and not owner
                cards._update_card({"owner_since": now, "owner_departed": departed, "rhythm_start": starts})
        quiet._forget_closers()
        moved = quiet.filtered(lambda card: teams[card] != card.team_id)
        for team, cards in moved.grouped(lambda card: teams[card]).items():
            cards.write({"team_id": team.id})

    def _forget_closers(self):
        """Who was named as the closer before an open card changed hands has no part in a deal to come (5)."""
        named = self.filtered(lambda card: card.closer_id and card.won_status != "won")
        named._update_card({"closer_id": False})

    def _check_company(self, fnames=None):
        """Leads that are alike in all that is compared are asked once: one of them for all."""
        if len(self) < 2:
            return super()._check_company(fnames)
        every = fnames is None or "company_id" in fnames
        names = self._fields if every else fnames
        compared = [name for name in names if getattr(self._fields[name], "check_company", False)]
        alike = self.sudo().grouped(lambda lead: (lead.company_id, *(lead[name] for name in compared)))
        return super(CrmLead, self.browse(leads.ids[0] for leads in alike.values()))._check_company(fnames)

    def _teams_for(self, owners):
        """The outlet each card will belong to: its own if the new owner works there, else the owner's."""
        users = self.env["res.users"].sudo().union(*owners.values())
        users.fetch(["company_id", "company_ids"])  # Odoo asks for them user by user
        outlets = users._outlets_by_user()
        teams = {}
        for card in self:
            works_at = outlets.get(owners[card])
            teams[card] = works_at[0] if works_at and card.team_id not in works_at else card.team_id
        return teams

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
        self.env["showroom.ownership"].sudo()._keep(dict.fromkeys(self, owner), reason, note)

    def _end_notices(self):
        """A follow-up, a transfer or a refusal ends a notice; the next one starts over (4.4)."""
        if noticed := self.sudo().filtered("notice_id"):
            noticed.notice_id._end()
            noticed._update_card({"notice_id": False, "reminded_due": False})
