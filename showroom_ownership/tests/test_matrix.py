from contextlib import contextmanager

from odoo import Command
from odoo.orm.models import LOG_ACCESS_COLUMNS
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .matrix import IN_WORDS, MAY, VERBS, may, reads
from .matrix_world import NOW, ROLES, MatrixCase

STRANGERS = ("sun", "branch")
STOCK = ("crm.lead", "crm.team", "crm.team.member")
ADD_IT = (
    "%s is not in tests/matrix.py. Decide who may read it (READS) and who may change it (MAY), and see to it that "
    "matrix_world.py makes a record of it."
)


@tagged("post_install", "-at_install")
class TestMatrix(MatrixCase):
    """Every role tries every verb on every model, over HTTP as the web client does."""

    def setUp(self):
        super().setUp()
        self.live()
        self.at_now()
        self.bare = self.env["showroom.policy"].create(
            {"name": "Bare", "principle_ids": [Command.create({"ground": "sole_claimant"})]}
        )
        self.table = reads()
        self.models = [self.env[name] for name in sorted(self.registry) if self._ours(name)]
        for model in self.models:
            if model._transient:
                model.sudo().create(self._required(model))  # somebody else's dialog
                self.env.flush_all()
        self.stored = [each for each in self.models if each._auto and not each._abstract and not each._transient]

    def _ours(self, name):
        return name in STOCK or (self.registry[name]._original_module or "").startswith("showroom_ownership")

    def _required(self, model):
        """Values with which somebody can have a dialog open."""
        known = {"selection": lambda field: field.get_values(self.env)[0], "char": lambda _field: "x",
                 "date": lambda _field: NOW[:10], "datetime": lambda _field: f"{NOW}:00", "float": lambda _field: 50,
                 "many2one": lambda field: self._all(self.env[field.comodel_name])[:1].id,
                 "many2many": lambda field: [Command.link(self._all(self.env[field.comodel_name])[:1].id)]}  # fmt: skip
        needed = [field for field in model._fields.values() if field.required and field.store]
        return {field.name: known[field.type](field) for field in needed}

    # The table

    def test_every_model_is_in_the_table(self):
        found = {model._name for model in self.models}
        for name in sorted(found - self.table.keys()):
            self.fail(ADD_IT % name)
        self.assertFalse(self.table.keys() - found, "in the table, and not in the registry any more")
        self.assertFalse(MAY.keys() - found)

    def test_every_model_has_a_record(self):
        """Or the matrix would say nothing about it."""
        self.assertFalse([each._name for each in self.models if not each._abstract and not self._all(each)])

    # The matrix

    def test_every_role_every_model_every_verb(self):
        self.wrong = []
        with mute_logger("odoo.http", "odoo.models", "odoo.models.unlink", "odoo.sql_db"):
            for role in ROLES:
                with self.undone():
                    self.enter(role)
                    self._try_everything(role)
        self.assertFalse(self.wrong, "\n" + "\n".join(self.wrong))

    def _try_everything(self, role):
        for model in self.models:
            before = self._checksums()
            with self._cell(role, model):
                self._read(role, model)
                self._look(role, model)
                self._attack(role, model)
                self.assertEqual(self._checksums(), before, "something changed")
                self._do_what_is_allowed(role, model)

    # Reading

    def _read(self, role, model):
        mark, everything = self.table[model._name][role], self._all(model)
        seen = self._seen(role, model)
        if mark != "x":
            self.assertEqual(mark, "+" if seen else ".", "the rules let them see something else")
        for verb, ids in self._lists(model, everything).items():
            with self._cell(role, model, verb):
                self._check_ids(mark, ids, seen)
        some = set(everything[:5].ids) or {1}
        for verb, answer in self._direct(model, sorted(some)).items():
            with self._cell(role, model, verb):
                self._check_refused(answer, not some <= seen)

    def _check_ids(self, mark, answer, seen):
        if mark == "x":
            return self.assertEqual(answer.name, "odoo.exceptions.AccessError")
        self.assertFalse(answer.error)
        return self.assertLessEqual(set(answer.ids), seen)

    def _lists(self, model, everything):
        """What finds records by itself; of each the ids in the answer."""
        spec = {"id": {}, "display_name": {}}
        calls = {
            "search_read": ([], ["id"]),
            "web_search_read": ([], spec),
            "name_search": ("",),
            "formatted_read_group": ([], ["id"], ["__count"]),
            "read_progress_bar": ([], "id", {"field": "id", "colors": {}}),
        }
        found = {verb: self.rpc(model._name, verb, *args) for verb, args in calls.items()}
        for answer in found.values():
            answer.ids = answer.found_ids()
        return found

    def _direct(self, model, ids):
        """What is asked for by its id; nothing abstract has one."""
        stored = "create_date" if model._log_access else "display_name"
        return (
            {}
            if model._abstract
            else {
                "read": self.rpc(model._name, "read", ids, [stored]),
                "web_read": self.rpc(model._name, "web_read", ids, {stored: {}}),
                "export_data": self.rpc(model._name, "export_data", ids, [stored]),
            }
        )

    def _look(self, role, model):
        """What a screen asks for before there is a record: never an error that is not in words, never a row."""
        for method, args in {
            "default_get": ([list(model._fields)]),
            "onchange": [[], {}, [], {"display_name": {}}],
            "get_formview_id": [[]],
        }.items():
            with self._cell(role, model, method):
                self._check_in_words(self.rpc(model._name, method, *args))

    # Attacking

    def _attack(self, role, model):
        target = self._target(model)
        for verb, methods in VERBS.items():
            if not may(role, model._name, verb) and not (model._transient and self.table[model._name][role] == "."):
                for method in methods:
                    with self._cell(role, model, verb, method):
                        self._try(model, verb, method, target)

    def _try(self, model, verb, method, target):
        args = self._arguments(model, verb, method, target)
        if args is not None:
            answer = self.rpc(model._name, method, *args)
            self.assertTrue(answer.refused or not answer.result, answer.result)  # or nothing came of it
            self._check_in_words(answer)

    def _arguments(self, model, verb, method, target):
        """What a remote call sends; None where the model has nothing that the verb could touch."""
        name, value = self._probe(model)
        vals = self._values(model) if verb == "create" else {name: value}
        if verb == "create" and method in ("create", "name_create"):
            return [vals] if method == "create" else ["Somebody"]
        if verb == "create" and method in ("web_save", "load"):
            return [[], vals, {}] if method == "web_save" else [list(vals), [[str(each) for each in vals.values()]]]
        needs_active = method in ("action_archive", "action_unarchive") and not model._active_name
        if model._abstract or model._transient or needs_active:
            return None
        ids = target.ids
        return {
            "copy": [ids], "write": [ids, vals], "web_save": [ids, vals, {}], "web_save_multi": [ids, [vals], {}],
            "load": [[".id", name], [[str(target.id), str(value)]]], "unlink": [ids],
            "action_archive": [ids], "action_unarchive": [ids], "web_resequence": [ids, {}, name],
            "web_override_translations": [ids, {name: value}],
            "update_field_translations": [ids, name, {"en_US": str(value)}],
        }[method]  # fmt: skip

    # What is allowed works

    def _do_what_is_allowed(self, role, model):
        for verb in VERBS:
            if may(role, model._name, verb):
                args = self._arguments(model, verb, verb, self._target(model))
                with self._cell(role, model, "allowed to", verb), self.undone():
                    answer = self.rpc(model._name, verb, *args)
                    self.assertFalse(answer.error, answer.message)
        if model._transient and self.table[model._name][role] == ".":
            with self._cell(role, model, "allowed to create"), self.undone():
                values = {name: value for name, value in self._required(model).items() if not isinstance(value, list)}
                answer = self.rpc(model._name, "create", values)
                self._check_in_words(answer)
                if role not in STRANGERS:  # they may have no record to open it on
                    self.assertFalse(answer.error, answer.message)

    # Checks

    @contextmanager
    def _cell(self, role, model, *verb):
        """What is wrong in one cell is told at the end, with all the others."""
        try:
            yield
        except AssertionError as error:
            self.wrong.append(f"{role} {' '.join((model._name, *verb))}: {error}")

    def _check_refused(self, answer, refused):
        if refused:
            self.assertTrue(answer.refused, answer.result)
        else:
            self.assertFalse(answer.error, answer.message)
        self._check_in_words(answer)

    def _check_in_words(self, answer):
        if answer.error:
            self.assertIn(answer.name, IN_WORDS, answer.message)

    def _checksums(self):
        """{table: checksum} of all that the module keeps, as the database has it."""
        self.env.flush_all()
        queries = [
            SQL("SELECT %s, md5(string_agg(t::text, '|' ORDER BY id)) FROM %s t", table, SQL.identifier(table))
            for table in sorted(model._table for model in self.stored)
        ]
        return dict(self.env.execute_query(SQL(" UNION ALL ").join(queries)))

    # Targets

    def _all(self, model):
        return model.browse() if model._abstract else model.sudo().with_context(active_test=False).search([])

    def _seen(self, role, model):
        """What the record rules let a role see, as their own search says."""
        mine = model.with_user(getattr(self, role)).with_context(active_test=False)
        return set(mine.search([]).ids) if not model._abstract and mine.has_access("read") else set()

    def _target(self, model):
        """A record of MAIN in which li has a part."""
        known = {"crm.lead": self.zhao, "crm.team": self.main, "showroom.reception": self.line}
        if model._name in known:
            return known[model._name]
        everything = self._all(model)
        outlet = everything.filtered(lambda each: each.outlet_id == self.main) if "outlet_id" in model._fields else None
        return (outlet or everything)[-1:]

    def _probe(self, model):
        """A field of the model's own and a value that it does not have yet."""
        fit = {
            "char": "Forged",
            "text": "Forged",
            "integer": 7,
            "date": "2020-01-01",
            "datetime": "2020-01-01 00:00:00",
        }
        known = {
            "crm.lead": ("priority", "2"),
            "crm.team": ("name", "Renamed"),
            "crm.team.member": ("is_suspended", True),
        }
        own = [
            (name, field)
            for name, field in model._fields.items()
            if field.store and name not in ("id", *LOG_ACCESS_COLUMNS)
        ]
        simple = [(name, fit[field.type]) for name, field in own if field.type in fit]
        return known.get(model._name) or (simple or [("display_name", "Forged")])[0]

    def _values(self, model):
        """With these a record can be made by who may."""
        customer = {"customer_name": "Feng", "phone": "13910000099", "outlet_id": self.main.id}
        grade = {"policy_id": self.policy.id, "code": "Z", "name": "Never", "count": 1, "period": 90}
        known = {
            "showroom.reception": customer, "showroom.preregistration": customer,
            "showroom.followup": {"lead_id": self.zhao.id}, "showroom.order": {"lead_id": self.zhao.id},
            "showroom.communication": {"lead_id": self.zhao.id, "with_id": self.wang.id},
            "showroom.delegation": {"delegate_id": self.wang.id, "date_from": "2026-03-25", "date_to": "2026-03-26"},
            "showroom.policy": {"name": "Mine"}, "showroom.grade": grade,
            "showroom.policy.principle": {"policy_id": self.bare.id, "ground": "settlement"},
            "crm.lead": {"name": "Somebody"}, "crm.team": {"name": "Nowhere"},
            "crm.team.member": {"crm_team_id": self.main.id, "user_id": self.plain.id},
        }  # fmt: skip
        name, value = self._probe(model)
        return known.get(model._name, {name: value})
