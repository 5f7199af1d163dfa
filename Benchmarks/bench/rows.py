"""The measurements, one function each; each prints its rows and returns its figures."""
import json
import time
import urllib.request

from . import load, machine
from .subjects import CARD, TMONEY, Bare, Floor, Router


def show(name, result, extra=""):
    print(f"{name:46} {result['per_second']:8.0f}/s   p50 {result['p50_ms']:7.2f} ms   p99 {result['p99_ms']:7.2f} ms"
          f"   errors {result['errors']}{extra}", flush=True)


def cost(result):
    return f"   CPU {result['cpu_us']:.0f} us   switches {result['switches']:.1f}   RSS {result['rss_mb']:.0f} MB"


def ratio(name, value):
    print(f"  {name}: {value:.2f}", flush=True)
    return value


def middle(results, key="per_second"):
    return sorted(results, key=lambda result: result[key])[len(results) // 2]


def in_turns(turns, subjects, measure):
    """Side by side: a machine that others share is not equally fast all the time. The median of each counts."""
    results = {name: [] for name in subjects}
    for _ in range(turns):
        for name, subject in subjects.items():
            results[name].append(measure(subject))
    return {name: middle(all_) for name, all_ in results.items()}


def call(url, path, body=None, method="GET"):
    request = urllib.request.Request(
        url + path, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {load.KEY}", "Content-Type": "application/json"})
    return urllib.request.urlopen(request, timeout=30).read()


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


class Running:
    """Load in the background."""

    def __init__(self, router, callers, seconds):
        self.arguments = (router.url, callers, seconds)

    def __enter__(self):
        import threading
        self.thread = threading.Thread(target=load.pay, args=self.arguments)
        self.thread.start()

    def __exit__(self, *_):
        self.thread.join()


def metric(router, start):
    """The sum of a metric's series that begin so."""
    text = urllib.request.urlopen(f"http://127.0.0.1:{router.admin_port}/metrics", timeout=30).read().decode()
    return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(start))


def made(router):
    return int(metric(router, 'payrouter_payments_total{status="created"'))


def reads(bench, router, bare):
    """One payment and a list, beside a server of the same parts that only answers; then while others pay."""
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


def secure(bench):
    """A new TLS connection for each payment."""
    router = Router(bench.binary, "tls", TMONEY, bench.operators.secure_url, "--operator-ca", bench.operators.authority)
    bare = Bare(bench.binary, bench.operators.secure_url, "bare-tls", "--ca", bench.operators.authority)
    best = in_turns(bench.turns, {"router": router, "bare": bare}, lambda subject: subject.pay(64, bench.seconds))
    for name, result in best.items():
        show(f"{name}: fresh TLS connection each, 64 callers", result, cost(result))
    value = ratio("TLS, router / bare", best["router"]["per_second"] / best["bare"]["per_second"])
    resumed = ratio("handshakes that were resumed", bench.operators.resumed())
    router.stop()
    bare.stop()
    return {**best, "router / bare": value, "resumed": resumed}


def cards(bench):
    """Two calls over kept connections."""
    router = Router(bench.binary, "card", CARD, bench.operators.url)
    bare = Bare(bench.binary, bench.operators.url, "bare-two", "--two-calls")
    router.pay(64, 1, load.CARD)
    best = in_turns(bench.turns, {"router": router, "bare": bare},
                    lambda subject: subject.pay(64, bench.seconds, load.CARD))
    for name, result in best.items():
        show(f"{name}: card, two calls, keep-alive, 64 callers", result, cost(result))
    value = ratio("card, router / bare with two calls", best["router"]["per_second"] / best["bare"]["per_second"])
    router.stop()
    bare.stop()
    return {**best, "router / bare": value}


def webhooks(bench):
    """One event for each payment, told to an endpoint while payments come in as fast as they can."""
    router = Router(bench.binary, "webhooks", TMONEY, bench.operators.url)
    call(router.url, "/v1/webhook_endpoints",
         {"url": bench.operators.url + "/hook", "types": ["payment.awaiting_customer"]}, "POST")
    told = 'payrouter_exchanges_total{provider="webhooks",operation="deliver",outcome="delivered"}'
    router.pay(64, 1)
    before = metric(router, told)
    result = router.pay(64, bench.seconds)
    share = (metric(router, told) - before) / result["requests"]
    show("router: durable payments with webhooks, 64", result, cost(result))
    ratio("webhooks delivered / payments, meanwhile", share)
    router.stop()
    return {"payments": result, "delivered / payments": share}


def storage(bench, router):
    """What stays on disk, and how long a start takes."""
    count = made(router)
    while count < bench.fill:
        router.pay(64, 10)
        count = made(router)
    figures = {"rss_mb": machine.memory(router.process.pid, "VmRSS"), "rss_mb_peak": machine.memory(router.process.pid, "VmHWM"),
               "payments": count}
    router.stop()
    figures["bytes_per_payment"] = router.stored() / count
    again = Router(bench.binary, "tmoney", TMONEY, bench.operators.url, data=router.data)
    figures["start_seconds"] = again.start_seconds
    print(f"{figures['bytes_per_payment']:.0f} bytes a payment on disk; start-up {router.start_seconds:.2f} s empty, "
          f"{again.start_seconds:.2f} s with {count} payments, all open; RSS {figures['rss_mb']:.0f} MB, "
          f"peak {figures['rss_mb_peak']:.0f} MB", flush=True)
    again.stop()
    return figures


def check(router):
    """That what was counted as a payment is one."""
    page = json.loads(call(router.url, "/v1/payments?limit=100"))["data"]
    wrong = [(payment["status"], (payment["failure"] or {}).get("code")) for payment in page
             if payment["status"] != "awaiting_customer"]
    print(f"of the newest 100 payments {len(wrong)} are not awaiting_customer {wrong[:3]}", flush=True)
    return len(wrong)


def everything(bench):
    figures = {"machine": machine.name()}
    print(figures["machine"], flush=True)
    figures["ceiling"] = load.pay(bench.operators.proxy_url, 64, bench.seconds)
    show("ceiling: nginx proxy_pass, 64 callers", figures["ceiling"])
    router = Router(bench.binary, "tmoney", TMONEY, bench.operators.url)
    bare = Bare(bench.binary, bench.operators.url, "bare")
    styles = ["tuned"] if bench.quick else ["documented", "tuned"]
    floors = {f"floor, {style}": Floor(style, bench.operators.url) for style in styles}
    figures["payments"] = payments(bench, router, bare, floors)
    ratio("router / ceiling", figures["payments"]["router_64"]["per_second"] / figures["ceiling"]["per_second"])
    figures["wrong"] = check(router)
    figures["system_calls"] = system_calls(bench, router)
    figures["reads"] = reads(bench, router, bare)
    figures["webhooks"] = webhooks(bench)
    figures["tls"] = secure(bench)
    figures["card"] = cards(bench)
    figures["storage"] = storage(bench, router)
    return figures
