from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..core import evidence, facts
from . import clock, said

METHODS = [
    ("call", "Call"),
    ("visit", "Visit"),
    ("message", "Message"),
    ("email", "Email"),
    ("test_drive", "Test Drive"),
]
FOLLOWUP_FLAWS = [
    ("not_intact", "Its ledger entry does not verify"),
    ("in_future", "It had not happened when it was recorded"),
    ("recorded_late", "Recorded too late"),
    ("not_reached", "The customer was not reached"),
]


class ShowroomFollowup(models.Model):
    _name = "showroom.followup"
    _description = "Follow-up"
    _inherit = ["showroom.evidence.mixin"]
    _order = "happened_at desc, id desc"
    _entry_kind = "followup"
    _user_fields = frozenset("lead_id method happened_at reached on_behalf_of_id outcome".split())
    _committed = ("outcome",)
    _told_columns = {name: name for name in ("consultant_id", "on_behalf_of_id", "method", "reached")} | {
        "at": "happened_at"
    }

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    consultant_id = fields.Many2one("res.users", "By", readonly=True, index=True, ondelete="restrict")
    on_behalf_of_id = fields.Many2one("res.users", "On Behalf Of", ondelete="restrict", help="Counts for them (2).")
    method = fields.Selection(METHODS, required=True, default="call")
    happened_at = fields.Datetime("Happened", required=True, default=lambda self: clock.passed(self.env))
    reached = fields.Boolean("Customer Reached", default=True)
    outcome = fields.Char()
    is_adopted = fields.Boolean(readonly=True)
    is_valid = fields.Boolean("Counts", readonly=True)
    flaw = fields.Selection(FOLLOWUP_FLAWS, "Why Not", readonly=True)

    @api.model
    def _user_vals(self, vals):
        vals = {**super()._user_vals(vals), "consultant_id": self.env.uid}
        card = self.env["crm.lead"].sudo().browse(vals.get("lead_id"))
        if not card._is_card():
            raise UserError(self.env._("Choose the customer's card to record the follow-up on."))
        card._check_may_record(self.env.user)
        if not card.filing_id and (double := card._asked_beside()):  # it would count for a customer nobody received
            raise UserError(double._told_as_double())
        self._check_absent({**vals, "outlet_id": card.outlet_id.id}, lambda: card)
        vals["happened_at"] = self._check_moment(card, fields.Datetime.to_datetime(vals["happened_at"]))
        vals["outcome"] = said.text(self.env, vals.get("outcome"))
        return {**vals, "outlet_id": card.outlet_id.id}

    @api.model
    def _check_moment(self, card, happened_at):
        if happened_at > clock.passed(self.env) and happened_at > clock.now(self.env):
            raise ValidationError(self.env._("A follow-up cannot happen in the future. Plan an activity instead."))
        if card.filing_at and happened_at >= card.filing_at:
            return happened_at  # the filing is a reception; there is no need to look for an earlier one
        first = min(card.reception_ids.mapped("arrived_at"), default=None)
        if first and happened_at < first:
            raise ValidationError(
                self.env._("The follow-up is before the customer's first reception. Correct its time.")
            )
        return happened_at

    @api.model
    def _record(self, vals_list):
        calls = super()._record(vals_list)
        self.env["crm.lead"]._after_contacts(calls.filtered("is_valid"))
        last = {call.lead_id.sudo(): (call.consultant_id, call) for call in calls}
        calls.lead_id.sudo()._tell_beside(last, lambda told, call: told._words_of_followup(call))
        others = calls.filtered(lambda each: each.lead_id.user_id and each.lead_id.user_id != each.consultant_id)
        for card, some in others.grouped("lead_id").items():
            card._tell_of_followup(some[-1:])
        return calls

    @api.model
    def _evidence(self, vals):
        facts = {name: vals.get(name) or None for name in ("consultant_id", "on_behalf_of_id", "method")}
        facts.update(self._commitments(vals))
        return {**facts, "reached": bool(vals.get("reached")), "at": fields.Datetime.to_string(vals["happened_at"])}

    def _evidence_vals(self):
        who = {"consultant_id": self.consultant_id.id, "on_behalf_of_id": self.on_behalf_of_id.id}
        return {**who, **{name: self.sudo()[name] for name in ("method", "outcome", "reached", "happened_at", "salt")}}

    def _fact(self, intact=True):
        self.ensure_one()
        who = {"consultant": self.consultant_id.id, "on_behalf_of": self.on_behalf_of_id.id or None}
        where = {"id": self.id, "ref": self.number or "", "outlet": self.outlet_id.id, "card": self.lead_id.id}
        when = {"happened_at": self.happened_at, "recorded_at": self.recorded_at}
        how = {"method": self.method, "reached": self.reached, "intact": intact, "adopted": self.is_adopted}
        return facts.FollowUp(**where, **who, **when, **how)

    @api.model
    def _verdict(self, stamped):
        """Whether a follow-up counts under its outlet's policy, and if not, why not (2)."""
        outlet = self.env["crm.team"].sudo().browse(stamped["outlet_id"])
        flaw = evidence.followup_flaw(self._stamped_fact(stamped), outlet.policy_id._in_force(), outlet._day_of())
        return {"is_valid": not flaw, "flaw": flaw or False}

    @api.model
    def _stamped_fact(self, stamped):
        """The fact of a follow-up that is not stored yet."""
        vals = {name: stamped.get(name) or False for name in self._fields}
        who = {"consultant": vals["consultant_id"], "on_behalf_of": vals["on_behalf_of_id"] or None}
        where = {"id": False, "ref": vals["number"] or "", "outlet": vals["outlet_id"], "card": vals["lead_id"]}
        when = {"happened_at": vals["happened_at"], "recorded_at": vals["recorded_at"]}
        how = {"method": vals["method"], "reached": bool(vals["reached"]), "adopted": bool(vals["is_adopted"])}
        return facts.FollowUp(**where, **who, **when, **how, intact=True)

    def _credited(self):
        return self.on_behalf_of_id or self.consultant_id
