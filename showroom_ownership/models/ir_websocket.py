from odoo import models

from .showroom_reception_desk import DESK_CHANNEL


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Whoever may stand at a desk hears that its page has changed; a name that a client sends opens nothing."""
        asked = {channel for channel in channels if str(channel).startswith(DESK_CHANNEL)}
        channels = super()._build_bus_channel_list([channel for channel in channels if channel not in asked])
        if asked and self.env.user.has_group("showroom_ownership.group_receptionist"):
            outlets = self.env["showroom.reception"]._desk_outlets()
            channels.extend((outlet, "desk") for outlet in outlets if f"{DESK_CHANNEL}{outlet.id}" in asked)
        return channels
