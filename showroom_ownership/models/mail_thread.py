from odoo import api, models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    """Mail comes in by the gateway, which is the system or a script of the administrator."""

    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """Odoo makes and answers records for incoming mail as the system, with whatever values the caller sends along.

        Whoever hands in a mail by remote call could so make a card with a filing, a policy, or a word of a manager.

        :raise AccessError: for a user who is no administrator.
        """
        if not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Mail comes in by the gateway. Ask an administrator to hand one in."))
        return super().message_process(model, message, *args, **kwargs)
