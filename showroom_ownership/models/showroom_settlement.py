from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from ..core import facts
from ..core.ruling import shares_flaw
from . import clock, said


class ShowroomSettlement(models.Model):
    """The parties agree on shares; each signs, then a manager who is no party approves (5)."""

    _name = "showroom.settlement"
    _description = "Settlement"
    _inherit = ["showroom.request.mixin"]

    share_ids = fields.One2many("showroom.settlement.share", "settlement_id", "Shares", readonly=True)

    def _subject(self):
        shares = (f"{share.user_id.name} {share.percent:g} %" for share in self.share_ids)
        return self.env._("Share the deal: %s", format_list(self.env, shares))

    def _parties(self):
        return self.share_ids.user_id

    @said.takes()
    def action_sign(self):
        """A named party agrees. When all have, the settlement waits for approval."""
        for settlement in self:
            share = settlement.sudo().share_ids.filtered(lambda each: each.user_id == self.env.user)
            if not share or settlement.state != "draft":
                raise AccessError(self.env._("Only the parties sign, and only while it is being signed."))
            share.signed_at = clock.now(self.env)
            settlement.sudo().approval_id._log("signed")
            if all(each.signed_at for each in settlement.sudo().share_ids):
                settlement.sudo().approval_id.write({"state": "pending"})
        return True

    def _approved(self):
        """A deal that is not final yet is settled at once; a later deal will be ruled by it."""
        for settlement in self:
            settlement.lead_id._check_not_final()
            for card in settlement.lead_id._same_customer():
                ruling = card.ruling_id
                if ruling and ruling.state not in ("final", "cancelled"):
                    ruling.appeal_ids._withdraw(self.env._("The parties agreed."))
                    ruling._move("final", "settlement", "negotiation", settlement._shares())

    def _shares(self):
        return tuple((share.user_id.id, Decimal(str(share.percent))) for share in self.share_ids)

    def _fact(self):
        return facts.Settlement(id=self.id, ref=f"S-{self.id:06d}", shares=self._shares(), at=self.decided_at)


class ShowroomSettlementShare(models.Model):
    _name = "showroom.settlement.share"
    _description = "Share in a Settlement"
    _inherit = ["showroom.kept.mixin"]
    _order = "percent desc, id"

    settlement_id = fields.Many2one("showroom.settlement", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Party", required=True, ondelete="restrict")
    percent = fields.Float(digits=(5, 2), required=True)
    signed_at = fields.Datetime("Signed")


class CrmLead(models.Model):
    _inherit = "crm.lead"

    settlement_ids = fields.One2many("showroom.settlement", "lead_id", "Settlements", readonly=True)

    @said.takes(one=True, shares=said.by_id)
    def action_settle(self, shares):
        """Propose shares of the deal; who proposes has signed.

        :param shares: percent by user id, whole or with at most two decimals, above 0, summing to 100.
        """
        self.ensure_one()
        self._check_shares(shares)
        if self.env.uid not in shares:
            raise AccessError(self.env._("Only a party proposes a settlement."))
        self._check_not_final()
        self._check_proposed_once()
        lines = [(0, 0, {"user_id": user, "percent": float(percent)}) for user, percent in shares.items()]
        vals = {"lead_id": self.id, "outlet_id": self.sudo().outlet_id.id, "share_ids": lines}
        settlement = self.env["showroom.settlement"]._request([vals], state="draft")
        settlement.with_env(self.env).action_sign()
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

    def _party_ids(self):
        """Everybody who received, owned or followed up the customer or one of the family, and the closer (5)."""
        cards = self._cluster()
        people = cards.user_id | cards.closer_id | cards.ownership_ids.user_id | cards.ruling_id.closer_id
        lines = cards.reception_ids.filtered(lambda line: not line.is_void)
        people |= lines.consultant_id | lines.on_behalf_of_id
        people |= cards.followup_ids.consultant_id | cards.followup_ids.on_behalf_of_id
        return set(people.ids)
