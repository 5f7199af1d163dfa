"""Clients that never come to an end: heads, bodies and silence have deadlines, and no key means no wait for a body."""
import concurrent.futures
import time

from .attackers import lifetime
from .common import NO_ANSWER, ask, pair
from .verdict import Check, Limit
from .wire import HOST, KEYED, send

LONGEST = 80
SLOW = (
    Limit("slow heads: a head that drips is given up after", "s", most=15),
    Limit("slow bodies: a body that drips, with a key, is given up after", "s", most=30),
    Limit("slow bodies: chunks that drip, without a key, are given up after", "s", most=10),
    Limit("idle connections: a connection that says nothing is given up after", "s", most=75),
    Limit("slow clients: the slowest look at /health/live beside them", "ms", most=1_000),
)
KEYLESS = (
    Limit("authentication comes before the body: seconds until a stranger's 200 kB are refused unread", "s", most=1),
)


def slow(bench):
    _, router = pair(bench)
    keyed = (b"POST /v1/payments HTTP/1.1\r\n" + HOST + KEYED + b"Idempotency-Key: slow-body-00000001\r\n"
             b"Content-Type: application/json\r\nContent-Length: 200000\r\n\r\n{")
    kinds = (("head drips", None), ("body drips", keyed), ("chunks drip", None), ("idle", None))
    with concurrent.futures.ThreadPoolExecutor(len(kinds)) as pool:
        waits = [pool.submit(lifetime, router.port, kind, LONGEST, first) for kind, first in kinds]
        slowest = 0.0
        while not all(wait.done() for wait in waits):
            begun = time.monotonic()
            try:
                ask(router.port, "GET", "/health/live", key=None, timeout=10)
            except NO_ANSWER:
                pass
            slowest = max(slowest, (time.monotonic() - begun) * 1_000)
            time.sleep(0.5)
    figures = [wait.result() for wait in waits] + [slowest]
    return [limit.judge(figure, f"longer than {LONGEST} s" if figure == LONGEST else "")
            for limit, figure in zip(SLOW, figures)]


def keyless(bench):
    _, router = pair(bench)
    begun = time.monotonic()
    reply = send(router.port, b"POST /v1/payments HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
                 b"Content-Length: 200000\r\n\r\n{", wait=8, expected=1)
    passed = time.monotonic() - begun
    return [KEYLESS[0].judge(passed if reply.statuses[:1] == [401] else 8, f"answered {reply}")]


CHECKS = [Check("slow heads, slow bodies, idle connections", slow, SLOW, seconds=85),
          Check("authentication before the body", keyless, KEYLESS, seconds=10)]
