"""Reads, beside a server of the same parts that only answers."""
import json
import time

from .. import load
from .shown import Running, call, ratio, show


def reads(bench, router, bare):
    """One payment and a list; then while others pay."""
    page = json.loads(call(router.url, "/v1/payments?limit=100"))["data"]
    paths = [f"/v1/payments/{payment['id']}" for payment in page]
    echo = load.read(bare.url, 64, bench.seconds, ["/"])
    one = load.read(router.url, 64, bench.seconds, paths)
    many = load.read(router.url, 64, bench.seconds, ["/v1/payments?limit=20"])
    with Running(router, 32, bench.seconds + 1):
        time.sleep(0.5)
        busy = load.read(router.url, 16, bench.seconds, paths)
    alone = load.read(router.url, 16, bench.seconds, paths)
    show("echo of the same server, 64 callers", echo)
    show("router: one payment, 64 callers", one)
    show("router: list of 20, 64 callers", many)
    show("router: one payment, 16 callers, 32 pay", busy)
    return {"echo": echo, "one": one, "list": many, "busy": busy, "alone": alone, "ratios": {
        "one payment / echo": ratio("one payment / echo", one["per_second"] / echo["per_second"]),
        "list / echo": ratio("list / echo", many["per_second"] / echo["per_second"]),
        "p99 while others pay / alone": ratio("p99 while others pay / alone", busy["p99_ms"] / alone["p99_ms"])}}
