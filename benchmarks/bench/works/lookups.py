"""Recognising a customer who returns: by phone, against Odoo's own search for duplicates by e-mail."""

from .. import pairs
from . import work

MEAN_OF = 100


@work
def duplicates(env, emails):
    for email in emails:
        env["crm.lead"]._get_lead_duplicates(email=email)


@work
def cards(env, phones):
    found = [env["crm.lead"]._cards_by_phone([phone]) for phone in phones]
    yield
    yield all(found)


@work
def desk(env, phone, outlet):
    """What the desk asks while somebody types a number."""
    matched = env["showroom.reception"].match(phone, outlet)
    yield
    yield matched.get("state")


def card_side(worker, phones):
    asked = (phones * MEAN_OF)[:MEAN_OF]  # the smallest database has fewer
    return lambda _number: worker.do("lookups.cards", {"phones": asked})


def desk_side(worker, told):
    def sample(number):
        args = {"phone": told["phones"][number % len(told["phones"])][3:], "outlet": told["outlet"]}
        done = worker.do("lookups.desk", args, "r00")
        if done["result"] in (None, "new"):
            raise SystemExit("The desk must know the customer.")
        return done

    return sample


def lines(bench):
    emails = bench.told["emails"][:MEAN_OF]
    taken = pairs.take(
        bench.some,
        lambda _number: bench.stock.do("lookups.duplicates", {"emails": emails}),
        card_side(bench.module, bench.told["phones"]),
    )
    bench.compare("returning customer by phone, against Odoo's by e-mail", taken, time=0.1, each=MEAN_OF, only="large")
    taken = pairs.singles(bench.many, desk_side(bench.module, bench.told))
    bench.absolute("returning customer at the desk", taken, ms=10)
