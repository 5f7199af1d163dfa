"""A disk that is full: payments are refused before acceptance, read as before, and nothing is lost."""
import collections
import os
import threading
import time
import uuid

from .books import ends_limit, gather, judge_ends, judge_money, money_limit
from .common import LIVE, NO_ANSWER, PAYMENTS, READY, Operators, Router, order
from .verdict import Check, Limit, all_skipped

PADDED = order(metadata={"pad": "x" * 400})
NOT_HERE = "this machine lets us mount nothing; run it as root"


class Callers:
    """A few shops that pay all the time; `accepted` are the names they were told."""

    def __init__(self, router, count=4):
        self.router, self.accepted, self.answers = router, set(), collections.Counter()
        # The idempotency key of each, and when it was acknowledged.
        self.known = {}
        # Refusals that do not say when to come back, or came as something else than "not now".
        self.bare, self.odd = 0, collections.Counter()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._pay, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _pay(self):
        while not self._stop.is_set():
            key = str(uuid.uuid4())
            try:
                answer = self.router.create(PADDED, timeout=12, headers={"Idempotency-Key": key})
            except NO_ANSWER as error:
                self.odd[type(error).__name__] += 1
                time.sleep(0.1)
                continue
            self.answers[answer.status] += 1
            if answer.status in (200, 201, 202):
                name = answer.json["id"]
                self.known[name] = key, time.monotonic()
                self.accepted.add(name)
                continue
            if answer.status not in (429, 503):
                self.odd[answer.status] += 1
            elif "retry-after" not in answer.headers:
                self.bare += 1
            time.sleep(0.05)

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join(20)


FULL = (
    Limit("a full disk: payments accepted while nothing can be written", "payments", most=0),
    Limit("a full disk: refusals without Retry-After, or as something else than 429 or 503", "refusals", most=0),
    Limit("a full disk: looks at health and at payments that fail meanwhile", "looks", most=0),
    Limit("a full disk: seconds until payments are accepted again", "s", most=5),
    Limit("a full disk: deaths of the router", "deaths", most=0),
    money_limit("a full disk"), ends_limit("a full disk"), money_limit("a full disk, after a restart"),
)


def _looks(router, some):
    """Reads that must go on: liveness, one payment; readiness answers in either way."""
    failed = 0
    for path, fine in ((LIVE, (200,)), (READY, (200, 503)), (f"{PAYMENTS}/{some}", (200,)), (f"{PAYMENTS}?limit=1", (200,))):
        try:
            failed += router.ask("GET", path, timeout=5).status not in fine
        except NO_ANSWER:
            failed += 1
    return failed


def _fill(path):
    """Takes whatever the file system of `path` still has."""
    file = os.open(f"{path}/filler", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        while os.write(file, b"x" * 4_096):
            pass
    except OSError:
        pass
    finally:
        os.close(file)


def full(bench):
    """Payments, then somebody takes all room on the disk, then it is there again, then a restart."""
    path = bench.mount(60)
    if path is None:
        return all_skipped(FULL, NOT_HERE)
    operators = Operators(bench)
    router = Router(bench, operators, data=f"{path}/data").start()
    callers = Callers(router)
    time.sleep(2)
    # The log has pages of its own that are written again; each filling leaves room for fewer.
    until = time.monotonic() + 30
    while callers.answers[503] + sum(callers.odd.values()) < 5 and time.monotonic() < until:
        _fill(path)
        time.sleep(0.2)
    time.sleep(1)
    before, odd, bare = callers.answers.copy(), sum(callers.odd.values()), callers.bare
    for _ in range(round(bench.lasts(6, 3) / 0.2)):
        _fill(path)
        time.sleep(0.2)
    meanwhile = callers.answers - before
    accepted = sum(meanwhile[status] for status in (200, 201, 202))
    strange = sum(callers.odd.values()) - odd + callers.bare - bare
    failed = _looks(router, next(iter(callers.accepted), "none"))
    os.unlink(f"{path}/filler")
    begun, known = time.monotonic(), len(callers.accepted)
    while len(callers.accepted) == known and time.monotonic() - begun < 20:
        time.sleep(0.05)
    again = time.monotonic() - begun
    time.sleep(2)
    callers.stop()
    deaths = int(not router.alive)
    if deaths:
        router.start()
    # An answer that could not be written down is asked for again once its request must be over.
    facts = gather(router, operators, callers.accepted, 90)
    router.end()
    router.start()
    later = gather(router, operators, callers.accepted, 5)
    return [FULL[0].judge(accepted if meanwhile or strange else None, str(dict(meanwhile))),
            FULL[1].judge(strange, str(dict(callers.odd))), FULL[2].judge(failed), FULL[3].judge(again),
            FULL[4].judge(deaths), judge_money(FULL[5], facts), judge_ends(FULL[6], facts), judge_money(FULL[7], later)]


CHECKS = [Check("a full disk", full, FULL, seconds=40, more=6)]
