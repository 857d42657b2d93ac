from contextlib import suppress

from odoo import api, models
from odoo.exceptions import AccessError

# What a customer is recognised by: the number, which is completed by the country, the contact, and whose customers they
# are.
IDENTITY = frozenset(["phone", "partner_id", "country_id", "company_id"])
FOUND = object()  # no client's context can be this


class CrmLead(models.Model):
    """Whose customer a card is hangs on its number and its contact: what carries evidence keeps both (2, 5)."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        numbers = self._numbers_of_contacts(vals_list)
        leads = super().create(vals_list)
        leads._check_opened(numbers)
        return leads

    def _check_opened(self, numbers=None):
        """New cards, and leads that come to an outlet, join nobody's customer with another (5).

        :param numbers: of their contacts, if what made the cards may have changed them.
        """
        self._guarded()._check_contacts_taken(numbers or {})
        cards = self._joinable().filtered("phone_sanitized")
        cards._guarded()._check_unknown_to_register()
        if joining := cards.filtered("partner_id"):  # by its number alone a new card joins one customer
            others = joining._with_contact(joining.partner_id.ids).filtered(lambda card: not card._keeps_identity())
            (joining | others.sudo(False))._check_joined({})  # the number went to its contact, and on to these

    def write(self, vals):
        if IDENTITY & vals.keys() and self.env.context.get("showroom_found") is FOUND:
            return self.sudo(False)._write_found(vals)  # the chatter of the screen posts as the system
        if not IDENTITY & vals.keys() or self.env.su:
            return super().write(vals)
        self._guarded()._check_identity(vals)
        with self._with_others(vals.get("partner_id"))._joining():
            return super().write(vals)

    def _with_others(self, partner):
        """These cards and those of a contact that they get: a number that is written with it goes to them, too."""
        cards = self._joinable()
        return cards | self._with_contact([partner]).sudo(False) if cards and partner else cards

    def _message_post_after_hook(self, message, msg_vals):
        """Odoo puts whom one writes to on all cards with that address, which several customers may share."""
        found = self.with_context(showroom_found=FOUND, showroom_found_for=self.ids)
        return super(CrmLead, found)._message_post_after_hook(message, msg_vals)

    def _write_found(self, vals):
        """A contact that was found by an address goes on each card that may have it; the message goes anyway."""
        first = self.env.context.get("showroom_found_for") or []
        for card in self.with_context(showroom_found=None).sorted(lambda card: card.id not in first):
            with suppress(AccessError), self.env.cr.savepoint():
                card.write(vals)
        return True

    def _check_identity(self, vals):
        """The owner writes the number of a customer who is in no register yet; of all others a manager does."""
        if "phone" in vals and any(card._would_be_another(vals["phone"]) for card in self):
            raise AccessError(self.env._("This number stands in the register. Ask a manager to change it on the card."))
        if "partner_id" not in vals:
            return
        changing = self.filtered(lambda card: card.partner_id.id != (vals["partner_id"] or False))
        if changing.sudo().ruling_id:
            raise AccessError(self.env._("The deal is ruled on. Ask a manager to change whose customer it was."))
        if vals["partner_id"]:
            contact = self.env["res.partner"].browse(vals["partner_id"])
            changing._check_contact_taken(contact, contact.sudo().phone_sanitized)
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

    def _with_contact(self, partners):
        """The cards that have one of these contacts, those of strangers and archived ones, too."""
        domain = [("partner_id", "in", partners), ("outlet_id", "!=", False)]
        return self.sudo().with_context(active_test=False).search(domain)

    def _check_one_name(self, partner):
        """Two of one's own customers become one by a contact if they were filed as one: else a card that goes to a
        colleague would have an older one behind it (5).

        :raise AccessError: for cards that were filed under different names and numbers.
        """
        cards = self.sudo() | self._with_contact([partner]) if self else self
        filed = cards.filtered(lambda card: card._first_line())
        if filed and len(set(filed.mapped("phone_sanitized"))) > 1 and not filed._have_one_name():
            raise AccessError(
                self.env._("These cards were filed under different names. Ask a manager to give them one contact.")
            )

    def _have_one_name(self):
        """Whether filed cards were filed under one name, as it stood in the register at first."""
        names = {card._first_line()._name_as_filed() for card in self.sudo()}
        return len(names) < 2 and False not in names

    def _first_line(self):
        """The line by which a card was filed; of one whose filing ended, the first that was evidence."""
        card = self.sudo()
        lines = card.reception_ids.filtered("is_evidence") if not card.filing_id else card.filing_id
        return lines.sorted(lambda line: (line._moment(), line.id))[:1]

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        """A card that carries evidence does not follow the number of its contact, which many may write."""
        return super(CrmLead, self.filtered(lambda card: not card._keeps_identity()))._compute_phone()
