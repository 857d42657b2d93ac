from collections import defaultdict
from functools import partial

from odoo import api, models

from ..core.dossier import local_day, local_hour
from . import clock

BATCH = 100


class ShowroomMorning(models.AbstractModel):
    """The morning mail: who gets it, and when.

    One mail for each person and local day of the outlet where they work (of several, the first), once its hour has
    come. A morning that was missed is made up for until the day is over; a day that is over is not told any more.
    """

    _name = "showroom.morning"
    _description = "Morning Mail"

    @api.model
    def _cron_mail(self):
        """Mail everybody whose morning has come, in batches; who cannot be told is set aside."""
        places, now = self._places(), clock.now(self.env)
        days = {user: self._day_to_tell(user, home, now) for user, (home, _told) in places.items()}
        users = self.env["res.users"].browse([user.id for user, day in days.items() if day])
        for start in range(0, len(users), BATCH):
            batch = users[start : start + BATCH]
            self.env["showroom.failure"]._guard(partial(self._mail, places=places, days=days), batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=len(users) - start - len(batch)):
                return

    @api.model
    def _day_to_tell(self, user, outlet, now):
        """The local day at the outlet, if its hour has come and the user was not told on it."""
        hour, today = outlet.policy_id.morning_hour, local_day(now, outlet.tz)
        told = user.morning_mailed_on and user.morning_mailed_on >= today
        return today if hour and not told and local_hour(now, outlet.tz) >= hour else None

    @api.model
    def _places(self):
        """{user: (the outlet whose morning is theirs, the outlets that they are told of)}.

        Managers who work at no outlet are told of those that have no manager of their own.
        """
        outlets = self.env["crm.team"].sudo().search([("outlet_kind", "!=", False)], order="id")
        staff = outlets._staff()
        managers = self._people("manager")
        unmanaged = outlets.filtered(lambda outlet: not any(outlet in staff[user] for user in managers))
        readers = self._people("consultant").filtered(lambda each: each.morning_mail and each.email)
        told = {user: staff[user] or (user in managers and unmanaged) or outlets.browse() for user in readers}
        told = {user: self._of_companies(user, theirs) for user, theirs in told.items()}
        # A manager who is told of no outlet is still asked for second approvals, in the morning of the first one.
        homes = {user: told[user] or (user in managers and self._of_companies(user, outlets)) for user in told}
        return {user: (home[:1], told[user]) for user, home in homes.items() if home}

    @api.model
    def _of_companies(self, user, outlets):
        return outlets.filtered(lambda outlet: not outlet.company_id or outlet.company_id in user.company_ids)

    @api.model
    def _people(self, role):
        return self.env.ref(f"showroom_ownership.group_{role}").sudo().all_user_ids.filtered("active")

    @api.model
    def _mail(self, users, places, days):
        """One mail for each who has something to be told; the day is dealt with for all of them."""
        mails = self.env["showroom.morning.letter"]._letters(users, places, days)
        self.env["mail.mail"].sudo().create(mails)
        for day, told in users.grouped(days.get).items():
            told.sudo().write({"morning_mailed_on": day})


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def _staff(self):
        """{user: the outlets of the set that they are a member of, or lead}, in the order of their membership."""
        places = defaultdict(self.browse)
        for member in self.env["crm.team.member"].sudo().search([("crm_team_id", "in", self.ids)]):
            places[member.user_id] |= member.crm_team_id
        for outlet in self.filtered("user_id"):
            places[outlet.user_id] |= outlet
        return places
