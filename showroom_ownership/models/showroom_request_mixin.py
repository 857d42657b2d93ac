from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from . import clock, said


class ShowroomRequestMixin(models.AbstractModel):
    """A request that waits for approval. Its state lives in the approval it delegates to.

    Every kind of request has a method `_subject()` of its own: what is asked for, in a sentence.
    """

    _name = "showroom.request.mixin"
    _description = "Request for Approval"
    _inherit = ["showroom.kept.mixin"]
    _order = "id desc"
    _inherits = {"showroom.approval": "approval_id"}
    _allow_sudo_commands = False

    approval_id = fields.Many2one("showroom.approval", required=True, index=True, ondelete="cascade", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        requests.sudo().approval_id._keep_parties()
        return requests

    @api.model
    def _request(self, vals_list, state="pending", tiers=1):
        """File requests as the system; who may file was checked before."""
        stamp = {"kind": self._name, "state": state, "tiers": tiers}
        stamp.update(requested_by=self.env.uid, requested_at=clock.now(self.env))
        return said.without_defaults(self.sudo())._store([{**stamp, **vals} for vals in vals_list])

    @api.model
    def _store(self, vals_list):
        return self.create(vals_list)

    def _tell_owner(self):
        """Nothing is asked of a card behind its owner's back."""
        lenders = self.lead_id._lenders_by_card()
        for request in self:
            request._tell(request.lead_id.user_id | lenders[request.lead_id.id])

    def _tell(self, users):
        """The request in a sentence, to others than who filed it; each in their language."""
        for user in (users - self.requested_by).filtered("active"):
            words = self.with_context(lang=user.lang)
            subject = words.env._("A request about card %s", self.lead_id.card_number)
            body = words.env._("%(who)s asks: %(what)s", who=self.requested_by.name or "-", what=words._subject())
            self.lead_id.message_notify(partner_ids=user.partner_id.ids, subject=subject, body=body)

    def _parties(self):
        """Who cannot decide because it is about them."""
        return self.env["res.users"]

    def _concerned(self):
        """{request: who cannot decide because it is about them by now}.

        Its parties, whose the card is, who lent it, and whom other requests would give it to.
        """
        cards, others = self.lead_id, self.env["showroom.approval"]
        lenders = cards._lenders_by_card() if cards else {}
        waiting = others.search([("lead_id", "in", cards.ids), ("state", "=", "pending")]) if cards else others
        wanting = waiting.grouped("lead_id")
        return {
            each: each._parties() | each.lead_id.user_id | wanting.get(each.lead_id, others).party_ids
            | lenders.get(each.lead_id.id, self.env["res.users"])
            for each in self
        }  # fmt: skip

    def _approved(self):
        """Carry out what was approved."""

    def _refused(self):
        """What a refusal brings about."""

    def _withdraw(self, comment=False):
        """Take back what is still pending; kept with who, when and why."""
        self.filtered(lambda request: request.state in ("draft", "pending"))._take_back(comment)

    def _take_back(self, comment):
        self.approval_id._log("withdrawn", comment)
        self.approval_id._decide("withdrawn")
        self._withdrawn()

    def _withdrawn(self):
        """What a withdrawal brings about."""

    @said.takes(comment=said.text)
    def action_approve(self, comment=False):
        return self.approval_id.action_approve(comment)

    @said.takes(comment=said.text)
    def action_refuse(self, comment=False):
        return self.approval_id.action_refuse(comment)

    @said.takes()
    def action_withdraw(self):
        """Who filed a request can withdraw it while it is pending."""
        for request in self:
            if request.requested_by != self.env.user:
                raise AccessError(self.env._("Only who filed a request can withdraw it."))
            if request.state not in ("draft", "pending"):
                raise UserError(self.env._("This request has been decided already."))
        self.sudo()._withdraw()
        return True

    @api.model
    def _check_text(self, text):
        text = said.text(self.env, text)
        if not text:
            raise UserError(self.env._("Give a reason."))
        return text


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _check_may_record(self, user):
        """Who owns the card, manages, or has received the customer may record on it or ask for it (2).

        A card opened by hand with the customer's number is no reception, unless the policy makes it a filing.
        """
        if not all(card._may_record(user) for card in self.sudo()):
            raise AccessError(self.env._("You have not received this customer. Register the reception first."))

    def _may_record(self, user):
        if user == self.user_id or user._manages(self.outlet_id):
            return True
        came = self.reception_ids.filtered(lambda line: line.channel != "outreach" or line.is_evidence)
        lines = came.filtered(lambda line: not line.is_void)
        return bool(lines.filtered(lambda line: user in (line.consultant_id, line.on_behalf_of_id)))
