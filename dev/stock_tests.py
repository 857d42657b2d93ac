"""Run the tests of stock ``crm`` in Odoo's own runner and judge the failures.

Odoo runs a module's ``at_install`` tests as soon as that module is loaded, which for
``crm`` is before ours. To see stock behaviour *with* our module, every test is moved
to the moment when the whole registry is there.
"""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
KNOWN = HERE / "stock-known-failures.txt"
FAILED = re.compile(r" ERROR \S+ (odoo\.addons\.\S+): (?:FAIL|ERROR): (?:Subtest )?((?:setUpClass )?\S+)")
TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def known_failures():
    """{test: reason} from lines ``test  # reason``."""
    known = {}
    for line in KNOWN.read_text().splitlines():
        if line and not line.startswith("#"):
            test, _, reason = line.partition("#")
            known[test.strip()] = reason.strip()
    return known


def read_log(lines):
    """The tests that failed, in order; how many failures Odoo counted; how many tests ran."""
    failed, counted, ran = {}, 0, 0
    for line in lines:
        if match := FAILED.search(line):
            module = match[1].rpartition(".")[2]
            failed[f"{module}.{match[2]}"] = True
        if match := TOTAL.search(line):
            counted, ran = int(match[1]) + int(match[2]), int(match[3])
    return list(failed), counted, ran


def run_odoo(database):
    """In the child process: Odoo's server, all tests after the registry is complete."""
    import odoo.cli
    from odoo.tests import loader

    make_suite = loader.make_suite

    def at_the_end(modules, position="at_install"):
        if position == "at_install":
            return loader.OdooSuite()
        early, late = (make_suite(modules, when) for when in ("at_install", "post_install"))
        return loader.OdooSuite([*early, *late])

    loader.make_suite = at_the_end
    options = ["--test-tags", "/crm", "--stop-after-init", "--max-cron-threads", "0"]
    sys.argv[1:] = ["-d", database, "-p", str(free_port()), *options]
    odoo.cli.main()


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(database, log):
    with open(log, "w") as out:
        child = [sys.executable, __file__, "--child", database]
        subprocess.run(child, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    failed, counted, ran = read_log(Path(log).read_text().splitlines())
    known = known_failures()
    surprising = [test for test in failed if test not in known]
    for test in failed:
        verdict = "known " if test in known else "FAILED"
        print(f"{verdict}  {test}  {known.get(test, '')}".rstrip())
    incomplete = not ran or (counted and not failed)
    if incomplete:
        print("The run itself broke down.")
    if surprising or incomplete:
        print(f"See {log}")
    print(f"{ran - len(failed)} passed, {len(surprising)} failed, {len(failed) - len(surprising)} skipped")
    return 1 if surprising or incomplete else 0


if __name__ == "__main__":
    if sys.argv[1] == "--child":
        run_odoo(sys.argv[2])
    else:
        sys.exit(main(*sys.argv[1:]))
