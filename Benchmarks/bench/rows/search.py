"""Searching: every way of looking for an order, in a file with very many payments, over half a year and in one day."""
import http.client
import json
import os
import random
import socket
import subprocess
import time
import urllib.parse

from ..subjects import CARD, TMONEY, Router
from .shown import percentile

TIMES = 200


class _Control(http.client.HTTPConnection):
    """The control socket of a router."""

    def __init__(self, data):
        super().__init__("localhost", timeout=60)
        self.path = f"{data}/control.sock"

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)

    def get(self, path):
        self.request("GET", path)
        answer = self.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"bench: {path}: {answer.status} {body[:300]}")
        return body

    def search(self, **parameters):
        return json.loads(self.get("/orders?" + urllib.parse.urlencode(parameters)))


def search(bench):
    """How long a person waits for what is looked for; what is found is looked at, too."""
    if not bench.fill:
        return None
    return {f"{days} days": _file(bench, days) for days in (180, 1)}


def _file(bench, days):
    first = Router(bench.binary, f"search-{days}", TMONEY, bench.operators.url, others={"bench-card": CARD})
    first.stop()
    told = subprocess.run(
        [os.path.join(os.path.dirname(bench.binary), "payment-generator"), "--data", first.data, "--config",
         first.configuration, "--count", str(bench.fill), "--days", str(days)], capture_output=True, text=True)
    if told.returncode:
        raise SystemExit("bench: the generator failed: " + told.stderr[-2_000:])
    router = Router(bench.binary, f"search-{days}", TMONEY, bench.operators.url, others={"bench-card": CARD}, data=first.data)
    print(f"searching {bench.fill} payments of {days} days, in ms", flush=True)
    figures = _figures(_Control(router.data), bench.fill)
    router.stop()
    return figures


def _figures(control, count):
    dice = random.Random(7)
    trails = _sample(control, dice, count)
    app = trails[0]["summary"]["app"]
    pick = lambda get: (lambda: control.search(text=get(dice.choice(trails))))
    questions = {
        "id": pick(lambda trail: trail["id"]),
        "phone number": lambda: control.search(text=f"+228{90_000_000 + dice.randrange(count // 5)}"),
        "order number": lambda: control.search(text=f"cmd-{100_000 + dice.randrange(count)}"),
        "our reference": pick(lambda trail: trail["attempts"][0]["reference"]),
        "operator's reference": pick(lambda trail: trail["attempts"][0]["operator_reference"]),
        "idempotency key": pick(lambda trail: trail["summary"]["idempotency_key"]),
        "request": pick(lambda trail: trail["summary"]["request_id"]),
        "event": pick(lambda trail: next(entry["event"] for entry in trail["timeline"] if entry["what"] == "event")),
        "amount that is common": lambda: control.search(text="5000 XOF"),
        "amount that is not there": lambda: control.search(text="4711 XOF"),
        "amount not there, one app's": lambda: control.search(text="4711 XOF", app=app),
        "amount in one day": lambda: control.search(amount=4711, currency="XOF", **_day(dice, trails)),
        "newest of every kind": lambda: control.search(),
        "channel without orders": lambda: control.search(channel="nothing"),
        "status failed": lambda: control.search(status="failed"),
        "channel of one app, none": lambda: control.search(channel="nothing", app=app),
        "open reviews": lambda: control.search(review="open"),
        "trail": lambda: control.get(f"/orders/{dice.choice(trails)['id']}/trail"),
        "table of 2000 lines": lambda: control.get("/orders.csv?kind=payment"),
    }
    figures = {}
    for name, ask in questions.items():
        times = []
        for _ in range(TIMES):
            began = time.perf_counter()
            ask()
            times.append((time.perf_counter() - began) * 1_000)
        figures[name] = {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}
        print(f"  {name:28} p50 {figures[name]['p50']:7.2f}   p95 {figures[name]['p95']:7.2f}", flush=True)
    return figures


def _day(dice, trails):
    day = dice.choice(trails)["summary"]["created_at"][:10]
    return {"created_from": f"{day}T00:00:00Z", "created_to": f"{day}T23:59:59Z"}


def _sample(control, dice, count):
    """Trails of payments that an operator has a reference for, from all over the file."""
    trails = []
    while len(trails) < 100:
        found = control.search(text=f"CMD-{100_000 + dice.randrange(count * 9 // 10)}")["data"]
        if not found:
            continue
        trail = json.loads(control.get(f"/orders/{found[0]['id']}/trail"))
        if trail["attempts"] and trail["attempts"][0]["operator_reference"]:
            trails.append(trail)
    return trails
