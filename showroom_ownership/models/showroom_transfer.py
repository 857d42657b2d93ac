from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list, partition

from ..core import facts
from . import clock, said

REASONS = [
    ("lapsed", "Not followed up in time"),
    ("departure", "Consultant left"),
    ("customer_request", "Customer's request"),
    ("settlement", "Settlement"),
    ("ruling", "Ruling"),
    ("manager", "Manager's reassignment"),
    ("assignment", "First assignment"),
    ("long_leave", "Long leave"),
]
CONSULTANT_REASONS = ("customer_request", "long_leave")


class ShowroomTransfer(models.Model):
    _name = "showroom.transfer"
    _description = "Transfer of a Card"
    _inherit = ["showroom.request.mixin"]

    from_id = fields.Many2one("res.users", "From", readonly=True, index=True, ondelete="restrict")
    to_id = fields.Many2one("res.users", "To", index=True, ondelete="restrict", readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)

    def _subject(self):
        reason = dict(self._fields["reason"]._description_selection(self.env))[self.reason]
        return self.env._("From %(from)s to %(to)s: %(reason)s", reason=reason,
            **{"from": self.from_id.name or "-", "to": self.to_id.name or "-"})  # fmt: skip

    def _parties(self):
        return self.from_id | self.to_id

    # Requests

    @api.model
    def _check_owner(self, user):
        """Who can own a card: an active consultant or manager of an outlet who is not suspended."""
        if not user.exists() or not user.sudo().active or not user.sudo()._outlets():
            raise UserError(self.env._("Choose an active consultant of an outlet."))
        if user._suspended():
            raise UserError(
                self.env._("%s is suspended and is given no cards. Choose somebody else.", user.sudo().name)
            )

    @api.model
    def _ask(self, cards, to, reason, text):
        """File requests for cards in a person's name."""
        if not all(card.outlet_id for card in cards.sudo()):
            raise UserError(self.env._("Only an outlet's cards are transferred."))
        cards._check_may_ask(self.env.user)
        self._check_reason(cards.sudo(), reason)
        text = self._check_text(text)
        self._check_owner(to)
        self._check_free(cards, to)
        requests = self._file([card._transfer_vals(to, reason, text) for card in cards.sudo()])
        requests._tell_owner()
        return requests

    @api.model
    def _check_reason(self, cards, reason):
        """Managers give any reason; of a leave, who goes on it speaks."""
        if self.env.user._manages(cards.outlet_id):
            return
        if reason not in CONSULTANT_REASONS:
            raise AccessError(self.env._("Ask for a transfer at the customer's request or for a long leave."))
        if reason == "long_leave" and cards.user_id - self.env.user:
            raise AccessError(self.env._("For a long leave, the owner gives the card away, or a manager."))

    @api.model
    def _check_free(self, cards, to):
        for card in cards.sudo():
            if card.won_status != "pending":
                raise UserError(self.env._("Card %s is closed: only open cards are transferred.", card.card_number))
            if card.pending_transfer_id and not card._waits_beside():
                raise UserError(self.env._("Card %s has a transfer pending already.", card.card_number))
            if card.user_id == to:
                raise UserError(self.env._("Card %(card)s is %(name)s's already.", card=card.card_number, name=to.name))

    @api.model
    def _file(self, vals_list):
        """File requests, each under the tiers of its outlet's policy, and show them on the cards."""
        transfers = self.sudo().browse()
        for tiers, batch in self._by_tiers(vals_list):
            transfers |= self._request(batch, tiers=tiers)
        self.env["crm.lead"]._update_cards({each.lead_id: {"pending_transfer_id": each.id} for each in transfers})
        return transfers

    @api.model
    def _by_tiers(self, vals_list):
        batches = defaultdict(list)
        for vals in vals_list:
            outlet = self.env["crm.team"].sudo().browse(vals["outlet_id"])
            batches[int(outlet.policy_id.approval_tiers)].append(vals)
        return batches.items()

    @api.model
    def _request_by_outlet(self, cards, reason):
        """Propose the next owner for each card of a lapse or a departure (4.3)."""
        by_outlet = cards.grouped("outlet_id")
        vals_list = [vals for outlet, mine in by_outlet.items() for vals in self._proposals(outlet, mine, reason)]
        at_once, asked = partition(self._goes_at_once, vals_list)
        self._carry_out(at_once)
        requests = self._file(asked)
        if reason == "lapsed":
            requests.lead_id.notice_id._lapse()

    @api.model
    def _proposals(self, outlet, cards, reason):
        owners = outlet._next_owners([card.user_id for card in cards])
        pairs = zip(cards, owners, strict=True)
        return [{**card._transfer_vals(owner, reason, False), "requested_by": SUPERUSER_ID} for card, owner in pairs]

    @api.model
    def _goes_at_once(self, vals):
        """Whether the outlet's policy passes lapsed cards on without a manager, and there is somebody to have it."""
        outlet = self.env["crm.team"].sudo().browse(vals["outlet_id"])
        return vals["reason"] == "lapsed" and vals["to_id"] and outlet.policy_id.lapse_transfer == "automatic"

    @api.model
    def _carry_out(self, vals_list):
        """Without a manager; kept as approved by the system, which nobody asked."""
        if not vals_list:
            return
        now = clock.now(self.env)
        decided = {"requested_by": False, "requested_at": now, "decided_by": self.env.uid, "decided_at": now}
        transfers = self._request([{**vals, **decided} for vals in vals_list], state="approved")
        transfers.approval_id._log("approved", self.env._("By the policy."), at=now)
        transfers._approved()

    @api.model
    def _keep_done(self, cards, owner, reason, note):
        """A manager's own reassignment is a transfer too, approved as it is made."""
        vals = [{**card._transfer_vals(owner, reason, note), "requested_by": False} for card in cards]
        transfers = self._request(vals, state="approved")
        transfers.approval_id._log("approved", note)
        transfers.approval_id.write({"decided_by": self.env.uid, "decided_at": transfers[:1].requested_at})

    # Decisions

    @said.takes(owner_id=said.record, comment=said.text)
    def action_approve_to(self, owner_id, comment=False):
        """Approve a selection, all of it with another new owner than proposed."""
        return self.action_approve_each(dict.fromkeys(self.ids, owner_id), comment)

    @said.takes(owners=said.records_by_id, comment=said.text)
    def action_approve_each(self, owners, comment=False):
        """Approve a selection, each with the new owner named for it; who is not named goes where was proposed.

        :param owners: the new owner's id by the id of the transfer.
        :raise UserError: if one cannot be approved, or cannot go there; then none is.
        """
        self.check_access("read")
        self.approval_id._lock()._check_may_decide()
        self._propose(owners)
        return self.approval_id.action_approve(comment)

    def _propose(self, owners):
        """Change to whom cards go; what was proposed before is kept as a step of the approval."""
        wanted = {int(transfer): int(owner or 0) for transfer, owner in owners.items()}
        changed = self.filtered(lambda each: wanted.get(each.id, each.to_id.id) != each.to_id.id)
        for (old, owner_id), transfers in changed.grouped(lambda each: (each.to_id, wanted[each.id])).items():
            owner = self.env["res.users"].browse(owner_id)
            transfers.sudo()._check_new_owner(owner)
            transfers.approval_id._log("changed", f"{old.sudo().name or '-'} → {owner.name}")
            transfers.sudo().write({"to_id": owner.id})
        changed.sudo().approval_id._keep_parties()

    def _check_new_owner(self, owner):
        """Somebody who can own cards, who does not own one of these, and who is not deciding on it."""
        try:
            self._check_owner(owner)
        except UserError as error:
            who, cards = owner.sudo().exists().name or "-", format_list(self.env, self.mapped("lead_id.card_number"))
            told = self.env._("Card %(cards)s cannot go to %(name)s. %(why)s", cards=cards, name=who, why=error)
            raise UserError(told) from error
        if owner == self.env.user:
            raise AccessError(self.env._("Nobody approves a card for themselves."))
        same = self.lead_id.filtered(lambda card: card.user_id == owner)[:1]
        if same:
            number = same.card_number
            raise UserError(self.env._("Card %(card)s is %(name)s's already.", card=number, name=owner.name))

    def _spread(self, consultants):
        """Deal cards out evenly again, none to who owns or owned it: the first to who has fewest open cards (4.3).

        :return: the new owner by transfer; who has nobody to go to is left out.
        """
        open_cards = self.env["crm.lead"].sudo()._open_cards_by_owner(consultants)
        dealt = dict.fromkeys(consultants, 0)
        owners = {}
        for transfer in self:
            others = consultants - transfer.from_id
            if others:
                chosen = min(others, key=lambda user: (dealt[user], open_cards[user.id], user.id))
                dealt[chosen] += 1
                owners[transfer] = chosen
        return owners

    def _approved(self):
        without = self.filtered(lambda transfer: not transfer.to_id)
        if without:
            raise UserError(self.env._("Choose who is to have card %s.", without[0].lead_id.card_number))
        self._check_still_received()
        known = self.to_id._outlet_members() - self.env.user
        for owner, transfers in self.grouped("to_id").items():
            if owner not in known or owner in transfers._cards().user_id:
                transfers._check_new_owner(owner)  # who may have left since it was asked
        along = self._along_by_owner()
        for reason, transfers in self.grouped("reason").items():
            owners = {transfer._cards(): transfer.to_id for transfer in transfers}
            self.env["crm.lead"]._change_owners(owners, reason, along=along.values())
        self._clear_cards()
        for owner, cards in along.items():
            cards._go_along(owner)

    def _along_by_owner(self):
        """What else is of customers who go to a colleague because they or a manager want it, by the colleague (4)."""
        wanted = self.filtered(lambda transfer: transfer.reason in ("customer_request", "manager"))
        others, along = wanted._cards()._along(), defaultdict(self.env["crm.lead"].browse)
        for transfer in wanted:
            along[transfer.to_id] |= others[transfer._cards()]
        return along

    def _refused(self):
        self._clear_cards()

    def _withdrawn(self):
        self._clear_cards()

    def _clear_cards(self):
        """The request is over, and with it the notice that led to it; what was asked besides ends no notice (4.4)."""
        cards, left = self._cards(), self._others_pending()
        cards._update_cards({card: {"pending_transfer_id": left.get(card, False)} for card in cards})
        self.filtered(lambda each: each.reason == "lapsed")._cards()._end_notices()

    def _cards(self):
        """Read where they are kept: what is inherited is worked out card by card."""
        return self.approval_id.lead_id

    def _fact(self):
        where = {"id": self.id, "ref": f"T-{self.id:06d}", "card": self.lead_id.id}
        return facts.Transfer(**where, to=self.to_id.id, reason=self.reason, at=self.decided_at)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _transfer_vals(self, to, reason, text):
        who = {"from_id": self.user_id.id, "to_id": to.id, "reason": reason, "text": text}
        return {**who, "lead_id": self.id, "outlet_id": self.outlet_id.id}

    @said.takes(owner_id=said.record, reason=said.one_of(REASONS), text=said.text)
    def action_request_transfer(self, owner_id, reason, text):
        """Ask for cards to go to a consultant; a manager approves (4).

        :param reason: `customer_request` or `long_leave`; managers may give any reason.
        """
        self.env["showroom.transfer"]._ask(self, self.env["res.users"].browse(owner_id), reason, text)
        return True
