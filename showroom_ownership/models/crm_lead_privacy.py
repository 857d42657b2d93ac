from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from . import said
from .crm_lead_owner import DOOR


class CrmLead(models.Model):
    """What a card tells whom: its contact is kept for its owner, its name and its duplicates for who may read it."""

    _inherit = "crm.lead"

    # The contact

    @api.model_create_multi
    def create(self, vals_list):
        self._check_contacts(*vals_list)  # before: a card of one's own would open its contact
        leads = super().create(vals_list)
        leads._sight_changed()
        leads._keep_customers()
        return leads

    def write(self, vals):
        self._check_contacts(vals)
        if vals.get("team_id") and not self.env.su:
            self._check_contacts_brought()
        result = super().write(vals)
        if {"partner_id", "team_id", "user_id"} & vals.keys():
            self._sight_changed()
        moved = vals.get("team_id") and self.env.context.get("showroom_door") is not DOOR
        if vals.get("partner_id") or moved:
            self._keep_customers()
        return result

    @said.takes(values=said.values)
    def onchange(self, values, field_names, fields_spec):
        """A form tells name, number and address of the contact that is chosen, as the system: not of any contact."""
        self._check_contacts(values)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        self._check_contacts(defaults)
        return defaults

    @api.model
    def _check_contacts(self, *vals_list):
        """:raise AccessError: for a contact that is a customer of whom the user may see nothing."""
        self.env["res.partner"]._named_in(*(vals.get("partner_id") for vals in vals_list))._check_may_use()

    def _check_contacts_brought(self):
        """:raise AccessError: for leads that come to an outlet with a contact that is a colleague's customer by now."""
        leads = self.sudo().filtered(lambda lead: lead.partner_id and not lead.outlet_id)
        leads.partner_id.sudo(False)._check_may_use()

    def _sight_changed(self):
        """Whose card a contact is on is asked again within this transaction."""
        self.env["res.partner"].invalidate_model(["is_in_sight"], flush=False)

    def _keep_customers(self):
        """The contacts of cards are seen by who may see the cards; so are their meetings."""
        cards = self.filtered("outlet_id")
        if cards.partner_id:
            cards._check_no_colleague()
            cards.partner_id._mark_customers()

    def _check_no_colleague(self):
        """What people of the house change among their own preferences is no customer's number.

        :raise UserError: for staff, about the contact of a colleague, of a company or their own.
        """
        if self.env.user._is_limited() and (house := self.sudo().partner_id._of_house()):
            raise UserError(
                self.env._("%s is somebody of the house. Make a contact for who buys a car.", house[0].name or "-")
            )

    def _set_outlet(self, outlet):
        """What a team has when it becomes an outlet is kept from then on."""
        result = super()._set_outlet(outlet)
        self._sight_changed()
        self._keep_customers()
        self._keep_meetings()
        return result

    def _enter_outlet(self):
        result = super()._enter_outlet()
        self._keep_meetings()
        return result

    def _keep_meetings(self):
        """What was planned on these leads before they were cards."""
        about = Domain("res_model", "=", "crm.lead") & Domain("res_id", "in", self.ids)
        meetings = self.env["calendar.event"].sudo().with_context(active_test=False)
        meetings.search(about | Domain("opportunity_id", "in", self.ids))._keep_meetings()

    # The name

    @api.depends("outlet_id", "user_id", "card_number")
    @api.depends_context("uid", "guest", "showroom_by_link")
    def _compute_display_name(self):
        """A link to somebody else's card tells its number: Odoo reads the names of links as the system."""
        result, user = super()._compute_display_name(), self.env.user
        if user._is_limited():
            for card in self.sudo()._out_of_sight(user):
                card.display_name = card.card_number
        elif user._is_passer_by():
            for card in self.sudo().filtered("outlet_id"):
                card.display_name = card.card_number
        return result

    def _out_of_sight(self, user):
        """The cards that the user does not see."""
        outlets = set(user._outlets_in_sight())
        return self.filtered(lambda each: each.outlet_id and each.user_id != user and each.outlet_id.id not in outlets)

    def _kept_from_user(self):
        """Those of these cards that the user may not see; asked as the system, too."""
        return self.sudo()._out_of_sight(self.env.user) if self.env.user._is_limited() else self.browse()

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """What is sorted by its card tells staff nothing of cards of others, such as their stars."""
        by_self = alias == self._table or field_name == "id" or self.env.su
        if by_self or not self.env.user._is_limited():
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        return SQL()

    # Duplicates

    def _compute_potential_lead_duplicates(self):
        """Odoo counts as the system, also for a number that is only being typed: staff count what they may see, in the
        query itself, so that no time tells of strangers' cards."""
        if not self.env.user._is_limited():
            return super()._compute_potential_lead_duplicates()
        kept = self.filtered(lambda lead: lead._origin._kept_from_user())
        for lead in kept:
            lead.duplicate_lead_ids, lead.duplicate_lead_count = lead, 0
        self.sudo().partner_id.fetch(["commercial_partner_id"])  # also of a contact that is kept
        return super(CrmLead, (self - kept).sudo(False))._compute_potential_lead_duplicates()

    # After a transfer

    def _let_go(self, owners):
        """Who no longer owns a card finds its messages in no inbox of theirs."""
        self.sudo()._forget_recipients()
        return super()._let_go(owners)

    def _forget_recipients(self):
        """The present owners are no recipients of the cards' messages any more: these name the customer."""
        partners = {card.id: card.user_id.partner_id for card in self}
        former = self.user_id.partner_id.ids
        messages = self.env["mail.message"].search([
            ("model", "=", "crm.lead"), ("res_id", "in", self.ids),
            "|", ("partner_ids", "in", former), ("notification_ids.res_partner_id", "in", former),
        ]) if former else self.env["mail.message"]  # fmt: skip
        for partner, theirs in messages.grouped(lambda each: partners[each.res_id]).items():
            theirs.notification_ids.filtered(lambda note, partner=partner: note.res_partner_id == partner).unlink()
            theirs.write({"partner_ids": [(3, partner.id)]})
