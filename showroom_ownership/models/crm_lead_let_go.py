from odoo import models
from odoo.fields import Domain


class CrmLead(models.Model):
    """Who no longer owns a card is a stranger to its customer, too: nothing of theirs keeps the contact in sight."""

    _inherit = "crm.lead"

    def _let_go(self, owners):
        self.sudo().filtered("user_id")._let_go_of_customers(owners)
        self.sudo().filtered("email_cc")._let_go_of_copies()
        return super()._let_go(owners)

    def _let_go_of_copies(self):
        """To whom copies of the mail go is for the next owner to say: the last one may have named themselves."""
        if self:
            told = self.env._("Copies of the mail went to %s, and do so no more.")
            self._message_log_batch(bodies={card.id: told % card.email_cc for card in self})
            self.email_cc = False

    def _let_go_of_customers(self, heirs):
        """The present owners follow contacts and meetings no more; from cards that they opened by hand the contacts go.

        :param heirs: dict of the new owner by card.
        """
        if not self:
            return
        left = self._leave_contacts()
        self._invite_all_anew()
        if self.partner_id:
            left |= {(owner, below) for owner, partner in left for below in partner.child_ids}
            self._forget_invitations()
            self._unfollow_customers({(partner.id, owner.partner_id) for owner, partner in left})
            self._pass_on_activities_of_contacts(left, {card.id: owner for card, owner in heirs.items()})

    def _leave_contacts(self):
        """Take the contacts of these cards, and others of their firms, off further cards of the present owners.

        What they sold with a contact stays as it was, and what they filed with another one of the same firm. What is
        filed and open may go along (`_part_contacts`).

        :return: the contacts that they have nothing to do with any more, as pairs of owner and contact.
        """
        mine = {(card.user_id, card.partner_id) for card in self if card.partner_id}
        others = self._others_with_contacts()
        filed = others.filtered("filing_id")
        kept = filed.filtered(lambda card: card.won_status == "won" or (card.user_id, card.partner_id) not in mine)
        left = mine - {(card.user_id, card.partner_id) for card in kept}
        houses = {(owner, partner.commercial_partner_id) for owner, partner in left}
        houses -= {(card.user_id, card.partner_id.commercial_partner_id) for card in kept}
        planted = others - filed.filtered(lambda card: card.won_status == "pending")
        planted = planted.filtered(lambda card: (card.user_id, card.partner_id.commercial_partner_id) in houses)
        planted.filtered(lambda card: not card._is_from_before())._take_contact_off()
        return left

    def _part_contacts(self, former, along):
        """By another open card the former owners would go on reading a contact that is the new owner's, and change it.

        :param former: dict of (owner, team) by card, as they were.
        :param along: the cards that are about to go to the same owners.
        """
        parted = {(former[card][0], card.partner_id) for card in self if card.partner_id and former[card][0]}
        if not parted:
            return
        owners, contacts = ({pair[number].id for pair in parted} for number in (0, 1))
        same = [("user_id", "in", list(owners)), ("partner_id", "in", list(contacts)), ("won_status", "=", "pending")]
        others = self.sudo().search([*same, ("outlet_id", "!=", False), ("id", "not in", (self | along).ids)])
        others.filtered(lambda card: (card.user_id, card.partner_id) in parted)._take_contact_off()

    def _pass_on_activities_of_contacts(self, left, heirs):
        """What the present owners have to do about contacts that they leave goes to the new owners, or ends."""
        near = {card: card.partner_id | card.partner_id.child_ids for card in self}
        cards = {(card.user_id, each.id): card for card in self for each in near[card] if (card.user_id, each) in left}
        theirs = [("user_id", "in", self.user_id.ids), ("res_id", "in", [contact for _owner, contact in cards])]
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        planned = Activity.search([("res_model", "=", "res.partner"), *theirs])
        planned = planned.filtered(lambda each: (each.user_id, each.res_id) in cards)
        heir = lambda each: heirs[cards[each.user_id, each.res_id].id]  # noqa: E731
        for owner, activities in planned.grouped(heir).items():
            if owner:
                activities.write({"user_id": owner.id})
            else:
                activities.unlink()

    def _others_with_contacts(self):
        """Further cards and leads of the owners with the same contacts, or their firms; one query for any number."""
        if not self.partner_id:
            return self.browse()
        houses = self.partner_id.commercial_partner_id
        same = [("partner_id.commercial_partner_id", "in", houses.ids), ("user_id", "in", self.user_id.ids)]
        return self.with_context(active_test=False).search([*same, ("id", "not in", self.ids)])

    def _is_from_before(self):
        """Closed by another team, or before the team became an outlet: its contact is what it was, and no filing tells
        whose (2)."""
        outlet = self.outlet_id
        if self.won_status == "pending" or not outlet:
            return self.won_status != "pending"
        return outlet._day_of()(self.create_date) < outlet.live_since

    def _is_outsider(self, partner):
        """Neither of the house nor the customer: an address to which a colleague's words would go."""
        return partner.partner_share and partner != self.partner_id

    def _unfollow_outsiders(self):
        """Whoever was made to follow a card that a colleague files."""
        followers = self.env["mail.followers"].search([("res_model", "=", "crm.lead"), ("res_id", "in", self.ids)])
        followers.filtered(lambda each: self._is_outsider(each.partner_id)).unlink()

    def _invite_all_anew(self):
        """The owners know the addresses of the invitations to meetings on their cards, and with the customers: those of
        guests, and of colleagues, to whom they wrote."""
        about = Domain("opportunity_id", "in", self.ids)
        if self.partner_id:
            about |= Domain("partner_ids", "in", self.partner_id.ids)
        meetings = self.env["calendar.event"].with_context(active_test=False).search(about)
        meetings.attendee_ids._invite_anew()
        meetings._call_anew()

    def _forget_invitations(self):
        """The files of the owners' invitations name whom they invited."""
        meetings = self.env["calendar.event"].with_context(active_test=False)._search(
            [("partner_ids", "in", self.partner_id.ids), ("user_id", "in", self.user_id.ids)]
        )  # fmt: skip
        files = [("res_model", "=", "calendar.event"), ("mimetype", "=", "text/calendar"), ("res_id", "in", meetings)]
        self.env["ir.attachment"].search(files).unlink()

    def _unfollow_customers(self, left):
        """Former owners and outsiders follow the contacts and the meetings with them no more.

        :param left: the contacts, and by which contacts of their own the owners follow them.
        """
        events = self.env["calendar.event"].with_context(active_test=False)
        meetings = events.search_fetch([("opportunity_id", "in", self.ids)], ["opportunity_id"])
        cards = {("calendar.event", meeting.id): meeting.opportunity_id for meeting in meetings}
        near = {each.id: card for card in self for each in card.partner_id | card.partner_id.child_ids}
        cards |= {("res.partner", contact): card for contact, card in near.items()}
        what = {"res.partner": [*near], "calendar.event": meetings.ids}
        where = Domain.OR(Domain("res_model", "=", model) & Domain("res_id", "in", ids) for model, ids in what.items())
        who = Domain("partner_id", "in", self.user_id.partner_id.ids) | Domain("partner_id.partner_share", "=", True)

        def ends(each):
            person, card = each.partner_id, cards[each.res_model, each.res_id]
            mine = each.res_model == "res.partner" and (each.res_id, person) in left
            planned = each.res_model == "calendar.event" and person == card.user_id.partner_id
            return mine or planned or card._is_outsider(person)

        self.env["mail.followers"].search(where & who).filtered(ends).unlink()
