from datetime import timedelta

from odoo import api, models


class ShowroomMorningLetter(models.AbstractModel):
    """Managers learn in the morning who looked up unusually many numbers the day before."""

    _inherit = "showroom.morning.letter"

    @api.model
    def _told(self, users, places, days):
        told = super()._told(users, places, days)
        managers = users & self.env.ref("showroom_ownership.group_manager").all_user_ids
        lines = self._unusual_lookups(managers, places, days)
        for user in users:
            told[user]["lookups"] = lines.filtered(
                lambda line, user=user: user in managers
                and line.outlet_id in places[user][1]
                and line.day == days[user] - timedelta(days=1)
            )
        return told

    @api.model
    def _unusual_lookups(self, managers, places, days):
        """The unusual days before those that the managers are told of; one query."""
        outlets = {outlet for user in managers for outlet in places[user][1].ids}
        before = {days[user] - timedelta(days=1) for user in managers}
        domain = [("outlet_id", "in", list(outlets)), ("day", "in", list(before)), ("is_unusual", "=", True)]
        return self.env["showroom.lookup.day"].sudo().search(domain)

    def _words_of(self, user, told):
        lookups = [self._lookups_sentence(line) for line in told["lookups"]]
        return {**super()._words_of(user, told), "lookups": lookups}

    def _lookups_sentence(self, line):
        return self.env._(
            "%(who)s looked up %(number)s numbers at %(outlet)s and registered %(receptions)s customers.",
            who=line.user_id.name, number=line.lookups, outlet=line.outlet_id.name, receptions=line.receptions,
        )  # fmt: skip
