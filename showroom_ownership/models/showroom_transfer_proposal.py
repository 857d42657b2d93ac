from odoo import api, models

PROPOSED_BY_RULE = ("lapsed", "departure")


class ShowroomTransfer(models.Model):
    """Whom pending requests propose as the new owner (4.3)."""

    _inherit = "showroom.transfer"

    @api.model
    def _proposed_by_owner(self, users):
        """How many pending requests would give a card to each user."""
        rows = self._read_group([("to_id", "in", users.ids), ("state", "=", "pending")], ["to_id"], ["__count"])
        return {user.id: count for user, count in rows}

    @api.model
    def _propose_others(self, users, outlet=None):
        """Who has left or goes on a long leave is not proposed by the rule any more; wishes of customers stay."""
        domain = [("to_id", "in", users.ids), ("state", "=", "pending"), ("reason", "in", PROPOSED_BY_RULE)]
        if outlet:
            domain.append(("outlet_id", "=", outlet.id))
        for where, transfers in self.sudo().search(domain).grouped("outlet_id").items():
            owners = where._next_owners([transfer.from_id | users for transfer in transfers])
            for transfer, owner in zip(transfers, owners, strict=True):
                transfer.to_id = owner
