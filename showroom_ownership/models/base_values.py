import re

from odoo import models
from odoo.exceptions import ValidationError

from .crm_lead_limits import MOST, beyond

LENGTHS = {"char": 20_000, "text": 300_000, "html": 300_000}  # Odoo cleans 2 MB of tags in twelve seconds
WORKED_OUT = frozenset(["index_content"])  # the words of a file, which Odoo finds itself
PICTURE = re.compile(r"data:[^\"')]*")  # pasted into a text
BLOCK = "data-embedded"  # a program of the screen: fed with what it cannot read, it takes the whole screen with it
OPEN = 1000  # tags that do not end: Odoo looks for the end of each in all the rest, half a minute for 60 kB of them
NESTED = 100  # whoever reads an address goes as deep as its brackets, and gives up at some hundreds
KEPT_AS_JSON = frozenset(["properties", "properties_definition"])
LINES = frozenset(["one2many", "many2many"])
DAYS = frozenset(["date", "datetime"])
NUMBERS = {"float": MOST, "monetary": MOST, "integer": 2**31, "many2one_reference": 2**31}


class Base(models.AbstractModel):
    """Values in the form in which screens and imports say them, of whichever model.

    Of a new record, Odoo stores a link whose id comes as a text and remembers none: whoever looks at what was made
    would see no link. A number that is none, or one that nobody means, stands in the way of everybody who reads it.
    """

    _inherit = "base"

    def _add_missing_default_values(self, values):
        """Where all that is created comes by, with the defaults of a call; `create` itself stays Odoo's for models that
        nobody extends."""
        values = super()._add_missing_default_values(values)
        self._check_forms(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        """What a form is filled with is cleaned as what is stored."""
        prefix = "default_"
        given = {key.removeprefix(prefix): each for key, each in self.env.context.items() if key.startswith(prefix)}
        for said in (given, values):
            self._check_texts(said if isinstance(said, dict) else {})
        return super().onchange(values, field_names, fields_spec)

    def _check_texts(self, values):
        """The texts of a form, and of the lines within it."""
        texts = {name: value for name, value in values.items() if _is_written(self._fields.get(name))}
        self._check_forms(texts)
        for name, commands in values.items():
            field = self._fields.get(name)
            for command in commands if field and field.type in LINES and isinstance(commands, (list, tuple)) else ():
                said = command[-1] if command and isinstance(command, (list, tuple)) else None
                self.env[field.comodel_name]._check_texts(said if isinstance(said, dict) else {})

    def write(self, vals):
        self._check_forms(vals)
        return super().write(vals)

    def update_field_translations(self, field_name, translations, *args, **kwargs):
        if isinstance(translations, dict):
            for text in translations.values():
                self._check_forms({field_name: text})
        return super().update_field_translations(field_name, translations, *args, **kwargs)

    def _check_forms(self, vals):
        """:raise ValidationError: for staff, also where Odoo goes on as the system with what they said."""
        wrong = [
            name for name, value in vals.items()
            if value and name not in WORKED_OUT and _is_malformed(self._fields.get(name), value, self.env.su)
        ]  # fmt: skip
        if wrong and self.env.user._is_limited():
            if self._fields[wrong[0]].type in DAYS:
                raise beyond(self, wrong[0])
            label = self._fields[wrong[0]]._description_string(self.env)
            raise ValidationError(self._words_of_form(self._fields[wrong[0]], label, vals[wrong[0]]))

    def _words_of_form(self, field, label, value):
        if BLOCK in str(value):
            return self.env._("%s: write text and pictures. Attach files below, and leave out films and blocks.", label)
        if field.relational:
            return self.env._("Choose what exists for %s.", label)
        if _is_written(field):
            return self.env._("%s: this is too long for anybody to read, or half a character is in it.", label)
        return self.env._("Give a number that can be meant for %s.", label)


def _is_written(field):
    return field is not None and (field.type in LENGTHS or field.type in KEPT_AS_JSON)


def _leaves(value):
    """The texts within a value that is kept as JSON, such as the properties of a lead."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ():
        yield from _leaves(each)


def _is_malformed(field, value, by_system=False):
    if field is None:
        return False
    if field.type in DAYS:  # for the system, the end of what has none is the last day of the calendar
        return not by_system and not "1900" <= str(value)[:4] < "2200"
    if field.type in KEPT_AS_JSON:
        return any(BLOCK in text or _is_unended(text) or _is_no_text(text, LENGTHS["html"]) for text in _leaves(value))
    if field.type in NUMBERS:
        return is_no_number(value, NUMBERS[field.type])
    if field.type in LENGTHS:
        return isinstance(value, str) and (_is_endless(field, value) or _is_no_text(value, LENGTHS[field.type]))
    if field.type == "many2one":
        return isinstance(value, (str, float, list, dict))
    if field.relational:
        return isinstance(value, (list, tuple)) and any(isinstance(each, (str, float)) for each in _ids(value))
    return False


def _is_endless(field, text):
    """What somebody who takes it apart comes to no end with."""
    if field.type == "html":
        return _is_unended(text) or BLOCK in text
    return field.type == "char" and text.count("(") > NESTED


def _is_unended(text):
    """Tags without an end, or one with more in it than anybody writes: both take long to clean."""
    if text.count("<") - text.count(">") > OPEN:
        return True
    tags = (part[part.index("<") :] for part in text.split(">") if "<" in part) if len(text) > OPEN else ()
    return any(len(tag) > OPEN and len(tag.split()) > OPEN for tag in tags)


def _is_no_text(text, limit):
    """Longer than anybody reads, or with half a character or none, which no database keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return "\0" in text or (len(text) > limit and len(PICTURE.sub("", text)) > limit)


def is_no_number(value, limit):
    try:
        return not abs(float(value)) < limit  # so that what is not a number at all is none
    except (TypeError, ValueError, OverflowError):
        return True


def _ids(commands):
    """The ids that commands of a list of records name; of those that make one, the client's own word for it."""
    for command in commands:
        if not isinstance(command, (list, tuple)):
            yield command
        elif len(command) > 1 and command[0] in (1, 2, 3, 4):
            yield command[1]
        elif len(command) > 2 and command[0] == 6 and isinstance(command[2], (list, tuple)):
            yield from command[2]
