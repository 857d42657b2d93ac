from datetime import datetime
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from ..core import facts
from ..core.ruling import shares_flaw
from . import clock, said
from .showroom_ruling import OPEN_STATES


class ShowroomSettlement(models.Model):
    """The parties agree on shares; each signs, then a manager who is no party approves (5).

    It binds nobody who did not sign: who has a claim and gets no share signs to waive it.
    """

    _name = "showroom.settlement"
    _description = "Settlement"
    _inherit = ["showroom.request.mixin"]

    share_ids = fields.One2many("showroom.settlement.share", "settlement_id", "Shares", readonly=True)

    def _subject(self):
        waiving = self.share_ids.filtered("waives")
        shares = [f"{share.user_id.name} {share.percent:g} %" for share in self.share_ids - waiving]
        told = self.env._("Share the deal: %s", format_list(self.env, shares))
        if not waiving:
            return told
        names = format_list(self.env, waiving.user_id.mapped("name"))
        return self.env._("%(shares)s. Without a share: %(names)s", shares=told, names=names)

    def _parties(self):
        return self.share_ids.user_id

    @said.takes()
    def action_sign(self):
        """A named party agrees. When all have, the settlement waits for approval."""
        for settlement in self:
            share = settlement._my_share()
            settlement.sudo().lead_id._touch()  # of two who sign at once, the second one finds the first
            share.signed_at = clock.now(self.env)
            settlement.sudo().approval_id._log("signed")
            if all(each.signed_at for each in settlement.sudo().share_ids):
                settlement.sudo().approval_id.write({"state": "pending"})
        return True

    @said.takes(comment=said.text)
    def action_decline(self, comment=False):
        """A named party does not agree: the proposal is over."""
        for settlement in self:
            settlement._my_share()
            settlement.sudo().approval_id._log("refused", comment)
            settlement.sudo().approval_id._decide("refused")
        return True

    def _my_share(self):
        share = self.sudo().share_ids.filtered(lambda each: each.user_id == self.env.user)
        if not share or self.state != "draft":
            raise AccessError(self.env._("Only the parties sign, and only while it is being signed."))
        return share

    def _check_all_signed(self):
        """Who has a claim by the day of the approval, too, must have signed: the cards may have become more."""
        missing = self.lead_id._claimants() - self.share_ids.filtered("signed_at").user_id
        if missing:
            names = format_list(self.env, missing.mapped("name"))
            text = self.env._("%s has a claim to this customer and did not sign. Refuse this, and propose anew.", names)
            raise UserError(text)

    def _approved(self):
        """A deal that is not final yet is settled at once; a later deal will be ruled by it."""
        for settlement in self:
            settlement.lead_id._check_not_final()
            settlement._check_all_signed()
            for card in settlement.lead_id._same_customer():
                ruling = card.ruling_id
                if ruling and ruling.state not in ("final", "cancelled"):
                    ruling.appeal_ids._withdraw(self.env._("The parties agreed."))
                    ruling._move("final", "settlement", "negotiation", settlement._shares())

    def _shares(self):
        given = self.share_ids.filtered(lambda share: not share.waives)
        return tuple((share.user_id.id, Decimal(str(share.percent))) for share in given)

    def _fact(self):
        signed = tuple(sorted(self.share_ids.filtered("signed_at").user_id.ids))
        what = {"id": self.id, "ref": f"S-{self.id:06d}", "shares": self._shares()}
        return facts.Settlement(**what, at=self.decided_at, signed=signed)


class ShowroomSettlementShare(models.Model):
    _name = "showroom.settlement.share"
    _description = "Share in a Settlement"
    _inherit = ["showroom.kept.mixin"]
    _order = "percent desc, id"

    settlement_id = fields.Many2one("showroom.settlement", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Party", required=True, ondelete="restrict")
    percent = fields.Float(digits=(5, 2), required=True)
    signed_at = fields.Datetime("Signed")
    waives = fields.Boolean(compute="_compute_waives", help="Has a claim, and gets no share.")

    @api.depends("percent")
    def _compute_waives(self):
        for share in self:
            share.waives = not share.percent


class CrmLead(models.Model):
    _inherit = "crm.lead"

    settlement_ids = fields.One2many("showroom.settlement", "lead_id", "Settlements", readonly=True)

    @said.takes(one=True, shares=said.by_id)
    def action_settle(self, shares):
        """Propose shares of the deal; who proposes has signed.

        :param shares: percent by user id, whole or with at most two decimals, above 0, summing to 100.
        """
        self.ensure_one()
        if double := self.sudo()._asked_beside():
            raise UserError(double._told_as_double())
        self._check_shares(shares)
        if self.env.uid not in shares:
            raise AccessError(self.env._("Only a party proposes a settlement."))
        self._check_not_final()
        self._touch()  # of two proposals at the same moment one starts over, and finds the other
        self._check_proposed_once()
        signing = {**dict.fromkeys(self._claimants().ids, 0), **shares}
        lines = [(0, 0, {"user_id": user, "percent": float(percent)}) for user, percent in signing.items()]
        vals = {"lead_id": self.id, "outlet_id": self.sudo().outlet_id.id, "share_ids": lines}
        settlement = self.env["showroom.settlement"]._request([vals], state="draft")
        settlement.with_env(self.env).action_sign()
        settlement._tell(settlement.share_ids.user_id)
        return settlement.with_env(self.env)

    def _check_not_final(self):
        """The parties can settle at any time before final (5), and so can a manager approve."""
        if self.sudo().ruling_state == "final":
            raise UserError(self.env._("The ruling on this deal is final: it cannot be settled any more."))

    def _check_proposed_once(self):
        """One proposal at a time: a party may have thought of better shares, and withdraws the first."""
        waiting = self.sudo().settlement_ids.filtered(lambda each: each.state in ("draft", "pending"))
        if self.env.user in waiting.requested_by:
            raise UserError(
                self.env._("Your earlier proposal is not decided yet. Withdraw it to propose other shares.")
            )

    def _check_shares(self, shares):
        """Refuse shares that cannot stand, in words (5)."""
        texts = {
            "empty": self.env._("Name at least one party."),
            "not_a_number": self.env._("Give each share as a number."),
            "not_positive": self.env._("Each share must be above 0 %. Leave out who gets nothing."),
            "too_fine": self.env._("Give shares with at most two decimals."),
            "sum": self.env._("The shares must sum to exactly 100 %."),
        }
        flaw = shares_flaw(shares)
        if flaw:
            raise UserError(texts[flaw])
        strangers = shares.keys() - self.sudo()._party_ids()
        if strangers:
            names = format_list(self.env, self.env["res.users"].sudo().browse(strangers).mapped("name"))
            raise UserError(self.env._("%s did not receive, own or follow up this customer.", names))

    def _claimants(self):
        """Who would lose by shares of others: owners of filed cards, whom an open ruling credits or lets appeal, whom
        the deal was promised, whom the customer asked for, and who has received the customer and would be credited.

        Who has left holds no card (4); what a ruling credits stays theirs.
        """
        cards = self._cluster()
        held = cards.filtered(lambda card: card.filing_id and not card.owner_departed and not card._filing_expired())
        rulings = cards.ruling_id.filtered(lambda ruling: ruling.state in OPEN_STATES)
        people = rulings.closer_id | rulings.holder_id | rulings.share_ids.user_id | rulings.appellant_ids
        here = held.user_id | cards._lenders() | cards._promised() | cards._asked_for() | self._would_be_credited(cards)
        here = here.filtered(lambda user: user._is_here())
        return people.filtered("active") | here

    def _would_be_credited(self, cards):
        """Whose deal it would be if they closed now, as after a lapse, of those who have received the customer (5)."""
        card = self.sudo()
        received = cards.reception_ids.filtered("is_evidence").consultant_id.filtered(lambda user: user._is_here())
        received -= cards.user_id
        if card.won_status != "pending" or not received:
            return received.browse()
        made = card._forecasts([(user, None) for user in received], card._around())
        pairs = zip(received, made, strict=True)
        return received.browse([user.id for user, ruling in pairs if user.id in dict(ruling.shares)])

    def _promised(self):
        """Whom the settlement in force, or an order that stands, credits with the deal, whoever closes (5.1, 5.2)."""
        done = [("lead_id", "in", self.ids), ("state", "=", "approved")]
        agreed = self.env["showroom.settlement"].sudo().search(done).sorted("decided_at")[-1:]
        moved = self.env["showroom.transfer"].sudo().search([*done, ("reason", "=", "customer_request")])
        last = max(moved.mapped("decided_at"), default=datetime.min)
        orders = self.order_ids.filtered(lambda order: not order.cancelled_at and order.recorded_at >= last)
        return agreed.share_ids.filtered("percent").user_id | orders.by_id

    def _asked_for(self):
        """Whom the customer came to see since the card is its owner's: a deal of theirs is theirs by it (5.3)."""
        lines = self.reception_ids.filtered(lambda line: line.is_evidence and line.named_id == line.consultant_id)
        return lines.filtered(lambda line: line._moment() >= line.lead_id._owned_since()).named_id

    def _party_ids(self):
        """Everybody who received, owned or followed up the customer or one of the family, and the closer (5)."""
        cards = self._cluster()
        people = cards.user_id | cards.closer_id | cards.ownership_ids.user_id | cards.ruling_id.closer_id
        lines = cards.reception_ids.filtered(lambda line: not line.is_void)
        people |= lines.consultant_id | lines.on_behalf_of_id
        people |= cards.followup_ids.consultant_id | cards.followup_ids.on_behalf_of_id
        return set(people.ids)
