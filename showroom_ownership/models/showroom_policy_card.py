from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError


class ShowroomPolicy(models.Model):
    """What a dealer asks of the cards themselves: files, cancellations, delivery, spot checks (6, card management)."""

    _inherit = "showroom.policy"

    card_due_days = fields.Integer(
        "Days to Complete a Card", tracking=True,
        help="Local days after the reception within which the consultant completes the card; 0: not asked (6).",
    )  # fmt: skip
    card_needs_grade = fields.Boolean("A Complete Card Has a Grade", default=True, tracking=True)
    card_needs_interest = fields.Boolean("A Complete Card Names a Model", default=True, tracking=True)
    card_needs_source = fields.Boolean(
        "A Complete Card Says How They Came", tracking=True, help="The source of the lead: advertisement, referral."
    )
    cancellation_check = fields.Boolean(
        "Cancellations Are Verified", tracking=True,
        help="A manager speaks with the customer before the cancellation of a card is approved (4).",
    )  # fmt: skip
    delivery_plan_id = fields.Many2one(
        "mail.activity.plan", "After-sales Plan", tracking=True, ondelete="set null",
        domain="[('res_model', '=', 'crm.lead')]", help="What is planned on a card when the car was delivered (1).",
    )  # fmt: skip
    spot_check_cards = fields.Integer(
        "Cards in a Spot Check", tracking=True,
        help="How many open cards of each outlet are drawn every week for a manager to audit; 0: none (6).",
    )  # fmt: skip

    @api.constrains("card_due_days", "spot_check_cards")
    def _check_card_numbers(self):
        limits = {"card_due_days": 366, "spot_check_cards": 1000}
        for policy in self:
            for name, limit in limits.items():
                if not 0 <= policy[name] <= limit:
                    label = self._fields[name]._description_string(self.env)
                    text = self.env._("%(field)s must be between 0 and %(limit)s.", field=label, limit=limit)
                    raise ValidationError(text)

    @tools.ormcache("self.id")
    def _days_to_complete(self):
        """Asked at every line of the register, so kept in memory."""
        return self.card_due_days
