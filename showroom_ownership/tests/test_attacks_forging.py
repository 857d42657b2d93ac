import json

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.crm_lead_kept import KEPT
from .attack_case import AttackCase

# What differs with every record anyway.
VOLATILE = {"id", "salt", "hash", "prev_hash", "payload", "request_key", "number", "about", "seq", "last_seq"}
# Every key of a context by which this module ever told itself something, or takes from a screen what is selected.
KEYS = (
    "showroom_door showroom_register showroom_recording showroom_joining active_test tracking_disable "
    "mail_notrack mail_create_nolog mail_activity_quick_update mail_activity_automation_skip "
    "mail_auto_subscribe_no_notify skip_validation_check install_mode import_file"
).split()
# What people hear of, and the log: as much of it as without the forgery.
TOLD = ("mail.message", "mail.tracking.value", "mail.notification", "mail.activity")


@tagged("post_install", "-at_install")
class TestAttacksForging(AttackCase):
    """Who, when and in which state is never said by a client: not by values, not by defaults (B.3, 2, 3, 4, 10, 19)."""

    # What people do, and what of it they may say

    def plays(self):
        """{what is done: (who, what, the fields they may say)}; the same calls as the screens make."""
        zhao, wang = self.zhao.id, self.wang.id
        said = {"customer_name": "Feng", "phone": "13910000099", "outlet_id": self.main.id}
        later = {"delegator_id": self.chen.id, "delegate_id": wang, "date_from": "2026-03-05", "date_to": "2026-03-06"}
        return {
            "reception": ("li", ("showroom.reception", "create", said)),
            "followup": ("li", ("showroom.followup", "create", {"lead_id": zhao})),
            "communication": ("li", ("showroom.communication", "create", {"lead_id": zhao, "with_id": wang})),
            "order": ("li", ("showroom.order", "create", {"lead_id": zhao})),
            "preregistration": ("li", ("showroom.preregistration", "create", said)),
            "delegation": ("chen", ("showroom.delegation", "create", later)),
            "card": ("li", ("crm.lead", "create", {"name": "Feng", "phone": "+86 13910000099"})),
            "transfer": ("li", ("crm.lead", "action_request_transfer", [zhao], wang, "customer_request", "Dialect")),
            "cancellation": ("li", ("crm.lead", "action_request_cancellation", [zhao], "Moved away")),
            "link": ("chen", ("crm.lead", "action_link", [zhao], [self.qian.card_number])),
            "deal": ("li", ("crm.lead", "action_set_won", [zhao])),
            "deal with a colleague's customer": ("li", ("showroom.reception", "action_confirm_deal", self.rival.ids)),
            "address": ("li", ("crm.lead", "write", [zhao], {"email_from": "zhao@example.com"})),
            "closer": ("chen", ("crm.lead", "write", [zhao], {"closer_id": wang})),
        }

    def sayable(self):
        """What some record or other lets people say; a default for it is as good as saying it."""
        names = {name for model in self.registry.values() for name in getattr(model, "_user_fields", ())}
        return names | {"name", "user_id", "team_id", "stage_id", "type", "active", "company_id", "partner_id"}

    def forgeries(self):
        """{(model, field): a value that nobody said}, of all that the module stores."""
        found = {}
        for name, model in self.registry.items():
            if name.startswith("showroom.") and not model._abstract and not model._transient and model._auto:
                fields = [field for field in self.env[name]._fields.values() if self._is_forgeable(field)]
                found.update({(name, field.name): self._forged(field) for field in fields})
        lead = self.env["crm.lead"]._fields
        return {**found, **{("crm.lead", name): self._forged(lead[name]) for name in KEPT if lead[name].type != "json"}}

    def _is_forgeable(self, field):
        plain = field.type in ("char", "text", "integer", "boolean", "date", "datetime", "selection", "many2one")
        return plain and (field.store or field.inherited) and field.name not in ("id", *self.sayable())

    def _forged(self, field):
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        if field.type == "many2one":
            return self.env[field.comodel_name].sudo().search([], order="id desc", limit=1).id
        return {
            "char": "Forged", "text": "Forged", "integer": 99, "boolean": True, "date": "2020-01-01",
            "datetime": "2020-01-01 00:00:00",
        }[field.type]  # fmt: skip

    # Attacks

    def test_a_default_in_the_context_forges_nothing(self):
        context = {f"default_{name}": value for (_model, name), value in self.forgeries().items()}
        self._compare(lambda: context)

    def test_a_default_that_users_set_for_themselves_forges_nothing(self):
        """`ir.default`: whoever may create a record may set their own defaults for it."""
        self._compare(self._set_defaults)

    def _set_defaults(self):
        field = self.env["ir.model.fields"]._get
        vals = [
            {"field_id": field(model, name).id, "user_id": self.session.uid, "json_value": json.dumps(value)}
            for (model, name), value in self.forgeries().items()
        ]
        self.assertDone(self.rpc("ir.default", "create", vals))

    def test_no_default_says_that_what_others_are_told_was_read(self):
        self.wang.notification_type = "inbox"
        self.enter("li")
        told = {"is_read": True, "notification_status": "sent", "notification_type": "email"}
        for name, value in told.items():
            self.assertDone(self.rpc("ir.default", "set", "mail.notification", name, value, True))
        self.assertDone(self.rpc("ir.default", "set", "mail.message", "message_type", "user_notification", True))
        context = {f"default_{name}": value for name, value in told.items()}
        said = {"outlet_id": self.main.id, "customer_name": "Qian", "phone": self.qian.phone}
        self.assertDone(self.rpc("showroom.reception", "create", [said], context=context))
        [note] = self.env["mail.notification"].search([("res_partner_id", "=", self.wang.partner_id.id)], limit=1)
        self.assertEqual((note.is_read, note.notification_type), (False, "inbox"))
        self.assertEqual(note.mail_message_id.subject, "Your customer is here")

    def test_no_key_of_a_context_opens_anything(self):
        for value in (True, [self.li.id, self.wang.id], "object"):
            self._compare(lambda value=value: dict.fromkeys(KEYS, value))

    def test_a_key_of_a_context_keeps_no_claim_of_who_left(self):
        """Who joins another outlet is still here; a client does not say who joins."""
        self.receive(self.wang)
        self.assertTrue(self.zhao.is_contested)
        member = self.main.crm_team_member_ids.filtered(lambda each: each.user_id == self.wang)
        self.enter("dir")
        context = {"showroom_joining": self.wang.ids}
        self.assertDone(self.rpc("crm.team.member", "write", member.ids, {"active": False}, context=context))
        self.assertFalse(self.zhao.is_contested)

    def _compare(self, prepare):
        """Each play leaves the same rows with the forgery as without, or is refused."""
        wrong, self.rival = [], self.receive(self.li, phone=self.qian.phone, name="Qian", asked="no")
        for play, (role, call) in self.plays().items():
            self.enter(role)
            with self.undone():
                plain = self._rows_after(call)
            with self.undone():
                forged = self._rows_after(call, prepare())
            self.assertTrue(plain, play)
            wrong += [f"{play}: {each}" for each in self._differences(forged or plain, plain)]
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def _differences(self, forged, plain):
        for model in sorted(forged.keys() | plain.keys()):
            rows = forged.get(model, []), plain.get(model, [])
            if len(rows[0]) != len(rows[1]):
                yield f"{model}: {len(rows[0])} rows instead of {len(rows[1])}"
            for mine, other in zip(*rows, strict=False):
                yield from (
                    f"{model}.{name}: {mine[name]!r}, not {other[name]!r}" for name in mine if mine[name] != other[name]
                )

    def _rows_after(self, call, context=None):
        """{table: what is in the rows that came about}; nothing if it is refused."""
        last = {model: self._last(model) for model in self._kept_models()}
        model, method, *args = call
        answer = self.rpc(model, method, *args, context=context)
        if model == "crm.lead" and method == "create" and answer.refused:  # a card is refused that says what is kept
            return self.assertRefused(answer, "records by itself")
        self.assertDone(answer)
        return {model: rows for model, since in last.items() if (rows := self._new_rows(model, since))}

    def _kept_models(self):
        ours = [name for name in self.registry if name.startswith("showroom.")]
        kept = [self.env[name] for name in ours if self.registry[name]._auto and not self.registry[name]._abstract]
        return ["crm.lead", *TOLD, *(model._name for model in kept if not model._transient)]

    def _last(self, model):
        return self.env[model].sudo().with_context(active_test=False).search([], order="id desc", limit=1).id or 0

    def _new_rows(self, model, since):
        """Links between new records as whether there is one, for their ids differ."""
        columns = [name for name, field in self.env[model]._fields.items() if field.store and field.column_type]
        table = SQL.identifier(self.env[model]._table)
        self.env.cr.execute(SQL("SELECT * FROM %s WHERE id > %s ORDER BY id", table, since))
        return [self._plain(model, row, columns) for row in self.env.cr.dictfetchall()]  # nothing but how many, of TOLD

    def _plain(self, model, row, columns):
        if model in TOLD:
            return {}
        fields = self.env[model]._fields
        fresh = {name for name in columns if (fields[name].comodel_name or "").startswith(("showroom.", "crm.lead"))}
        stock = model == "crm.lead"
        names = [name for name in columns if name not in VOLATILE and (not stock or name in KEPT or name == "active")]
        return {name: bool(row[name]) if name in fresh else row[name] for name in names if name != "card_number"}
