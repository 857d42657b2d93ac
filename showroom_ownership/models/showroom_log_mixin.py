from odoo import models


class ShowroomLogMixin(models.AbstractModel):
    """Lines that the system appends and nobody changes: who owned a card, who decided what."""

    _name = "showroom.log.mixin"
    _description = "Lines That Are Appended"
    _inherit = ["showroom.kept.mixin", "showroom.append.mixin"]
    _allow_sudo_commands = False
