from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import facts
from . import clock, said


class ShowroomOrder(models.Model):
    """The customer ordered and paid a deposit; not yet a deal (1)."""

    _name = "showroom.order"
    _description = "Customer's Order"
    _inherit = ["showroom.evidence.mixin"]
    _entry_kind = "order"
    _user_fields = frozenset(["lead_id", "note"])
    _committed = ("note",)
    _told_columns = {"by": "by_id"}

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    by_id = fields.Many2one("res.users", "With", readonly=True, ondelete="restrict")
    note = fields.Char()
    cancelled_at = fields.Datetime(readonly=True)

    @api.model
    def _user_vals(self, vals):
        vals = super()._user_vals(vals)
        card = self.env["crm.lead"].sudo().browse(vals.get("lead_id"))
        if not card._is_card() or card.won_status != "pending":
            raise UserError(self.env._("An order is recorded on an open card."))
        if self.env.user != card.user_id and not self.env.user._manages(card.outlet_id):
            raise UserError(self.env._("The owner of the card records the order."))
        self._check_with_holder(card)
        vals["by_id"] = card.user_id.id or self.env.uid
        return {
            **vals,
            "outlet_id": card.outlet_id.id,
            "note": said.text(self.env, vals.get("note")),
        }

    @api.model
    def _check_with_holder(self, card):
        """An order is taken by who holds the customer: on a card beside theirs it would not count (5.2)."""
        if not card.filing_id and not card.phone_sanitized and not self.env.user._manages(card.outlet_id):
            raise UserError(
                self.env._("Fill in the customer's phone first: by it the principles find whose customer this is.")
            )
        same = card._same_customer()
        first = same._heads()[1]
        if first and first != card and first.user_id != card.user_id:
            card._asked_about(first)
            raise UserError(
                self.env._(
                    "A colleague holds this customer by an earlier filing. Look the number up at the desk: the order is"
                    " recorded on the card that it shows."
                )
            )
        if not first and (earlier := same.filtered(lambda each: each._is_opened_before(card))[:1]):
            card._asked_about(earlier)
            raise UserError(
                self.env._("A colleague has an earlier card of this customer. Receive the customer at the desk first.")
            )

    @api.model
    def _record(self, vals_list):
        orders = super()._record(vals_list)
        for order in orders:
            order._protect()
        return orders

    def _protect(self):
        """The card is asked for nothing more, of which the managers hear (4.5)."""
        card = self.lead_id
        card._tell_of_order()
        card._update_card({"order_date": self.recorded_at})
        card._end_notices()
        card._close_overdue_activities()
        lapsed = card.pending_transfer_id.filtered(lambda transfer: transfer.reason == "lapsed")
        lapsed._withdraw(self.env._("The customer ordered."))
        card._refresh_rhythm()

    @said.takes()
    def action_cancel(self):
        """The customer withdrew the order: the card has a rhythm again.

        :raise UserError: for anybody but who took the order and managers, twice, or after the deal.
        """
        for order in self:
            if self.env.user != order.by_id and not self.env.user._manages(order.outlet_id):
                raise UserError(self.env._("Ask who took the order, or a manager, to cancel it."))
            if order.cancelled_at:
                raise UserError(self.env._("This order was cancelled already."))
            if order.sudo().lead_id.won_status != "pending":
                raise UserError(self.env._("The card is closed: its order stays as it is."))
            order.sudo()._cancel()
        return True

    def _end(self):
        """The card was lost or withdrawn: with its filing, an order ends that binds the customer no more (2, 5.2)."""
        for order in self.filtered(lambda each: not each.cancelled_at):
            order._cancel()

    def _cancel(self):
        facts = {"of": self.number, "cancelled": True}
        self.env["showroom.ledger.entry"]._append(self.outlet_id, "order", [facts])
        self.cancelled_at = clock.now(self.env)
        self.lead_id._refresh_order()
        self.lead_id._refresh_rhythm()
        self.lead_id._resume_notice(self._protects_since())

    def _was_by_first_to_file(self):
        """Taken when nobody had filed, an order is of who was the first to: the filing takes the card, and it (2)."""
        lines = self.lead_id.reception_ids.filtered("is_evidence")
        first = lines.sorted(lambda line: (line._moment(), line.id))[:1]
        return not first or first._moment() < self.recorded_at or first._credited() == self.by_id

    def _protects_since(self):
        """Since when the card was without a rhythm: orders that follow each other are one time of protection."""
        since = self.recorded_at
        for order in self.lead_id.order_ids.filtered("cancelled_at"):  # the latest first
            if order.cancelled_at >= since:
                since = min(since, order.recorded_at)
        return since

    @api.model
    def _evidence(self, vals):
        return {"by": vals["by_id"], **self._commitments(vals)}

    def _evidence_vals(self):
        return {"by_id": self.by_id.id, "note": self.note, "salt": self.sudo().salt}

    def _state_as(self, rows):
        ended = any(row.kind == "order" and row.number != self.number for row in rows)
        return super()._state_as(rows) and bool(self.cancelled_at) == ended

    @api.model
    def _untouched_sql(self):
        return f"{super()._untouched_sql()} AND r.cancelled_at IS NULL"

    def _fact(self, intact=True):
        who = {"card": self.lead_id.id, "by": self.by_id.id}
        return facts.Order(id=self.id, ref=self.number, at=self.recorded_at, intact=intact, **who)
