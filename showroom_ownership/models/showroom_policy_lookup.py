from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ShowroomPolicy(models.Model):
    _inherit = "showroom.policy"

    lookup_limit = fields.Integer(
        "Look-ups That Are Unusual", default=30, tracking=True,
        help="Managers are told of a person who looked up at least so many numbers on a local day, if fewer than half "
        "as many customers were registered by them. 0: nobody is told.",
    )  # fmt: skip

    @api.constrains("lookup_limit")
    def _check_lookup_limit(self):
        for policy in self:
            if not 0 <= policy.lookup_limit <= 10000:
                text = self.env._("Choose a number from 1 to 10000 for the look-ups of %s, or 0 for none.", policy.name)
                raise ValidationError(text)
