"""A warning or an error in Odoo's log fails the run, as in OCA's test runs.

As a pytest plugin (``-p cleanlog``) it watches what the tests log; as a script it
reads a log file. ``log-allowed.txt`` lists the lines that only tell of the
environment, one regular expression each.
"""

import logging
import re
import sys
from pathlib import Path

ALLOWED = Path(__file__).with_name("log-allowed.txt")
LOUD = re.compile(r" (WARNING|ERROR|CRITICAL) ")


def allowed_patterns():
    lines = ALLOWED.read_text().splitlines()
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def complaints(lines):
    """The lines at level WARNING or above that no pattern allows."""
    patterns = allowed_patterns()
    return [line for line in lines if LOUD.search(line) and not any(pattern.search(line) for pattern in patterns)]


class Watcher(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record):
        self.lines.append(self.format(record))


_watcher = Watcher()


def pytest_configure(config):
    logging.getLogger().addHandler(_watcher)


def pytest_sessionfinish(session, exitstatus):
    if exitstatus == 0 and complaints(_watcher.lines):
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    lines = complaints(_watcher.lines)
    if lines:
        terminalreporter.section("warnings and errors in Odoo's log fail the run")
        terminalreporter.write_line("\n".join(lines))


def main(path):
    lines = complaints(Path(path).read_text().splitlines())
    if lines:
        print(f"Warnings and errors in {path} fail the run:", *lines, sep="\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
