"""What people may say: of a record, and in a remote call, which can send anything that JSON can say."""

import functools
import inspect
import unicodedata
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list

from ..core import ledger

TEXT_LIMIT = 200
NUMBERS = range(-(2**31), 2**31)  # what a column of the database holds
IDS = range(1, 2**31)
YEARS = range(1900, 2200)  # beyond them a local day may not exist
# They are not seen, and turn around or part what is read after them: half a surrogate pair, control characters,
# overrides of the direction of writing, spaces of no width. Joiners stay: some scripts and emoji need them.
UNSEEN = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
# Letters of which nothing is seen: they are no name by themselves.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")


def refuse(model, names, error=UserError):
    """Refuse that somebody says what the system records, or fields that do not exist.

    :param names: the fields that were said and may not be; nothing happens if there are none.
    :raise error: names what has to be left out, in the reader's language.
    """
    if names:
        known = {name: field._description_string(model.env) for name, field in model._fields.items()}
        labels = format_list(model.env, [known.get(name) or name for name in sorted(names)])
        raise error(model.env._("Leave out what the system records by itself: %s.", labels))


# Keys of a context by which Odoo keeps from a log, or from people, what is done; a client can send them.
HIDING = frozenset(
    "tracking_disable mail_notrack mail_create_nolog mail_activity_automation_skip mail_activity_quick_update "
    "mail_auto_subscribe_no_notify install_mode".split()
)


def openly(records):
    """The records without what a client sends along so that nobody hears of what it does."""
    hidden = () if records.env.su else HIDING & records.env.context.keys()
    return _without(records, hidden)


def takes(*, one=False, **kinds):
    """Check what a public method is called with before it runs.

    :param one: the method is about a single record.
    :param kinds: for each argument one of the functions below, which gives it in one form or refuses it.
    """

    def decorate(method):
        signature = inspect.signature(method)

        @functools.wraps(method)
        def checked(self, *args, **kwargs):
            _check_records(self, one)
            self = openly(self)
            call = _bind(signature, method, self, args, kwargs)
            for name in kinds.keys() & call.arguments.keys():
                call.arguments[name] = kinds[name](self.env, call.arguments[name])
            return method(*call.args, **call.kwargs)

        return checked

    return decorate


def _bind(signature, method, records, args, kwargs):
    try:
        return signature.bind(records, *args, **kwargs)
    except TypeError as error:
        told = ", ".join(list(signature.parameters)[1:])
        text = records.env._("%(method)s is called with these values: %(names)s.", method=method.__name__, names=told)
        raise UserError(text) from error


def _check_records(records, one):
    if any(not isinstance(each, api.NewId) and not _is_number(each, IDS) for each in records._ids):
        raise UserError(records.env._("There is no such record. Reload the page."))
    if one and len(records) != 1:
        raise UserError(records.env._("Choose one record for this."))


def _is_number(value, allowed):
    return isinstance(value, int) and not isinstance(value, bool) and value in allowed


def _wrong(env, value):
    told = str(value) if isinstance(value, date) else ascii(value)[:40]
    return UserError(env._("This does not fit here: %s. Correct it and try again.", told))


# Kinds of arguments and values: each gives the value in one form, or refuses it with a sentence


def text(env, value):
    """A text in one form without what cannot be seen or kept, False if nothing is left.

    :raise ValidationError: if it is longer than 200 characters.
    """
    if isinstance(value, (list, tuple, dict)):
        raise _wrong(env, value)
    told = str(value) if value or value == 0 and value is not False else ""  # scripts say numbers as numbers
    plain = " ".join(told.encode("utf-8", "ignore").decode().split()).translate(UNSEEN)
    plain = ledger.normalise(plain).strip()
    if len(plain) > TEXT_LIMIT:
        raise ValidationError(env._("Shorten the text to %(limit)s characters.", limit=TEXT_LIMIT))
    seen = (each for each in plain if each not in BLANK and unicodedata.category(each)[0] not in "CMZ")
    return plain if any(seen) else False


def beginning(told):
    """As much of a text that nobody typed for the register as the register takes."""
    return ledger.normalise(told or "")[:TEXT_LIMIT]


def record(env, value):
    """The id of a record, False for none."""
    if value is None or value is False or _is_number(value, IDS):
        return value or False
    raise _wrong(env, value)


def number(env, value):
    if value is None or value is False or _is_number(value, NUMBERS):
        return value or 0
    raise _wrong(env, value)


def one_of(choices):
    """One of the values of a selection."""
    known = {value for value, _label in choices}

    def chosen(env, value):
        if not isinstance(value, str) or value not in known:
            raise _wrong(env, value)
        return value

    return chosen


def yes_or_no(env, value):
    return bool(value)


def day(env, value):
    """A date, False for none."""
    moment_of_day = moment(env, value)
    return moment_of_day and moment_of_day.date()


def moment(env, value):
    """A date and time in UTC, False for none."""
    try:
        told = fields.Datetime.to_datetime(value) if value else False
    except (ValueError, TypeError, OverflowError) as error:
        raise _wrong(env, value) from error
    if told and told.year not in YEARS:
        raise _wrong(env, value)
    return told


def values(env, value):
    """Values by name."""
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise _wrong(env, value)
    return value


def texts(env, value):
    """A list of texts; what is empty is left out."""
    if isinstance(value, str) or not isinstance(value, (list, tuple)):
        raise _wrong(env, value)
    return [told for told in (text(env, each) for each in value) if told]


def by_id(env, value):
    """A dict by the id of a record, which JSON writes as a text; what is said of each is checked by who asked."""
    if not isinstance(value, dict):
        raise _wrong(env, value)
    try:
        return {record(env, int(each)): told for each, told in value.items()}
    except (ValueError, TypeError) as error:
        raise _wrong(env, value) from error


def by_id_or_none(env, value):
    return None if value is None else by_id(env, value)


def records_by_id(env, value):
    """The id of a record, or False, by the id of another."""
    return {each: record(env, told) for each, told in by_id(env, value).items()}


def ids_of(model, vals):
    """The values with the id where code of another addon says the record, as Odoo allows; a client can say ids only."""
    linked = [name for name, value in vals.items() if isinstance(value, models.BaseModel) and name in model._fields]
    to_one = {name: vals[name].id for name in linked if model._fields[name].type == "many2one"}
    return {**vals, **to_one} if to_one else vals


def fit(model, vals):
    """The values of fields, each in one form.

    :raise UserError: names the field whose value does not fit.
    """
    return {name: _fit_one(model, model._fields[name], value) for name, value in vals.items()}


def _fit_one(model, field, value):
    if field.type != "selection":
        return KINDS[field.type](model.env, value)
    if value and (not isinstance(value, str) or value not in field.get_values(model.env)):
        label = field._description_string(model.env)
        raise UserError(model.env._("Choose one of the offered values for %s.", label))
    return value or False


KINDS = {
    "char": text, "many2one": record, "integer": number, "boolean": yes_or_no, "date": day, "datetime": moment,
}  # fmt: skip


def without_defaults(records):
    """The records without the defaults that a client sent along: what follows is the system's doing."""
    return _without(records, [key for key in records.env.context if key.startswith("default_")])


def _without(records, sent):
    if not sent:
        return records
    context = {key: value for key, value in records.env.context.items() if key not in sent}
    return records.with_context(context)  # pylint: disable=context-overridden
