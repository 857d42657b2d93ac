from odoo import models


class CrmLead(models.Model):
    """What the activity of an overdue card says: what to do by when, in the consultant's language (4.1, 4.2)."""

    _inherit = "crm.lead"

    def _overdue_summary(self):
        """The activity's text; the day by which to follow up is the notice's, also before it is issued."""
        card = self.with_context(lang=self.user_id.lang)
        due = card.env._("Follow-up was due on %s.", card._day_text(card.followup_due))
        return " ".join(filter(None, (due, card._loss_sentence())))

    def _retell_overdue(self):
        """A notice by hand gives the activities a day that they could not name before."""
        self._schedule_overdue()
        kind = self.env.ref("showroom_ownership.mail_activity_type_overdue")
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids), ("activity_type_id", "=", kind.id)]
        activities = self.env["mail.activity"].search(domain)
        cards = {card.id: card for card in self}
        texts = activities.grouped(lambda each: cards[each.res_id]._overdue_summary())
        for text, told in texts.items():
            told.write({"summary": text})
