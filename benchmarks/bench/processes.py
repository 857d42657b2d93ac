"""The processes that do the works, and the pipes to them."""

import json
import subprocess
import sys


class Worker:
    """One process with one database. Several may have the same database."""

    def __init__(self, database, log):
        command = [sys.executable, "-m", "bench.worker", database]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log, "text": True}
        self.database = database
        self.process = subprocess.Popen(command, **pipes)
        self.people = {}

    def wait(self):
        """Until the registry is loaded."""
        self._read()
        return self

    def ask(self, name, **args):
        """Have a step or a work done as superuser; gives its result."""
        return self.do(name, args)["result"]

    def do(self, name, args, login=None, listen=False):
        """Have a work done, as somebody with their own rights if they are named.

        :param listen: have the queries too, as `heard`.
        :return: a dict with `seconds`, `cpu`, `queries` and `result`.
        """
        told = {"name": name, "args": args, "listen": listen}
        if login:
            told.update(uid=self.uid(login), context={"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]})
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return self._read()

    def uid(self, login):
        """The number of a user, by their login."""
        if login not in self.people:
            self.people[login] = self.ask("dealership.uid", login=login)
        return self.people[login]

    def _read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"The worker of {self.database} ended; see the log.")
        said = json.loads(line)
        if "error" in said:
            raise SystemExit(f"{self.database}: {said['error']}")
        return said

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
