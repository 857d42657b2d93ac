from odoo import api, models, tools
from odoo.tools import config, frozendict


class CrmLead(models.Model):
    """Views of leads are cut to a role once: much in them is for roles of ours, and Odoo cuts at each opening."""

    _inherit = "crm.lead"

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        self.browse().check_access("read")
        return dict(self._view_of_role(view_id, view_type, **options))

    @api.model
    @tools.conditional(
        "xml" not in config["dev_mode"],
        tools.ormcache(
            "self._get_view_cache_key(view_id, view_type, **options)", "self.env.su",
            "self.env.user._get_group_ids()", "self.env.user.has_group('base.group_no_one')",
            cache="templates.cached_values",
        ),
    )  # fmt: skip
    def _view_of_role(self, view_id=None, view_type="form", **options):
        """As Odoo says, a view depends on access rights, language and the views named in the context; groups have the
        rights, and one of them only while debugging. Forgotten with views, groups and rights."""
        return frozendict(super().get_view(view_id, view_type, **options))
