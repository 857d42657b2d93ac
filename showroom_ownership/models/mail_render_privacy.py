from odoo import api, models
from odoo.exceptions import AccessError


def check_open(records):
    """Nobody has words made about a record that is kept from them.

    Odoo fills templates with what is in memory, where the system may have left what the user may not read: so what is
    kept is refused before anything of it is read.

    :raise AccessError: for showroom staff, if they may not read one of the records in full.
    """
    if records.env.su or not records.env.user._is_limited():
        return
    saved = records.browse(each for each in records.ids if each).exists()
    known = getattr(saved, "_kept_from_user", None)
    if known() if known else saved - saved._filtered_access("read"):
        raise told_too_much(records)


def told_too_much(records):
    return AccessError(
        records.env._("This would tell what is kept from you. Ask the owner of the card, or who takes part.")
    )


class MailRenderMixin(models.AbstractModel):
    """Templates of mails and text messages are filled with what their user may read."""

    _inherit = "mail.render.mixin"

    @api.model
    def _render_template(self, template_src, model, res_ids, *args, **kwargs):
        if model and isinstance(res_ids, (list, tuple)):
            check_open(self.env[model].browse(res_ids))
        return super()._render_template(template_src, model, res_ids, *args, **kwargs)

    def _classify_per_lang(self, res_ids, *args, **kwargs):
        """What Odoo asks first, before recipients and attachments."""
        if self.render_model:
            check_open(self.env[self.render_model].browse(res_ids))
        return super()._classify_per_lang(res_ids, *args, **kwargs)
