"""The pure rules without Odoo: `from core import ruling` finds the addon's own package."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT.parent / "showroom_ownership"), str(ROOT)]

# The same examples on every machine and at every hour: no clock, no stored examples, no deadline.
settings.register_profile(
    "core",
    derandomize=True,
    deadline=None,
    max_examples=300,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("core")
