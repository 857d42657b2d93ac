from odoo import api, fields, models


class ResPartner(models.Model):
    """A contact that stands behind a card is seen by who may see the card.

    The rule for receptionists and consultants reads the mark; who has no role in the showroom, as accounting, is left
    to stock rules. The mark stays when the card loses the contact, as an erasure makes it: managers take it away.
    """

    _inherit = "res.partner"

    is_outlet_customer = fields.Boolean(
        "Customer of an Outlet", copy=False, groups="showroom_ownership.group_manager",
        help="Set when a card gets this contact. Consultants see it only if a card with it is theirs.",
    )  # fmt: skip
    outlet_card_ids = fields.One2many(
        "crm.lead", "partner_id", "Cards", domain=[("outlet_id", "!=", False)],
        groups="showroom_ownership.group_manager",
    )  # fmt: skip

    # Which contacts are kept

    def _mark_customers(self):
        """Mark contacts of cards and what is below them; colleagues and one's own companies are no customers."""
        new = self.sudo().filtered(lambda each: each.partner_share and not each.is_outlet_customer)
        new -= self.env["res.company"].sudo().search([("partner_id", "in", new.ids)]).partner_id if new else new
        if new:
            family = new.with_context(active_test=False).search([("id", "child_of", new.ids)])
            family.filtered(lambda each: not each.is_outlet_customer).is_outlet_customer = True

    def _mark_below(self):
        """What is put below a customer is kept as the customer is."""
        below = self.sudo().filtered(lambda each: each.parent_id.is_outlet_customer)
        if below:
            below._mark_customers()

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

    def onchange(self, values, field_names, fields_spec):
        self._named_in(values.get("parent_id"))._check_may_use()
        return super().onchange(values, field_names, fields_spec)

    # What strangers get

    def _check_may_use(self):
        """Nobody hangs something of theirs on a customer that they may not see, to read the customer through it.

        :raise AccessError: for who sees only their own, if one of these contacts is not.
        """
        if self and not self.env.su and self.env.user._sees_only_own():
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
        if not self.env.user._sees_only_own():
            return self.browse()
        customers = self.sudo().filtered("is_outlet_customer")
        return customers - customers.sudo(False)._filtered_access("read").sudo() if customers else customers

    @api.depends_context("uid")
    def _compute_display_name(self):
        """A link to somebody else's customer tells no name: Odoo reads the names of links as the system."""
        super()._compute_display_name()
        for partner in self._kept_from_user():
            partner.display_name = self.env._("Customer of an outlet")
