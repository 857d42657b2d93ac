from datetime import timedelta

from odoo import models

from . import clock
from .showroom_ruling import OPEN_STATES

PAUSE = timedelta(minutes=5)
AT_THE_DESK = "showroom_ownership.mt_at_the_desk"


class CrmLead(models.Model):
    """A card whose customer is at the desk: whose it is, or what is in question, and telling the owner."""

    _inherit = "crm.lead"

    def _standing(self):
        """The card's state at the desk, and the reasons if it is in question, as codes."""
        free = self._is_free()
        reasons = [reason for reason, fits in self._questions(free) if fits]
        return {"state": "conflict" if reasons else "free" if free else "owned", "reasons": reasons}

    def _is_free(self):
        """Whether the card goes to whoever receives the customer next: it is closed, or nobody's filing holds (2)."""
        if self.won_status == "lost":
            return True
        held = self.filing_id and not self._filing_expired()
        return not held and self.won_status != "won" and not self.owner_departed

    def _questions(self, free):
        """What may put the owner in question; a card that is free has left the old questions behind."""
        several = self._has_rival(self._same_customer())
        yield "appeal", self.ruling_state == "appealed"
        yield "ruling", self.ruling_state in OPEN_STATES and self.ruling_state != "appealed"
        yield "transfer", self.pending_transfer_id and not free
        yield "pool", not self.user_id and not free
        yield "owners", several
        yield "contested", self.is_contested and not several and not free

    # Fetching the owner

    def _told_at_desk(self):
        """The message by which the owner was fetched in the last minutes."""
        domain = [("model", "=", "crm.lead"), ("res_id", "=", self.id)]
        domain += [("subtype_id", "=", self.env.ref(AT_THE_DESK).id), ("date", ">", clock.now(self.env) - PAUSE)]
        recent = self.env["mail.message"].sudo().search(domain, order="date desc, id desc")
        return recent.filtered(lambda message: self.user_id.partner_id in message.partner_ids)[:1]

    def _tell_at_desk(self, outlet, receiver):
        """A message and a note on the owner's screen, in their language; no phone number leaves the card."""
        owner = self.user_id
        told = self.with_context(lang=owner.lang or self.env.lang)
        subject, body = told.env._("Your customer is here"), told._words_at_desk(outlet, receiver)
        owner._bus_send("simple_notification", {"title": subject, "message": body, "type": "info", "sticky": True})
        return told.message_notify(
            partner_ids=owner.partner_id.ids, subject=subject, body=body, subtype_xmlid=AT_THE_DESK
        )

    def _words_at_desk(self, outlet, receiver):
        words = {"number": self.card_number, "outlet": outlet.name, "who": receiver.name}
        if not receiver:
            return self.env._("Your customer of card %(number)s is at the desk of %(outlet)s.", **words)
        return self.env._("Your customer of card %(number)s is at %(outlet)s with %(who)s.", **words)
