from odoo import models

# Shares are written as commands of their ruling or settlement, in sudo. With `_allow_sudo_commands = False` that works
# in tests and in the shell, where the transaction's own user is the superuser, but is refused in every real request.


class ShowroomRulingShare(models.Model):
    _inherit = "showroom.ruling.share"
    _allow_sudo_commands = True


class ShowroomSettlementShare(models.Model):
    _inherit = "showroom.settlement.share"
    _allow_sudo_commands = True
