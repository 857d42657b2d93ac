from odoo import SUPERUSER_ID, api, models

from .kept_targets import check_models, check_targets, unnamed
from .mail_render_privacy import check_open

TARGET = {"res_model_id", "res_model", "res_id"}


class MailActivity(models.Model):
    """An activity keeps the name of its card for whoever has to do it, not for who caused it.

    A form that is being filled in names its record as whoever fills it in: else it would name any record of the house.
    """

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        """Odoo itself asks whether the user may plan something on a card."""
        check_models(self, *vals_list)
        activities = super().create(vals_list)
        check_targets(activities.filtered(lambda each: each.res_model != "crm.lead"))
        activities._check_meetings()
        return activities

    def write(self, vals):
        check_models(self, vals)
        result = super().write(vals)
        if TARGET & vals.keys():
            check_targets(self)
        if "calendar_event_id" in vals:
            self._check_meetings()
        return result

    def _check_meetings(self):
        """Odoo writes into an activity what its meeting becomes: name, words and day."""
        check_open(self.sudo().calendar_event_id.sudo(self.env.su))

    def _compute_res_name(self):
        kept = self.filtered(lambda each: isinstance(each.id, int))
        named = kept.filtered(lambda each: each.res_model in ("crm.lead", "res.partner"))  # as who is to do it has them
        for user, theirs in named.grouped("user_id").items():
            super(MailActivity, theirs.with_user(user or SUPERUSER_ID).sudo())._compute_res_name()
        super(MailActivity, (kept - named).with_user(SUPERUSER_ID))._compute_res_name()
        result = super(MailActivity, self - kept)._compute_res_name()
        for activity in unnamed(self - kept, "res_model"):
            activity.res_name = False
        return result
