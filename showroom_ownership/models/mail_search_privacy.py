from odoo import api, models
from odoo.fields import Domain

# Where something hangs, and for whom: by that nobody learns what it says. All else is asked of what one may read.
WHERE = {
    "mail.message": {"id", "model", "res_id", "message_type", "subtype_id", "needaction", "starred", "is_internal"},
    "mail.activity": {"id", "res_model", "res_id", "user_id", "active", "activity_type_id"},
    "mail.scheduled.message": {"id", "model", "res_id"},
}
COMPARED = {"=", "!=", "in", "not in", "<", ">", "<=", ">="}


def _asks_where(model, domain, order):
    """Whether a search, and its order, look at nothing but where something hangs."""
    known = WHERE[model._name]
    if any(each.operator not in COMPARED or each.field_expr not in known for each in domain.iter_conditions()):
        return False
    return not order or order == model._order or {part.split()[0] for part in order.split(",")} <= known


def _of_no_strangers(model):
    """What hangs on cards, contacts or meetings that staff do not see, is not even looked at: no time tells of it."""
    where = "res_model" if "res_model" in model._fields else "model"
    quiet, user = model.env(context={"active_test": False}), model.env.user
    seen = {"crm.lead": [], "res.partner": [], "calendar.event": quiet["calendar.event"]._open_to(user)}
    own = [model._is_ones_own(user), Domain(where, "not in", list(seen))]
    for name, asked in seen.items():
        if quiet[name].has_access("read"):
            own.append(Domain(where, "=", name) & Domain("res_id", "in", quiet[name]._search(asked)))
    return Domain.OR(own)


def _search_whole(model, search, domain, offset, limit, order, **options):
    """Odoo takes the first that are found, and leaves out then what one may not read: that it is there shows in what is
    missing. Staff get the first of those that they may read."""
    user, cut = model.env.user, offset or limit is not None
    free = model.env.su or options.get("bypass_access") or not user._is_limited()
    if free or _asks_where(model, Domain(domain), order):
        return search(domain, offset, limit, order, **options)
    domain = Domain(domain) & _of_no_strangers(model)
    if not cut:
        return search(domain, offset, limit, order, **options)
    found = search(domain, 0, None, order, **options).get_result_ids()
    return model.browse(found[offset : offset + limit if limit is not None else None])._as_query(True)


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        return _search_whole(self, super()._search, domain, offset, limit, order, **options)

    @api.model
    def _is_ones_own(self, user):
        me = user.partner_id.id
        notified = Domain("notification_ids", "any!", [("res_partner_id", "=", me)])
        return Domain("author_id", "=", me) | Domain("partner_ids", "in", [me]) | notified


class MailActivity(models.Model):
    _inherit = "mail.activity"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        return _search_whole(self, super()._search, domain, offset, limit, order, **options)

    @api.model
    def _is_ones_own(self, user):
        return Domain("user_id", "=", user.id)


class MailScheduledMessage(models.Model):
    _inherit = "mail.scheduled.message"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        return _search_whole(self, super()._search, domain, offset, limit, order, **options)

    @api.model
    def _is_ones_own(self, user):
        return Domain("create_uid", "=", user.id)
