from pathlib import Path

from odoo.tests import tagged
from odoo.tests.common import TransactionCase

from .case_runner import Story, read_cases, stage

CASES = Path(__file__).parent / "cases"


@tagged("post_install", "-at_install")
class TestCases(TransactionCase):
    """Every case of the project comes out as told."""

    def test_cases(self):
        for case in read_cases(CASES):
            with self.subTest(case=case["id"]), stage(self.env.cr) as env, env.cr.savepoint(flush=False) as savepoint:
                failures = Story(env, case).play()
                savepoint.rollback()
                self.assertFalse(failures, case["title"])
