import inspect
from pathlib import Path

from odoo.tests import tagged
from odoo.tests.common import TransactionCase

LISTED = Path(__file__).with_name("public_methods.txt")
# Odoo's own entrances, each guarded by access rights and by our overrides.
OF_ODOO = {
    "create", "write", "unlink", "init", "default_get", "fields_get", "onchange", "message_process", "message_notify",
    "send_mail_batch", "signup_get_auth_param", "register_devices", "act_getfile", "update_field_translations",
    "read", "web_read", "get_view", "message_post", "message_subscribe",
    "get_views", "load",
    "formatted_read_grouping_sets",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestPublicMethods(TransactionCase):
    """Every method that a remote call can reach is on a list: a new one is looked at before it gets there."""

    def test_nothing_is_public_by_accident(self):
        listed = set(LISTED.read_text().split())
        found = {f"{name}.{method}" for name, model in self.registry.items() for method in self._ours(model)}
        self.assertFalse(found - listed, "public, and not on the list: check who may call it, then list it")
        self.assertFalse(listed - found, "on the list, and not there any more")

    def _ours(self, model):
        """What this addon defines on a model and Odoo lets remote calls reach."""
        for cls in model.__mro__:
            if cls.__module__.startswith("odoo.addons.showroom_ownership."):
                yield from (name for name, value in vars(cls).items() if self._is_public(name, value))

    @staticmethod
    def _is_public(name, value):
        function = getattr(value, "__func__", value)
        reachable = inspect.isfunction(function) and not name.startswith("_")
        return reachable and name not in OF_ODOO and not getattr(function, "_api_private", False)
