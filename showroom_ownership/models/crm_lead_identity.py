from odoo import api, models
from odoo.exceptions import AccessError

# What a customer is recognised by: the number, which is completed by the country, the contact, and whose customers they
# are.
IDENTITY = frozenset(["phone", "partner_id", "country_id", "company_id"])


class CrmLead(models.Model):
    """Whose customer a card is hangs on its number and its contact: what carries evidence keeps both (2, 5)."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        cards = leads._joinable().filtered("phone_sanitized")
        cards._guarded()._check_unknown_to_register()
        if joining := cards.filtered("partner_id"):  # by its number alone a new card joins one customer
            joining._check_joined({})
        return leads

    def write(self, vals):
        if not IDENTITY & vals.keys() or self.env.su:
            return super().write(vals)
        self._guarded()._check_identity(vals)
        with self._joining():
            return super().write(vals)

    def _check_identity(self, vals):
        """The owner writes the number of a customer who is in no register yet; of all others a manager does."""
        if "phone" in vals and any(card._would_be_another(vals["phone"]) for card in self):
            raise AccessError(self.env._("This number stands in the register. Ask a manager to change it on the card."))
        if "partner_id" not in vals:
            return
        changing = self.filtered(lambda card: card.partner_id.id != (vals["partner_id"] or False))
        if changing.sudo().ruling_id:
            raise AccessError(self.env._("The deal is ruled on. Ask a manager to change whose customer it was."))
        if vals["partner_id"] and changing._gets_contact_of_others(vals["partner_id"]):
            raise AccessError(self.env._("This contact is a colleague's customer. Ask a manager to put it here."))
        if vals["partner_id"]:
            changing._check_one_name(vals["partner_id"])

    def _would_be_another(self, phone):
        number = self._showroom_phone(phone, self.outlet_id.id)
        return self._keeps_identity() and number != self.phone_sanitized

    def _carries_evidence(self):
        card = self.sudo()
        return bool(card.outlet_id and (card.filing_id or card.reception_ids))

    def _keeps_identity(self):
        """Whose customer a card is was evidence, an order's or a deal's: it is not for its owner to change."""
        card = self.sudo()
        return bool(card.outlet_id and (card.ruling_id or card.order_date)) or card._carries_evidence()

    def _gets_contact_of_others(self, partner):
        """A contact makes all its cards one customer's: not at the word of who owns but one of them."""
        if not self:
            return False
        return bool(self._with_contact(partner).filtered(lambda card: card.user_id != self.env.user) - self)

    def _with_contact(self, partner):
        """The cards that have a contact, those of strangers and archived ones, too."""
        domain = [("partner_id", "=", partner), ("outlet_id", "!=", False)]
        return self.sudo().with_context(active_test=False).search(domain)

    def _check_one_name(self, partner):
        """Two of one's own customers become one by a contact if they were filed as one: else a card that goes to a
        colleague would have an older one behind it (5).

        :raise AccessError: for cards that were filed under different names and numbers.
        """
        filed = (self.sudo() | self._with_contact(partner)).filtered("filing_id") if self else self
        if filed and len(set(filed.mapped("phone_sanitized"))) > 1 and not filed._have_one_name():
            raise AccessError(
                self.env._("These cards were filed under different names. Ask a manager to give them one contact.")
            )

    def _have_one_name(self):
        """Whether filed cards were filed under one name, as it stood in the register at first."""
        names = {card.filing_id._name_as_filed() for card in self.sudo()}
        return len(names) < 2 and False not in names

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        """A card that carries evidence does not follow the number of its contact, which many may write."""
        return super(CrmLead, self.filtered(lambda card: not card._keeps_identity()))._compute_phone()
