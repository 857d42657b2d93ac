from odoo import api, models, tools

ACTION = "showroom_ownership.action_apply_principles"
CODE = "records._apply_principles()"


class IrActionsServer(models.Model):
    """The action by which won deals are ruled on, to which a dealer can chain others (5)."""

    _inherit = "ir.actions.server"

    @api.model
    def _own_principles(self):
        """The action as a dealer changed it; empty while it is as it came, or deleted: then there is nothing to run
        but the principles themselves.
        """
        return self.browse(self._own_principles_id())

    @api.model
    @tools.ormcache()
    def _own_principles_id(self):
        """Asked at every deal, so kept in memory; Odoo forgets it with every change of an action."""
        action = self.env.ref(ACTION, raise_if_not_found=False)
        known = action and action.sudo()
        as_it_came = known and known.state == "code" and (known.code or "").strip() == CODE and not known.group_ids
        return known.id if known and not as_it_came else False
