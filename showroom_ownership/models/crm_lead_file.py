from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_list

from . import clock, said
from .columns import CARD

# What a complete file has, and where the policy can do without it.
CARD_FILE = {
    "contact_name": None,
    "phone": None,
    "grade_id": "card_needs_grade",
    "interest": "card_needs_interest",
    "source_id": "card_needs_source",
}


class CrmLead(models.Model):
    """The card's file: its consultant completes it within the policy's local days of the reception (6)."""

    _inherit = "crm.lead"

    interest = fields.Char(
        "Model of Interest", help="As the register has it, or as the consultant learned since.", prefetch=CARD
    )
    card_due = fields.Date(
        readonly=True, copy=False, index="btree_not_null",
        help="The last local day on which the owner completes the card in time (6).",
    )  # fmt: skip
    completed_at = fields.Datetime("Card Completed", readonly=True, copy=False)
    completed_by_id = fields.Many2one(
        "res.users", "Completed By", readonly=True, copy=False, ondelete="restrict", prefetch=CARD
    )
    card_lapsed = fields.Boolean(
        "Card Not Completed in Time",
        readonly=True,
        copy=False,
        help="A lapse of duty was noted against the owner (6).",
        prefetch=CARD,
    )
    card_missing = fields.Char("Still Missing", compute="_compute_card_missing")
    card_state = fields.Selection(
        [("due", "To complete"), ("late", "Not completed in time")], "Card File", compute="_compute_card_missing"
    )

    @api.depends("card_due", "completed_at", "partner_id", *CARD_FILE)
    @api.depends_context("lang")
    def _compute_card_missing(self):
        asked = self.filtered(lambda card: card.card_due and not card.completed_at and card.won_status == "pending")
        days = {outlet: outlet.sudo()._today() for outlet in asked.outlet_id}
        (self - asked).update({"card_missing": False, "card_state": False})
        for card in asked:
            card.card_missing = ", ".join(card._missing_in_file())
            card.card_state = "late" if days[card.outlet_id] > card.card_due else "due"

    def _missing_in_file(self):
        """The labels of what the policy asks for and the card has not."""
        policy = self.outlet_id.sudo().policy_id
        asked = [name for name, choice in CARD_FILE.items() if not choice or policy[choice]]
        missing = [name for name in asked if not self[name]]
        if self.partner_id:
            missing = [name for name in missing if name != "contact_name"]
        return [self._fields[name]._description_string(self.env) for name in missing]

    # Asking for it

    def _open_history(self, lines):
        result = super()._open_history(lines)
        self.filtered(lambda card: card not in lines or not lines[card].attested_before)._ask_for_file()
        return result

    @api.model
    def _change_owners(self, owners, reason, note=False, along=()):
        """Who gets a card that nobody completed has the same days for it as the first owner had."""
        unfinished = [
            card.id for card, to in owners.items() if card.user_id != to and card.card_due and not card.completed_at
        ]
        mine = self.browse(unfinished)
        result = super()._change_owners(owners, reason, note, along)
        if mine:
            mine._close_file_activities()
            mine._ask_for_file()
        return result

    def _reopen(self):
        """The reception that reopens a card asks for its file anew, if nobody ever completed it."""
        result = super()._reopen()
        self.filtered(lambda card: not card.completed_at)._ask_for_file()
        return result

    def _take_back_deal(self):
        result = super()._take_back_deal()
        self.filtered(lambda card: card.card_due and not card.completed_at)._ask_for_file()
        return result

    def _ask_for_file(self):
        """Say until when the file is to be complete, where the policy asks for one."""
        values = {}
        for outlet, cards in self.sudo().grouped("outlet_id").items():
            if days := outlet.policy_id._days_to_complete():
                due = fields.Date.add(outlet._today(), days=days)
                values.update({card: {"card_due": due, "card_lapsed": False} for card in cards})
        self._update_cards(values)

    # Completing

    @said.takes()
    def action_complete_card(self):
        """Hand in the file of cards as complete. For their owners and for managers.

        :raise AccessError: for anybody else.
        :raise UserError: while something that the policy asks for is missing; it names what.
        """
        self.check_access("read")
        cards = self.filtered(lambda card: not card.completed_at)
        for card in cards:
            card._check_complete()
        cards.sudo()._complete()
        return True

    def _check_complete(self):
        if self.env.user != self.user_id and not self.env.user._is_showroom_manager():
            raise AccessError(self.env._("The owner of the card completes it, or a manager."))
        if not self.outlet_id:
            raise UserError(self.env._("Only an outlet's cards are completed."))
        if missing := self._missing_in_file():
            text = self.env._("Card %(number)s is not complete. Fill in: %(missing)s.",
                number=self.card_number, missing=format_list(self.env, missing))  # fmt: skip
            raise UserError(text)

    def _complete(self):
        """What was late is noted, also when no scheduled action came by in between."""
        days = {outlet: outlet._today() for outlet in self.outlet_id}
        late = self.filtered(lambda card: card.card_due and card.card_due < days[card.outlet_id])
        late.filtered(lambda card: not card.card_lapsed)._note_lapse()
        self._update_card({"completed_at": clock.now(self.env), "completed_by_id": self.env.uid})
        self._close_file_activities()

    def _close_file_activities(self):
        kind = self.env["mail.activity"]._type_id("showroom_ownership.mail_activity_type_card")
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids), ("activity_type_id", "=", kind)]
        if kind and self:
            self.env["mail.activity"].sudo().search(domain).unlink()

    # Scheduled

    @api.model
    def _cron_card_files(self):
        """Remind owners of cards to complete; after the due date, note the lapse of duty (6)."""
        self.env["showroom.batch"]._run(self._claim_unasked, self._remind_batch)
        self.env["showroom.batch"]._run(self._claim_late, self._lapse_batch)

    @api.model
    def _claim_unasked(self, limit):
        kind = self.env.ref("showroom_ownership.mail_activity_type_card")
        unasked = Domain("activity_ids", "not any", [("activity_type_id", "=", kind.id)])
        return self._claim_incomplete(Domain("outlet_id.policy_id.card_due_days", ">", 0) & unasked, limit)

    @api.model
    def _claim_late(self, limit):
        """Cards whose last day has passed at their outlet."""
        days = self.env["crm.team"]._outlet_days(clock.now(self.env))
        late = [Domain("outlet_id", "=", outlet) & Domain("card_due", "<", today) for outlet, today in days.items()]
        asked = Domain("outlet_id.policy_id.card_due_days", ">", 0) & Domain("card_lapsed", "=", False)
        return self._claim_incomplete(asked & Domain.OR(late), limit)

    @api.model
    def _claim_incomplete(self, domain, limit):
        owned = Domain("outlet_id", "!=", False) & Domain("user_id", "!=", False)
        asked = Domain("card_due", "!=", False) & Domain("completed_at", "=", False)
        cards = self.search(domain & owned & asked & Domain("won_status", "=", "pending"), limit=limit, order="id")
        return cards.try_lock_for_update(allow_referencing=True)

    @api.model
    def _remind_batch(self, cards):
        kind = self.env.ref("showroom_ownership.mail_activity_type_card")
        model = self.env["ir.model"]._get_id("crm.lead")
        vals = [card._file_activity_vals(kind, model) for card in cards]
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(vals)

    def _file_activity_vals(self, kind, model):
        """In the owner's language."""
        summary = self.with_context(lang=self.user_id.lang).env._("Complete the card")
        who = {"user_id": self.user_id.id, "date_deadline": self.card_due, "summary": summary}
        return {"res_model_id": model, "res_id": self.id, "activity_type_id": kind.id, **who}

    @api.model
    def _lapse_batch(self, cards):
        cards.filtered(lambda card: not card.card_lapsed and not card.completed_at)._note_lapse()

    def _note_lapse(self):
        self.env["showroom.conduct"].sudo().create([card._lapse_vals() for card in self if card.user_id])
        self._update_card({"card_lapsed": True})

    def _lapse_vals(self):
        what = {"kind": "lapse", "reason": "card_late", "day": self.card_due}
        return {**what, "user_id": self.user_id.id, "outlet_id": self.outlet_id.id, "lead_id": self.id}
