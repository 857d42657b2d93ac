import inspect
from datetime import timedelta
from pathlib import Path

from odoo.tests import tagged

from .full_house import FullHouse
from .remote_case import RemoteCase

LISTED = Path(__file__).with_name("public_methods.txt")
# What a script may send where a method expects something else.
ODD = (
    None, True, False, "", "x", "\0", "\ud800", "\u202e\u200b", "9" * 40, 0, -1, 1.5, 2**31, 2**63, 10**40, [], [1],
    [None], [[1]], ["x"], {}, {"x": 1}, {"1": "x"}, {"x": {"y": []}}, "0001-01-01", "9999-12-31 23:59:59",
)  # fmt: skip
IDS = ([], [-1], [0], [2**31], [2**63])


@tagged("post_install", "-at_install")
class TestFuzzMethods(FullHouse, RemoteCase):
    """Every public method, each of its arguments, whatever JSON can say: an answer or a sentence, never a traceback."""

    def setUp(self):
        super().setUp()
        self.stage("Zhao Min")

    def _good(self):
        """For each name of an argument what it expects."""
        vals = {"outlet_id": self.main.id, "customer_name": "Sun", "phone": "13910000003", "consultant_id": self.li.id}
        policy = {"name": "Ours", "appeal_days": 3}
        return {
            "outlet_id": self.main.id, "vals": vals, "phone": "13910000002", "owner_id": self.wang.id, "lead_id": 1,
            "reason": "customer_request", "text": "Asked for", "comment": "Yes", "consultant_id": self.li.id,
        } | {"policy": policy}  # fmt: skip

    def _methods(self):
        for line in LISTED.read_text().split():
            model, _dot, method = line.rpartition(".")
            yield model, method, getattr(self.registry[model], method)

    def _calls(self):
        """(model, method, args): each argument in turn is odd, the others are as they should be; none, and too many."""
        good = self._good()
        for model, method, function in self._methods():
            if self.registry[model]._abstract:
                continue
            names = list(inspect.signature(function).parameters)[1:]
            bound = not getattr(function, "_api_model", False)
            args = [good.get(name, "x") for name in names]
            ids = self.env[model].search([], limit=1, order="id desc").ids
            for odd in IDS if bound else ():
                yield model, method, [odd, *args]
            for some in ([], [*args, "x"]):
                yield model, method, [*([ids] if bound else []), *some]
            for at, _name in enumerate(names):
                for odd in ODD:
                    yield model, method, [*([ids] if bound else []), *args[:at], odd, *args[at + 1 :]]

    def _faults(self, user, calls):
        """Each fault once, with the call that found it."""
        self.sign_in(user)
        found = {}
        for model, method, args in calls:
            fault = self.fault(model, method, *args)
            if fault:
                found.setdefault(f"{model}.{method}: {fault}", args)
        return found

    def _try(self, user, calls):
        found = self._faults(user, calls)
        self.assertFalse(found, "\n\n".join(f"{args}\n{fault}" for fault, args in found.items()))

    def test_methods_as_a_consultant(self):
        self._try(self.li, self._calls())

    def test_methods_as_a_general_manager(self):
        self._try(self.gm, self._calls())

    def _records(self):
        """(model, "create", args): of each kind of evidence a good record with one odd value."""
        lead, own, later = {"lead_id": self.moving.id}, self.li.id, self.main._today() + timedelta(days=9)
        desk = {"outlet_id": self.main.id, "customer_name": "Sun", "consultant_id": own, "channel": "visit"}
        good = {
            "showroom.reception": {**desk, "phone": "13910000003"},
            "showroom.followup": {**lead, "method": "call", "happened_at": False, "reached": True, "outcome": "Fine"},
            "showroom.communication": {**lead, "with_id": self.wang.id, "note": "Fine"},
            "showroom.order": {**lead, "note": "Fine"},
            "showroom.preregistration": {"outlet_id": self.main.id, "customer_name": "Sun", "phone": "13910000004"},
            "showroom.delegation": {"delegator_id": self.gm.id, "delegate_id": own, "date_to": str(later)},
        }
        for model, vals in good.items():
            for name in sorted(self.env[model]._user_fields):
                for odd in ODD:
                    yield model, "create", [{**vals, name: odd}]
                    if model == "showroom.reception":
                        yield model, "desk_register", [{**vals, name: odd}]

    def test_records_as_a_consultant(self):
        self._try(self.li, self._records())

    def _dialogs(self, user):
        """Each dialog as it is opened on a card, a ruling or a line, and its button pressed at once."""
        self.sign_in(user)
        places = (self.ours, self.moving, self.ruling, self.line, self.leaving.cancellation_ids, self.check.line_ids)
        for model, method, _function in self._methods():
            for place in places if self.registry[model]._transient else ():
                context = {
                    "active_model": place._name,
                    "active_id": place.ids[:1] and place.ids[0],
                    "active_ids": place.ids,
                }
                made, _error = self.remote(model, "create", [{}], context=context)
                if made:
                    yield model, method, [made]

    def test_dialogs_left_empty(self):
        for user in (self.li, self.chen, self.gm):
            self._try(user, list(self._dialogs(user)))
