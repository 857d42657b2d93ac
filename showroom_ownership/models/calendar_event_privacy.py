from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .kept_targets import check_models, check_targets
from .mail_render_privacy import check_open

TARGET = {"opportunity_id", "res_model_id", "res_model", "res_id"}
JOINED = {"videocall_channel_id", "recurrence_id"}
CUSTOMERS = TARGET | {"partner_ids", "attendee_ids", "activity_ids"}


class CalendarEvent(models.Model):
    """A meeting with a customer tells colleagues that its people are busy, and nothing else.

    Odoo masks what is read of private meetings and leaves them out of groups; it would still find and sort them.
    """

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        check_models(self, *vals_list)
        events = super().create(vals_list)
        events._check_targets()
        events._check_joined()
        events._keep_meetings()
        return events

    def write(self, vals):
        check_models(self, vals)
        result = super().write(vals)
        if TARGET & vals.keys():
            self._check_targets()
        if JOINED & vals.keys():
            self._check_joined()
        if CUSTOMERS & vals.keys():
            self._keep_meetings()
        return result

    def _check_joined(self):
        """The call of a meeting lets whoever has its address into the chat: nobody opens one of others.

        Looked at when it is written: what it is may come from the defaults of the call, or of the user. A meeting that
        is put into a series of others would keep them from changing it.

        :raise AccessError: for staff, about a chat that they are no member of, or a series that is kept from them.
        """
        if self.env.su or not self.env.user._is_limited():
            return
        if not all(channel.is_member for channel in self.sudo().videocall_channel_id):
            raise AccessError(self.env._("Only members hold the call of a meeting in their chat."))
        self.sudo().recurrence_id.sudo(False)._check_meetings()

    def _check_targets(self):
        """A meeting is about a card or a record that its maker may read."""
        about = self.filtered(lambda each: each.sudo().res_model and each.sudo().res_model != "crm.lead")
        check_targets(about)
        check_open(self.sudo().opportunity_id.sudo(self.env.su) | self._cards_named())

    def _cards_named(self):
        """The cards in the place for any record, which need not be the one in their own place."""
        named = self.sudo().filtered(lambda each: each.res_model == "crm.lead" and each.res_id)
        return self.env["crm.lead"].browse({each.res_id for each in named})

    def _keep_meetings(self):
        """Meetings with customers are private, unless somebody chose otherwise for one: Odoo writes into them whose
        name and number it knows."""
        if kept := self.sudo().filtered(lambda each: not each.privacy)._with_customers():
            kept.privacy = "private"

    def _with_customers(self):
        """Those on a card or about one, planned from an activity of one, and those with a contact who stands behind one
        or about such a contact."""
        about = {each: {(what.res_model, what.res_id) for what in (each, *each.activity_ids)} for each in self}
        named, customers = set().union(*about.values()), set()
        for model, is_one in (("crm.lead", "outlet_id"), ("res.partner", "is_outlet_customer")):
            records = self.env[model].browse(key for name, key in named if name == model and key).exists()
            customers |= {(model, record.id) for record in records.filtered(is_one)}
        return self.filtered(
            lambda each: each.opportunity_id.outlet_id or customers & about[each]
            or any(guest.is_outlet_customer for guest in each.partner_ids)
        )  # fmt: skip

    def _is_with_former_owner(self):
        """Whether one of its customers is kept from one of the colleagues who read it, and all its invitations."""
        event = self.sudo()
        customers = event.partner_ids.filtered("is_outlet_customer")
        users = event.user_id | event.partner_ids.user_ids if customers else ()
        return any(customers.with_user(user).sudo()._kept_from_user() for user in users)

    @api.model
    def _get_contact_details_description(self, organizer, partners):
        """Who the customer is, and their number, stand on the card: written into the text they would outlast it."""
        partners = partners.filtered(lambda each: not each.sudo().is_outlet_customer)
        return super()._get_contact_details_description(organizer, partners)

    def _check_private_event_conditions(self):
        """Who sees the card sees its meetings: the next owner, and managers."""
        card = self.sudo().with_context(prefetch_fields=False).opportunity_id  # what is masked stays out of memory
        if card.outlet_id and not card._out_of_sight(self.env.user):
            return False
        return super()._check_private_event_conditions()

    def _kept_from_user(self):
        """Those of these meetings of which the user learns only that somebody is busy."""
        if not self.env.user._is_limited():
            return self.browse()
        return self.filtered(lambda each: each._check_private_event_conditions())

    def _fetch_query(self, query, fields):
        """Whose meeting it is goes with what Odoo masks, so that nobody asks for it as the system afterwards."""
        masked = {field.name for field in fields} - self._get_public_fields()
        if masked and not self.env.su and self.env.user._is_limited():
            fields = list(dict.fromkeys([*fields, self._fields["opportunity_id"]]))
        return super()._fetch_query(query, fields)

    def _mail_get_partners(self, introspect_fields=False):
        """To whom one could write about a meeting is part of what is kept. Nor does a reminder go to a customer whom a
        colleague who takes part had before, and who would read it."""
        kept = self._kept_from_user()
        partners = super(CalendarEvent, self - kept)._mail_get_partners(introspect_fields=introspect_fields)
        for each in (self - kept).sudo().filtered(lambda each: each._is_with_former_owner()):
            partners[each.id] = partners[each.id].filtered(lambda guest: not guest.sudo().is_outlet_customer)
        return {**partners, **{each.id: self.env["res.partner"] for each in kept}}

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What is written about a private meeting is for who may change it."""
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if message_operation == "read" and not self.env.su:
            operations.update(dict.fromkeys(self._kept_from_user(), "write"))
        return operations

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """What is asked about contents finds no private meeting of others."""
        user = self.env.user
        if not self.env.su and not kwargs.get("bypass_access") and user._is_limited():
            if self._asks_contents(Domain(domain), order):
                domain = Domain(domain) & self._open_to(user)
        return super()._search(domain, offset, limit, order, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """By a path from another model, as a series, Odoo would group by what it masks of a meeting itself.

        :raise AccessError: for staff, for anything but when and whose it is.
        """
        asked = groupby_spec.split(":")[0].split(".")[0]
        within = alias == self._table or asked in self._get_public_fields()
        if not within and not self.env.su and self.env.user._is_limited():
            raise AccessError(self.env._("Group the meetings themselves: what they are about is asked of them alone."))
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def _asks_contents(self, domain, order):
        """Whether a search looks at, or sorts by, what Odoo masks of private meetings."""
        public = self._get_public_fields() | {"partner_ids", "effective_privacy", "write_date", "create_date"}
        asked = {condition.field_expr.split(".")[0] for condition in domain.iter_conditions()}
        asked |= {part.split()[0].split(".")[0] for part in (order or self._order).split(",") if part.strip()}
        return bool(asked - public)

    @api.model
    def _open_to(self, user):
        """Meetings that the user takes part in, those on cards they see, and those that are not private."""
        taking_part = Domain("user_id", "=", user.id) | Domain("partner_ids", "in", user.partner_id.ids)
        seen = Domain("user_id", "=", user.id) | Domain("outlet_id", "in", user._outlets_in_sight())
        on_cards = Domain("opportunity_id", "any!", seen & Domain("outlet_id", "!=", False))
        return taking_part | on_cards | Domain(self._get_default_privacy_domain())
