from dateutil.relativedelta import relativedelta

from odoo import fields, models


class MailActivity(models.Model):
    """Activities of the card itself: completing its file, and the after-sales plan of a C card (6)."""

    _inherit = "mail.activity"

    showroom_after_sales = fields.Boolean(
        "After-sales", readonly=True, help="Of the plan that a delivery started; ends if the deal is taken back."
    )

    def _action_done(self, feedback=False, attachment_ids=None):
        """Ticking off the activity hands in the file, which is refused while something is missing."""
        cards = self._cards_to_complete()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if cards:
            cards.action_complete_card()
        return result

    def _cards_to_complete(self):
        kind = self._type_id("showroom_ownership.mail_activity_type_card")
        mine = self.filtered(lambda each: kind and each.activity_type_id.id == kind and each.active)
        return self.env["crm.lead"].browse(mine.mapped("res_id")).exists()

    def _prepare_next_activity_values(self):
        """What follows on an after-sales activity is the card owner's, on a day of the outlet that is yet to come."""
        vals = super()._prepare_next_activity_values()
        if not self.showroom_after_sales:
            return vals
        card = self.env["crm.lead"].sudo().browse(self.res_id)
        today, kind = card.outlet_id._today(), self.activity_type_id.triggered_next_type_id
        if fields.Date.to_date(vals["date_deadline"]) <= today:
            vals["date_deadline"] = today + relativedelta(**{kind.delay_unit: max(kind.delay_count, 1)})
        owner = card.user_id or self.user_id
        words = {"summary": kind.with_context(lang=owner.lang).summary}
        return {**vals, **words, "showroom_after_sales": True, "user_id": owner.id}
