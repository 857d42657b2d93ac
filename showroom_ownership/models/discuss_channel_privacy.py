from odoo import api, models
from odoo.exceptions import AccessError

OF_ITS_MAKER = frozenset(["active", "group_public_id", "name"])


class DiscussChannelMember(models.Model):
    """A channel tells the names and addresses of its members: who is put into one is somebody whom one may see."""

    _inherit = "discuss.channel.member"

    @api.model_create_multi
    def create(self, vals_list):
        """Odoo adds members as the system, for whoever asks for them."""
        named = self.env["res.partner"]._named_in(*(vals.get("partner_id") for vals in vals_list))
        (named - self.env.user.partner_id).sudo(False)._check_may_use()
        return super().create(vals_list)


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def write(self, vals):
        """Odoo lets every member close a channel, or its door, to everybody else.

        :raise AccessError: for staff, but for who made the channel.
        """
        if OF_ITS_MAKER & vals.keys() and not self.env.su and self.env.user._is_limited():
            if any(each.channel_type == "channel" and each.create_uid != self.env.user for each in self.sudo()):
                raise AccessError(self.env._("Ask who made the channel, or an administrator, to change it."))
        return super().write(vals)
