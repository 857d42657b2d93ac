"""The table: a line for each work, printed as it is ready, and what is left for machines to read."""

import json
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

COLUMNS = (("work", 60), ("stock", 22), ("ours", 26), ("ratio", 24), ("queries", 18), ("target", 34))
HOLDS = {True: "holds", False: "MISSED", None: ""}


@dataclass
class Line:
    """One line of the table; `holds` is None where there is no target."""

    work: str
    stock: str = ""
    ours: str = ""
    ratio: str = ""
    queries: str = ""
    target: str = ""
    holds: bool | None = None
    unsure: bool = False

    @property
    def verdict(self):
        """Whether the target holds; a question mark where the 90 % band reaches over it."""
        return HOLDS[self.holds] + (" ?" if self.unsure else "")


class Report:
    """Lines as they come, and the sum of them."""

    def __init__(self, size):
        self.size, self.lines, self.failures = size, [], []
        self.start = time.monotonic()

    def head(self, texts):
        for text in texts:
            print(text)
        self._print({name: name for name, _width in COLUMNS}, "")
        print("-" * (sum(width + 2 for _name, width in COLUMNS) + 8), flush=True)

    def add(self, line):
        self.lines.append(line)
        self._print(asdict(line), line.verdict)

    def fail(self, text):
        """Something that no figure makes good: a lost record, another result on one side."""
        self.failures.append(text)
        print(f"  WRONG: {text}", flush=True)

    def _print(self, texts, verdict):
        cells = (str(texts[name]).ljust(width) for name, width in COLUMNS)
        print("  ".join([*cells, verdict]).rstrip(), flush=True)

    def finish(self, folder):
        """The summary; gives whether every target holds."""
        asked = [line for line in self.lines if line.holds is not None]
        missed = [line for line in asked if not line.holds]
        took = time.monotonic() - self.start
        print(f"\n{len(asked) - len(missed)} of {len(asked)} targets hold; {took:.0f} s.")
        for line in missed:
            print(f"  missed: {line.work}: {line.ours} {line.ratio} {line.queries}, target {line.target}")
        for text in self.failures:
            print(f"  wrong: {text}")
        self._keep(Path(folder), took)
        return not missed and not self.failures

    def _keep(self, folder, took):
        now = datetime.now(UTC)
        told = {"size": self.size, "at": now.isoformat(), "seconds": took, "failures": self.failures}
        told["lines"] = [{**asdict(line), "verdict": line.verdict} for line in self.lines]
        path = folder / f"bench-{self.size}-{now:%Y%m%d-%H%M%S}.json"
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False))
        print(f"All figures: {path}", flush=True)
