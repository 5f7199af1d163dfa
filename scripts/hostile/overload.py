"""Three times what the router can do: it serves what it accepted and refuses the rest before accepting it.

All in one run, on one router, so that its own peak is what it is held against:

1. 64 callers that wait (closed loop), after a warm-up: the peak, p99 of accepted payments, p99 of reads beside them, and
   processor time per payment. Reads come at a few per second, open loop, in all parts.
2. Three times that peak, arrivals at a constant rate (open loop). Goodput counts payments that were accepted within the
   time and ended as expected.
3. The same at six times the peak, shorter, for the cost of a refusal.
4. 30 s later: memory. Then again 8, 64, 256 and 1 000 callers that wait.

**The cost of a refusal.** A run of refusals alone cannot be had without another reason to refuse. The router's processor
time, from the start of a part until it is quiet again, so that callbacks and checks of its payments are in it, is taken
as a·payments + r·refusals + g·reads. `g` comes from a part with reads alone; `a` and `r` are the least squares over the
parts 1 to 3, of which the first has no refusals and the others ever more. What a payment costs may differ between parts
(under load more of them share a flush); that error is in `r`, too, and grows with the payments of a part, not with its
refusals, so part 3 is there to make refusals the larger share.
"""
import json
import subprocess
import sys
import time

from openloop.load import read_all

from . import sandbox
from .books import ends_limit, gather, judge_ends, judge_money, money_limit
from .common import pair
from .verdict import Check, Limit

WIDTHS = (8, 64, 256, 1_000)
READS = 10
LIMITS = (
    Limit("overload 3 x: goodput, of the peak at 64 callers", "%", least=80),
    Limit("overload 3 x: p99 of accepted payments, of its p99 at 64 callers", "times", most=3),
    Limit("overload 3 x: p99 of refusals", "ms", most=50),
    Limit("overload 3 x: processor time of a refusal, of a payment's", "%", most=10),
    Limit("overload 3 x: p99 of reads, of its p99 at 64 callers", "times", most=5),
    Limit("overload 3 x: refusals that do not say when to come back", "refusals", most=0),
    Limit("overload 3 x: callers that heard nothing or something else", "callers", most=0),
    Limit("overload 3 x: memory 30 s later, of before", "%", most=120),
    *(Limit(f"{width} callers after the overload: payments per second, of the peak", "%", least=80)
      for width in WIDTHS if width >= 64),
    *(Limit(f"{width} callers after the overload: p99 of accepted payments, of its p99 at 64 callers", "times", most=3)
      for width in WIDTHS),
    money_limit("overload"), ends_limit("overload"),
)


class Parts:
    """Runs the generator against one router and keeps what each part cost."""

    def __init__(self, bench, router):
        self.bench, self.router, self.ids = bench, router, f"{bench.place('ids')}/ids"
        self.costs = []

    def run(self, seconds, *how, reads=READS, ids=None):
        before = self.router.processor
        done = subprocess.run(
            [sys.executable, str(self.bench.root / "Benchmarks" / "openloop"), "--port", str(self.router.port),
             "--seconds", str(seconds), "--reads", str(reads), "--sources", "16", "--bound", "2000", "--ids", ids or self.ids,
             *how], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr[-400:])
        figures = json.loads(done.stdout)
        self.router.quiet(60)
        figures["processor_seconds"] = self.router.processor - before
        return figures

    def names(self):
        return open(self.ids).read().split()


def refusal_cost(parts, read):
    """Processor seconds of a payment and of a refusal: least squares over parts of (payments, refusals, reads, cost).

    `None` for both where nothing was refused, or what was is too little to tell it apart.
    """
    rows = [(payments, refusals, cost - read * reads) for payments, refusals, reads, cost in parts]
    if sum(row[1] for row in rows) < 100:
        return None, None
    # Each part weighs the same, however long it was.
    rows = [tuple(value / (row[0] + row[1]) for value in row) for row in rows]
    pp = sum(p * p for p, _, _ in rows)
    rr = sum(r * r for _, r, _ in rows)
    pr = sum(p * r for p, r, _ in rows)
    pc, rc = sum(p * c for p, _, c in rows), sum(r * c for _, r, c in rows)
    det = pp * rr - pr * pr
    if det < 1e-9:
        return None, None
    return (rr * pc - pr * rc) / det, (pp * rc - pr * pc) / det


def run(bench):
    operators, router = pair(bench)
    parts = Parts(bench, router)
    length = bench.lasts(20, 6)
    parts.run(3, "--callers", "64", reads=0)
    alone = _read_cost(router, parts.names())
    memory = router.memory
    quiet = parts.run(max(8, length / 2), "--callers", "64")
    memory = max(memory, router.memory)
    peak = quiet["accepted_in_time_per_second"]
    names = f"{bench.place('overload')}/ids"
    heavy = parts.run(length, "--rate", str(3 * peak), ids=names)
    after = time.monotonic()
    accepted = open(names).read().split()
    time.sleep(max(0, 30 - (time.monotonic() - after)))
    kept = router.memory
    heavier = parts.run(max(4, length / 3), "--rate", str(6 * peak))
    again = {width: parts.run(max(5, length / 3), "--callers", str(width)) for width in WIDTHS}
    facts = gather(router, operators, [*parts.names(), *accepted], 60)
    ended = set(facts.as_expected())
    share = sum(name in ended for name in accepted) / len(accepted) if accepted else 0
    goodput = heavy["accepted_in_time_per_second"] * share
    payment, refusal = refusal_cost([
        (one["accepted"], one["refused"], one["reads_ms"]["count"], one["processor_seconds"])
        for one in (quiet, heavy, heavier)], alone)
    p99, reads_p99 = quiet["accepted_ms"]["p99"], quiet["reads_ms"]["p99"]
    heard = heavy["accepted"] + heavy["refused"]
    odd = sum(heavy["by_outcome"].values()) - heard + heavy["unanswered"]
    short = {name: heavy[name] for name in ("offered", "by_outcome", "accepted_ms", "refused_ms", "reads_ms", "connections")}
    simple = (f"{1e6 * payment:.0f} and {1e6 * refusal:.0f} us" if refusal is not None
              else f"{1e6 * quiet['processor_seconds'] / max(1, quiet['accepted']):.0f} us for a payment; nothing was refused")
    return [
        LIMITS[0].judge(100 * goodput / peak, f"{goodput:.0f} of {peak:.0f}/s in {length:.0f} s; {json.dumps(short)}"),
        LIMITS[1].judge(_times(heavy["accepted_ms"]["p99"], p99), f"{heavy['accepted_ms']['p99']} and {p99} ms"),
        LIMITS[2].judge(heavy["refused_ms"]["p99"], f"{heavy['refused']} refused"),
        LIMITS[3].judge(None if refusal is None else max(0, 100 * refusal / payment), simple),
        LIMITS[4].judge(_times(heavy["reads_ms"]["p99"], reads_p99), f"{heavy['reads_ms']['p99']} and {reads_p99} ms"),
        LIMITS[5].judge(heavy["without_retry_after"] if heavy["refused"] else None),
        LIMITS[6].judge(odd, str(heavy["by_outcome"])),
        LIMITS[7].judge(100 * kept / memory, f"{memory:.0f} MB, then {kept:.0f} MB"),
        *(limit.judge(100 * again[width]["accepted_in_time_per_second"] / peak, str(again[width]["by_outcome"]))
          for limit, width in zip(LIMITS[8:11], WIDTHS[1:])),
        *(limit.judge(_times(again[width]["accepted_ms"]["p99"], p99), f"{again[width]['accepted_ms']['p99']} ms, "
                      f"{again[width]['accepted_in_time_per_second']}/s") for limit, width in zip(LIMITS[11:15], WIDTHS)),
        judge_money(LIMITS[15], facts), judge_ends(LIMITS[16], facts),
    ]


def _times(value, base):
    return None if value is None or not base else value / base


def _read_cost(router, names):
    """Processor seconds of one read, from reads alone."""
    router.quiet(20)
    some, before = names[:600], router.processor
    read_all(router.port, some)
    return (router.processor - before) / max(1, len(some))


def _told_apart():
    """The cost of a refusal is found again in made-up parts."""
    parts = [(payments, refusals, 50, payments * 900e-6 + refusals * 60e-6 + 50 * 200e-6)
             for payments, refusals in ((6_000, 0), (11_000, 20_000), (3_500, 18_000))]
    payment, refusal = refusal_cost(parts, 200e-6)
    return int(abs(payment - 900e-6) < 1e-6 and abs(refusal - 60e-6) < 1e-6)


CHECKS = [Check("overload", run, LIMITS, seconds=130, more=30, planted=(
    ("the cost of a refusal is told apart from a payment's", _told_apart, 1),
    ("what arrives while the router stands still counts", sandbox.stall, 60),
    ("whoever is refused comes back as told, and not sooner", sandbox.obeys, 1),
    ("nothing refused is no cost", lambda: int(refusal_cost([(100, 0, 0, 1.0)] * 3, 0)[1] is None), 1)))]
