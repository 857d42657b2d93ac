"""What the works need to measure themselves: the workers, the size, and how a figure becomes a line."""

import statistics
from pathlib import Path

from .pairs import Pairs, band
from .report import Line


class Bench:
    """Two databases with the same rows, one of them with the module; a third with a twentieth of the cards."""

    def __init__(self, name, size, workers, report, log, port):
        self.name, self.size, self.report, self.log, self.port = name, size, report, log, port
        self.folder = Path(log.name).parent
        self.stock, self.stock2, self.module, self.twentieth, self.tidy = workers
        self.many, self.some, self.few, self.batches = size["samples"]
        self.warm = 1
        self.told = self.module.ask("dealership.told", thick=size["thick"])
        self.taken = 0
        for worker in (self.stock, self.module, self.twentieth):
            worker.ask("receptions.open_day", outlet=self.told["outlet"])

    def take_cards(self, people, count):
        """Cards that no work has won yet, so many of each of so many colleagues."""
        first, self.taken = self.taken, self.taken + count
        some = list(self.told["colleagues"].items())[:people]
        if any(len(cards) < self.taken for _login, cards in some):
            raise SystemExit("Too few cards for all the deals: the size needs more of them.")
        return {login: cards[first : self.taken] for login, cards in some}

    def fail(self, text):
        self.report.fail(text)

    # Lines

    def compare(self, name, taken, time, queries=None, each=1, queries_each=None, only=None):
        """Ours against stock's.

        :param time: the most that the median of the ratios may be.
        :param queries: how many queries more, or `queries_each`: how many for each record.
        :param each: the records in one sample; times are told for one of them.
        :param only: the size at which the target is asked for.
        """
        ours, (low, high) = taken.queries("second"), taken.band
        sound = [taken.ratio <= time]
        targets = [f"at most {time:.2f}"]
        if queries is not None:
            sound.append(taken.more_queries <= queries)
            targets.append(f"+{queries} q")
        if queries_each is not None:
            sound.append(ours / each <= queries_each)
            targets.append(f"{queries_each} q each")
        asked = only in (None, self.name)
        self.report.add(Line(
            name, told(taken.seconds("first"), each), told(taken.seconds("second"), each),
            f"{taken.ratio:.3f} ({low:.3f}-{high:.3f})", self._queries(taken, each),
            ", ".join(targets) + ("" if asked else f" at {only}"), all(sound) if asked else None,
            asked and low <= time < high,
        ))  # fmt: skip

    def _queries(self, taken, each):
        theirs, ours = taken.queries("first"), taken.queries("second")
        if each == 1 or ours < each:
            return f"{theirs:g} -> {ours:g}"
        return f"{theirs / each:.2f} -> {ours / each:.2f} each"

    def control(self, name, taken):
        """The same database twice: what the machine adds by itself."""
        self.note(f"control: {name}", taken, "the noise")

    def note(self, name, taken, text=""):
        """A pair without a target."""
        low, high = taken.band
        texts = told(taken.seconds("first"), 1), told(taken.seconds("second"), 1)
        ratio = f"{taken.ratio:.3f} ({low:.3f}-{high:.3f})"
        self.report.add(Line(name, *texts, ratio, self._queries(taken, 1), text))

    def growth(self, name, taken, most):
        """The whole database against a twentieth; `taken` are pairs, or a ratio that is known."""
        if not isinstance(taken, Pairs):
            return self.number(name, f"x {taken:.2f}", f"at most {most}", taken <= most)
        low, high = taken.band
        texts = told(taken.seconds("first"), 1), told(taken.seconds("second"), 1)
        ratio, target, sound = f"{taken.ratio:.3f} ({low:.3f}-{high:.3f})", f"at most {most}", taken.ratio <= most
        line = Line(name, "", " -> ".join(texts), ratio, self._queries(taken, 1), target, sound)
        line.unsure = low <= most < high
        return self.report.add(line)

    def absolute(self, name, samples, ms, queries=None):
        """Work that stock Odoo does not have: at most so many milliseconds."""
        seconds = statistics.median(each["seconds"] for each in samples)
        asked = statistics.median(each["queries"] for each in samples)
        low, high = (1000 * value for value in band([each["seconds"] for each in samples]))
        sound = seconds * 1000 <= ms and (queries is None or asked <= queries)
        target = f"at most {ms} ms" + ("" if queries is None else f", {queries} q")
        line = Line(name, "", told(seconds, 1), f"({low:.2f}-{high:.2f} ms)", f"{asked:g}", target, sound)
        line.unsure = low <= ms < high
        self.report.add(line)

    def stock_only(self, name, samples):
        """What stock Odoo takes for something that only looks alike."""
        seconds = statistics.median(each["seconds"] for each in samples)
        asked = statistics.median(each["queries"] for each in samples)
        self.report.add(Line(name, told(seconds, 1), "", "", f"{asked:g}", "for comparison"))

    def number(self, name, text, target, holds, **texts):
        """A figure that is no time of one record."""
        self.report.add(Line(name, ours=text, target=target, holds=holds, **texts))


def told(seconds, each):
    """A time as people read it; of many records, for one of them, with the rate."""
    one = seconds / each * 1000
    text = f"{one:.1f} ms" if one >= 10 else f"{one:.2f} ms"
    return text if each == 1 else f"{text} each, {each / seconds:,.0f}/s"
