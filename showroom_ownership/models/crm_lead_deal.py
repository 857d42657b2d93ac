from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..core import facts
from ..core.dossier import day_end
from ..core.ruling import rule
from . import clock, said
from .crm_lead_owner import DOOR

AT_ONCE = 20  # what is told of a single card, such as a forecast, is made for so many in one call


class CrmLead(models.Model):
    """From a won lead to its ruling, whichever way it was won (5)."""

    _inherit = "crm.lead"

    forecast = fields.Char(
        compute="_compute_forecast", help="What the principles would say if the deal closed now (5)."
    )

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        """Every way of winning and losing passes here: buttons, kanban, import, API.

        Won cards are ruled on first: Odoo writes what the ruling leaves on them together with what winning does.
        """
        cards = self.filtered("outlet_id")
        if not cards:
            return super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        back = cards._changed("is_lost", new_status_by_lead, old_status_by_lead)
        back._check_may_come_back()
        back.filtered("is_cancelled")._update_card({"is_cancelled": False})
        won = cards._changed("is_won", old_status_by_lead, new_status_by_lead)
        won._check_known()
        owners = [card.user_id for card in won.sudo()]
        won._run_principles()
        # What follows is done as the system: the ruling may have given the card to somebody else.
        result = super(CrmLead, self.sudo())._handle_won_lost(old_status_by_lead, new_status_by_lead)
        if [card.user_id for card in won.sudo()] != owners:
            won.sudo().env.flush_all()
        if rest := cards - won:
            rest._handle_card_status(old_status_by_lead, new_status_by_lead)
        return result

    def _handle_card_status(self, old, new):
        """Cancel the rulings of what is won no more, end the filings of what was lost, file anew what comes back."""
        unwon = self._changed("is_won", new, old)
        unwon._check_may_take_back()
        unwon.sudo()._take_back_deal()
        if back := self._changed("is_lost", new, old):
            back._refresh_rhythm()  # a card that comes back is in its rhythm at once
        lost = self._changed("is_lost", old, new)
        lost._guarded()._check_not_waiting()
        lost._end_filing()

    def _changed(self, status, old, new):
        """The cards that have a status, `is_won` or `is_lost`, by the new statuses and had it not by the old ones."""
        has = lambda statuses, card: statuses.get(card.id, {}).get(status)  # noqa: E731
        return self.filtered(lambda card: has(new, card) and not has(old, card))

    def _check_known(self):
        """The principles look for the customer by the number: a card that nobody filed is not won without one (5)."""
        if any(not card.filing_id and not card.phone_sanitized for card in self._guarded()):
            raise UserError(
                self.env._("Fill in the customer's phone first: by it the principles find whose customer this is.")
            )

    def _run_principles(self):
        """Through the server action, if a dealer made more of it than it is, such as chaining their own to it."""
        action = self.env["ir.actions.server"]._own_principles()
        if not action or not self:
            return self._apply_principles()
        context = {"active_model": "crm.lead", "active_ids": self.ids, "active_id": self.ids[0]}
        return action.sudo().with_context(**context).run()

    def _apply_principles(self):
        """Rule on the won cards that have no ruling in force. Called by the server action."""
        cards = self.sudo().filtered(lambda card: card.outlet_id and card.won_status == "won" and not card.ruling_id)
        if not cards:
            return
        cards._number()  # of what is created as won: its ruling names it
        if unfiled := cards.filtered(lambda card: not card.filing_id):
            self.env["showroom.ledger.head"].sudo()._let_nobody_pass(unfiled)
        around = self.env["showroom.facts"]._around(cards)  # reads the clock, too
        now, late, leaving = clock.now(self.env), cards._perhaps_reminded(), cards._about_to_leave()
        if cards.pending_transfer_id:
            cards._withdraw_transfers(self.env._("The deal was closed."))
        cards._end_notices()
        late._close_overdue_activities()
        closers = cards._who_closed()
        outlets = {user: user._outlets() for user in set(closers.values())}
        deals = [card._deal(closer, outlets[closer], now) for card, closer in closers.items()]
        self.env["showroom.ruling"].sudo()._make(deals, around)
        cards._tell_of_deals_kept(*leaving)
        cards._tell_of_doubts(around)

    def _check_may_take_back(self):
        """Who has nothing to take from others by it: a ruling in which others have a part is a manager's to end."""
        user = self.env.user
        for card in self if not self.env.su else self.browse():
            if not user._manages(card.outlet_id) and card.sudo().ruling_id._concerns_others(user):
                text = self.env._("Others have a part in this deal. Ask a manager to take it back.")
                raise AccessError(text)

    def _take_back_deal(self):
        """The card left won: its ruling is cancelled, and the next deal is ruled anew."""
        unfiled = {card: card.ruling_id.dealt_at for card in self if card.ruling_id and not card.filing_id}
        rulings = {card: card.ruling_id for card in self}
        self.ruling_id._cancel()
        self._update_card({"closer_id": False})
        self._refile()
        self.browse(card.id for card in unfiled)._leave_to_who_filed_beside()
        for card, at in unfiled.items():
            card._file_after_deal(at)
        for card, ruling in rulings.items():
            card._tell_of_taking_back(ruling)

    # Who closed, and where

    def _who_closed(self):
        """For each card the closer named on it; else the consultant who marks it won; else the owner (5)."""
        user = self.env.user
        by_consultant = user if user._is_consultant() and user._outlets() else user.browse()
        closers = {card: card.closer_id or by_consultant or card.user_id for card in self}
        nobody = next((card for card, closer in closers.items() if not closer), None)
        if nobody:
            raise UserError(self.env._("Say who closed the deal of %s: fill in the closer.", nobody.name))
        return closers

    def _deal(self, closer, outlets, at):
        return facts.Deal(card=self.id, outlet=self._deal_outlet(closer, outlets).id, closer=closer.id, at=at)

    def _deal_outlet(self, closer, outlets):
        """The closer's outlet: the card's if they work there, else where they last received the customer."""
        if not outlets or self.outlet_id in outlets:
            return self.outlet_id
        lines = self.reception_ids.filtered(lambda line: line.consultant_id == closer and line.outlet_id in outlets)
        return lines.sorted(lambda line: (line.recorded_at, line.id))[-1:].outlet_id or outlets[0]

    def _confirm_deal(self, closer):
        """Win the card for a closer who may have no access to it."""
        stage = self.sudo()._stage_find(domain=[("is_won", "=", True)])
        if not stage:
            raise UserError(self.env._("No stage of the pipeline is marked as won. Ask an administrator."))
        self.sudo().with_context(showroom_door=DOOR).write({"closer_id": closer.id})
        self.sudo().with_context(showroom_door=None).write({"stage_id": stage.id})

    @said.takes()
    def action_confirm_deal(self):
        """The Won button for a closer; for others than the owner use the reception."""
        self.check_access("write")
        self.action_set_won()
        return True

    # Forecast

    @api.depends_context("uid", "lang")
    def _compute_forecast(self):
        self.forecast = False
        self[AT_ONCE:].filtered("outlet_id").forecast = self.env._("Open the card to read this.")
        for card in self[:AT_ONCE]:
            closer = card.closer_id or (self.env.user if self.env.user._is_consultant() else card.user_id)
            open_card = card.outlet_id and card.id and card.won_status == "pending" and closer
            card.forecast = card._forecast_text(closer) if open_card else False

    def _forecast_text(self, closer):
        """The forecast in a sentence, and what would change it."""
        words, around = self.env["showroom.wording"], self._around()
        colleague, later = self._forecast_change(closer)
        made, *then = self._forecasts([(closer, None), *([(colleague, later)] if colleague else ())], around)
        text = words._forecast(made, closer)
        if not then or not self._makes_a_difference(closer, made, then[0]):
            return text
        day = fields.Date.add(self.sudo().followup_due, days=1)
        change = self.env._("From %s on, without a follow-up, a colleague who closes is credited.", day)
        return f"{text} {change}"

    def _around(self):
        """What there is around the card, and what time it is."""
        return self.env["showroom.facts"].sudo()._around(self.sudo())

    def _forecast(self, closer, at=None):
        """The ruling as it would be if a consultant closed now.

        :return: a `core.ruling.Ruling`; nothing is stored.
        """
        return self._forecasts([(closer, at)], self._around())[0]

    def _forecasts(self, closings, around):
        """The rulings as they would be if one or another closed; the facts are gathered once.

        :param closings: a list of who closes, and when; None: now.
        """
        self.ensure_one()
        card, now = self.sudo(), clock.now(self.env)
        deals = [card._deal(closer, closer._outlets(), at or now) for closer, at in closings]
        gathered, _entries = self.env["showroom.facts"]._gather_cited(deals, around)
        policy = card.outlet_id.policy_id._in_force()
        return [rule(each, policy) for each in gathered]

    def _forecast_change(self, closer):
        """The day after the due date, on which a colleague of the owner may be credited: who, and when that is."""
        card = self.sudo()
        due = card.followup_due
        if not due or due < card.outlet_id._today():
            return None, None
        colleague = (card.outlet_id._consultants() - card.user_id)[:1] if closer == card.user_id else closer
        return colleague, day_end(due, card.outlet_id.tz)

    def _makes_a_difference(self, closer, made, then):
        """Whether the ruling after the due date is another one; to the owner it is if it is for their lapse."""
        lapsed = then.ground == "holder_lapsed" or closer != self.sudo().user_id
        return lapsed and then.ground != made.ground

    @said.takes(one=True, closer_id=said.record)
    def get_forecast(self, closer_id=False):
        """The forecast for a chosen consultant, for the card form and for remote callers.

        :return: dict with ground, state, shares by user id and the sentence.
        """
        self.ensure_one()
        self.check_access("read")
        closer = self.env["res.users"].browse(closer_id) if closer_id else self.env.user
        if not self.outlet_id or closer != self.env.user and not self.env.user._is_showroom_manager():
            raise AccessError(self.env._("Ask for the forecast of your own closing; a manager can ask for anybody's."))
        made = self._forecast(closer)
        shares = {user: float(percent) for user, percent in made.shares}
        text = self.env["showroom.wording"]._forecast(made, closer)
        return {"ground": made.ground, "state": made.state, "shares": shares, "text": text}
