"""A PostgreSQL server that a test may kill, with a copy of the test's database."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

TOOLS = ("initdb", "pg_ctl", "pg_dump", "psql", "createdb")
# What is acknowledged must be on the disk: the default of PostgreSQL, said here because it is the point.
SETTINGS = "listen_addresses = ''\nunix_socket_directories = '{home}'\nsynchronous_commit = on\n"


def missing_tools():
    return [name for name in TOOLS if not shutil.which(name)]


class ThrowAwayCluster:
    """Started with a copy of a database in it, ended without a trace."""

    def __init__(self, database):
        self.database = database
        self.home = Path(tempfile.mkdtemp(prefix="pg", dir="/var/tmp"))
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")

    def _run(self, *command, **options):
        # PostgreSQL refuses to run as root; then Debian's own user runs it.
        as_owner = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        found = shutil.which(command[0])
        subprocess.run([*as_owner, found, *command[1:]], check=True, cwd="/", **{**quiet, **options})

    def start(self):
        data = str(self.home / "data")
        self._run("initdb", "-D", data, "-U", "odoo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        with (self.home / "data/postgresql.conf").open("a") as conf:
            conf.write(SETTINGS.format(home=self.home))
        self._control("start")
        self._copy_database()

    def _control(self, *what):
        self._run("pg_ctl", "-D", str(self.home / "data"), "-l", str(self.home / "log"), "-w", *what)

    def _copy_database(self):
        here = {**os.environ, "PGHOST": str(self.home), "PGUSER": "odoo"}
        subprocess.run(["createdb", "-T", "template0", self.database], check=True, env=here)
        dump = self.home / "dump"
        with dump.open("wb") as out:
            subprocess.run(["pg_dump", self.database], check=True, stdout=out)
        load = ["psql", "-X", "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", "-f", dump, "-d", self.database]
        subprocess.run(load, check=True, env=here)

    def restart_at_once(self):
        """As after a power cut: nobody is waited for."""
        self._control("-m", "immediate", "restart")

    def remove(self):
        if (self.home / "data/postmaster.pid").exists():
            self._control("-m", "immediate", "stop")
        shutil.rmtree(self.home, ignore_errors=True)
