"""How many rulings a second one core makes: `python speed.py`, or `python speed.py profile`.

Every deal has its own facts, so that nothing kept from one helps the next but what any dealer would reuse too.
"""

import cProfile
import json
import pstats
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

import conftest  # noqa: F401  puts the addon's core on the path
from core import codec, ruling
from core.facts import Facts
from story import LI, WANG, ZHAO, policy, story

RULES = policy()
DEALS = 4000


def typical() -> Facts:
    """Ten facts: four receptions, four follow-ups, a talk and a change of grade; the ruling awaits an appeal."""
    told = story().reception(LI, "2026-03-02 10:00").graded("A", "2026-03-02 10:05").followup(LI, "2026-03-05 16:00")
    told.followup(LI, "2026-03-08 16:00").reception(WANG, "2026-03-09 10:00", asked="no")
    told.communicate(WANG, LI, "2026-03-09 11:00").followup(WANG, "2026-03-10 10:00")
    told.reception(ZHAO, "2026-03-10 15:00", on_behalf_of=LI).followup(LI, "2026-03-11 09:00")
    told.reception(WANG, "2026-03-11 10:00", asked="no")
    facts = told.facts(WANG, "2026-03-12 10:00")
    return replace(facts, people=facts.people[:3], outlets=facts.outlets[:1])


def moved(stored: dict, by: timedelta) -> Facts:
    """The same story some time later: other moments, other days."""

    def later(fields: dict) -> dict:
        moments = {name: item for name, item in fields.items() if name == "at" or name.endswith("_at")}
        return fields | {name: (datetime.fromisoformat(at) + by).isoformat() for name, at in moments.items()}

    return codec.load(Facts, json.loads(json.dumps(stored), object_hook=later))


def measure(deals: list[Facts]) -> float:
    start = time.process_time()
    for facts in deals:
        ruling.rule(facts, RULES)
    return len(deals) / (time.process_time() - start)


def main() -> None:
    stored = codec.dump(typical())
    deals = [moved(stored, timedelta(minutes=7 * n)) for n in range(DEALS)]
    print(ruling.rule(deals[0], RULES).ground, sum(map(len, (deals[0].receptions, deals[0].followups))), "contacts")
    if sys.argv[1:] == ["profile"]:
        with cProfile.Profile() as profile:
            measure(deals)
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    best = max(islice(iter(lambda: measure(deals), None), 5))
    print(f"{best:,.0f} rulings/s")


if __name__ == "__main__":
    main()
