from odoo import SUPERUSER_ID, api, models

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

    def _lapse_again(self, card, since):
        """The request that ended waits again, for whom it was proposed and for as long as it had waited (4.4).

        Where the colleague is given no cards any more, and where nothing had been asked yet, the rule proposes anew.
        """
        ended = self._ended_lapse(card, since)
        if not ended.to_id & card.outlet_id._consultants():
            return self._request_by_outlet(card, "lapsed")
        who = {"requested_by": SUPERUSER_ID, "requested_at": ended.requested_at}
        self._file([{**card._transfer_vals(ended.to_id, "lapsed", False), **who}])
        card.notice_id._lapse()

    def _ended_lapse(self, card, since):
        asked = [("lead_id", "=", card.id), ("from_id", "=", card.user_id.id), ("reason", "=", "lapsed")]
        return self.search([*asked, ("state", "=", "withdrawn"), ("decided_at", ">=", since)], limit=1)
