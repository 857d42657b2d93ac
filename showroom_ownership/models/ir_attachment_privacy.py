import re
from urllib.parse import urlsplit

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import SQL

# A name, not a number that browsers read as an address: so that two names are one house only if they are the same.
NAMED = re.compile(r"https?://[a-z0-9.-]*[a-z](:[0-9]+)?([/?#][^\\\s]*)?", re.IGNORECASE)

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
    """What is attached to a private meeting, as its invitation, is kept as the meeting is.

    The picture of a contact or of a company is changed on the record, which says who may; not past it, as its file.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._check_of_no_field()
        files._check_leads_elsewhere()
        return files

    def write(self, vals):
        self._check_of_no_field()
        result = super().write(vals)
        if "res_field" in vals:
            self._check_of_no_field()
        if {"url", "type"} & vals.keys():
            self._check_leads_elsewhere()
        return result

    def unlink(self):
        self._check_of_no_field()
        return super().unlink()

    def _check_of_no_field(self):
        """:raise AccessError: for staff, for the content of a field; Odoo itself writes and removes it as system."""
        if not self.env.su and any(self.sudo().mapped("res_field")) and self.env.user._is_limited():
            raise AccessError(self.env._("This is the picture or the file of a record. Change it on the record."))

    def _check_leads_elsewhere(self):
        """An address as a file is opened by whoever looks at it, in their name: at the house it would do something.

        :raise UserError: for staff, for any but another house's address.
        """
        if self.env.su or not self.env.user._is_limited():
            return
        addresses = self.sudo().filtered(lambda file: file.type == "url")
        hosts = self._hosts() if addresses else ()
        if any(not _leads_to_another(file.url or "", hosts) for file in addresses):
            raise UserError(self.env._("Give the whole address of another website, as https://example.com/offer."))

    @api.model
    def _hosts(self):
        here = urlsplit(self.get_base_url()).hostname
        return {here, urlsplit(f"//{request.httprequest.host}").hostname} if request else {here}

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


def _leads_to_another(url, hosts):
    return bool(NAMED.fullmatch(url)) and urlsplit(url).hostname not in hosts
