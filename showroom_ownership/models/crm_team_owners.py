from collections import Counter
from datetime import datetime
from heapq import heapify, heappop, heappush, heapreplace

from odoo import models, tools


class CrmTeam(models.Model):
    """Who is given a card next: who has fewest to look after, then who has waited longest (4.3)."""

    _inherit = "crm.team"

    def _consultants(self, day=None):
        """The users who can be given cards of an outlet on a local day, by default today.

        Active members whose role is consultant, who are neither suspended nor absent (4.3).
        """
        self.ensure_one()
        members = self.env["res.users"].sudo().browse(self._serving_ids())
        members.fetch(["active"])
        users = members.filtered(lambda user: user.active and user._is_consultant())
        return users - users._absent(self, day or self._today())

    @tools.ormcache("self.id")
    def _serving_ids(self):
        """The members of an outlet in their order, but who is suspended, at whichever outlet; kept in memory.

        Forgotten when memberships change.
        """
        members = self.env["crm.team.member"].sudo().with_context(active_test=True)
        users = members.search([("crm_team_id", "=", self.id)]).user_id
        return tuple((users - users._suspended()).ids)

    def _next_owners(self, barred, day=None):
        """One new owner for each of any number of cards, with a constant number of queries (4.3).

        :param barred: for each card, the users who cannot have it.
        :param day: the local day from which they will have them, by default today.
        :return: a list of users as long as `barred`; an empty recordset where there is nobody.
        """
        queue = self._queue(self._consultants(day))
        return [self._take_next(queue, users, turn) for turn, users in enumerate(barred, start=1)]

    def _pick_owners(self, number=1, exclude=(), day=None):
        """The next owners for a number of cards; none at all where there is nobody."""
        return [user for user in self._next_owners([exclude] * number, day) if user]

    def _queue(self, users):
        """A heap of (cards to look after, last card got, turn, user id)."""
        load, waiting = self._load_by_owner(users), self.env["showroom.ownership"].sudo()._last_card_by_owner(users)
        queue = [(load[user.id], waiting[user.id], 0, user.id) for user in users]
        heapify(queue)
        return queue

    def _take_next(self, queue, barred, turn):
        """The first of the queue who is not barred; they go back with one card more, as the latest to get one."""
        passed, barred = [], {user.id for user in barred}
        while queue and queue[0][-1] in barred:
            passed.append(heappop(queue))
        chosen = self.env["res.users"].browse(queue[0][-1] if queue else False)
        if chosen:
            heapreplace(queue, (queue[0][0] + 1, datetime.max, turn, chosen.id))
        for each in passed:
            heappush(queue, each)
        return chosen

    def _load_by_owner(self, users):
        """What each user has to look after: open cards, and those that are proposed to them already."""
        load = Counter(self.env["crm.lead"].sudo()._open_cards_by_owner(users))
        load.update(self.env["showroom.transfer"].sudo()._proposed_by_owner(users))
        load.update(self.env["showroom.leave.line"].sudo()._planned_by_owner(users))
        return load
