from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import said

# A card that the user sees: of the contact; if it is no customer itself, of the company above it, of somebody below it
# or of others of that company. Asked of each contact alone, so that a million of them are not gone through.
SEEN = """
EXISTS (SELECT FROM crm_lead card
         WHERE card.partner_id = ANY(ARRAY[%(contact)s] || CASE WHEN %(without)s THEN ARRAY[%(parent)s] || ARRAY(
                   SELECT near.id FROM res_partner near WHERE near.parent_id IN (%(contact)s, %(parent)s)) END)
           AND card.outlet_id IS NOT NULL AND (card.user_id = %(user)s OR card.outlet_id = ANY(%(outlets)s)))
"""
WITHOUT_CARD = """
NOT EXISTS (SELECT FROM crm_lead other WHERE other.partner_id = %(contact)s AND other.outlet_id IS NOT NULL)
"""


class ResPartner(models.Model):
    """A contact that stands behind a card is seen by who may see the card.

    The rule for the showroom's staff reads the mark; who has no role there, as accounting, is left to stock rules. The
    mark stays when the card loses the contact, as an erasure makes it: managers take it away.
    """

    _inherit = "res.partner"

    is_outlet_customer = fields.Boolean(
        "Customer of an Outlet", copy=False, groups="showroom_ownership.group_manager",
        help="Set when a card gets this contact. Staff see it only if they see a card with it.",
    )  # fmt: skip
    is_in_sight = fields.Boolean(
        "Card in Sight", compute="_compute_is_in_sight", search="_search_is_in_sight",
        groups="showroom_ownership.group_manager", help="The user sees a card with this contact, or with its parent.",
    )  # fmt: skip

    # Which contacts are kept

    def _mark_customers(self):
        """Mark contacts of cards and what is below them; colleagues and one's own companies are no customers."""
        new = self.sudo().filtered(lambda each: each.partner_share and not each.is_outlet_customer)
        new -= self.env["res.company"].sudo().search([("partner_id", "in", new.ids)]).partner_id if new else new
        if new:
            above = new.parent_id
            family = new._family_below()
            family.filtered(lambda each: not each.is_outlet_customer).is_outlet_customer = True
            family._invite_anew()
            family._keep_meetings()
            family._unfollow_outsiders()
            self.env["crm.lead"]._take_contacts_off(family)
            above._mark_customers()  # its address and its name are the customer's, too

    def _family_below(self):
        """With all that is below them, but for what colleagues made: that is left to all."""
        below = self.with_context(active_test=False).search([("id", "child_of", self.ids)])
        theirs = (below - self).filtered(lambda each: each._is_of_a_colleague())
        theirs._leave_family()
        return self._family_below() if theirs else below

    def _invite_anew(self):
        """The addresses of invitations show, to whoever has them, who is invited: those of before lead nowhere."""
        with_them = [("event_id.partner_ids", "in", self.ids)]
        self.env["calendar.attendee"].sudo().search(with_them)._invite_anew()

    def _keep_meetings(self):
        """What was planned with them, or about them, before they were customers."""
        about = Domain("res_model", "=", "res.partner") & Domain("res_id", "in", self.ids)
        meetings = self.env["calendar.event"].sudo().with_context(active_test=False)
        meetings.search(about | Domain("partner_ids", "in", self.ids))._keep_meetings()

    def _mark_below(self):
        """What is put below a customer is kept as the customer is."""
        self.sudo().filtered(lambda each: each.parent_id.is_outlet_customer)._mark_customers()
        self.sudo().filtered("is_outlet_customer").parent_id._mark_customers()

    @api.depends_context("uid")
    def _compute_is_in_sight(self):
        found = self.sudo().with_context(active_test=False).search([("id", "in", self.ids), ("is_in_sight", "=", True)])
        for partner in self:
            partner.is_in_sight = partner._origin in found

    @api.model
    def _search_is_in_sight(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        return Domain.TRUE if not user._is_limited() else Domain.custom(to_sql=self._in_sight_sql)

    @api.model
    def _in_sight_sql(self, model, alias, query):
        """Managers see customers whose card is gone, too: somebody has to."""
        user, column = model.env.user, partial(SQL.identifier, alias)
        model.env["crm.lead"].flush_model(["partner_id", "outlet_id", "user_id"])
        model.env["res.partner"].flush_model(["parent_id"])
        gone = SQL(WITHOUT_CARD, contact=column("id"))
        said = {"contact": column("id"), "parent": column("parent_id"), "user": user.id, "without": gone}
        seen = SQL(SEEN, outlets=list(user._outlets_in_sight()), **said)
        return SQL("(%s OR %s)", seen, gone) if user._is_showroom_manager() else seen

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sorting by contacts tells, between two of one's own, the name of one that is kept, letter by letter:
        to staff those come last, as if they had none."""
        by_self = alias == self._table or field_name == "id"
        if by_self or self.env.su or not self.env.user._is_limited() or self._fields[field_name].type == "many2one":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        kept, column = SQL.identifier(alias, "is_outlet_customer"), self._field_to_sql(alias, field_name, query)
        sight = self._in_sight_sql(self, alias, query)
        shown = SQL("CASE WHEN %s IS NOT TRUE OR %s THEN %s END", kept, sight, column)
        query._order_groupby.append(shown)
        return SQL("%s %s %s", shown, direction, nulls)

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        below = partners.filtered("parent_id")
        below.parent_id._check_may_use()
        below._mark_below()
        return partners

    def write(self, vals):
        if not vals.get("parent_id"):
            return super().write(vals)
        self._named_in(vals["parent_id"])._check_may_use()
        result = super().write(vals)
        self._mark_below()
        return result

    @said.takes(values=said.values)
    def onchange(self, values, field_names, fields_spec):
        self._named_in(values.get("parent_id"))._check_may_use()
        return super().onchange(values, field_names, fields_spec)

    # What strangers get

    def _compute_same_vat_partner_id(self):
        """Nor that somebody with this number of taxes, or of a register, is a colleague's customer."""
        result = super()._compute_same_vat_partner_id()
        for name in ("same_vat_partner_id", "same_company_registry_partner_id"):
            kept = self.sudo()[name]._kept_from_user()
            self.filtered(lambda each, name=name, kept=kept: each.sudo()[name] & kept)[name] = False
        return result

    def _check_may_use(self):
        """Nobody hangs something of theirs on a customer that they may not see, to read the customer through it.

        :raise AccessError: for who does not see every card, if one of these contacts is kept from them.
        """
        if self and not self.env.su and self.env.user._is_limited():
            self.check_access("read")

    @api.model
    def _named_in(self, *values):
        """The contacts that values of a form name; the form of what is below a contact sends the contact as a dict."""
        ids = set()
        for value in values:
            if isinstance(value, dict):
                ids.update(self._named_in(value.get("id"), value.get("parent_id"), value.get("partner_id")).ids)
            elif isinstance(value, (list, tuple)):
                ids.update(self._named_in(*value).ids)
            elif isinstance(value, int) and value:
                ids.add(value)
        return self.browse(ids)

    def _kept_from_user(self):
        """Those of these contacts that are customers whom the user may not see; asked as the system, too."""
        passer_by = self.env.user._is_passer_by()
        if not passer_by and not self.env.user._is_limited():
            return self.browse()
        customers = self.sudo().filtered("is_outlet_customer")
        if passer_by:
            return customers
        return customers - customers.sudo(False)._filtered_access("read").sudo() if customers else customers

    def _to_store(self, store, fields, **kwargs):
        """Chatter and chats tell, as the system, who somebody is whom a message or a chat names."""
        kept = self._kept_from_user()
        store.add_records_fields(self - kept, fields, **kwargs)
        for partner in kept:
            store.add_model_values("res.partner", {"id": partner.id, "name": self.env._("Customer of an outlet")})

    @api.depends_context("uid", "guest", "showroom_by_link")
    def _compute_display_name(self):
        """A link to somebody else's customer tells no name: Odoo reads the names of links as the system."""
        kept = self & self._kept_from_user()
        for partner in kept:  # not even asked for: who changes the contact of their card may see the former no more
            partner.display_name = self.env._("Customer of an outlet")
        return super(ResPartner, self - kept)._compute_display_name()
