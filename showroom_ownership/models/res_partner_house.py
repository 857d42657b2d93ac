from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.mail import email_split

from . import said

ELSEWHERE = ["meeting_ids", "commercial_partner_id"]  # said on the meeting, and by the company above


class ResPartner(models.Model):
    """The contacts of the house: its companies, which say by which country numbers are read, and its people (2)."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        """The defaults of a call, or of its user, are said as well."""
        defaults = {} if self.env.su else self.default_get(["lang", "parent_id", *ELSEWHERE])
        told = [{**defaults, **vals} for vals in vals_list]
        self._check_people(*told)
        self._check_above(*told)
        return super().create(vals_list)

    def write(self, vals):
        self._check_people(vals)
        self._check_above(vals)
        if vals and not self.env.su and self.env.user._is_limited():
            self._check_of_house(vals)
            self._check_of_colleague()
        return super().write(vals)

    @api.model
    def _check_people(self, *vals_list):
        """What is told to somebody is told in their language, and who takes part in a meeting is said on the meeting.

        :raise UserError: for a language that is not installed, and for staff who name meetings on a contact.
        """
        for lang in {vals["lang"] for vals in vals_list if vals.get("lang")}:
            self.env["res.users"]._check_lang(lang)
        if self.env.su or not self.env.user._is_limited():
            return
        if any(vals.get("meeting_ids") for vals in vals_list):
            raise AccessError(self.env._("Invite people in the meeting itself."))
        if any(len(email_split(str(vals.get("email") or ""))) > 1 for vals in vals_list):
            raise ValidationError(self.env._("Give one e-mail address: with several, mail goes to all of them."))
        said.refuse(self, {"commercial_partner_id"} & {name for vals in vals_list for name in vals})

    @api.model
    def _check_above(self, *vals_list):
        """What is below one's own contact is one's address book in the portal, whoever's customer it becomes.

        :raise AccessError: for staff, also where Odoo goes on as the system with what they said.
        """
        above = {vals["parent_id"] for vals in vals_list if isinstance(vals.get("parent_id"), int)} - {False}
        if above and self.env.user._is_limited() and any(each._is_staff() for each in self.sudo().browse(above)):
            raise AccessError(self.env._("Nobody is below the contact of somebody of the house. Leave it out."))

    def _check_of_house(self, vals):
        """:raise AccessError: for contacts of companies, of colleagues and of the system, but one's own preferences."""
        house = self._of_house() | (self.sudo() & self._of_nobody())
        preferences = set(self.env["res.users"].SELF_WRITEABLE_FIELDS)
        if house - self.env.user.partner_id or (house and not vals.keys() <= preferences):
            raise AccessError(
                self.env._("This is the contact of a company or a colleague. Ask an administrator to change it.")
            )

    def _check_of_colleague(self):
        """:raise AccessError: for who sold to a customer before, who is a colleague's by now."""
        cards = self.env["crm.lead"]._with_contact(self.sudo().filtered("is_outlet_customer").ids)
        for some in cards.filtered(lambda card: card.won_status == "pending").grouped("partner_id").values():
            kept = some._kept_from_user()
            if kept == some and (taken := kept.filtered("filing_id")[:1]):
                taken._asked_about(taken)
                raise AccessError(
                    self.env._("A colleague looks after this customer now. Ask them to change the contact.")
                )

    @api.model
    def _of_nobody(self):
        """The contacts of visitors without a login, and of the user whom new ones in the portal are made after."""
        users = self.env.ref("base.public_user") | self.env.ref("base.template_portal_user_id")
        return users.sudo().partner_id

    def _is_staff(self):
        """Somebody of the house, also who left, or the system itself."""
        return any(not user.share for user in self.with_context(active_test=False).user_ids)

    def _of_house(self):
        """People of the house among these contacts, and its companies."""
        companies = self.env["res.company"].sudo().search([("partner_id", "in", self.ids)]).partner_id
        return self.sudo().filtered(lambda each: each._is_staff()) | companies
