from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from . import clock, said
from .showroom_cancellation_check import FINDINGS, METHODS


class ShowroomCancellation(models.Model):
    _name = "showroom.cancellation"
    _description = "Cancellation of a Card"
    _inherit = ["showroom.request.mixin"]

    owner_id = fields.Many2one("res.users", "Owner", readonly=True, ondelete="restrict")
    check_ids = fields.One2many(
        "showroom.cancellation.check", "cancellation_id", "Verifications", readonly=True,
        help="A manager speaks with the customer before the card is withdrawn (4).",
    )  # fmt: skip
    must_verify = fields.Boolean(compute="_compute_must_verify")
    can_verify = fields.Boolean(compute="_compute_can_verify")

    @api.depends("check_ids", "outlet_id", "state")
    def _compute_must_verify(self):
        for request in self:
            request.must_verify = request.state == "pending" and bool(request._why_not_verified())

    @api.depends("state", "requested_by", "owner_id")
    @api.depends_context("uid")
    def _compute_can_verify(self):
        for request in self:
            request.can_verify = request.state == "pending" and not request._why_not_verify(self.env.user)

    def _subject(self):
        card = self.sudo().lead_id
        name = card.card_number if card._kept_from_user() else card.name
        return self.env._("Withdraw the card of %(name)s: %(text)s", name=name, text=self.text)

    def _parties(self):
        return self.owner_id

    # Verification with the customer

    @said.takes(one=True, method=said.text, finding=said.text, text=said.text)
    def action_verify(self, method, finding, text):
        """Keep what a manager found when speaking with the customer; what was found before stays.

        :param method: `call` or `visit`.
        :param finding: `confirmed`, `interested` or `not_reached`.
        :raise AccessError: for consultants, for who asked for the cancellation, and for the owner of the card.
        :raise UserError: without a text, or when the request was decided.
        """
        self.ensure_one()
        self.check_access("read")
        if why_not := self._why_not_verify(self.env.user):
            raise AccessError(why_not)
        self.approval_id._lock()
        if self.state != "pending":
            raise UserError(self.env._("This request has been decided already."))
        if method not in dict(METHODS) or finding not in dict(FINDINGS):
            raise UserError(self.env._("Say how you spoke with the customer, and what you found."))
        said = {"method": method, "finding": finding, "text": self._check_text(text)}
        who = {"cancellation_id": self.id, "user_id": self.env.uid, "at": clock.now(self.env)}
        self.env["showroom.cancellation.check"].sudo().create({**who, **said})
        return True

    def _why_not_verify(self, user):
        if not user._manages(self.sudo().outlet_id):
            return self.env._("A manager verifies with the customer.")
        if user == self.sudo().requested_by or user in self.sudo()._parties():
            return self.env._("You are a party to this. Ask another manager to verify with the customer.")
        return None

    def _why_not_verified(self):
        """Why the card cannot be withdrawn yet, as a sentence; None if the policy does not ask or it was verified."""
        if not self.outlet_id.sudo().policy_id.cancellation_check:
            return None
        number, last = self.sudo().lead_id.card_number, self.sudo().check_ids[-1:]
        if last.finding == "interested":
            return self.env._("The customer of card %s is still interested: refuse the cancellation.", number)
        if last.finding != "confirmed":
            return self.env._("First verify with the customer that card %s is to be withdrawn.", number)
        return None

    def _check_verified(self):
        for request in self:
            if why_not := request._why_not_verified():
                raise UserError(why_not)

    def _approved(self):
        self._check_verified()
        for card in self.lead_id:
            if card.won_status == "won":
                raise UserError(self.env._("Card %s was won meanwhile: refuse the request.", card.card_number))
            card.action_set_lost()
            card._update_card({"is_cancelled": True})


class ShowroomApproval(models.Model):
    _inherit = "showroom.approval"

    @said.takes(comment=said.text)
    def action_approve(self, comment=False):
        """Of two approvals the first one, too, is given on what the customer said."""
        asked = self.filtered(lambda each: each.kind == "showroom.cancellation" and each.state == "pending")
        self.env["showroom.cancellation"].search([("approval_id", "in", asked.ids)])._check_verified()
        return super().action_approve(comment)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    cancellation_ids = fields.One2many("showroom.cancellation", "lead_id", "Cancellations", readonly=True)

    @said.takes(text=said.text)
    def action_request_cancellation(self, text):
        """Ask for cards to be withdrawn; a manager approves (4)."""
        Cancellation = self.env["showroom.cancellation"]
        self._check_may_cancel(self.env.user)
        text = Cancellation._check_text(text)
        self._touch()
        for card in self.sudo():
            if card.won_status != "pending" or not card.outlet_id:
                raise UserError(self.env._("Only open cards are cancelled."))
            if card.cancellation_ids.filtered(lambda each: each.state == "pending"):
                raise UserError(self.env._("A cancellation of this card is pending already."))
            vals = {"lead_id": card.id, "outlet_id": card.outlet_id.id, "owner_id": card.user_id.id, "text": text}
            Cancellation._request([vals], tiers=int(card.outlet_id.policy_id.approval_tiers))._tell_owner()
        return True

    def _check_may_cancel(self, user):
        """The owner's card is withdrawn at their word; one in the pool at that of who received the customer (4)."""
        owned = self.sudo().filtered("user_id")
        if any(card.user_id != user and not user._manages(card.outlet_id) for card in owned):
            raise AccessError(self.env._("Ask the owner of the card, or a manager, to request the cancellation."))
        self._check_may_record(user)
