"""Of which records somebody may make something speak: a meeting, an activity."""

from .mail_render_privacy import check_open, told_too_much


def check_models(records, *vals_list):
    """A model without a table has no records: Odoo would look for one each time it shows what somebody has to do.

    :raise AccessError: for showroom staff, before anything is written.
    """
    if records.env.su or not any(vals.get("res_model_id") or vals.get("res_model") for vals in vals_list):
        return
    if not records.env.user._is_limited():
        return
    ids = {vals["res_model_id"] for vals in vals_list if isinstance(vals.get("res_model_id"), int)} - {False}
    names = {vals["res_model"] for vals in vals_list if isinstance(vals.get("res_model"), str)} - {""}
    names.update(records.env["ir.model"].sudo().browse(ids).exists().mapped("model") if ids else ())
    if not all(has_records(records.env, name) for name in names):
        raise told_too_much(records)


def has_records(env, name):
    model = env.get(name)
    return model is not None and model._auto and not model._abstract and not model._transient


def check_targets(records):
    """Nobody moves something of theirs to a record that is kept from them: Odoo fetches its name as the system.

    :param records: each has a `res_model` and a `res_id`.
    :raise AccessError: for showroom staff, if one is about a record that they may not read, or that does not exist.
    """
    if records.env.su or not records.env.user._is_limited():
        return
    for name, about in records.sudo().filtered("res_model").grouped("res_model").items():
        known = has_records(records.env, name)
        targets = records.env[name].browse({each.res_id for each in about if each.res_id}) if known else None
        if targets is None or targets.exists() != targets:
            raise told_too_much(records)
        check_open(targets)


def unnamed(records, model_field):
    """Those of these records that are about something whose name their user may not be told.

    Cards, contacts, meetings and what has a kept name say themselves what they tell whom.

    :param model_field: the field with the model; the id is in `res_id`.
    """
    if not records.env.user._is_limited():
        return records.browse()
    hidden = records.browse()
    for name, about in records.filtered(lambda each: each[model_field] and each.res_id).grouped(model_field).items():
        if not has_records(records.env, name):
            hidden += about
        elif not _tells_itself(records.env[name]):
            open_to = records.env[name].sudo(False).browse({each.res_id for each in about})._filtered_access("read")
            hidden += about.filtered(lambda each, ids=frozenset(open_to.ids): each.res_id not in ids)
    return hidden


def _tells_itself(model):
    return hasattr(model, "_kept_from_user") or isinstance(model, model.env.registry["showroom.kept.name"])
