from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ShowroomPolicy(models.Model):
    _inherit = "showroom.policy"

    morning_hour = fields.Integer(
        "Morning Mail From", default=8, tracking=True,
        help="The hour of the outlet's local day, 1 to 23, from which consultants are mailed what is due and what they "
        "will lose, and managers who is about to lose cards. 0: no mail.",
    )  # fmt: skip

    @api.constrains("morning_hour")
    def _check_morning_hour(self):
        for policy in self:
            if not 0 <= policy.morning_hour <= 23:
                text = self.env._("Choose an hour from 1 to 23 for the morning mail of %s, or 0 for none.", policy.name)
                raise ValidationError(text)
