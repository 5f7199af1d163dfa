"""A file with very many payments, beside an empty one."""
import os
import subprocess
import time

from .. import machine
from ..subjects import CARD, TMONEY, Router
from .shown import cost, in_turns, made, metric, ratio, show
from .storage import tables, tell


def _router(bench, name, **more):
    return Router(bench.binary, name, TMONEY, bench.operators.url, others={"bench-card": CARD}, **more)


def _opened(router):
    """Waits until a router with much open at its start takes new payments as fast as any other: half a minute after it said so."""
    began = time.time()
    while time.time() - began < 15 and not metric(router, 'payrouter_alarms_total{kind="slow_opening"'):
        time.sleep(0.2)
    if metric(router, 'payrouter_alarms_total{kind="slow_opening"'):
        time.sleep(31)


def filled(bench):
    """Start-up and payments/s with a file that the generator has filled (Benchmarks/Generator): nine in ten have ended."""
    if not bench.fill:
        return None
    first = _router(bench, "filled")
    first.stop()
    began = time.time()
    told = subprocess.run(
        [os.path.join(os.path.dirname(bench.binary), "payment-generator"), "--data", first.data, "--config",
         first.configuration, "--count", str(bench.fill)], capture_output=True, text=True)
    if told.returncode:
        raise SystemExit("bench: the generator failed: " + told.stderr[-2_000:])
    figures = {"payments": bench.fill, "generated_seconds": time.time() - began}
    print("generator: " + told.stdout.strip(), flush=True)
    many, none = _router(bench, "filled", data=first.data), _router(bench, "empty")
    figures["start_seconds"], figures["start_seconds_empty"] = many.start_seconds, none.start_seconds
    ratio(f"start-up with {bench.fill} payments in the file, in s", many.start_seconds, "less than 0.5")
    subjects = {"filled": many, "empty": none}
    _opened(many)
    for subject in subjects.values():
        subject.pay(64, 1)
    best = in_turns(bench.turns, subjects, lambda subject: subject.pay(64, bench.seconds))
    for name, result in best.items():
        show(f"router: payments, {name} file, 64 callers", result, cost(result))
    figures["filled / empty"] = ratio("payments/s, filled / empty", best["filled"]["per_second"] / best["empty"]["per_second"])
    figures.update(best)
    figures["rss_mb_peak"] = machine.memory(many.process.pid, "VmHWM")
    count = bench.fill + made(many)
    many.stop()
    none.stop()
    figures["bytes_per_payment"] = many.stored() / count
    figures["tables"] = tables(many, count)
    print(f"{figures['bytes_per_payment']:.0f} bytes a payment on disk ({count} payments, most of them ended); "
          f"peak RSS {figures['rss_mb_peak']:.0f} MB", flush=True)
    tell(figures["tables"])
    return figures
