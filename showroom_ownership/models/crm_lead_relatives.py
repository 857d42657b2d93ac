from odoo import models
from odoo.tools import format_list

from ..core.facts import SAME
from .crm_lead_owner import CARRIES_RHYTHM

GIVEN = CARRIES_RHYTHM | {"assignment"}
ALONG = {"customer_request", "manager", "assignment"}  # the former owner's other cards are given, too (4)


class CrmLead(models.Model):
    """Links and second cards of before are told to who gets a card, and those of a merge to everybody: nobody loses a
    deal by what they were not told of (5)."""

    _inherit = "crm.lead"

    def _tell_of_relatives(self, former, reason, clusters):
        """The new owners, of what is around their cards.

        :param former: dict of (owner, team) by card, as they were.
        """
        for card in self.filtered("user_id") if reason in GIVEN else ():
            others = self.browse(clusters[card.id]).filtered(lambda other, card=card: other.user_id != card.user_id)
            same = {other for other in others if clusters[card.id][other.id] == SAME}
            behind = {other for other in same if other.won_status == "won" or other._is_lost_double(card)}
            if reason in ALONG:
                behind |= {other for other in same if other._is_along(*former[card])}
            if others := others.filtered(lambda other, behind=behind: other not in behind):
                numbers = format_list(self.env, others.mapped("card_number"))
                card._tell_people(card.user_id - self.env.user, lambda told, n=numbers: told._words_of_relatives(n))

    def _is_lost_double(self, card):
        """Lost, under the number of the card itself: the customer's next reception is on the card."""
        return self.won_status == "lost" and self.phone_sanitized == card.phone_sanitized

    def _words_of_relatives(self, numbers):
        text = self.env._(
            "Card %(number)s, which is yours now, hangs together with %(numbers)s as one customer or one family: its"
            " deal is ruled on with all of them. If that is wrong, ask a manager to undo it.",
            number=self.card_number, numbers=numbers,
        )  # fmt: skip
        return self.env._("Linked cards: %s", self.card_number), text

    # Merges

    def _merge_opportunity(self, user_id=False, team_id=False, auto_unlink=True, max_length=5):
        cards = self.sudo().filtered("outlet_id")
        parts = set(cards._customers().values()) if cards else ()
        known = {card: (card.phone_sanitized, card.partner_id) for card in cards}
        firsts = cards.browse().union(*(part._heads()[0] for part in parts))
        merged = super()._merge_opportunity(user_id, team_id, auto_unlink, max_length)
        kept = known.get(merged) == (merged.phone_sanitized, merged.partner_id)
        if len(parts) > 1 and (kept or not merged._guarded()):  # what its number or contact joined, was told with it
            merged.sudo()._tell_of_merge(firsts)
        return merged

    def _tell_of_merge(self, firsts):
        """Several customers have become one: all hear of it as of a link, and of the families that came along.

        :param firsts: the cards that were filed first of each.
        """
        alive = firsts.exists()
        alive |= self if alive != firsts else alive
        if len(alive) > 1:
            alive._tell_of_link(alive, "same_customer")
        self._tell_of_followups_before(alive - self)
        self._customers()[self]._tell_of_family()

    # Follow-ups

    def _tell_of_followups_before(self, others):
        """Whose customer it is hears of follow-ups on cards that become the customer's, as of others, and of
        conversations with them (5).

        :param others: the cards that were the customer's before.
        """
        held = others.filtered(lambda each: each.filing_id and each.user_id)
        calls = self.env["showroom.followup"].sudo().search([("lead_id", "in", self.ids)]) if held else ()
        spoken = self.env["showroom.communication"].sudo().search([("lead_id", "in", self.ids)]) if held else ()
        for card in held:
            for said in spoken:
                if said.with_id == card.user_id:
                    card._tell_people(card.user_id, lambda told_to, said=said: told_to._words_of_conversation(said))
            if told := [call for call in calls if call.consultant_id != card.user_id]:
                card._tell_people(card.user_id, lambda told_to, told=told: told_to._words_of_followups(told))

    def _words_of_conversation(self, said):
        text = self.env._(
            "%(who)s recorded that they spoke with you about a customer who is yours of card %(number)s now. If that is"
            " wrong, tell a manager.", who=said.by_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A conversation with you was recorded"), " ".join(filter(None, (text, said.note)))

    def _words_of_followups(self, calls):
        text = self.env._(
            "%(who)s recorded %(count)s follow-ups on a card that is your customer's of card %(number)s now. If there"
            " were none, tell a manager.",
            who=format_list(self.env, sorted({call.consultant_id.name for call in calls})), count=len(calls),
            number=self.card_number,
        )  # fmt: skip
        return self.env._("A colleague followed up with your customer"), text

    # What happens on another card of the customer

    def _tell_beside(self, about, words):
        """Who holds another open card of the customer: a ruling counts them all (5). One query for any number of cards.

        :param about: dict of whom and what to tell of, by card.
        :param words: makes subject and text from a holder's card and what happened.
        """
        contested = self.filtered("is_contested")
        same = self.env["showroom.facts"]._customer_cards(contested) if contested else {}
        for card in contested:
            person, event = about[card]
            known = person | card.user_id | self.env.user
            held = (same[card.id] - card).filtered(lambda each: each.filing_id and each.won_status == "pending")
            for other in held.filtered(lambda each, known=known: each.user_id not in known):
                other._tell_people(other.user_id, lambda told, event=event: words(told, event))
