from odoo import api, models

from . import clock, said

METHOD_BY_CATEGORY = {"phonecall": "call", "meeting": "visit"}
WITHOUT_CONTACT = ("mail_activity_type_ruling", "mail_activity_type_card")


class MailActivity(models.Model):
    """A planned activity that is completed on a card is a follow-up (2), of whoever may record one there."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        cards = self._followed_up()
        followups = [activity._followup_vals(feedback) for activity in cards]
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if followups:
            self.env["showroom.followup"].create(followups)
        return result

    def _followed_up(self):
        """Activities on cards that contact the customer; those about rulings and files, and the system's, do not."""
        silent = {self._type_id(f"showroom_ownership.{name}") for name in WITHOUT_CONTACT} - {False}
        mine = self.filtered(
            lambda each: each.res_model == "crm.lead" and each.activity_type_id.id not in silent and each.active
        )
        if not mine or self.env.user._is_superuser():
            return self.browse()
        user = self.env.user
        if not user.has_group("showroom_ownership.group_consultant"):
            return self.browse()
        cards = self.env["crm.lead"].sudo().browse(mine.mapped("res_id")).filtered("outlet_id")
        recorded = set(cards.filtered(lambda card: card._may_record(user)).ids)
        return mine.filtered(lambda each: each.res_id in recorded)

    @api.model
    def _type_id(self, xmlid):
        """A type of activity by its name, from memory; False if somebody deleted it."""
        return self.env["ir.model.data"]._xmlid_to_res_id(xmlid)

    def _followup_vals(self, feedback):
        method = self._followup_method()
        return {
            "lead_id": self.res_id,
            "method": method,
            "happened_at": clock.passed(self.env),
            "outcome": said.beginning(feedback),
        }

    def _followup_method(self):
        kind = self.activity_type_id
        if kind.id == self._type_id("mail.mail_activity_data_email"):
            return "email"
        return METHOD_BY_CATEGORY.get(kind.category, "call")

    def _adopted_vals(self, lead, outlet, now):
        """A completed activity from before going live, as a follow-up that counts."""
        happened = self.date_done or lead.create_date.date()
        at = max(lead.create_date, min(now, lead.create_date.__class__.combine(happened, lead.create_date.time())))
        who = {"lead_id": lead.id, "outlet_id": outlet.id, "consultant_id": self.user_id.id}
        how = {"method": self._followup_method(), "happened_at": at, "reached": True, "is_adopted": True}
        return {**who, **how, "outcome": False, "is_valid": True}
