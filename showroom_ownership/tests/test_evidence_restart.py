import os
import subprocess
import sys
from pathlib import Path
from unittest import skipIf

import odoo
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name

from .throwaway_cluster import ThrowAwayCluster, missing_tools

LINES, BEFORE = 40, 10
DESK = str(Path(__file__).with_name("restart_desk.py"))


@tagged("post_install", "-at_install")
@skipIf(missing_tools(), f"PostgreSQL's server tools are not on the PATH: {missing_tools()}")
class TestEvidenceRestart(BaseCase):
    """PostgreSQL is restarted at once while a desk registers (docs/attackers.md, process)."""

    def setUp(self):
        super().setUp()
        self.cluster = ThrowAwayCluster(get_db_name())
        self.addCleanup(self.cluster.remove)
        self.cluster.start()

    def test_a_restarted_database_loses_nothing_that_was_saved(self):
        desk = self._desk()
        saved = [desk.stdout.readline().strip() for _each in range(BEFORE)]
        self.cluster.restart_at_once()
        out, err = desk.communicate(timeout=120)
        *rest, verdict = out.split("\n")[:-1]
        self.assertIn("lost", rest, "the restart came too late to hit anybody")
        numbers = [int(line.rpartition("/")[2]) for line in saved + rest if line != "lost"]
        self.assertEqual(numbers, list(range(1, LINES + 1)), err)
        self.assertEqual(verdict, f"{LINES} lines, verifies")

    def _desk(self):
        odoo_root = str(Path(odoo.__path__[0]).parent)
        env = {**os.environ, "PYTHONPATH": os.pathsep.join((odoo_root, os.environ.get("PYTHONPATH", "")))}
        command = [sys.executable, DESK, get_db_name(), str(self.cluster.home), str(LINES)]
        desk = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(desk.kill)
        return desk
