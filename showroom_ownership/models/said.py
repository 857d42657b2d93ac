"""What people may say of a record, and what the system records by itself."""

from odoo.exceptions import UserError
from odoo.tools import format_list


def refuse(model, names, error=UserError):
    """Refuse that somebody says what the system records, or fields that do not exist.

    :param names: the fields that were said and may not be; nothing happens if there are none.
    :raise error: names what has to be left out, in the reader's language.
    """
    if names:
        known = {name: field._description_string(model.env) for name, field in model._fields.items()}
        labels = format_list(model.env, [known.get(name) or name for name in sorted(names)])
        raise error(model.env._("Leave out what the system records by itself: %s.", labels))
