"""Who calls when: constant arrivals (open loop) or callers that wait for their answer (closed loop)."""
import heapq
import json
import os
import random
import time

from .engine import BROKEN, REFUSED, TIMEOUT, Engine, Exchange
from .report import Tally

ORDER = {"amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890000001"}}
# How often one payment is offered before its caller gives up.
TRIES = 3


class Payment:
    """One order with its idempotency key, which every try of it repeats."""

    __slots__ = ("request", "tries", "first")

    def __init__(self, request, first):
        self.request, self.tries, self.first = request, 0, first


class Load:
    """Payments, and reads of single payments beside them.

    **Open loop.** A payment arrives every 1/`rate` seconds, whatever became of those before. Latency counts from that
    moment, so what waits for a connection or for this process waits for the router. Whoever is refused (429, 503) obeys
    `Retry-After` and takes the place of the next arrival after it: the offered rate stays as given, and a try's latency
    counts from its own intended moment. After `TRIES` tries a caller gives up.

    **Closed loop.** `callers` callers each pay again as soon as they have their answer; a refused one first waits as
    `Retry-After` says.

    Reads are always open loop, `reads` per second, over connections of their own.
    """

    def __init__(self, port, seconds, rate=None, callers=None, reads=0, read_ids=(), bound=1_000, sources=1, timeout=30,
                 key="sk_sandbox_demo", order=None, patience=None, seed=None):
        self.seconds, self.rate, self.callers, self.reads = seconds, rate, callers, reads
        self.key, self.dice, self.read_ids = key, random.Random(seed), list(read_ids)
        body = json.dumps(order or ORDER, separators=(",", ":")).encode()
        mark = os.urandom(6).hex()
        self.head = (f"POST /v1/payments HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
                     f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
                     f"Idempotency-Key: load-{mark}-").encode()
        self.tail, self.made, self.port = b"\r\n\r\n" + body, 0, port
        self.engine = Engine(port, callers if callers else bound, sources, timeout)
        self.reader = Engine(port, 64, 1, timeout)
        # Seconds that may pass after the last arrival until everything is answered.
        self.patience = timeout if patience is None else patience
        self.returning, self.ids = [], []
        self.tally = Tally()

    def run(self):
        """Calls for `seconds`, then waits for what is under way; the tally."""
        tally, engine, reader = self.tally, self.engine, self.reader
        begun = tally.begun = time.monotonic()
        end = tally.end = begun + self.seconds
        step, read_step = (1 / self.rate if self.rate else None), (1 / self.reads if self.reads else None)
        due, read_due = begun, begun
        for _ in range(self.callers or 0):
            self._offer(self._payment(begun), begun)
        while True:
            now = time.monotonic()
            if now < end:
                while step and due <= now:
                    self._arrive(due)
                    due += step
                while read_step and read_due <= now:
                    self._read(read_due)
                    read_due += read_step
                while self.callers and self.returning and self.returning[0][0] <= now:
                    at, _, payment = heapq.heappop(self.returning)
                    self._offer(payment, at)
                next_due = min(due if step else end, read_due if read_step else end, end,
                               self.returning[0][0] if self.callers and self.returning else end)
            elif not (engine.active or reader.active) or now > end + self.patience:
                break
            else:
                next_due = now + 0.05
            # Both are looked at in turn; neither waits for the other longer than a millisecond.
            wait = min(next_due - time.monotonic(), 0.05)
            if reader.active:
                engine.turn(min(wait, 0.001))
                reader.turn(0)
            else:
                engine.turn(wait)
        tally.unanswered = engine.active
        tally.left_waiting = len(self.returning)
        tally.connections_peak, tally.connections_opened = engine.peak, engine.opened
        engine.close()
        reader.close()
        return tally

    def _payment(self, now):
        self.made += 1
        return Payment(b"%s%08d%s" % (self.head, self.made, self.tail), now)

    def _arrive(self, due):
        """One arrival: someone who was told to come back and may now, or someone new."""
        if self.returning and self.returning[0][0] <= due:
            self._offer(heapq.heappop(self.returning)[2], due)
        else:
            self._offer(self._payment(due), due)

    def _offer(self, payment, intended):
        payment.tries += 1
        self.tally.offered += 1
        self.engine.submit(Exchange(payment.request, intended, self._answered, payment))

    def _answered(self, exchange, outcome, head, body):
        now, payment, tally = time.monotonic(), exchange.tag, self.tally
        tally.by_outcome[outcome] += 1
        milliseconds = (now - exchange.intended) * 1_000
        if exchange.left is not None:
            tally.lag.append((exchange.left - exchange.intended) * 1_000)
        if outcome in (200, 201, 202):
            tally.accepted_ms.append(milliseconds)
            tally.in_time += now <= tally.end
            self.ids.append(body[7:body.find(b'"', 7)].decode())
        elif outcome in (429, 503) or outcome == REFUSED:
            if outcome != REFUSED:
                tally.refused_ms.append(milliseconds)
            place = head.find(b"\r\nretry-after:")
            if place < 0:
                tally.without_retry_after += 1
            if payment.tries < TRIES:
                pause = float(head[place + 14:].split(b"\r\n", 1)[0]) if place >= 0 else 1.0
                # Clocks of callers differ; they do not come back in one moment.
                back = now + pause * (1 + self.dice.random() * 0.1)
                heapq.heappush(self.returning, (back, id(payment), payment))
                if self.callers:
                    return
            else:
                tally.given_up += 1
        else:
            tally.odd_ms.append(milliseconds)
            if outcome not in (BROKEN, TIMEOUT) and len(tally.examples) < 3:
                tally.examples.append(f"{outcome} {body[:200].decode(errors='replace')}")
        if self.callers and now < tally.end:
            self._offer(self._payment(now), now)

    def _read(self, due):
        known = self.read_ids or self.ids
        if known:
            self.reader.submit(Exchange(self.reading(self.dice.choice(known)), due, self._was_read))

    def reading(self, name):
        return (f"GET /v1/payments/{name} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                f"Authorization: Bearer {self.key}\r\n\r\n").encode()

    def _was_read(self, exchange, outcome, head, body):
        self.tally.reads_by_outcome[outcome] += 1
        self.tally.reads_ms.append((time.monotonic() - exchange.intended) * 1_000)


def read_all(port, names, key="sk_sandbox_demo", kind="payments", width=32):
    """Every order of these names as the router shows it now: name to JSON; `None` where it is not known."""
    found, left = {}, list(reversed(list(names)))
    engine = Engine(port, width, 1, 60)

    def take():
        name = left.pop()
        request = (f"GET /v1/{kind}/{name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                   f"Authorization: Bearer {key}\r\n\r\n").encode()
        engine.submit(Exchange(request, time.monotonic(), heard, name))

    def heard(exchange, outcome, head, body):
        if outcome in (429, 503, REFUSED, BROKEN, TIMEOUT) and pauses.setdefault(exchange.tag, 0) < 30:
            pauses[exchange.tag] += 1
            left.insert(0, exchange.tag)
            later.append(time.monotonic() + 0.2)
        else:
            found[exchange.tag] = json.loads(body) if outcome == 200 else None

    pauses, later = {}, []
    while left or engine.active:
        later = [at for at in later if at > time.monotonic()]
        while left and engine.active < (width if not later else 1):
            take()
        engine.turn(0.05)
    engine.close()
    return found
