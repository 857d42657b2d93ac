from odoo import SUPERUSER_ID, models


class ShowroomRuling(models.Model):
    """Who is told of a ruling, in their language: who may act on it, and whom it is about (5)."""

    _inherit = "showroom.ruling"

    def _tell_who_is_concerned(self):
        """Whom a final ruling is about reads why, but who made it final; a deal of one person alone is no news (5)."""
        for ruling in self:
            named = ruling._named()
            if len(named) > 1:
                ruling._tell_in_words(named, lambda words: words._words_of_outcome())

    def _tell_that_it_ended(self):
        """So does it whom it was about that the deal was taken back; who gets the card back is told of the card."""
        for ruling in self:
            named = ruling._named() - ruling.lead_id.user_id
            ruling._tell_in_words(named, lambda words: words._words_of_end(self.env.user))

    def _named(self):
        return self.holder_id | self.former_owner_id | self.closer_id | self.share_ids.user_id

    def _tell_in_words(self, users, words):
        for user in (users - self.env.user).filtered("active"):
            told = self.with_context(lang=user.lang)
            subject = told.env._("Ruling on %s", self.lead_id.card_number)
            told.lead_id.message_notify(partner_ids=user.partner_id.ids, subject=subject, body=words(told))

    def _words_of_outcome(self):
        return f"{self._summary()} {self.env._('You find the ruling under Showroom, Rulings.')}"

    def _words_of_end(self, who):
        return self.env._(
            "%(who)s took the deal of card %(number)s back: its ruling counts no more, nor what it noted about people.",
            who=who.name, number=self.lead_id.card_number,
        )  # fmt: skip

    def _tell_who_acts(self):
        """The holder may appeal, the parties may agree, or else a manager has to decide (5)."""
        parties = {"provisional": self.appellant_ids, "negotiation": self.holder_id | self.closer_id}
        if self.state in parties:
            self._tell(parties[self.state])
        else:
            self._tell(self.env["showroom.ledger.entry"]._managers(self.outlet_id))

    def _tell(self, users):
        """An activity with the deadline for those who can act, in their language; the system's, not of who closed."""
        for user in users.filtered("active"):
            words = self.with_user(SUPERUSER_ID).with_context(
                lang=user.lang, mail_activity_quick_update=user == self.env.user, mail_activity_automation_skip=False
            )
            words.lead_id.activity_schedule(
                "showroom_ownership.mail_activity_type_ruling", self.until or self.day, user_id=user.id,
                summary=words.env._("Ruling on %s", self.lead_id.card_number),
                note=f"{words._summary()} {words._what_to_do()}",
            )  # fmt: skip

    def _what_to_do(self):
        """What the ruling asks of its reader, in a sentence."""
        if self.state == "provisional":
            return self.env._("You can appeal until %s.", self.until)
        if self.state == "negotiation":
            return self.env._("Agree on shares until %s.", self.until)
        return self.env._("A manager has to decide.")
