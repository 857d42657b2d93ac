from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from . import said

EVIDENCE = ("showroom.reception", "showroom.followup", "showroom.communication", "showroom.order")
CONTACT = (
    "name contact_name partner_name phone email_from email_cc website function street street2 zip city state_id "
    "description partner_id interest".split()
)


class CrmLead(models.Model):
    """A customer's legal request to be forgotten: who they were goes, what happened stays, and the ledger verifies."""

    _inherit = "crm.lead"

    @said.takes(reason=said.text)
    def action_erase_customer(self, reason):
        """Erase names, numbers and remarks of cards and of all the evidence on them. For the general manager.

        :param reason: kept in the ledger; must not name the customer.
        :raise AccessError: for anybody else.
        :raise UserError: without a reason.
        """
        if not self.env.user.has_group("showroom_ownership.group_general_manager"):
            raise AccessError(self.env._("Only the general manager erases a customer."))
        if not self.env.user._manages(self.sudo().outlet_id):
            raise AccessError(self.env._("Only the general manager of the card's company erases a customer."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say on whose request the customer is erased, without naming them."))
        for card in self.sudo():
            records = card._evidence_to_erase()
            for model_records in records:
                model_records._erase(reason)
            card._erase_contact()
        return True

    def _evidence_to_erase(self):
        """The evidence on a card, and the announcements of its customer."""
        found = [self.env[model].search([("lead_id", "=", self.id)]) for model in EVIDENCE]
        number = Domain("phone_key", "=", self.phone_sanitized) if self.phone_sanitized else Domain.FALSE
        of_none = self.env["showroom.reception"].search(number & Domain("lead_id", "=", False))
        announced = self.env["showroom.preregistration"].search(number | Domain("lead_id", "=", self.id))
        return [*found, of_none, announced]

    def _erase_contact(self):
        """The card keeps its number and its owners, and nothing by which a person can be found."""
        names = [name for name in CONTACT if name in self._fields]
        blank = {name: self.card_number if name == "name" else False for name in names}
        self.with_context(tracking_disable=True, mail_notrack=True).write(blank)
        tracked = self.env["mail.tracking.value"].sudo().search([("mail_message_id", "in", self.message_ids.ids)])
        tracked.filtered(lambda value: value.field_id.name in names).unlink()


class ShowroomEvidenceMixin(models.AbstractModel):
    _inherit = "showroom.evidence.mixin"

    def _erase(self, reason):
        """Erase the clear texts and the salts: the commitments in the ledger stay, and bind to nobody any more."""
        known = self.filtered(lambda record: not record.is_erased)
        for outlet, records in known.grouped("outlet_id").items():
            facts = [{"of": record.number, "reason": reason} for record in records]
            self.env["showroom.ledger.entry"].sudo()._append(outlet, "erasure", facts)
        known.sudo()._forget()

    def _forget(self):
        self.write({**dict.fromkeys(self._clear_texts(), False), "salt": False, "is_erased": True})

    @api.model
    def _clear_texts(self):
        """The fields that may tell who the customer is."""
        return list(self._committed)


class ShowroomReception(models.Model):
    _inherit = "showroom.reception"

    @api.model
    def _clear_texts(self):
        return [*super()._clear_texts(), "phone", "interest"]

    def _forget(self):
        result = super()._forget()
        self.correction_ids.write({"before": False, "after": False})
        return result


class ShowroomPreregistration(models.Model):
    _inherit = "showroom.preregistration"

    @api.model
    def _clear_texts(self):
        return [*super()._clear_texts(), "phone"]
