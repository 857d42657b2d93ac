from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import OrderedSet

from . import said
from .mail_message_kept import COMPOSED
from .mail_render_privacy import check_open


class MailThread(models.AbstractModel):
    """Mail comes in by the gateway, which is the system or a script of the administrator."""

    _inherit = "mail.thread"

    @api.model
    def _search_message_partner_ids(self, operator, operand):
        """Odoo looks for followers as the system: whoever asks for more than who they are, asks as themselves."""
        negative = operator in Domain.NEGATIVE_OPERATORS  # Odoo turns these round, and asks again
        if negative or self.env.su or not self.env.user._is_limited() or self._are_ids(operand):
            return super()._search_message_partner_ids(operator, operand)
        about = operand if operator in ("any", "any!") else [("display_name", operator, operand)]
        return super()._search_message_partner_ids("in", self.env["res.partner"].search(about).ids)

    @api.model
    def _are_ids(self, operand):
        each = operand if isinstance(operand, (list, tuple, set, OrderedSet)) else [operand]
        return all(isinstance(one, int) for one in each)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody makes a colleague's customer follow anything, to write to them and be told their address."""
        self.env["res.partner"].browse(partner_ids or ())._check_may_use()
        return super().message_subscribe(partner_ids, subtype_ids)

    @api.model_create_multi
    def create(self, vals_list):
        return super(MailThread, self._logged()).create(vals_list)

    def write(self, vals):
        return super(MailThread, self._logged()).write(vals)

    def _logged(self):
        """What is made and changed of cards, outlets and policies is logged, whatever a client says to the contrary."""
        if self.env.su or not said.HIDING & self.env.context.keys():
            return self
        cards = self._name == "crm.lead" and (self.sudo().filtered("outlet_id") or self.env.user._is_limited())
        return said.openly(self) if cards or self._name.startswith(("crm.team", "showroom.")) else self

    def message_post(self, *, body="", **kwargs):
        """:raise ValidationError: for staff with a text that nobody reads, before Odoo cleans it."""
        if isinstance(body, str):
            self.env["mail.message"]._check_forms({"body": body})
        self.env["mail.message"]._check_delivery(kwargs)
        return super().message_post(body=body, **kwargs)

    def _message_create(self, values_list):
        """What Odoo made of what people said: it names messages itself."""
        return super(MailThread, self.with_context(showroom_composed=COMPOSED))._message_create(values_list)

    def message_notify(self, *, model=False, res_id=False, **kwargs):
        """Nobody is told about a record that is kept from who tells."""
        if model and res_id:
            check_open(self.env[model].browse(res_id))
        return super().message_notify(model=model, res_id=res_id, **kwargs)

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """Odoo makes and answers records for incoming mail as the system, with whatever values the caller sends along.

        Whoever hands in a mail by remote call could so make a card with a filing, a policy, or a word of a manager.

        :raise AccessError: for a user who is no administrator.
        """
        if not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Mail comes in by the gateway. Ask an administrator to hand one in."))
        return super().message_process(model, message, *args, **kwargs)
