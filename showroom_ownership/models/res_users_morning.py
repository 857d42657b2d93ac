from odoo import fields, models


class ResUsers(models.Model):
    """Who gets the morning mail, and when they got the last one."""

    _inherit = "res.users"

    morning_mail = fields.Boolean(
        default=True,
        help="A mail each morning with the cards that are due and those about to be lost, if there are any.",
    )  # fmt: skip
    morning_mailed_on = fields.Date(
        readonly=True, copy=False, help="The last local day of the outlet on which the morning mail was dealt with."
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "morning_mail"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "morning_mail"]
