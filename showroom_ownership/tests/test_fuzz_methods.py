import inspect
from pathlib import Path

from odoo.tests import tagged

from .remote_case import RemoteCase

LISTED = Path(__file__).with_name("public_methods.txt")
# What a script may send where a method expects something else.
ODD = (
    None, True, False, "", "x", "\0", "\ud800", "\u202e\u200b", "9" * 40, 0, -1, 1.5, 2**31, 2**63, 10**40, [], [1],
    [None], [[1]], ["x"], {}, {"x": 1}, {"1": "x"}, {"x": {"y": []}}, "0001-01-01", "9999-12-31 23:59:59",
)  # fmt: skip
IDS = ([], [-1], [0], [2**31], [2**63])


@tagged("post_install", "-at_install")
class TestFuzzMethods(RemoteCase):
    """Every public method, each of its arguments, whatever JSON can say: an answer or a sentence, never a traceback."""

    def setUp(self):
        super().setUp()
        self.card_of_li = self.card()
        self.card_of_li.action_set_won()
        self.line = self.receive(self.li, phone="13910000002", name="Qian")
        self.other = self.line.lead_id

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
        """(model, method, args): each argument in turn is odd, the others are as they should be."""
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
            for at, _name in enumerate(names):
                for odd in ODD:
                    yield model, method, [*([ids] if bound else []), *args[:at], odd, *args[at + 1 :]]

    def _faults(self, user):
        self.sign_in(user)
        found = {}
        for model, method, args in self._calls():
            fault = self.fault(model, method, *args)
            if fault:
                found.setdefault(f"{model}.{method}: {fault}", args)
        return found

    def _try(self, user):
        found = self._faults(user)
        self.assertFalse(found, "\n\n".join(f"{args}\n{fault}" for fault, args in found.items()))

    def test_a_consultant(self):
        self._try(self.li)

    def test_a_general_manager(self):
        self._try(self.gm)
