from odoo import fields, models


class CrmLead(models.Model):
    """Who is spoken of hears at once what a colleague put on record about their card (2, 5.3, 5.8)."""

    _inherit = "crm.lead"

    def _tell_people(self, readers, words, **options):
        """Tell people at once about this card, each in their language.

        :param words: makes subject and text from the card as its reader has it.
        """
        self.sudo().filtered("outlet_id")._number()  # of one that is being opened with what is told
        for lang, some in readers.grouped("lang").items():
            card = self.sudo().with_context(lang=lang)
            subject, text = words(card)
            card.message_notify(partner_ids=some.partner_id.ids, subject=subject, body=text, **options)

    def _tell_managers(self, words):
        readers = self.env["showroom.ledger.entry"]._managers(self.sudo().outlet_id) - self.env.user
        self._tell_people(readers, words)

    def _tell_of_correction(self, line, before):
        """The owner, of a line that was made to speak of their customer, as of a reception (2.3, 5.3).

        :param before: what it said of their customer until now, of the fields that were changed.
        """
        self._tell_people(self.sudo().user_id - self.env.user, lambda card: card._words_of_correction(line, before))

    def _words_of_correction(self, line, before):
        if before:
            return self._words_of_change(line.with_env(self.env), before)
        text = self.env._(
            "%(who)s corrected line %(line)s at %(outlet)s: it speaks of your customer of card %(number)s now.",
            who=self.env.user.name, line=line.number, outlet=line.outlet_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("Your customer is here"), text

    def _tell_of_number(self, line):
        """The owner, of a line of their customer that was given another number: it may be another customer's now."""
        self._tell_people(self.sudo().user_id - self.env.user, lambda card: card._words_of_number(line))

    def _words_of_number(self, line):
        text = self.env._(
            "%(who)s gave line %(line)s at %(outlet)s another number. The line was about your customer of card"
            " %(number)s: see whether the card is still right, and tell a manager if it is not.",
            who=self.env.user.name, line=line.number, outlet=line.outlet_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("The number of your customer was corrected"), text

    def _words_of_change(self, line, before):
        text = self.env._(
            "%(who)s corrected line %(line)s at %(outlet)s about your customer of card %(number)s. It said: %(before)s."
            " It says now: %(now)s.",
            who=self.env.user.name, line=line.number, outlet=line.outlet_id.name, number=self.card_number,
            before=line._told(before, before), now=line._told(line, before),
        )  # fmt: skip
        return self.env._("What was said of your customer was corrected"), text

    def _tell_of_order(self):
        """The managers, of an order: with it, the card is asked for nothing more, which matters if it was due (4.5).

        And who is on leave: an order that a substitute took promises the deal to the substitute.
        """
        same = self | self._same_customer()
        lenders = same._lenders_by_card()
        lent = same.filtered(lambda card: lenders[card.id])
        if not self.env.user._manages(self.outlet_id):
            was_due = bool(same._due_or_leaving())
            (lent[:1] or self)._tell_managers(lambda card: card._words_of_order(was_due))
        for card in lent:
            card._tell_people(lenders[card.id] - self.env.user, lambda told: told._words_of_order())

    def _due_or_leaving(self):
        """Whose follow-up is due, or which is to be a colleague's; also a second card of the customer."""
        open_cards = self.sudo().filtered(lambda card: card.outlet_id and card.won_status == "pending")
        due = open_cards.filtered(lambda card: card.followup_due and card.followup_due <= card.outlet_id._today())
        return due | open_cards._leaving()

    def _words_of_order(self, was_due=False):
        words = {"who": self.env.user.name, "number": self.card_number}
        if self._loans():
            text = self.env._(
                "%(who)s recorded an order with the customer of card %(number)s, which is lent during a long leave. If"
                " there is none, a manager cancels it.", **words
            )  # fmt: skip
            return self.env._("An order with a customer who was lent"), text
        if was_due:
            text = self.env._(
                "%(who)s recorded an order on card %(number)s, whose customer was due for a follow-up, or to be a"
                " colleague's. If there is none, cancel it on the card.", **words
            )  # fmt: skip
            return self.env._("An order on a card that was due"), text
        text = self.env._(
            "%(who)s recorded an order on card %(number)s, of which no follow-up is asked any more. If there is none,"
            " cancel it on the card.", **words
        )  # fmt: skip
        return self.env._("An order was recorded"), text

    def _is_unfiled_deal(self):
        """Won on a card that nobody had filed, not longer ago than a ruling can be reopened (5)."""
        card = self.sudo()
        if card.won_status != "won" or card.filing_id or not card.ruling_id:
            return False
        days = card.outlet_id.policy_id.reopen_days
        return card.outlet_id._today() < fields.Date.add(card.ruling_id.day, days=days)

    def _tell_of_unfiled_deal(self, line):
        """The managers, of who was the first to receive a customer with whom a colleague has closed already (2, 5)."""
        self._tell_managers(lambda card: card._words_of_unfiled_deal(line))

    def _words_of_unfiled_deal(self, line):
        text = self.env._(
            "%(who)s was the first to receive the customer of card %(number)s, which %(closer)s had won already."
            " If that deal is in doubt, take it back: the card goes to who received the customer.",
            who=line._credited().name, number=self.card_number, closer=self.ruling_id.closer_id.name,
        )  # fmt: skip
        return self.env._("A deal with a customer whom nobody had received"), text

    def _tell_of_followup(self, call):
        """The owner, of a colleague's follow-up with their customer: a deal may be the colleague's by it (5)."""
        if self.sudo().filing_id:
            self._tell_people(self.sudo().user_id - call.consultant_id, lambda card: card._words_of_followup(call))

    def _words_of_followup(self, call):
        text = self.env._(
            "%(who)s recorded a follow-up with the customer of your card %(number)s. If there was none, tell a"
            " manager.",
            who=call.consultant_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A colleague followed up with your customer"), " ".join(filter(None, (text, call.outcome)))

    def _tell_of_return(self):
        """Who gets a card back, of the deal that was taken back: the colleague may have changed what stands on it."""
        if not self.sudo().user_id:
            return self._tell_managers(lambda card: card._words_of_pool())
        self._tell_people(self.sudo().user_id - self.env.user, lambda card: card._words_of_return())

    def _words_of_pool(self):
        text = self.env._(
            "%(who)s took the deal of card %(number)s back: the card is in the pool again, as it was before the deal.",
            who=self.env.user.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A card is in the pool again"), text

    def _words_of_return(self):
        text = self.env._(
            "%(who)s took the deal of card %(number)s back: the card is yours again. Look through it; its log tells"
            " what was changed meanwhile.", who=self.env.user.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A card is yours again"), text

    def _tell_of_announcement(self, entry):
        """The owner and who decides, of a colleague who announces the customer: a deal may be theirs by it (5.4)."""
        card = self.sudo()
        holders = (card.user_id | card._lenders()) - entry.consultant_id
        if holders and card.won_status == "pending":
            managers_of = self.env["showroom.ledger.entry"]._managers
            deciding = managers_of(card.outlet_id) | managers_of(entry.outlet_id)
            readers = (holders | deciding) - self.env.user
            card._tell_people(readers, lambda told: told._words_of_announcement(entry))

    def _words_of_announcement(self, entry):
        text = self.env._(
            "%(who)s announces for %(outlet)s the customer of card %(number)s, who is %(owner)s's at %(place)s. A deal"
            " at another outlet may be %(who)s's by it: see the register before the announcement is accepted.",
            who=entry.consultant_id.name, outlet=entry.outlet_id.name, number=self.card_number,
            owner=self._whose().name, place=self.outlet_id.name,
        )  # fmt: skip
        return self.env._("A customer who has an owner is announced"), text

    def _tell_of_communication(self, said):
        """The colleague, of what somebody says to have discussed with them: on it a ruling may rest (5.8)."""
        self._tell_people(said.with_id, lambda card: card._words_of_communication(said))

    def _words_of_communication(self, said):
        text = self.env._(
            "%(who)s recorded that they spoke with you about the customer of card %(number)s. If that is wrong, tell a"
            " manager.", who=self.env.user.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A conversation with you was recorded"), " ".join(filter(None, (text, said.note)))
