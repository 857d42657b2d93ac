"""Eight clients of two web servers with two workers each: receptions, follow-ups and deals mixed, against stock."""

import itertools
import json
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

from .. import pairs
from . import leads, receptions, step
from .concurrency import PEOPLE, SCORING

ODOO = Path(__file__).parents[3] / "dev" / "odoo-bin"
LEAST = 0.9
SERIAL, SERIALS = 1000, itertools.count()  # beyond the customers of other works
WARMING = 1


@step
def plan(env, ids):
    """A call planned on each of these leads, for its owner.

    :return: the activities in the same order.
    """
    kind, model = env.ref("mail.mail_activity_data_call"), env["ir.model"]._get_id("crm.lead")
    day = env.cr.now().date()
    made = env["mail.activity"].with_context(mail_activity_quick_update=True).create([
        {"res_model_id": model, "res_id": lead.id, "activity_type_id": kind.id, "user_id": lead.user_id.id,
         "date_deadline": day, "summary": "Call"} for lead in env["crm.lead"].browse(ids)
    ])  # fmt: skip
    return made.ids


@step
def latest(env):
    """The newest follow-up: a dealership that was made today has some of today."""
    return env["showroom.followup"].search([], order="id desc", limit=1).id if "showroom.followup" in env else 0


@step
def kept(env, phones, activities, ids, after):
    """What is left of the requests: leads by phone, activities done, deals, and with the module their evidence.

    :param after: the newest follow-up before them.
    """
    Lead = env["crm.lead"].with_context(active_test=False)
    told = {
        "received": Lead.search_count([("phone_sanitized", "in", phones)]),
        "done": len(activities) - env["mail.activity"].search_count([("id", "in", activities)]),
        "won": Lead.search_count([("id", "in", ids), ("won_status", "=", "won")]),
    }
    if "showroom.reception" in env:
        told["received"] = env["showroom.reception"].search_count([("phone_key", "in", phones)])
        told["done"] = env["showroom.followup"].search_count([("lead_id", "in", ids), ("id", ">", after)])
        told["won"] = env["showroom.ruling"].search_count([("lead_id", "in", ids), ("state", "!=", "cancelled")])
    return told


class Server:
    """Odoo's own server with two workers."""

    def __init__(self, database, port, folder):
        command = [sys.executable, str(ODOO), "-d", database, "--db-filter", f"^{database}$", "--workers", "2"]
        options = ["--max-cron-threads", "0", "--http-port", str(port), "--gevent-port", str(port + 100)]
        self.port = port
        # Odoo says there when it begins a request anew.
        told = ["--log-level", "warn", "--log-handler", "odoo.service.model:INFO"]
        self.log = folder / f"{database}.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([*command, *options, *told], stdout=log, stderr=log)
        self._wait()

    def _wait(self):
        for _each in range(240):
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/web/health", timeout=30).read()
            except OSError:
                time.sleep(0.25)
        raise SystemExit("The web server did not start; see the log.")

    @property
    def retries(self):
        return self.log.read_text().count("tries left, try again")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class Client:
    """A browser of somebody who is logged in."""

    def __init__(self, server, database, login):
        self.http = HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.cookie = None
        self.call("/web/session/authenticate", {"db": database, "login": login, "password": login})

    def call(self, path, params):
        """One request; raises what the server says went wrong."""
        headers = {"Content-Type": "application/json", **({"Cookie": self.cookie} if self.cookie else {})}
        self.http.request("POST", path, json.dumps({"jsonrpc": "2.0", "params": params}), headers)
        response = self.http.getresponse()
        said = json.loads(response.read())
        if "error" in said:
            raise RuntimeError(said["error"]["data"]["message"])
        if response.getheader("Set-Cookie"):
            self.cookie = response.getheader("Set-Cookie").split(";")[0]
        return said["result"]

    def work(self, model, method, *args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.call(f"/web/dataset/call_kw/{model}/{method}", params)


class Side:
    """One of the two servers, its eight clients, and what they are to do."""

    def __init__(self, bench, worker, port, reception):
        self.worker, self.reception = worker, reception
        self.server = Server(worker.database, port, bench.folder)
        self.clients, self.errors = {}, []

    def client(self, login):
        """The browser of a person, who logs in when they are first asked for."""
        if login not in self.clients:
            self.worker.ask("dealership.password", logins=[login])
            self.clients[login] = Client(self.server, self.worker.database, login)
        return self.clients[login]

    def run(self, number, jobs):
        """A round: every client receives a customer, follows another up, and wins that deal, again and again.

        :param jobs: the outlet where somebody works and their cards, by login.
        """
        ids = [lead for _outlet, some in jobs.values() for lead in some]
        activities = dict(zip(ids, self.worker.ask("http.plan", ids=ids), strict=True))
        told = [self._customers(number * PEOPLE + at, login, *jobs[login]) for at, login in enumerate(jobs)]
        threads = [
            threading.Thread(target=self._serve, args=(self.client(login), customers, jobs[login][1], activities))
            for customers, login in zip(told, jobs, strict=True)
        ]
        after, start = self.worker.ask("http.latest"), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - start
        self._check(told, activities, ids, after)
        return {"seconds": seconds, "queries": 0, "requests": 3 * len(ids)}

    def _customers(self, serial, login, outlet, cards):
        if self.reception:
            return receptions.new(SERIAL + serial, len(cards), outlet)
        return leads.new(SERIAL + serial, len(cards), team_id=outlet, user_id=self.worker.uid(login))

    def _serve(self, client, customers, cards, activities):
        model = "showroom.reception" if self.reception else "crm.lead"
        try:
            for customer, card in zip(customers, cards, strict=True):
                client.work(model, "create", [customer])
                client.work("mail.activity", "action_feedback", [activities[card]], "Spoke with the customer.")
                client.work("crm.lead", "action_set_won", [card])
        except Exception as error:
            self.errors.append(f"{self.worker.database}: {error}")

    def _check(self, told, activities, ids, after):
        phones = [customer["phone"] for customers in told for customer in customers]
        asked = {"phones": phones, "activities": list(activities.values()), "ids": ids, "after": after}
        kept = self.worker.ask("http.kept", **asked)
        if set(kept.values()) != {len(ids)}:
            self.errors.append(f"{self.worker.database}: {kept} of {len(ids)} each")


def lines(bench):
    """Predictive scoring is off: with it, stock's own retries are all that one would measure."""
    started = bench.module.ask("concurrency.started")
    for worker in (bench.stock, bench.module):
        worker.ask("dealership.parameter", key=SCORING, value=False)
    sides = [Side(bench, bench.stock, bench.port, False), Side(bench, bench.module, bench.port + 1, True)]
    try:
        for place, jobs in _places(bench):
            _measure(bench, sides, place, jobs)
    finally:
        for side in sides:
            side.server.stop()
        for worker in (bench.stock, bench.module):
            worker.ask("dealership.parameter", key=SCORING, value=started)


def _places(bench):
    """Where the eight stand, and for each a list with the jobs of every round: all at one outlet, or at several."""
    rounds, each, outlet = bench.size["rounds"] + WARMING, bench.size["requests"], bench.told["outlet"]
    some = [bench.take_cards(PEOPLE, each) for _round in range(rounds)]
    yield "one outlet", [{login: (outlet, cards) for login, cards in jobs.items()} for jobs in some]
    people = bench.told["elsewhere"]
    parts = [range(number * each, (number + 1) * each) for number in range(rounds)]
    several = [{login: (at, [cards[n] for n in part]) for login, (at, cards) in people.items()} for part in parts]
    yield f"{len({at for at, _cards in people.values()})} outlets", several


def _measure(bench, sides, place, jobs):
    before = [side.server.retries for side in sides]
    serial = next(SERIALS) * len(jobs)

    def sample(side):
        return lambda number: side.run(serial + number + WARMING, jobs[number + WARMING])

    taken = pairs.take(len(jobs) - WARMING, sample(sides[0]), sample(sides[1]), WARMING)
    again = [side.server.retries - told for side, told in zip(sides, before, strict=True)]
    errors = [error for side in sides for error in side.errors]
    _line(bench, f"{PEOPLE} clients over HTTP, two workers, {place}", taken, again, errors)
    for side in sides:
        side.errors.clear()


def _line(bench, name, taken, retries, errors):
    rates = [_rate(taken.first), _rate(taken.second)]
    ratio, (low, high) = 1 / taken.ratio, taken.band
    texts = [f"{rate:.0f}/s, {again} retries" for rate, again in zip(rates, retries, strict=True)]
    bench.number(
        name, texts[1], f"at least {LEAST} of stock, none lost or double", ratio >= LEAST and not errors,
        stock=texts[0], ratio=f"{ratio:.3f} ({1 / high:.3f}-{1 / low:.3f})",
    )  # fmt: skip
    for error in errors[:5]:
        bench.fail(error)


def _rate(samples):
    return statistics.median(each["requests"] / each["seconds"] for each in samples)
