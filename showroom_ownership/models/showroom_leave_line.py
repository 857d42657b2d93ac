from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

STATES = [
    ("planned", "Planned"),
    ("lent", "With the substitute"),
    ("back", "Came back"),
    ("kept", "Stayed where it was"),
    ("skipped", "Did not go"),
]


class ShowroomLeaveLine(models.Model):
    """One card of a long leave: goes to a substitute by the one door, and comes back by it."""

    _name = "showroom.leave.line"
    _description = "Card during a Long Leave"
    _inherit = ["showroom.kept.mixin"]
    _order = "id"
    _allow_sudo_commands = False

    leave_id = fields.Many2one(
        "showroom.leave", "Long Leave", required=True, readonly=True, index=True, ondelete="restrict"
    )
    lead_id = fields.Many2one("crm.lead", "Card", required=True, readonly=True, index=True, ondelete="restrict")
    substitute_id = fields.Many2one(
        "res.users", "Substitute", required=True, readonly=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="planned", index=True)
    loan_id = fields.Many2one(
        "showroom.ownership", "Given On", readonly=True, ondelete="restrict", index="btree_not_null",
        help="The line of the card's history by which the substitute got it.",
    )  # fmt: skip

    # Arranging

    @api.model
    def _check_cards(self, consultant, substitutes):
        """Refuse what cannot be arranged, in words."""
        for card in substitutes:
            card = card.sudo()
            if card.user_id != consultant or card.won_status != "pending" or not card.outlet_id:
                raise UserError(self.env._(
                    "Card %(card)s is not an open card of %(name)s any more. Start the arrangement again.",
                    card=card.card_number or card.name, name=consultant.sudo().name,
                ))  # fmt: skip
        self._check_pairs(consultant, [(card.sudo().outlet_id, user) for card, user in substitutes.items()])

    def _check_substitutes(self):
        """The substitutes may have left since they were chosen."""
        for leave, lines in self.grouped("leave_id").items():
            self._check_pairs(leave.consultant_id, [(line.lead_id.outlet_id, line.substitute_id) for line in lines])

    @api.model
    def _check_pairs(self, consultant, pairs):
        for outlet, user in dict.fromkeys(pairs):
            self.env["showroom.transfer"]._check_owner(user)
            if user == consultant or outlet not in user.sudo()._outlets():
                text = self.env._("%(name)s cannot look after cards of %(outlet)s: choose a colleague of that outlet.")
                raise UserError(text % {"name": user.sudo().name, "outlet": outlet.name})

    @api.model
    def _planned_by_owner(self, users):
        """How many cards each user is going to look after."""
        domain = [("substitute_id", "in", users.ids), ("state", "=", "planned")]
        domain.append(("leave_id.state", "in", ("pending", "approved")))
        return {user.id: count for user, count in self._read_group(domain, ["substitute_id"], ["__count"])}

    # Moving

    @api.model
    def _cron_leaves(self):
        """Give the cards of leaves that begin to the substitutes, and back after the last day; catches up (4)."""
        approved = Domain("leave_id.state", "=", "approved")
        for outlet in self.env["crm.team"].search([("outlet_kind", "!=", False)]):
            mine, today = approved & Domain("leave_id.outlet_id", "=", outlet.id), outlet._today()
            over = Domain("leave_id.last_day", "<", today) | Domain("leave_id.ended_at", "!=", False)
            self._each_safely(type(self)._bring_back, mine & over & Domain("state", "=", "lent"))
            self._each_safely(type(self)._skip, mine & over & Domain("state", "=", "planned"))
            begun = Domain("state", "=", "planned") & Domain("leave_id.first_day", "<=", today)
            self._each_safely(type(self)._lend, mine & begun & ~over)

    @api.model
    def _each_safely(self, step, domain, batch=500):
        """Take lines in batches; a batch that fails is taken one by one, and what fails is set aside and reported."""
        done = set()
        while lines := self.search(domain & Domain("id", "not in", list(done)), limit=batch):
            done |= set(lines.ids)
            self.env["showroom.failure"]._guard(step, lines)
            if not self.env["ir.cron"]._commit_progress(len(lines)):
                return

    def _skip(self):
        """The leave was over before the cards went."""
        self._locked("planned").write({"state": "skipped"})

    def _lend(self):
        """The first day: what is still the consultant's and open goes to the substitutes; the rest stays."""
        lines = self._locked("planned")
        going = lines.filtered(lambda line: line._is_open() and line.lead_id.user_id == line.leave_id.consultant_id)
        (lines - going).write({"state": "skipped"})
        going._check_substitutes()
        self.env["showroom.transfer"]._propose_others(going.leave_id.consultant_id)
        for (leave, owner), some in going.grouped(lambda line: (line.leave_id, line.substitute_id)).items():
            some._move(owner, leave)
        latest = going.lead_id._latest_history()
        for line in going:
            line.write({"state": "lent", "loan_id": latest[line.lead_id].id})

    def _bring_back(self):
        """After the last day: what is open and has changed hands since for long leaves only goes back."""
        lines = self._locked("lent")
        back = lines._on_loan()._wanted_back()
        back -= back._lent_on()
        (lines - back).write({"state": "kept"})
        back._lent_on().write({"state": "kept"})
        back.lead_id._end_requests_of_substitutes()
        back.lead_id._end_announcements_of_substitutes()
        for leave, some in back.grouped("leave_id").items():
            some._move(leave.consultant_id, leave)
        back.write({"state": "back"})

    def _locked(self, state):
        """The lines that are still in a state, held for this transaction: a manager may end a leave meanwhile."""
        lines = self.sudo().try_lock_for_update()
        lines.invalidate_recordset(["state"])
        return lines.filtered(lambda line: line.state == state)

    def _move(self, owner, leave):
        """Change hands as an approved transfer, which carries the filing; a request for lapse has lost its reason."""
        cards, note = self.lead_id, leave._note()
        lapsed = cards.pending_transfer_id.filtered(lambda transfer: transfer.reason == "lapsed")
        lapsed._withdraw(note)
        self.env["showroom.transfer"]._keep_done(cards, owner, "long_leave", note)
        cards._change_owner(owner, "long_leave", note)

    def _is_open(self):
        return self.lead_id.active and self.lead_id.won_status == "pending"

    def _wanted_back(self):
        """The open cards of consultants who are still at their outlet and are given cards."""
        suspended = self.leave_id.consultant_id._suspended()
        return self.filtered(lambda line: line.leave_id.consultant_id not in suspended and line._is_wanted_back())

    def _is_wanted_back(self):
        consultant, card = self.leave_id.consultant_id, self.lead_id
        here = consultant._is_here() and card.outlet_id in consultant._outlets()
        return here and self._is_open() and card.user_id and card.user_id != consultant

    def _on_loan(self):
        """The lines whose cards have changed hands since for long leaves only: substitutes may go on leave too."""
        others = [("lead_id", "in", self.lead_id.ids), ("reason", "!=", "long_leave")]
        rows = self.env["showroom.ownership"]._read_group(others, ["lead_id"], ["id:max"])
        moved = {card: latest for card, latest in rows}
        return self.filtered(lambda line: moved.get(line.lead_id, 0) < line.loan_id.id)

    def _lent_on(self):
        """Later loans of the same cards, by substitutes who went on leave themselves: they end with the first one's."""
        lent = self.search([("lead_id", "in", self.lead_id.ids), ("state", "=", "lent")])
        first = {}
        for line in self.sorted(lambda each: each.loan_id.id):
            first.setdefault(line.lead_id, line.loan_id.id)
        return lent.filtered(lambda line: line.loan_id.id > first[line.lead_id])


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _latest_history(self):
        """The latest line of the history of each card."""
        rows = self.env["showroom.ownership"]._read_group([("lead_id", "in", self.ids)], ["lead_id"], ["id:max"])
        return {card: self.env["showroom.ownership"].browse(latest) for card, latest in rows}
