from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from . import said
from .crm_lead_owner import DOOR

CARD_KINDS = [("a", "A card"), ("c", "C card")]


class CrmLead(models.Model):
    """At delivery the card becomes an after-sales card, with the same number and a plan of its own (1, 6)."""

    _inherit = "crm.lead"

    card_kind = fields.Selection(
        CARD_KINDS, "Kind of Card", compute="_compute_card_kind", store=True, copy=False,
        help="A: up to the delivery; C: after-sales. The number stays the same (1).",
    )  # fmt: skip
    delivered_on = fields.Date(
        "Delivered",
        readonly=True,
        copy=False,
        tracking=True,
        help="The local day of the outlet on which it was.",
    )

    @api.depends("outlet_id", "delivered_on")
    def _compute_card_kind(self):
        for lead in self:
            lead.card_kind = ("c" if lead.delivered_on else "a") if lead.outlet_id else False

    @api.constrains("grade_id")
    def _check_no_grade_after_delivery(self):
        for card in self.filtered(lambda each: each.grade_id and each.delivered_on):
            text = self.env._("Card %s is an after-sales card, which has no grade.", card.card_number)
            raise UserError(text)

    @said.takes(one=True, day=said.day)
    def action_deliver(self, day=False):
        """The car was delivered: the card becomes a C card, whatever the state of its ruling. Owner and managers.

        :param day: the local day of the delivery; today if empty.
        :raise AccessError: for anybody else.
        :raise UserError: before the deal, twice, or for a day in the future or before the deal.
        """
        self.ensure_one()
        self.check_access("read")
        if self.env.user != self.user_id and not self.env.user._is_showroom_manager():
            raise AccessError(self.env._("The owner of the card records the delivery, or a manager."))
        card = self.sudo()
        day = fields.Date.to_date(day) or card.outlet_id._today()
        card._check_delivery(day)
        card._become_c_card(day)
        return True

    def _check_delivery(self, day):
        if not self.outlet_id or self.won_status != "won":
            raise UserError(self.env._("Only a won card is delivered. Confirm the deal first."))
        if self.delivered_on:
            raise UserError(self.env._("This card was delivered on %s already.", self.delivered_on))
        if day > self.outlet_id._today():
            raise UserError(self.env._("The delivery is in the future. Record it on its day."))
        if self.ruling_id and day < self.ruling_id.day:
            raise UserError(self.env._("The delivery is before the deal of %s. Correct its day.", self.ruling_id.day))

    def _become_c_card(self, day):
        """The grade leaves; what was kept of the grades stays for rulings, and for a deal that is taken back."""
        self.with_context(showroom_door=DOOR).write({"delivered_on": day, "grade_id": False})
        plan = self.outlet_id.policy_id.delivery_plan_id
        if plan.active and plan.template_ids:
            self._schedule_after_sales(plan, self.user_id or self.ruling_id.closer_id)

    def _schedule_after_sales(self, plan, owner):
        """Odoo's own plan, on the delivery's day, for whose card it is."""
        context = {"default_showroom_after_sales": True, "mail_activity_quick_update": True, "lang": owner.lang}
        said = {"res_model": "crm.lead", "res_ids": str(self.ids), "plan_id": plan.id, "plan_date": self.delivered_on}
        Schedule = self.env["mail.activity.schedule"].with_context(**context)
        Schedule.create({**said, "plan_on_demand_user_id": owner.id}).action_schedule_plan()

    # A deal that is taken back

    def _take_back_deal(self):
        self.filtered("delivered_on")._take_back_delivery()
        return super()._take_back_deal()

    def _take_back_delivery(self):
        """The C card is an A card again, with the grade it had; its after-sales plan ends."""
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids), ("showroom_after_sales", "=", True)]
        self.env["mail.activity"].sudo().search(domain).unlink()
        changes = self.env["showroom.grade.change"].search(
            [("lead_id", "in", self.ids), ("is_merged", "=", False)], order="at, id"
        )
        last = {change.lead_id: change.grade_id for change in changes}
        for grade, cards in self.grouped(lambda card: last.get(card, card.grade_id)).items():
            cards.with_context(showroom_door=DOOR).write({"delivered_on": False, "grade_id": grade.id})
