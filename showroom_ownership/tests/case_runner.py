"""Replays case files: stories of a showroom with what must come out, against a real database (see docs/cases.md)."""

from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import yaml
from freezegun import freeze_time

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

from ..models import clock
from .case_actions import CaseActions
from .case_cast import CaseCast
from .case_expectations import CaseExpectations


class Story(CaseCast, CaseActions, CaseExpectations):
    """One case on one database; whoever runs it rolls back afterwards."""

    def __init__(self, env, case):
        super().__init__()
        self.env, self.case, self.lines = env, case, {}
        self.zone = ZoneInfo(case.get("timezone", "Asia/Shanghai"))
        self.moment = None

    def play(self):
        """Every difference between what the story expects and what came out, as sentences."""
        with self.at("2026-01-01 00:00"):
            self.set_the_stage()
        failures = []
        for number, step in enumerate(self.case["timeline"], start=1):
            with self.at(step["at"]):
                failures += [f"step {number} ({step['at']}): {text}" for text in self._step(step)]
        return failures

    def _step(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        if "expect" in step:
            return self.compare(step["expect"])
        return self._act(step)

    def _act(self, step):
        try:
            with self.env.cr.savepoint():
                getattr(self, f"do_{step['do']}")(step)
                self.env.flush_all()
        except UserError as refusal:
            return [] if step.get("refused") else [f"{step['do']} was refused: {refusal}"]
        return [f"{step['do']} was not refused"] if step.get("refused") else []

    def utc(self, text):
        local = datetime.fromisoformat(str(text)).replace(tzinfo=self.zone)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    @contextmanager
    def at(self, text):
        """Every clock that Odoo or the module reads shows the given local time."""
        moment = self.utc(text)
        with ExitStack() as stack:
            stack.enter_context(freeze_time(moment))
            stack.enter_context(patch.object(clock, "now", lambda env: moment))
            stack.enter_context(patch.object(self.env.cr, "now", lambda: moment))
            yield


def read_cases(path):
    """The case files of a folder or a single one, in the order of their names."""
    path = Path(path)
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]


@contextmanager
def stage(cr):
    """A cursor on which commits of scheduled actions stay inside the story."""
    with patch.object(cr, "commit", lambda: None), patch.object(cr, "rollback", lambda: None):
        yield api.Environment(cr, SUPERUSER_ID, {})


def run_case(registry, case):
    """Play one case in a transaction of its own that is rolled back."""
    with registry.cursor() as cr:
        try:
            with stage(cr) as env:
                failures = Story(env, case).play()
        finally:
            cr.rollback()
            registry.clear_all_caches()
    return failures


def run_path(registry, path):
    """Play the cases of a file or a folder.

    :return: an iterable of (id of the case, whether it came out as told, what differed).
    """
    for case in read_cases(path):
        try:
            failures = run_case(registry, case)
        except Exception as error:  # a story that breaks is a failed case, and the others still run
            failures = [f"{type(error).__name__}: {error}"]
        yield case["id"], not failures, "; ".join(failures)
