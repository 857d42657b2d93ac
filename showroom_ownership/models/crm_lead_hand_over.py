from odoo import api, models


class CrmLead(models.Model):
    """What moves with a card: activities, followers, and a note in the chatter. For any number of cards at once."""

    _inherit = "crm.lead"

    def _let_go(self, owners):
        """What the present owners have on the cards: overdue activities end, for the new owner's rhythm begins; open
        ones go to the new owner, or end with the pool; the new owner follows the card in the place of the present one.

        :param owners: dict of the new owner by card.
        """
        following = self.sudo()._follow(owners)  # before the activities: Odoo would subscribe owner by owner
        ended = self.sudo()._pass_on_activities({card.id: owner for card, owner in owners.items()})
        ended.unlink()  # all at the end: whatever Odoo deletes, it forgets everything that was read
        following.unlink()

    def _pass_on_activities(self, heirs):
        """:return: the activities that end."""
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        planned = Activity.search([("res_model", "=", "crm.lead"), ("res_id", "in", self.ids)])
        overdue = Activity._type_id("showroom_ownership.mail_activity_type_overdue")
        ended = planned.filtered(lambda each: overdue and each.activity_type_id.id == overdue)
        present = {card.id: card.user_id for card in self}
        passed = (planned - ended).filtered(lambda each: each.user_id and each.user_id == present[each.res_id])
        for heir, activities in passed.grouped(lambda each: heirs[each.res_id]).items():
            if heir:
                activities.write({"user_id": heir.id})
            else:
                ended |= activities
        return ended

    def _hand_over(self, former, reason):
        """Who follows the new outlets follows the cards, and the chatter tells of the change.

        :param former: dict of (owner, team) by card, as they were.
        """
        self.sudo()._follow_by_team(former)
        self.sudo()._log_moves(former, reason)

    def _follow(self, owners):
        """The new owners follow their cards.

        :return: the followers that the present owners are, and those of another house (`_is_outsider`).
        """
        present = {card.id: card.user_id.partner_id.id for card in self}
        coming = {card.id: owner.partner_id.id for card, owner in owners.items()}
        concerned = list({*present.values(), *coming.values()} - {False})
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids)]
        who = ["|", ("partner_id", "in", concerned), ("partner_id.partner_share", "=", True)]
        found = self.env["mail.followers"].search([*domain, *who])
        there = {(each.res_id, each.partner_id.id) for each in found}
        missing = {card: owner for card, owner in owners.items() if (card.id, coming[card.id]) not in there}
        leaving = found.filtered(lambda each: each.partner_id.id == present[each.res_id])
        cards = {card.id: card for card in self}
        outside = found.filtered(lambda each: each.partner_id.id not in concerned)
        outside = outside.filtered(lambda each: cards[each.res_id]._is_outsider(each.partner_id))
        return outside | leaving - self._follow_instead(leaving, missing)

    @api.model
    def _follow_instead(self, leaving, owners):
        """New owners follow in the place of the present ones, or beside what these had chosen to hear of.

        :return: the followers that are the new owners' by now.
        """
        subtypes = self.env["mail.message.subtype"].default_subtypes("crm.lead")[0]
        heirs = {card.id: owner for card, owner in owners.items() if owner.active}
        passed = leaving.filtered(lambda each: each.res_id in heirs and each.subtype_ids == subtypes)
        for owner, followers in passed.grouped(lambda each: heirs[each.res_id]).items():
            followers.write({"partner_id": owner.partner_id.id})
        done = set(passed.mapped("res_id"))
        self._subscribe({card: owner for card, owner in owners.items() if card.id not in done})
        return passed

    def _follow_opened(self):
        """Owners follow their new cards, and so do those who follow the team."""
        self._subscribe({card: card.user_id for card in self})
        self._follow_by_team({card: (card.user_id, self.env["crm.team"]) for card in self})

    @api.model
    def _subscribe(self, owners):
        here = {card: owner.partner_id for card, owner in owners.items() if owner.active}
        self.env["mail.followers"].sudo()._follow_cards(here)

    def _follow_by_team(self, former):
        """Who follows a sales team follows the cards that come to it, as Odoo has it."""
        arrived = self.filtered(lambda card: card.team_id != former[card][1])
        for team, cards in arrived.grouped("team_id").items():
            cards._message_auto_subscribe({"team_id": team.id})

    def _log_moves(self, former, reason):
        """A note on each card with the change of owner, as Odoo's tracking shows it; one batch for all."""
        label = dict(self.env["showroom.ownership"]._fields["reason"]._description_selection(self.env))[reason]
        notes = self._log_notes(dict.fromkeys(self.ids, label))
        columns = self.fields_get(["user_id", "team_id"], attributes=("string", "type"))
        before = {card.id: {"user_id": user, "team_id": team} for card, (user, team) in former.items()}
        pairs = zip(notes, self, strict=True)
        changes = [vals for note, card in pairs for vals in card._tracked(note, before[card.id], columns)]
        self.env["mail.tracking.value"]._append_filled(changes)

    def _tracked(self, note, before, columns):
        """The values of mail.tracking.value for what changed."""
        Value = self.env["mail.tracking.value"]
        for name, column in columns.items():
            if self[name] != before[name]:
                vals = Value._create_tracking_values(before[name], self[name], name, column, self)
                yield {**vals, "mail_message_id": note.id}
