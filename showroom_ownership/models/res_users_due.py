from datetime import timedelta

from odoo import api, models, modules

WORDS = ("overdue", "today", "planned")


class ResUsers(models.Model):
    """The activity menu shows a consultant's cards that are due, beside the activities."""

    _inherit = "res.users"

    @api.model
    def _get_activity_groups(self):
        groups = super()._get_activity_groups()
        if self.env.user.has_group("showroom_ownership.group_consultant"):
            counts = self._due_counts()
            if any(counts.values()):
                groups.append(self._due_group(counts))
        return groups

    @api.model
    def _due_counts(self):
        """How many of the user's cards are overdue, due today, and planned for tomorrow; one query."""
        terms = self.env["crm.team"]._outlet_terms()
        last = max((each.today for each in terms.values()), default=None)
        counts = dict.fromkeys(WORDS, 0)
        if not last:
            return counts
        domain = [("user_id", "=", self.env.uid), ("followup_due", "<=", last + timedelta(days=1))]
        lines = self.env["crm.lead"]._read_group(domain, ["outlet_id", "followup_due:day"], ["__count"])
        for outlet, due, number in lines:
            ahead = (due - terms[outlet.id].today).days
            if ahead <= 1:
                counts[WORDS[max(ahead, -1) + 1]] += number
        return counts

    @api.model
    def _due_group(self, counts):
        """A group as stock's are. What is overdue has an activity of its own, so the menu's total counts it already."""
        return {
            "id": "showroom_cards_due",
            "name": self.env._("Cards Due"),
            "model": "crm.lead",
            "type": "activity",
            "icon": modules.module.get_module_icon("showroom_ownership"),
            "domain": [],
            "total_count": counts["today"],
            **{f"{word}_count": number for word, number in counts.items()},
            "view_type": "list",
        }
