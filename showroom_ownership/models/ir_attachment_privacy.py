from odoo import models
from odoo.tools import SQL

# What Odoo takes for a private meeting of others, by the privacy of the meeting itself.
PRIVATE_MEETING = """
NOT (ir_attachment.res_model = 'calendar.event' AND EXISTS (
    SELECT FROM calendar_event meeting
     WHERE meeting.id = ir_attachment.res_id AND meeting.privacy = 'private'
       AND meeting.user_id IS DISTINCT FROM %(user)s
       AND NOT EXISTS (SELECT FROM calendar_event_res_partner_rel guest
                        WHERE guest.calendar_event_id = meeting.id AND guest.res_partner_id = %(partner)s)))
"""


class IrAttachment(models.Model):
    """What is attached to a private meeting, as its invitation, is kept as the meeting is."""

    _inherit = "ir.attachment"

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        meetings = self.env["calendar.event"].browse(filter(None, model_and_ids.get("calendar.event", ())))
        if meetings and not self.env.su:
            for meeting in meetings.exists()._kept_from_user():
                yield meeting._name, meeting.id

    def _search(self, domain, *args, **kwargs):
        query = super()._search(domain, *args, **kwargs)
        user = self.env.user
        if not self.env.su and not kwargs.get("bypass_access") and user._is_limited():
            if query.from_clause and not query.is_empty():
                query.add_where(SQL(PRIVATE_MEETING, user=user.id, partner=user.partner_id.id))
        return query
