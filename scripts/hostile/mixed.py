"""Ten minutes of payments with a hostile client beside them: what the router holds stays flat, and money is right."""
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
import uuid

from .attackers import Attackers
from .books import ends_limit, gather, judge_ends, judge_money, money_limit
from .common import FORM, NO_ANSWER, PUBLISHABLE, ask, pair
from .verdict import Check, Limit

NAME = "mixed load with a hostile client"
LIMITS = (
    Limit(f"{NAME}: growth of memory from the second quarter to the last", "%", most=15),
    Limit(f"{NAME}: growth of descriptors", "%", most=10),
    Limit(f"{NAME}: growth of threads", "%", most=10),
    Limit(f"{NAME}: what the log grows per minute", "kB", most=256),
    Limit(f"{NAME}: the write-ahead log at its largest", "MB", most=64),
    Limit(f"{NAME}: payments of shops that were accepted at once", "%", least=99),
    Limit(f"{NAME}: p99 of shops' payments", "ms", most=1_000),
    Limit(f"{NAME}: payments that ended not_sent", "payments", most=0),
    Limit(f"{NAME}: deaths of the router", "deaths", most=0),
    money_limit(NAME), ends_limit(NAME),
)
RATE = 40


class Hostile(threading.Thread):
    """One client that tries everything in turn, as fast as a few threads can."""

    def __init__(self, router, seed):
        super().__init__(daemon=True)
        self.router, self.dice, self.stop, self.done = router, random.Random(seed), threading.Event(), 0
        _, self.path, self.secret = router.hosted()

    def run(self):
        port, acts = self.router.port, [self.garbage, self.guess, self.forge, self.press, self.head, self.begin, self.leave]
        while not self.stop.is_set():
            try:
                self.dice.choice(acts)(port)
            except NO_ANSWER:
                pass
            self.done += 1
            self.stop.wait(0.01)

    def garbage(self, port):
        with socket.create_connection(("127.0.0.1", port), 2, ("127.0.0.50", 0)) as link:
            link.sendall(self.dice.randbytes(300))
            link.settimeout(1)
            link.recv(1_000)

    def guess(self, port):
        ask(port, "GET", "/v1/payments", key=f"sk_sandbox_{uuid.uuid4().hex}", timeout=5, source="127.0.0.50")

    def forge(self, port):
        ask(port, "POST", "/callbacks/tmoney-tg", {"idRequete": str(uuid.uuid4()), "pad": "x" * 2_000}, None, timeout=5,
            source="127.0.0.51")

    def press(self, port):
        ask(port, "POST", f"{self.path}/check?t={self.secret}", b"", None, FORM, 5, "127.0.0.50")

    def head(self, port):
        with socket.create_connection(("127.0.0.1", port), 2, ("127.0.0.50", 0)) as link:
            link.sendall(f"HEAD {self.path}/events?t={self.secret} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            link.settimeout(0.2)
            link.recv(1_000)

    def begin(self, port):
        ask(port, "POST", "/checkout", f"key={PUBLISHABLE}&amount=0&currency=XOF&nonce={uuid.uuid4().hex}".encode(), None,
            FORM, 5, "127.0.0.50")

    def leave(self, port):
        """Asks and does not wait for the answer."""
        with socket.create_connection(("127.0.0.1", port), 2, ("127.0.0.50", 0)) as link:
            link.sendall(b"GET /docs HTTP/1.1\r\nHost: x\r\n\r\n")


def _growth(values):
    """By how many per cent the last quarter's mean is above the second quarter's."""
    quarter = len(values) // 4
    if not quarter:
        return None
    early, late = sum(values[quarter:2 * quarter]) / quarter, sum(values[-quarter:]) / quarter
    return max(0.0, 100 * (late / early - 1))


def run(bench):
    seconds = bench.lasts(600, 30)
    operators, router = pair(bench)
    ids = f"{bench.place('ids')}/ids"
    load = subprocess.Popen(
        [sys.executable, str(bench.root / "Benchmarks" / "openloop"), "--port", str(router.port), "--rate", str(RATE),
         "--reads", "5", "--bound", "64", "--seconds", str(seconds), "--ids", ids], stdout=subprocess.PIPE, text=True)
    hostile = [Hostile(router, seed) for seed in range(3)]
    holders = [Attackers(router.port, 60, kind, every=2) for kind in ("body drips", "head drips", "idle")]
    for thread in [*hostile, *holders]:
        thread.start()
    memory, descriptors, threads, logs, journal, begun = [], [], [], [], 0, time.monotonic()
    every = max(0.5, seconds / 200)
    while load.poll() is None and router.alive:
        memory.append(router.memory)
        descriptors.append(router.descriptors)
        threads.append(router.status("Threads"))
        logs.append((time.monotonic() - begun, os.path.getsize(router.log)))
        path = f"{router.data}/payrouter.sqlite-wal"
        journal = max(journal, os.path.getsize(path) / 1e6 if os.path.exists(path) else 0)
        time.sleep(every)
    for thread in hostile:
        thread.stop.set()
    for thread in holders:
        thread.finish()
    figures = json.loads(load.communicate()[0])
    deaths = int(not router.alive)
    if deaths:
        router.start()
    accepted = open(ids).read().split() if os.path.exists(ids) else []
    facts = gather(router, operators, accepted, 40)
    grown = [logs[-1][1] - logs[len(logs) // 4][1], logs[-1][0] - logs[len(logs) // 4][0]] if len(logs) > 4 else None
    share = 100 * figures["accepted"] / figures["offered"] if figures["offered"] else None
    note = f"{seconds:.0f} s, {figures['accepted']} payments, {sum(one.done for one in hostile)} hostile acts"
    p99 = figures["accepted_ms"]["p99"]
    return [LIMITS[0].judge(_growth(memory), f"{note}; {memory[0]:.0f} to {memory[-1]:.0f} MB"),
            LIMITS[1].judge(_growth(descriptors), f"{descriptors[0]} to {descriptors[-1]}"),
            LIMITS[2].judge(_growth(threads), f"{threads[0]} to {threads[-1]}"),
            LIMITS[3].judge(grown[0] / 1e3 * 60 / grown[1] if grown else None),
            LIMITS[4].judge(journal), LIMITS[5].judge(share, f"{figures['by_outcome']}"), LIMITS[6].judge(p99),
            LIMITS[7].judge(len(facts.with_failure("not_sent"))), LIMITS[8].judge(deaths), judge_money(LIMITS[9], facts),
            judge_ends(LIMITS[10], facts)]


CHECKS = [Check(NAME, run, LIMITS, seconds=50, more=570, planted=(
    ("growth is seen", lambda: int(_growth([100] * 50 + [130] * 50) > 20), 1),
    ("what is flat does not grow", lambda: int(_growth([100] * 100) == 0), 1)))]
