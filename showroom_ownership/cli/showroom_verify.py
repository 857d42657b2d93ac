import argparse
import sys
from time import perf_counter

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class ShowroomVerify(Command):
    """Verify the evidence ledgers of a database; the exit code is 1 if one does not verify."""

    name = "showroom_verify"

    def run(self, args):
        known, rest = self._parse(args)
        config.parse_config(["--database", known.database, "--no-http", *rest], setup_logging=True)
        with Registry(known.database).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            if "showroom.ledger.entry" not in env:
                sys.exit(f"Showroom Ownership is not installed in {known.database}.")
            sound = [self._verify(env, head.outlet_id) for head in env["showroom.ledger.head"].search([])]
            cr.rollback()
        sys.exit(0 if all(sound) else 1)

    def _parse(self, args):
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__)
        parser.add_argument("-d", "--database", required=True)
        return parser.parse_known_args(args)

    def _verify(self, env, outlet):
        """Verify one outlet's ledger and print what was found."""
        start, Entry = perf_counter(), env["showroom.ledger.entry"]
        flaw = Entry._verify(outlet, lambda seq: print(f"{outlet.outlet_code}: {seq} entries ...", file=sys.stderr))
        found = Entry._told(outlet, flaw) if flaw else f"The ledger of {outlet.name} verifies."
        print(f"{outlet.outlet_code}: {found} ({perf_counter() - start:.1f} s)")
        return not flaw
