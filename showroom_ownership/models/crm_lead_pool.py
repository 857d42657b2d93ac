from collections import defaultdict

from odoo import models
from odoo.tools import format_list

SHOWN = 20  # numbers of records in a message


class CrmLead(models.Model):
    """In the pool a card has nobody who is told: who gets it hears what colleagues recorded meanwhile (2, 5)."""

    _inherit = "crm.lead"

    def _hand_over(self, former, reason):
        result = super()._hand_over(former, reason)
        if pooled := self.sudo().filtered(lambda card: card.user_id and not former[card][0]):
            pooled._tell_of_pool_time()
            pooled._tell_of_announcements_before()
        return result

    def _tell_of_pool_time(self):
        records = self._recorded_in_pool()
        for card, some in records.items():
            card._tell_people(card.user_id, lambda told, some=some: told._words_of_pool_time(some))

    def _recorded_in_pool(self):
        """The receptions and follow-ups of colleagues since each card came into the pool, by card."""
        out = [("lead_id", "in", self.ids), ("user_id", "=", False)]
        since = {line.lead_id: line.at for line in self.env["showroom.ownership"].search(out, order="at, id")}
        found = defaultdict(list)
        for model in ("showroom.reception", "showroom.followup"):
            for record in self.env[model].search([("lead_id", "in", self.ids)], order="id") if since else ():
                card = record.lead_id
                stranger = record.consultant_id - card.user_id
                if stranger and card in since and record.recorded_at >= since[card]:
                    found[card].append(record)
        return found

    def _words_of_pool_time(self, records):
        names = format_list(self.env, sorted({record.consultant_id.name for record in records}))
        text = self.env._(
            "While card %(number)s was in the pool, %(who)s received its customer or followed up: %(records)s. If that"
            " is wrong, tell a manager.",
            number=self.card_number, who=names,
            records=format_list(self.env, [record.number for record in records[:SHOWN]]),
        )  # fmt: skip
        return self.env._("Your customer was in the pool"), text

    def _tell_of_announcements_before(self):
        about = [("phone_key", "in", self.mapped("phone_sanitized")), ("state", "in", ("pending", "approved"))]
        entries = self.env["showroom.preregistration"].search(about)
        for card in self if entries else ():
            for entry in entries.filtered(lambda each, card=card: each.phone_key == card.phone_sanitized):
                card._tell_of_announcement(entry)
