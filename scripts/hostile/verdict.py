"""Figures, limits, and what follows from both."""
import dataclasses

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclasses.dataclass(frozen=True)
class Verdict:
    name: str
    state: str
    figure: str
    limit: str
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Limit:
    """What a figure may be: at most or at least so much. What was not measured did not hold."""

    name: str
    unit: str = ""
    most: float = None
    least: float = None

    def __post_init__(self):
        if (self.most is None) == (self.least is None):
            raise ValueError(f"{self.name}: a limit is one of most and least")

    def judge(self, figure, note=""):
        if figure is None:
            return Verdict(self.name, FAILED, "nothing measured", self.text(), note)
        holds = figure <= self.most if self.least is None else figure >= self.least
        return Verdict(self.name, PASSED if holds else FAILED, self._shown(figure), self.text(), note)

    def skip(self, reason):
        return Verdict(self.name, SKIPPED, "-", self.text(), reason)

    def text(self):
        sign, bound = ("≤", self.most) if self.least is None else ("≥", self.least)
        return f"{sign} {self._shown(bound)}"

    def beyond(self):
        """Figures that must fail: one just beyond the limit, one far beyond."""
        if self.least is None:
            return [self.most + 1, self.most * 1.01 + 0.01, self.most * 1_000 + 1_000]
        return [self.least - 1, self.least * 0.99 - 0.01, -1_000]

    def within(self):
        return [self.most, 0 if self.most >= 0 else self.most * 2] if self.least is None else [self.least, self.least * 2]

    def _shown(self, value):
        number = f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:.2f}"
        return f"{number} {self.unit}".strip().replace(",", " ")


@dataclasses.dataclass(frozen=True)
class Check:
    """Something that is done, and the limits its figures are held against.

    `seconds` is how long it takes whatever the budget, `more` what a full run adds to that; `run(bench)` gives one
    verdict for each of `limits`.
    """

    name: str
    run: object
    limits: tuple
    seconds: float
    more: float = 0
    # Made-up facts and how many faults `count` must find in them: ((name, count(), at least), ...).
    planted: tuple = ()


def all_skipped(limits, reason):
    return [limit.skip(reason) for limit in limits]


def table(verdicts):
    """The verdicts as lines of text: name, verdict, figure, limit."""
    rows = [("name", "verdict", "figure", "limit")] + [(one.name, one.state, one.figure, one.limit) for one in verdicts]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines
