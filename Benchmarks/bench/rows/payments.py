"""Durable payments, and what one asks of the system."""
import json
import time

from .. import machine
from .shown import Running, call, cost, in_turns, made, ratio, show


def payments(bench, router, bare, floors):
    """Durable payments at one caller and at 64."""
    figures = {}
    for callers in (1, 64):
        subjects = {"router": router, "bare": bare, **(floors if callers == 64 else {})}
        for subject in subjects.values():
            subject.pay(callers, 1)
        best = in_turns(bench.turns, subjects, lambda subject: subject.pay(callers, bench.seconds))
        for name, result in best.items():
            show(f"{name}: durable payments, {callers} callers", result, cost(result) if "cpu_us" in result else "")
            figures[f"{name}_{callers}"] = result
        ours, theirs = best["router"], best["bare"]
        figures[f"ratios_{callers}"] = {
            "payments/s, router / bare": ratio("payments/s, router / bare", ours["per_second"] / theirs["per_second"]),
            "CPU, router / bare": ratio("CPU a payment, router / bare", ours["cpu_us"] / theirs["cpu_us"]),
            "p50, router / bare": ratio("p50, router / bare", ours["p50_ms"] / theirs["p50_ms"]),
            "p99, router / bare": ratio("p99, router / bare", ours["p99_ms"] / theirs["p99_ms"]),
            "bytes written, router / bare": ratio(
                "bytes written, router / bare", ours["written"] / max(1, theirs["written"])),
        }
        for name in floors if callers == 64 else {}:
            figures["ratios_64"][name] = ratio(f"router / {name}", ours["per_second"] / best[name]["per_second"])
    return figures


def system_calls(bench, router):
    """What a payment asks of the system, at one caller and at 64; strace slows it down, so only the counts count."""
    figures = {}
    names = ["pwrite64", "fdatasync", "fcntl", "futex", "epoll_wait"]
    for callers in (1, 64):
        before = made(router)
        with Running(router, callers, 4):
            time.sleep(0.5)
            start = made(router)
            counts = machine.calls(router.process.pid, 2, names)
            count = max(1, made(router) - start)
        figures[callers] = {name: value / count for name, value in counts.items()}
        print(f"a payment at {callers} callers: " + ", ".join(f"{value:.1f} {name}" for name, value in figures[callers].items())
              + f"   (of {made(router) - before} payments)", flush=True)
    return figures


def check(router):
    """That what was counted as a payment is one."""
    page = json.loads(call(router.url, "/v1/payments?limit=100"))["data"]
    wrong = [(payment["status"], (payment["failure"] or {}).get("code")) for payment in page
             if payment["status"] != "awaiting_customer"]
    print(f"of the newest 100 payments {len(wrong)} are not awaiting_customer {wrong[:3]}", flush=True)
    return len(wrong)
