from odoo import SUPERUSER_ID, models


class ShowroomRuling(models.Model):
    """Who is told of a ruling, in their language: who may act on it, and who lost by it (5)."""

    _inherit = "showroom.ruling"

    def _tell_who_lost(self):
        """Who had the customer and is credited with nothing reads why, though there is nothing to appeal (5)."""
        for ruling in self:
            lost = (ruling.holder_id | ruling.former_owner_id) - ruling.share_ids.user_id - self.env.user
            for user in lost.filtered("active"):
                words = ruling.with_context(lang=user.lang)
                body = f"{words._summary()} {words.env._('You find the ruling under Showroom, Rulings.')}"
                subject = words.env._("Ruling on %s", ruling.lead_id.card_number)
                words.lead_id.message_notify(partner_ids=user.partner_id.ids, subject=subject, body=body)

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
