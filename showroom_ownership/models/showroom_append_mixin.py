from odoo import api, models
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tools import SQL, split_every

AT_ONCE = 1000
OURS = ("odoo.orm.", "odoo.addons.showroom_ownership.")


def is_extended(model, method, *own):
    """Whether another module has a say in a method of a model, or an automation rule.

    :param own: where the model comes from, if Odoo extends it there itself.
    """
    makers = [vars(each)[method] for each in type(model).__mro__ if method in vars(each)]
    return not all(each.__module__.startswith((*OURS, *own)) for each in makers)


def is_create_extended(model, *own):
    return is_extended(model, "create", *own)


class ShowroomAppendMixin(models.AbstractModel):
    """Any number of records in one statement, for models of which the system makes many at once."""

    _name = "showroom.append.mixin"
    _description = "Records That Are Made in One Statement"

    @api.model
    def _append_lines(self, vals_list, after=None):
        """Insert any number of lines, a thousand in a statement; all say the same fields, and all that they will have.

        Odoo's `create` looks in every line for defaults, for what is computed and for who is to hear of it: for lines
        that have none of it, that is a fifth of the time that a transfer takes.

        :param after: a statement that gives one row; it is executed before the first line is there, in the same query.
        """
        lines = self.browse()
        for some in split_every(AT_ONCE, vals_list):
            lines += self._append_some(some, after)
            after = None
        return lines

    @api.model
    def _append_filled(self, vals_list):
        """The same for lines that leave out what they have not, or what has a default, which no client says.

        Where somebody has extended `create`, or a line has what is in no column of it, that is what is called.
        """
        names = dict.fromkeys(name for vals in vals_list for name in vals)
        blank = dict.fromkeys(self._columns(), False)
        if is_create_extended(self) or not names.keys() <= blank.keys():
            return self.create(vals_list)
        made = {name: self._fields[name].default for name in blank if self._fields[name].default}
        missing = ({name: made[name](self) for name in made.keys() - vals.keys()} for vals in vals_list)
        return self._append_lines([{**blank, **more, **vals} for more, vals in zip(missing, vals_list, strict=True)])

    @api.model
    def _columns(self):
        """What is said of a line, apart from who wrote it and when."""
        fields = (field for field in self._fields.values() if field.store and field.column_type)
        return [field.name for field in fields if field.name not in ("id", *LOG_ACCESS_COLUMNS)]

    @api.model
    def _append_some(self, vals_list, after):
        who_and_when = [("uid", self.env.uid), ("date", self.env.cr.now())]
        stamps = {f"{verb}_{what}": value for verb in ("create", "write") for what, value in who_and_when}
        columns = {self._fields[name]: [vals[name] for vals in vals_list] for name in vals_list[0]}
        columns.update({self._fields[name]: [value] * len(vals_list) for name, value in stamps.items()})
        lines = self.browse(self._insert_rows(columns, after))
        self._remember(lines, columns)
        known = [field for field, said in columns.items() if field.compute and all(said)]
        with self.env.protecting(known, lines):
            lines.modified(list(vals_list[0]), create=True)  # what is worked out from lines is worked out again
        return lines

    @api.model
    def _insert_rows(self, columns, after):
        stored = [[field.convert_to_column_insert(value, self) for value in said] for field, said in columns.items()]
        names = SQL(", ").join(SQL.identifier(field.name) for field in columns)
        rows = SQL(", ").join(zip(*stored, strict=True))
        source = self._rows_after(columns, names, rows) if after else SQL("VALUES %s", rows)
        first = SQL("WITH first AS (%s)", after) if after else SQL()
        query = SQL("%s INSERT INTO %s (%s) %s RETURNING id", first, SQL.identifier(self._table), names, source)
        return [line for (line,) in self.env.execute_query(query)]

    @api.model
    def _rows_after(self, columns, names, rows):
        """Lines joined with the row that another statement gives: PostgreSQL executes it before there is any line."""
        typed = (SQL(f"%s::{field.column_type[1]}", SQL.identifier(field.name)) for field in columns)
        return SQL("SELECT %s FROM first CROSS JOIN (VALUES %s) AS line (%s)", SQL(", ").join(typed), rows, names)

    @api.model
    def _remember(self, lines, columns):
        """What is inserted need not be read; what was read before of those that have these lines is out of date."""
        for field, said in columns.items():
            field._insert_cache(lines, [field.convert_to_cache(value, lines) for value in said])
            for inverse in self.pool.field_inverses[field]:
                inverse._invalidate_cache(self.env, {value for value in said if value})
