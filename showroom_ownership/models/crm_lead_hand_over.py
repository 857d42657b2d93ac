from odoo import models


class CrmLead(models.Model):
    """What moves with a card: activities, followers, and a note in the chatter. For any number of cards at once."""

    _inherit = "crm.lead"

    def _let_go(self, owners):
        """What the present owners have on the cards: overdue activities end, for the new owner's rhythm begins; open
        ones go to the new owner, or end with the pool; the owner stops following.

        :param owners: dict of the new owner by card.
        """
        self._close_overdue_activities()
        self.sudo()._pass_on_activities({card.id: owner for card, owner in owners.items()})
        self.sudo()._following(lambda card: card.user_id).unlink()

    def _pass_on_activities(self, heirs):
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        planned = Activity.search([("res_model", "=", "crm.lead"), ("res_id", "in", self.ids)])
        present = {card.id: card.user_id for card in self}
        planned = planned.filtered(lambda each: each.user_id and each.user_id == present[each.res_id])
        for heir, activities in planned.grouped(lambda each: heirs[each.res_id]).items():
            if heir:
                activities.write({"user_id": heir.id})
            else:
                activities.unlink()

    def _hand_over(self, former, reason):
        """The new owners follow their cards, and the chatter tells of the change.

        :param former: dict of (owner, team) by card, as they were.
        """
        self.sudo()._follow()
        self.sudo()._follow_by_team(former)
        self.sudo()._log_moves(former, reason)

    def _following(self, user_of):
        """The followers that are a certain user of their card."""
        partners = {card.id: user_of(card).partner_id.id for card in self}
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids)]
        concerned = list(filter(None, set(partners.values())))
        found = self.env["mail.followers"].search([*domain, ("partner_id", "in", concerned)])
        return found.filtered(lambda each: each.partner_id.id == partners[each.res_id])

    def _follow_opened(self):
        """Owners follow their new cards, and so do those who follow the team."""
        self._subscribe_owners()
        self._follow_by_team({card: (card.user_id, self.env["crm.team"]) for card in self})

    def _follow(self):
        there = set(self._following(lambda card: card.user_id).mapped("res_id"))
        self.filtered(lambda card: card.id not in there)._subscribe_owners()

    def _subscribe_owners(self):
        subtypes = self.env["mail.message.subtype"].default_subtypes("crm.lead")[0].ids
        following = {"res_model": "crm.lead", "subtype_ids": subtypes}
        owned = self.filtered(lambda card: card.user_id.active)
        self.env["mail.followers"].create(
            [{**following, "res_id": card.id, "partner_id": card.user_id.partner_id.id} for card in owned]
        )

    def _follow_by_team(self, former):
        """Who follows a sales team follows the cards that come to it, as Odoo has it."""
        arrived = self.filtered(lambda card: card.team_id != former[card][1])
        for team, cards in arrived.grouped("team_id").items():
            cards._message_auto_subscribe({"team_id": team.id})

    def _log_moves(self, former, reason):
        """A note on each card with the change of owner, as Odoo's tracking shows it; one batch for all."""
        label = dict(self.env["showroom.ownership"]._fields["reason"]._description_selection(self.env))[reason]
        notes = self._message_log_batch(bodies=dict.fromkeys(self.ids, label))
        columns = self.fields_get(["user_id", "team_id"], attributes=("string", "type"))
        before = {card.id: {"user_id": user, "team_id": team} for card, (user, team) in former.items()}
        pairs = [(note, self.browse(note.res_id)) for note in notes]
        changes = [vals for note, card in pairs for vals in card._tracked(note, before[card.id], columns)]
        self.env["mail.tracking.value"].create(changes)

    def _tracked(self, note, before, columns):
        """The values of mail.tracking.value for what changed."""
        Value = self.env["mail.tracking.value"]
        for name, column in columns.items():
            if self[name] != before[name]:
                vals = Value._create_tracking_values(before[name], self[name], name, column, self)
                yield {**vals, "mail_message_id": note.id}
